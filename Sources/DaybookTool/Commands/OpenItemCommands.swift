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
#endif
