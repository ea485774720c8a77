#if Tool
  public import ArgumentParser
  import Daybook

  struct AccountsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "accounts", abstract: "The books: balances, journal, what is owed, revenue.",
      subcommands: [
        TrialBalanceCommand.self, LedgerCommand.self, JournalCommand.self,
        IncomeStatementCommand.self, BalanceSheetCommand.self, CashFlowCommand.self,
        ReceivablesCommand.self, PayablesCommand.self, StatementCommand.self,
        InvoicesCommand.self, DocumentCommand.self, FeesCommand.self,
        ClaimsCommand.self, RemittancesCommand.self, GoodsNotInvoicedCommand.self,
        CashBookCommand.self, BankBookCommand.self, BankReconciliationCommand.self,
        TaxCommand.self, SalesTaxCommand.self, WithholdingCommand.self, RevenueCommand.self,
        MarginCommand.self, SettlementCommand.self, UnbilledCommand.self, LateCommand.self,
        AuditCommand.self, OverridesCommand.self, ExplainCommand.self,
        DayEndCommand.self, DeferredCommand.self, CreditsCommand.self, ControlCommand.self,
        PeriodsCommand.self, ClosePeriodCommand.self, ReopenPeriodCommand.self,
      ])
  }

  struct TrialBalanceCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "trial-balance", abstract: "Every account: opening, debit, credit, balance.",
      aliases: ["tb"])

    @Option(
      help: ArgumentHelp(
        "One after the other by clinic, practitioner, service, payer or tax-code.",
        valueName: "dimension"))
    var by: LedgerDimension?

    @Option(
      help: ArgumentHelp(
        "Balances alone, a column for each clinic, practitioner, service, payer or tax-code.",
        valueName: "dimension"))
    var pivot: LedgerDimension?

    @Option(
      help: ArgumentHelp(
        """
        Where a closed year's entries stand, which are of its thirteenth period: included in the \
        turnover of its last day, or apart in a column of their own. Text and HTML have them apart, \
        csv and json included; with --by or --pivot they are included.
        """, valueName: "included|apart"))
    var closing: ClosingEntries?

    @OptionGroup(title: "Which postings") var postings: PostingOptions

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let (view, query) = (try accounts(book), AccountingQuery(question))
      let filter = try postings.filter(book)
      if closing == .apart, filter != JournalFilter() {
        throw ToolFailure.usage("give terms for postings, or --closing apart, not both")
      }
      if by != nil || pivot != nil, closing == .apart {
        throw ToolFailure.usage("give --by or --pivot, or --closing apart, not both")
      }
      if let pivot {
        guard by == nil else { throw ToolFailure.usage("give --by or --pivot, not both") }
        return try AccountingReports.trialBalance(pivot: pivot, view, query, filter: filter)
      }
      if let by {
        return try AccountingReports.trialBalance(by: by, view, query, filter: filter)
      }
      if filter != JournalFilter() {
        return try AccountingReports.trialBalance(of: filter, view, query)
      }
      let isRead = options.output.format == .text || options.output.format == .html
      let usual: ClosingEntries =
        isRead && AccountingReports.hasClosingEntries(view, query) ? .apart : .included
      return AccountingReports.trialBalance(view, query, closing: closing ?? usual)
    }
  }

  extension ClosingEntries: ExpressibleByArgument {}

  extension RevenueDimension: ExpressibleByArgument {}

  struct RevenueCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "revenue", abstract: "What was charged and collected, by one dimension.")

    @Option(help: "month, practitioner, clinic, service or payer.")
    var by = RevenueDimension.month

    @Option(
      help: ArgumentHelp(
        "Net revenue alone, a column for each month, practitioner, clinic, service or payer.",
        valueName: "dimension"))
    var pivot: RevenueDimension?

    @OptionGroup(title: "Which care") var care: CareOptions

    @Option(help: ArgumentHelp("What this payer owed at first.", valueName: "payer"))
    var payer: String?

    @Option(help: ArgumentHelp("What was done to this patient.", valueName: "patient"))
    var party: String?

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let form = RowForm(
        terms: try book.terms(care.terms + [(.payer, payer), (.party, party)]))
      guard let pivot else {
        return AccountingReports.revenue(
          by: by, try accounts(book), AccountingQuery(question), form: form)
      }
      guard pivot != by else {
        throw ToolFailure.usage("--by and --pivot are both \(by.rawValue): give two dimensions")
      }
      return try AccountingReports.revenue(
        by: by, pivot: pivot, try accounts(book), AccountingQuery(question), form: form)
    }
  }
#endif
