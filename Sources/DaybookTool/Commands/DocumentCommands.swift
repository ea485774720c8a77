#if Tool
  import ArgumentParser
  import Daybook

  /// Which documents a register lists.
  enum RegisterSort: String, CaseIterable, ExpressibleByArgument {
    case invoices
    case creditNotes = "credit-notes"
    case tickets
    case returns
    case all

    var types: Set<SalesDocumentType> {
      switch self {
      case .invoices: [.invoice]
      case .creditNotes: [.creditNote]
      case .tickets: [.ticket]
      case .returns: [.saleReturn]
      case .all: Set(SalesDocumentType.allCases)
      }
    }
  }

  struct InvoicesCommand: GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "invoices",
      abstract: "The registers of invoices and credit notes: base and tax of each, by rate.",
      discussion: """
        A row for each rate of a document, in the order of the numbers; what credit notes take off is \
        below zero. The notes say what each rate comes to, and that each series has no hole. The tax of \
        credit notes, tickets and returns is what they post to output tax; that of an invoice was posted \
        by the charges, tickets and advances that it asks for.
        """,
      aliases: ["registers"])

    static let grouped = GroupedReport.documents

    @Option(
      help: ArgumentHelp(
        "Only these documents; default invoices and credit notes.",
        valueName: "invoices|credit-notes|tickets|returns|all"))
    var kind: RegisterSort?

    @Option(help: ArgumentHelp("Only those written to this patient or party.", valueName: "who"))
    var party: String?

    @Option(help: ArgumentHelp("What is taxed by this tax code.", valueName: "code"))
    var taxCode: String?

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<InvoicesCommand>

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let key = try party.map { text in
        let found = try book.find(text, among: .patients, .payers, .suppliers, .parties)
        return PartyKey(parsing: found.id) ?? .none
      }
      let form = try grouping.form(book, [(.taxCode, taxCode)])
      let view = try book.snapshot(of: DocumentsModel.self, options.output)
      return DocumentsReport.register(
        of: kind?.types ?? DocumentsReport.usual, to: key, view, AccountingQuery(question),
        form: form)
    }
  }

  struct DocumentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "document",
      abstract: "An invoice, credit note, ticket or return, as a document to print.",
      discussion: """
        A-3: by its number as it is printed; IV3, S12: by identifier; 81377: the event at a position. It \
        is written as it was recorded, whatever is known by now. With --format html it is a page to print.
        """)

    @Argument(help: "A number such as A-3, an identifier or a position.")
    var document: String

    @OptionGroup var book: BookOption

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "What the log held then: a position, a time or a day.", valueName: "position|time|day"))
    var knownAt: String?

    @Option(name: [.customLong("clinic"), .customLong("site")], help: "One clinic; default all.")
    var clinic: String?

    @OptionGroup var output: OutputOptions

    mutating func run() throws {
      let open = try book.open()
      let number = try open.clinic(clinic)
      let known = try knownAt.map {
        try DayReader(book: open, clinic: number).position($0)
      }
      let view = try open.snapshot(of: DocumentsModel.self, output)
      let found = try find(view.model, clinic: number, knownAt: known ?? open.last)
      guard let source = try open.documentSource(at: found.position),
        let report = DocumentsReport.document(
          source, view, book: try open.name(clinic: found.clinic.number, knownAt: known))
      else { throw unknown() }
      let text = render(report, as: output.format, width: Self.width)
      try open.check()
      try output.give(text)
    }

    /// Columns of a document in text: those of a sheet of paper, wherever it is written to.
    private static let width = 80

    private func find(
      _ model: DocumentsModel, clinic: UInt64?, knownAt known: Position
    ) throws -> SalesDocument {
      if !document.isEmpty, document.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) {
        guard let position = UInt64(document).map({ Position($0) }),
          let found = model.document(at: position, knownAt: known)
        else { throw unknown() }
        return found
      }
      let found = model.documents(numbered: document, clinic: clinic, knownAt: known)
      if found.count > 1 {
        let list = found.map { "  position \($0.position), \($0.clinic), \($0.day)" }
        throw ToolFailure.usage(
          ([
            "\(found.count) documents have the number \(document.quoted); give --clinic or a position:"
          ]
            + list).joined(separator: "\n"))
      }
      if let found = found.first { return found }
      let letters = document.prefix { $0.isLetter }.uppercased()
      let kinds = ToolContext.current.catalogue.streamKinds
      if let number = UInt64(document.dropFirst(letters.count)),
        let kind = kinds.first(where: { !$0.prefix.isEmpty && $0.prefix == letters }),
        let found = model.document(of: StreamID(kind.kind, number), knownAt: known)
      {
        return found
      }
      throw unknown()
    }

    private func unknown() -> ToolFailure {
      .usage(
        "there is no document \(document.quoted) here; give a number such as A-3, an identifier such as "
          + "IV3, or the position of an invoice, credit note, ticket or return "
          + "(`daybook accounts invoices --kind all` lists them)")
    }
  }
#endif
