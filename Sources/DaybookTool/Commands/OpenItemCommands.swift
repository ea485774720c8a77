#if Tool
  import ArgumentParser
  import Daybook

  struct ReceivablesCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "receivables",
      abstract: "What patients and payers owe, by age, and their credit.")

    @Flag(help: "Every charge that is open, and every credit, with its document and due day.")
    var items = false

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let query = AccountingQuery(question.onItsLastDay)
      return items
        ? AccountingReports.openReceivables(try accounts(book), query)
        : AccountingReports.receivables(try accounts(book), query)
    }
  }

  struct PayablesCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "payables", abstract: "What is owed to suppliers, by age.")

    @Flag(help: "Every supplier's invoice that is open, with its number and due day.")
    var items = false

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let query = AccountingQuery(question.onItsLastDay)
      return items
        ? AccountingReports.openPayables(try accounts(book), query)
        : AccountingReports.payables(try accounts(book), query)
    }
  }

  struct StatementCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "statement",
      abstract: "What a patient, payer or supplier was charged, who paid, and what is owed.")

    static let examples = [["P1"], ["Y1"], ["Y2"]]

    @Argument(help: "The patient, payer or supplier: P17, Y3, ref:REFERENCE or a part of the name.")
    var who: String

    @Flag(help: "What is open, item by item, instead of what came to it.")
    var items = false

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
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
#endif
