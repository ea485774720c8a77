#if Tool
  public import ArgumentParser
  import Daybook

  struct AccountsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "accounts", abstract: "The books: balances, journal, what is owed, revenue.",
      subcommands: [
        TrialBalanceCommand.self, LedgerCommand.self, JournalCommand.self,
        ReceivablesCommand.self, PayablesCommand.self, StatementCommand.self,
        RevenueCommand.self, LateCommand.self, ExplainCommand.self,
        DayEndCommand.self, DeferredCommand.self, CreditsCommand.self, ControlCommand.self,
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

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let (view, query) = (try accounts(book), AccountingQuery(question))
      guard let by else { return AccountingReports.trialBalance(view, query) }
      return try AccountingReports.trialBalance(by: by, view, query)
    }
  }

  extension RevenueDimension: ExpressibleByArgument {}

  struct RevenueCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "revenue", abstract: "What was charged and collected, by one dimension.")

    @Option(help: "month, practitioner, clinic, service or payer.")
    var by = RevenueDimension.month

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      AccountingReports.revenue(by: by, try accounts(book), AccountingQuery(question))
    }
  }
#endif
