#if Tool
  import ArgumentParser
  import Daybook

  struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "One thing: what it is now, and its events, the newest last.",
      discussion:
        "P17, C311, M5: by identifier; 81377: the event at a position; charge/311: a stream.")

    @Argument(help: "An identifier, a position, a stream, or ref:REFERENCE.")
    var subject: String

    @OptionGroup var book: BookOption

    @Option(help: "What the log held then: a position, a time or a day.")
    var knownAt: String?

    @OptionGroup var output: OutputOptions

    mutating func run() throws {
      let open = try book.open()
      let known =
        try knownAt.map { try DayReader(book: open, clinic: nil).position($0) } ?? open.last
      let catalogue = ToolContext.current.catalogue
      let register = try open.register()
      var page = EventPage(catalogue, register)
      let title: String
      if let number = UInt64(subject) {
        guard number > 0, number <= known.number else {
          throw ToolFailure.usage(
            "position \(subject) is not known: the log then ends at \(known)")
        }
        title = "Event at position \(number)"
        try open.withLog { try $0.record(at: Position(number)) { try page.add($0) } }
      } else {
        let stream = try stream(open, register, known)
        try open.withLog { log in
          try log.scan(from: Position(1), through: known) { record in
            if record.header.stream == stream { try page.add(record) }
          }
        }
        if page.rows.isEmpty { throw ToolFailure.usage("there is no \(subject) in this book") }
        title = Self.title(stream, register.entry(stream, knownAt: known), catalogue)
      }
      var report = Report(
        name: "show", title: title, book: try open.name(), knownAt: known,
        columns: EventPage.columns)
      for row in page.rows { report.append(row) }
      report.footer = Footer(position: known, entries: page.rows.count)
      try output.give(report)
    }

    /// The stream that is meant: `charge/311`, `C311`, or the thing registered under a reference.
    private func stream(
      _ open: OpenBook, _ register: Register, _ known: Position
    ) throws -> StreamID {
      let kinds = ToolContext.current.catalogue.streamKinds
      let parts = subject.split(separator: "/", omittingEmptySubsequences: false)
      if parts.count == 2, let number = UInt64(parts[1]),
        let kind = kinds.first(where: { $0.name == parts[0] })
      {
        return StreamID(kind.kind, number)
      }
      let letters = subject.prefix { $0.isLetter }
      if let number = UInt64(subject.dropFirst(letters.count)),
        let kind = kinds.first(where: { !$0.prefix.isEmpty && $0.prefix == letters.uppercased() })
      {
        return StreamID(kind.kind, number)
      }
      return try open.find(
        subject, among: .patients, .staff, .payers, .suppliers, .parties, .items, .services,
        .clinics
      ).stream
    }

    private static func title(
      _ stream: StreamID, _ entry: RegisterEntry?, _ catalogue: Catalogue
    ) -> String {
      guard let entry else {
        let kind = catalogue.streamKind(stream.kind)
        let id = kind.map { $0.prefix.isEmpty ? "" : " \($0.prefix)\(stream.number)" } ?? ""
        return catalogue.name(of: stream) + id
      }
      let details = zip(entry.kind.columns, entry.details).compactMap { column, cell in
        cell.words.map { "\(column.title) \($0)" }
      }
      return (["\(entry.id) \(entry.name)"] + details).joined(separator: ", ")
    }
  }

  extension Cell {
    /// What stands in a cell of a list; nil for nothing.
    fileprivate var words: String? {
      switch self {
      case .text(let text), .identifier(let text): text.isEmpty ? nil : text
      case .day(let day): "\(day)"
      case .count(let count): "\(count)"
      default: nil
      }
    }
  }
#endif
