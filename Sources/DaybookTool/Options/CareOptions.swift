#if Tool
  import ArgumentParser
  import Daybook

  /// Which treatments and charges a report is about: all options hold at once.
  struct CareOptions: ParsableArguments {
    @Option(help: ArgumentHelp("What this member of staff did.", valueName: "who"))
    var practitioner: String?

    @Option(help: ArgumentHelp("This service alone.", valueName: "service"))
    var service: String?

    /// What was typed for each dimension.
    var terms: [(ReportDimension, String?)] {
      [(.practitioner, practitioner), (.service, service)]
    }
  }
#endif
