#if Tool
  public import ArgumentParser
  import Daybook

  /// A report of what treatments earned and cost.
  protocol EarningsCommand: ReportCommand {}

  extension EarningsCommand {
    func earnings(_ book: OpenBook) throws -> EarningsView {
      EarningsView(try book.snapshot(of: EarningsModel.self, options.output))
    }
  }

  struct UnbilledCommand: EarningsCommand {
    static let configuration = CommandConfiguration(
      commandName: "unbilled",
      abstract: "Treatments for which nothing was charged; with --from, those since that day.")

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      try AccountingReports.unbilled(
        try earnings(book), try accounts(book), AccountingQuery(question))
    }
  }

  struct SettlementCommand: EarningsCommand {
    static let configuration = CommandConfiguration(
      commandName: "settlement",
      abstract: "What each practitioner did, what of it is theirs, and what is owed to them.")

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      try AccountingReports.settlement(
        try earnings(book), try accounts(book), AccountingQuery(question))
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

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      AccountingReports.withholding(try accounts(book), AccountingQuery(question))
    }
  }
#endif
