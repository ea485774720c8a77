#if Tool
  import Daybook

  /// Finds the figure, the event or the document that a person wants explained.
  struct ExplainedSubject {
    private let book: OpenBook
    private let view: Snapshot<AccountingModel>
    private let known: Position

    init(_ book: OpenBook, _ view: Snapshot<AccountingModel>, _ question: Question) {
      self.book = book
      self.view = view
      known = min(question.knownAt ?? view.asOf, view.asOf)
    }

    /// What `text` means.
    ///
    /// - Throws: usage, where nothing or more than one thing is meant, or an option does not go with it.
    func find(_ text: String, party: String?, age: String?) throws -> ExplainSubject {
      let isAccount = view.model.accountList.contains { $0.code == text }
      if age != nil, isAccount || !["receivables", "payables"].contains(text) {
        throw ToolFailure.usage("--age goes with receivables and payables")
      }
      if isAccount { return .account(text, party: try party.map(key)) }
      switch text {
      case "receivables":
        return .receivables(party: try party.map(key), age: try age.map(Self.bucket))
      case "payables":
        return .payables(party: try party.map(key), age: try age.map(Self.bucket))
      case "credit": return .credit(party: try party.map(key))
      default: break
      }
      if party != nil {
        throw ToolFailure.usage("--party goes with an account, receivables, payables or credit")
      }
      if let entry = EntryID(text) { return .entry(entry) }
      if let number = UInt64(text) {
        guard (1...max(view.asOf.number, 1)).contains(number) else {
          throw ToolFailure.usage(
            "there is no account \(text) in the chart, nor an event: the log ends at position \(view.asOf); "
              + "`accounts trial-balance` lists the accounts in use")
        }
        return .position(Position(number))
      }
      if PartyKey(parsing: text) != nil { return .party(try book.partyKey(text)) }
      if let invoice = try book.document(numbered: text, through: known) {
        return .thing(invoice, events: try book.trail(of: invoice, through: known))
      }
      let stream = try book.stream(
        text,
        orElse: "an account (1200), receivables, payables, credit, revenue, tax, deferred, an "
          + "identifier (C311, M5, P17), an invoice's number, an entry (81377.3.1), a line of one (81377.3.1.2), a position, "
          + "or a part of a name")
      let found = try book.register().entry(stream, knownAt: view.asOf)
      if let key = found.flatMap({ PartyKey(parsing: $0.id) }) { return .party(key) }
      let events = try book.trail(of: stream, through: known)
      if events.isEmpty, try !book.has(stream) {
        throw ToolFailure.usage("there is no \(text.quoted) in this book")
      }
      return .thing(stream, events: events)
    }

    private func key(of text: String) throws -> PartyKey {
      if text == PartyKey.walkIn.description { return .walkIn }
      let found = try book.find(text, among: .patients, .payers, .suppliers, .parties)
      guard let key = PartyKey(parsing: found.id) else {
        throw ToolFailure.usage("\(found.id) has no account")
      }
      return key
    }

    private static func bucket(_ text: String) throws -> AgeBucket {
      guard let age = AgeBucket(name: text) else {
        throw ToolFailure.usage(
          "--age \(text.quoted) is no age; give "
            + ListText.or(AgeBucket.allCases.map(\.name)))
      }
      return age
    }
  }
#endif
