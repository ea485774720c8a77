#if Tool
  public import ArgumentParser
  import Daybook

  extension ClaimStatus: ExpressibleByArgument {}

  extension ReportCommand {
    func clearing(_ book: OpenBook) throws -> Snapshot<ClearingModel> {
      try book.snapshot(of: ClearingModel.self, options.output)
    }

    /// The payer that is meant; nil where none is.
    fileprivate func payer(_ text: String?, _ book: OpenBook) throws -> PartyID? {
      try text.map { PartyID(try book.find($0, among: .payers).stream.number) }
    }
  }

  struct ClaimsCommand: GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "claims",
      abstract: "What payers were asked for, what they answered and paid, and what is to come.")

    static let grouped = GroupedReport.claims

    @Option(
      help: ArgumentHelp(
        """
        One status: open, adjudicated, closed, denied, rejected, replaced or reversed. All claims that \
        stand, if none is given.
        """, valueName: "status"))
    var status: ClaimStatus?

    @Option(help: "One payer: Y3, ref:REFERENCE or a part of the name.")
    var payer: String?

    @Option(help: ArgumentHelp("What was done to this patient.", valueName: "patient"))
    var party: String?

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<ClaimsCommand>

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let form = try grouping.form(book, [(.party, party)])
      let filter = ClaimFilter(status: status, payer: try payer(payer, book))
      return AccountingReports.claims(
        try clearing(book), try accounts(book), AccountingQuery(question), filter, form: form)
    }
  }

  struct RemittancesCommand: GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "remittances",
      abstract: "What payers remitted, of what it is made, and whether the bank has it.")

    static let grouped = GroupedReport.remittances

    @Option(help: "One payer: Y3, ref:REFERENCE or a part of the name.")
    var payer: String?

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<RemittancesCommand>

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let payer = try payer(payer, book)
      return AccountingReports.remittances(
        try clearing(book), try accounts(book), AccountingQuery(question), payer: payer,
        form: try grouping.form(book))
    }
  }

  struct BankReconciliationCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "bank-reconciliation",
      abstract: "The bank's statements against the books, with what is outstanding.",
      aliases: ["reconcile"])

    @Option(help: ArgumentHelp("One account of the bank: 1100. Default: all.", valueName: "code"))
    var account: String?

    @Flag(help: "Every line of the statements, and all that is outstanding one by one.")
    var lines = false

    @OptionGroup var options: ReadingOptions

    var takesFirstDay: Bool { false }

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let (clearing, view) = (try clearing(book), try accounts(book))
      let query = AccountingQuery(question.onItsLastDay)
      do throws(NoBankAccount) {
        return try AccountingReports.bankReconciliation(
          clearing, view, query, account: account, isDetailed: lines)
      } catch {
        throw ToolFailure.usage("\(error)")
      }
    }
  }

  struct GoodsNotInvoicedCommand: GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "grir",
      abstract: "Goods that were received and not invoiced, line by line.")

    static let grouped = GroupedReport.goodsNotInvoiced

    @Option(help: ArgumentHelp("What this supplier delivered.", valueName: "supplier"))
    var supplier: String?

    @Option(help: ArgumentHelp("This item alone.", valueName: "item"))
    var item: String?

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<GoodsNotInvoicedCommand>

    @OptionGroup var options: ReadingOptions

    var takesFirstDay: Bool { false }

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      AccountingReports.goodsNotInvoiced(
        try clearing(book), try accounts(book), AccountingQuery(question.onItsLastDay),
        form: try grouping.form(book, [(.supplier, supplier), (.item, item)]))
    }
  }
#endif
