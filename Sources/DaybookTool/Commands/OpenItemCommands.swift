#if Tool
  import ArgumentParser
  import Daybook

  struct ReceivablesCommand: GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "receivables",
      abstract: "What patients and payers owe, by age, and their credit.")

    static let grouped = GroupedReport.receivables

    @Flag(help: "Every charge that is open, and every credit, with its document and due day.")
    var items = false

    @Option(help: ArgumentHelp("What this patient, payer or party owes.", valueName: "who"))
    var party: String?

    @Option(
      help: ArgumentHelp("What this payer owes, or owed at first.", valueName: "payer"))
    var payer: String?

    @Option(help: ArgumentHelp("Of what this member of staff did.", valueName: "who"))
    var practitioner: String?

    @Option(help: ArgumentHelp("Of this service.", valueName: "service"))
    var service: String?

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<ReceivablesCommand>

    @OptionGroup var options: ReadingOptions

    var takesFirstDay: Bool { false }

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let query = AccountingQuery(question.onItsLastDay)
      let form = try grouping.form(
        book,
        [
          (.party, party), (.payer, payer), (.practitioner, practitioner), (.service, service),
        ])
      guard items else {
        return AccountingReports.receivables(try accounts(book), query, form: form)
      }
      try refuseSums(grouping)
      return AccountingReports.openReceivables(try accounts(book), query, form: form)
    }
  }

  struct PayablesCommand: GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "payables", abstract: "What is owed to suppliers, by age.")

    static let grouped = GroupedReport.payables

    @Flag(help: "Every supplier's invoice that is open, with its number and due day.")
    var items = false

    @Option(help: ArgumentHelp("What is owed to this supplier.", valueName: "supplier"))
    var supplier: String?

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<PayablesCommand>

    @OptionGroup var options: ReadingOptions

    var takesFirstDay: Bool { false }

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let query = AccountingQuery(question.onItsLastDay)
      let form = try grouping.form(book, [(.supplier, supplier)])
      guard items else {
        return AccountingReports.payables(try accounts(book), query, form: form)
      }
      try refuseSums(grouping)
      return AccountingReports.openPayables(try accounts(book), query, form: form)
    }
  }

  extension GroupedCommand {
    /// Items are listed one by one.
    fileprivate func refuseSums(_ grouping: GroupingOptions<Self>) throws {
      if grouping.areWanted {
        throw ToolFailure.usage("give --by or --pivot, or --items, not both")
      }
    }
  }
#endif
