#if Tool
  import ArgumentParser
  import Daybook

  struct LedgerCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "ledger",
      abstract: "The general ledger: every account's opening, lines, turnover and closing.",
      aliases: ["reg", "register"])

    @Argument(
      help: ArgumentHelp(
        "An account by its code (1200), or a part of its name; all if none is given.",
        valueName: "account"))
    var names: [String] = []

    @Option(
      help: ArgumentHelp(
        "Totals instead of lines, by clinic, practitioner, service, payer or tax-code.",
        valueName: "dimension"))
    var by: LedgerDimension?

    @OptionGroup(title: "Which postings") var postings: PostingOptions

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let (view, query) = (try accounts(book), AccountingQuery(question))
      var filter = try postings.filter(book)
      filter.accounts += try names.map { try Self.code($0, view) }
      if let by {
        return try AccountingReports.ledgerTotals(by: by, filter, view, query)
      }
      return try AccountingReports.ledger(filter, view, query)
    }

    /// The code of the account that is meant.
    private static func code(_ text: String, _ view: Snapshot<AccountingModel>) throws -> String {
      let accounts = view.model.accountList
      if accounts.contains(where: { $0.code == text }) { return text }
      let wanted = text.lowercased()
      let found = accounts.filter { $0.name.lowercased().contains(wanted) }
      switch found.count {
      case 0:
        throw ToolFailure.usage(
          "there is no account \(text.quoted) in the chart; `accounts trial-balance` lists those in use"
        )
      case 1: return found[0].code
      default:
        throw ToolFailure.usage(
          (["\(found.count) accounts are called \(text.quoted); say which:"]
            + found.map { "  \($0.code)  \($0.name.printable)" }).joined(separator: "\n"))
      }
    }
  }
#endif
