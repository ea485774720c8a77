#if Tool
  public import ArgumentParser
  import Daybook

  struct AccountsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "accounts", abstract: "The books: balances, journal, receivables, revenue.",
      subcommands: [
        TrialBalanceCommand.self, JournalCommand.self, ReceivablesCommand.self,
        StatementCommand.self, RevenueCommand.self, ExplainCommand.self,
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

  struct ReceivablesCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "receivables",
      abstract: "What patients and payers owe, by age, and their credit.")

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      AccountingReports.receivables(
        try accounts(book), AccountingQuery(question.onItsLastDay))
    }
  }

  struct StatementCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "statement", abstract: "What a patient was charged, who paid, and what is owed.")

    @Argument(help: "The patient: P17, ref:REFERENCE or a part of the name.")
    var patient: String

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let found = try book.find(patient, among: .patients)
      return AccountingReports.statement(
        of: PatientID(found.stream.number), try accounts(book), AccountingQuery(question))
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

  struct ExplainCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain", abstract: "The events and postings that a figure is the sum of.")

    @Argument(
      help: """
        An account (1200), a charge, payment or party (C311, M5, P17), an entry (81377.3.1), a line \
        of one (81377.3.1.2) or a position.
        """)
    var subject: String

    @Option(
      help: ArgumentHelp(
        "Of an account, what concerns one patient, payer or other party.", valueName: "who"))
    var party: String?

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let view = try accounts(book)
      let explained = try explained(book, view)
      var report = try AccountingReports.explain(explained, view, AccountingQuery(question))
      if report.rows.isEmpty, explained.isSomethingToShow {
        report.notes.append("`daybook show \(subject)` tells what it is.")
      }
      return report
    }

    private func explained(
      _ book: OpenBook, _ view: AccountingView
    ) throws -> ExplainSubject {
      if view.model.accountList.contains(where: { $0.code == subject }) {
        return .account(subject, party: try party.map { try key(of: $0, book) })
      }
      if party != nil { throw ToolFailure.usage("--party goes with an account") }
      if let entry = EntryID(subject) { return .entry(entry) }
      if let number = UInt64(subject) {
        // Neither an account nor a known position: say so as of an account, the usual meaning.
        return (1...max(view.asOf.number, 1)).contains(number)
          ? .position(Position(number)) : .account(subject)
      }
      if let key = PartyKey(parsing: subject) { return .party(key) }
      let stream = try book.stream(
        subject,
        orElse: "an account (1200), an identifier (C311, M5, P17), an entry (81377.3.1), a line of "
          + "one (81377.3.1.2), a position, or a part of a name")
      let known = try book.register().entry(stream, knownAt: view.asOf)
      return known.flatMap { PartyKey(parsing: $0.id) }.map { .party($0) } ?? .thing(stream)
    }

    private func key(of text: String, _ book: OpenBook) throws -> PartyKey {
      if text == PartyKey.walkIn.description { return .walkIn }
      let found = try book.find(text, among: .patients, .payers, .suppliers, .parties)
      guard let key = PartyKey(parsing: found.id) else {
        throw ToolFailure.usage("\(found.id) has no account")
      }
      return key
    }
  }

  extension ExplainSubject {
    /// Whether `show` knows it by the same words.
    fileprivate var isSomethingToShow: Bool {
      switch self {
      case .thing, .position: true
      case .account, .party, .entry: false
      }
    }
  }
#endif
