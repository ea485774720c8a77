import DaybookEngine

#if Tool
  public import ArgumentParser
  import Daybook

  /// A report of what treatments earned and cost.
  protocol EarningsCommand: ReportCommand {}

  extension EarningsCommand {
    func earnings(_ book: OpenBook) throws -> Snapshot<EarningsModel> {
      try book.snapshot(of: EarningsModel.self, options.output)
    }
  }

  struct UnbilledCommand: EarningsCommand {
    static let configuration = CommandConfiguration(
      commandName: "unbilled",
      abstract: "Treatments for which nothing was charged; with --from, those since that day.")

    @Option(help: ArgumentHelp("What this member of staff did.", valueName: "who"))
    var practitioner: String?

    @Option(help: ArgumentHelp("This service alone.", valueName: "service"))
    var service: String?

    @Option(help: ArgumentHelp("What was done to this patient.", valueName: "patient"))
    var party: String?

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      var filter = CareFilter()
      filter.practitioner = try practitioner.map {
        StaffID(try book.find($0, among: .staff).stream.number)
      }
      filter.service = try service.map {
        ServiceID(try book.find($0, among: .services).stream.number)
      }
      filter.patient = try party.map {
        PatientID(try book.find($0, among: .patients).stream.number)
      }
      return try AccountingReports.unbilled(
        try earnings(book), try accounts(book), AccountingQuery(question), filter: filter)
    }
  }

  struct SettlementCommand: EarningsCommand {
    static let configuration = CommandConfiguration(
      commandName: "settlement",
      abstract: "What each practitioner did, what of it is theirs, and what is owed to them.")

    @Option(help: ArgumentHelp("This member of staff alone.", valueName: "who"))
    var practitioner: String?

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let staff = try practitioner.map {
        StaffID(try book.find($0, among: .staff).stream.number)
      }
      return try AccountingReports.settlement(
        of: staff, try earnings(book), try accounts(book), AccountingQuery(question))
    }
  }

  extension MarginDimension: ExpressibleByArgument {}

  struct MarginCommand: EarningsCommand {
    static let configuration = CommandConfiguration(
      commandName: "margin",
      abstract: "What services or practitioners earned, less materials and commission.")

    @Option(help: "service or practitioner.")
    var by = MarginDimension.service

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      try AccountingReports.margin(
        by: by, try earnings(book), try accounts(book), AccountingQuery(question))
    }
  }

  struct WithholdingCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "withholding",
      abstract: "What was withheld for an authority: of whom, on what base.")

    @OptionGroup(title: "Which postings") var postings: PostingOptions

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      try AccountingReports.withholding(
        try accounts(book), AccountingQuery(question), filter: try postings.filter(book))
    }
  }
#endif
