#if Tool
  import ArgumentParser
  import Daybook

  struct StaffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "staff", abstract: "Who works here, and how their time is used.",
      subcommands: [
        StaffListCommand.self, StaffHoursCommand.self, OpenEntriesCommand.self, LeaveCommand.self,
        UtilisationCommand.self,
      ])
  }

  struct StaffListCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Members of staff, their contract and clinic.")

    @OptionGroup var options: ReadingOptions

    var takesFirstDay: Bool { false }

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let known: Snapshot<HumanResourcesModel> = try book.snapshot(options.output)
      return StaffListReport.report(
        from: known.model, asOf: known.asOf, skipped: known.skipped, StaffQuery(question))
    }
  }

  struct UtilisationCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "utilisation", abstract: "Encounters and attended time of each practitioner.")

    @OptionGroup var who: StaffOption
    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let query = try who.query(question, in: book)
      let known: Snapshot<HumanResourcesModel> = try book.snapshot(options.output)
      return try StaffUtilisationReport.report(
        from: known.model, asOf: known.asOf, skipped: known.skipped, query)
    }
  }
#endif
