#if Tool
  import ArgumentParser
  import Daybook

  struct StaffHoursCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "hours",
      abstract: "Scheduled and worked time, breaks, overtime and absence of each member of staff.")

    @OptionGroup var who: StaffOption
    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let query = try who.query(question, in: book)
      let known: Snapshot<HumanResourcesModel> = try book.snapshot(options.output)
      return try StaffHoursReport.report(
        from: known.model, asOf: known.asOf, skipped: known.skipped, query)
    }
  }

  struct OpenEntriesCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "open-entries",
      abstract: "Who clocked in and did not clock out, and entries too long to be believed.")

    @OptionGroup var who: StaffOption
    @OptionGroup var options: ReadingOptions

    var takesFirstDay: Bool { false }

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let query = try who.query(question, in: book)
      let known: Snapshot<HumanResourcesModel> = try book.snapshot(options.output)
      return OpenEntriesReport.report(
        from: known.model, asOf: known.asOf, skipped: known.skipped, query)
    }
  }

  struct LeaveCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "leave", abstract: "What everybody's leave comes to, and what is left of it.")

    @OptionGroup var who: StaffOption
    @OptionGroup var options: ReadingOptions

    var takesFirstDay: Bool { false }

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let query = try who.query(question, in: book)
      let known: Snapshot<HumanResourcesModel> = try book.snapshot(options.output)
      return LeaveReport.report(
        from: known.model, asOf: known.asOf, skipped: known.skipped, query)
    }
  }

  /// The option that narrows a report to one member of staff.
  struct StaffOption: ParsableArguments {
    @Option(
      help: ArgumentHelp(
        "One member of staff: D3, ref:REFERENCE or a part of the name.", valueName: "who"))
    var staff: String?

    /// `question`, about that member of staff where one is given.
    func query(_ question: Question, in book: OpenBook) throws -> StaffQuery {
      var query = StaffQuery(question)
      query.staff = try staff.map { StaffID(try book.find($0, among: .staff).stream.number) }
      return query
    }
  }
#endif
