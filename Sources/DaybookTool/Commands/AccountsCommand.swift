#if Tool
  public import ArgumentParser
  import Daybook

  struct AccountsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "accounts", abstract: "The books: balances, journal, what is owed, revenue.",
      subcommands: [
        TrialBalanceCommand.self, JournalCommand.self, ReceivablesCommand.self,
        PayablesCommand.self, StatementCommand.self, RevenueCommand.self, ExplainCommand.self,
      ])
  }

  struct TrialBalanceCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "trial-balance", abstract: "Every account: opening, debit, credit, balance.",
      aliases: ["tb"])

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      AccountingReports.trialBalance(try accounts(book), AccountingQuery(question))
    }
  }

  struct JournalCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "journal", abstract: "Every posting, in the order in which it was recorded.",
      aliases: ["reg"])

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      AccountingReports.journal(try accounts(book), AccountingQuery(question))
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
