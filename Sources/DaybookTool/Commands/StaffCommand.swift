#if Tool
  import ArgumentParser
  import Daybook

  struct StaffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "staff", abstract: "Who works here, and how their time is used.",
      subcommands: [StaffListCommand.self, UtilisationCommand.self])
  }

  struct StaffListCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Members of staff, their contract and clinic.")

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let known: Snapshot<HumanResourcesModel> = try book.snapshot(options.output)
      return StaffListReport.report(
        from: known.model, asOf: known.asOf, skipped: known.skipped, StaffQuery(question))
    }
  }

  struct UtilisationCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "utilisation", abstract: "Encounters and attended time of each practitioner.")

    @Option(
      help: ArgumentHelp(
        "One member of staff: D3, ref:REFERENCE or a part of the name.", valueName: "who"))
    var staff: String?

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      var query = StaffQuery(question)
      query.staff = try staff.map { StaffID(try book.find($0, among: .staff).stream.number) }
      let known: Snapshot<HumanResourcesModel> = try book.snapshot(options.output)
      return try StaffUtilisationReport.report(
        from: known.model, asOf: known.asOf, skipped: known.skipped, query)
    }
  }
#endif
