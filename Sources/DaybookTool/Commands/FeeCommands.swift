#if Tool
  import ArgumentParser
  import Daybook

  struct StatementCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "statement",
      abstract: "What a patient, payer or supplier was charged, who paid, and what is owed.")

    static let examples = [["P1"], ["Y1"], ["Y2"]]

    @Argument(help: "The patient, payer or supplier: P17, Y3, ref:REFERENCE or a part of the name.")
    var who: String

    @Flag(help: "What is open, item by item, instead of what came to it.")
    var items = false

    @OptionGroup var names: NameOptions

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      var report = try table(book, question)
      let found = try book.find(who, among: .patients, .payers, .suppliers, .parties)
      report.letterhead = try book.letterhead(
        of: report, to: found, clinic: question.clinic, names: names, options.output)
      return report
    }

    private func table(_ book: OpenBook, _ question: Question) throws -> Report {
      let found = try book.find(who, among: .patients, .payers, .suppliers, .parties)
      let view = try accounts(book)
      guard items else {
        let query = AccountingQuery(question)
        return found.stream.kind == .patient
          ? AccountingReports.statement(of: PatientID(found.stream.number), view, query)
          : AccountingReports.statement(ofParty: PartyID(found.stream.number), view, query)
      }
      let query = AccountingQuery(question.onItsLastDay)
      let key = PartyKey(parsing: found.id)
      let isSupplier = key.flatMap { view.model.party($0)?.kind } == .supplier
      return isSupplier
        ? AccountingReports.openPayables(view, query, of: key)
        : AccountingReports.openReceivables(view, query, of: key)
    }
  }

  struct FeesCommand: GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "fees",
      abstract: "The yearly fee statement: charged, discounted, paid by whom, refunded, open.",
      discussion: """
        With --period 2026, a year; of all patients, a line each, or with --party of one, entry by entry. \
        The sums are those of `accounts statement` for the same days.
        """)

    static let grouped = GroupedReport.fees

    @Option(
      help: ArgumentHelp("One patient, entry by entry; with --by, in sums.", valueName: "patient"))
    var party: String?

    @OptionGroup(title: "Which care") var care: CareOptions

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<FeesCommand>

    @OptionGroup var names: NameOptions

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let (view, query) = (try accounts(book), AccountingQuery(question))
      guard let party, !grouping.areWanted else {
        let form = try grouping.form(book, care.terms + [(.party, party)])
        let report = AccountingReports.fees(view, query, form: form)
        return names.areWanted ? try book.naming(report) : report
      }
      guard care.practitioner == nil, care.service == nil else {
        throw ToolFailure.usage(
          "--party lists entry by entry: with --practitioner or --service give --by too")
      }
      let found = try book.find(party, among: .patients)
      var report = AccountingReports.fees(of: PatientID(found.stream.number), view, query)
      report.letterhead = try book.letterhead(
        of: report, to: found, clinic: question.clinic, names: names, options.output)
      return report
    }
  }
#endif
