#if Tool
  import ArgumentParser
  import Daybook

  /// A report of what treatments earned and cost.
  protocol EarningsCommand: ReportCommand {}

  extension EarningsCommand {
    func earnings(_ book: OpenBook) throws -> Snapshot<EarningsModel> {
      try book.snapshot(of: EarningsModel.self, options.output)
    }
  }

  struct UnbilledCommand: EarningsCommand, GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "unbilled",
      abstract: "Treatments for which nothing was charged; with --from, those since that day.")

    static let grouped = GroupedReport.unbilled

    @OptionGroup(title: "Which care") var care: CareOptions

    @Option(help: ArgumentHelp("What was done to this patient.", valueName: "patient"))
    var party: String?

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<UnbilledCommand>

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let form = try grouping.form(book, care.terms + [(.party, party)])
      return try AccountingReports.unbilled(
        try earnings(book), try accounts(book), AccountingQuery(question), form: form)
    }
  }

  struct SettlementCommand: EarningsCommand, GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "settlement",
      abstract: "What each practitioner did, what of it is theirs, and what is owed to them.")

    static let grouped = GroupedReport.settlement

    @OptionGroup(title: "Which care") var care: CareOptions

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<SettlementCommand>

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let form = try grouping.form(book, care.terms)
      return AccountingReports.settlement(
        try earnings(book), try accounts(book), AccountingQuery(question), form: form)
    }
  }

  struct MarginCommand: EarningsCommand, GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "margin",
      abstract: "What was earned less materials and commission: by service if nothing is said.")

    static let grouped = GroupedReport.margin

    @OptionGroup(title: "Which care") var care: CareOptions

    @Option(help: ArgumentHelp("What this payer owed at first.", valueName: "payer"))
    var payer: String?

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<MarginCommand>

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let form = try grouping.form(book, care.terms + [(.payer, payer)])
      return try AccountingReports.margin(
        try earnings(book), try accounts(book), AccountingQuery(question), form: form)
    }
  }

  struct WithholdingCommand: GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "withholding",
      abstract: "What was withheld for an authority: of whom, on what base.")

    static let grouped = GroupedReport.withholding

    @OptionGroup(title: "Which postings") var postings: PostingOptions

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<WithholdingCommand>

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      try AccountingReports.withholding(
        try accounts(book), AccountingQuery(question), filter: try postings.filter(book),
        form: try grouping.form(book))
    }
  }
#endif
