public import DaybookAccounting
import DaybookClinicEvents
public import DaybookEngine
public import DaybookValues
public import DaybookWorld

/// The books as a journal that hledger, ledger or beancount reads, checks and adds up on its own.
///
/// One transaction an entry, dated by the effective day, in position order. Every posting has its
/// amount with every decimal of its clinic's currency, so that nothing is left for a tool to infer.
/// Tags name the event's position, the journal, the document, the clinic and the party by their
/// identifiers; no name of a person and no recorded time stands in it, so that the same events give
/// the same bytes whenever they were recorded.
///
/// - SeeAlso: Books, section 4, for what each rule of the text is for.
public struct JournalExport: Sendable {
  private let scope: ExportScope

  /// The books of `view`.
  ///
  /// - Parameters:
  ///   - view: The books.
  ///   - day: The effective day D, inclusive; nil for the latest day of a fact.
  ///   - position: The position S; nil for all that the books know.
  ///   - clinic: The number of the only clinic; nil for all. The entries of one clinic balance too.
  public init(
    _ view: Snapshot<AccountingModel>, on day: Day? = nil, knownAt position: Position? = nil,
    clinic: UInt64? = nil
  ) {
    scope = ExportScope(view, on: day, knownAt: position, clinic: clinic)
  }

  /// Writes the journal as the file `path`, aside and then renamed: it stands there whole or not at all.
  ///
  /// - Throws: `FileError`; `ExportError` for a day that the tool cannot write. The earlier file
  ///   stands then.
  /// - Complexity: O(postings) time, O(1) memory beside the books.
  public func write(as format: JournalFormat, to path: String, in files: any FileSystem) throws {
    var file = try ExportFile(path, in: files)
    try forEachChunk(as: format) { try file.write($0) }
    try file.commit()
  }

  /// Calls `body` with the journal's text, 64 KiB or a little more at a time.
  ///
  /// - Throws: What `body` throws, and `ExportError` for a day that the tool cannot write.
  public func forEachChunk(
    as format: JournalFormat, _ body: (String) throws -> Void
  ) throws {
    var chunks = Chunks()
    let extent = scope.extent
    switch format {
    case .hledger, .ledger:
      let text = LedgerText(scope.model)
      chunks.append(text.heading(scope, extent))
      try forEachEntry(format) { entry in
        chunks.append(text.transaction(entry))
        try chunks.passOn(body)
      }
    case .beancount:
      let text = BeancountText(scope.model)
      chunks.append(text.heading(scope, extent))
      try forEachEntry(format) { entry in
        chunks.append(text.transaction(entry))
        try chunks.passOn(body)
      }
    }
    try chunks.finish(body)
  }

  private func forEachEntry(
    _ format: JournalFormat, _ body: (JournalEntry) throws -> Void
  ) throws {
    try scope.forEachEntry { postings in
      let entry = JournalEntry(postings)
      guard format.years.contains(entry.first.day.year) else {
        throw ExportError.dayOutOfRange(
          entry.first.day, at: entry.first.position, format: format)
      }
      try body(entry)
    }
  }
}

/// One entry with what its lines have in common.
struct JournalEntry {
  let postings: [BookedPosting]
  /// The party, if all lines have the same.
  let party: PartyKey?
  /// The clinic, if all lines have the same.
  let clinic: UInt64?

  /// - Precondition: There is at least one posting.
  init(_ postings: [BookedPosting]) {
    self.postings = postings
    let first = postings[0]
    party = postings.allSatisfy { $0.party == first.party } ? first.party : nil
    clinic = postings.allSatisfy { $0.clinic == first.clinic } ? first.clinic : nil
  }

  var first: BookedPosting { postings[0] }

  /// Tags of the entry: what all its lines share stands once, and the tools hand it down to them.
  var tags: [(name: String, value: String)] {
    var tags = [
      ("position", "\(first.position)"), ("journal", first.journal), ("document", first.document),
    ]
    if let reversed = first.reverses { tags.append(("reverses", "\(reversed)")) }
    if let clinic { tags.append(("clinic", "\(ClinicID(clinic))")) }
    if let party, party != .none { tags.append(("party", "\(party)")) }
    return tags
  }

  /// Tags of one line: what it does not share with the others.
  func tags(of posting: BookedPosting) -> [(name: String, value: String)] {
    var tags: [(String, String)] = []
    if clinic == nil { tags.append(("clinic", "\(ClinicID(posting.clinic))")) }
    if party == nil, posting.party != .none { tags.append(("party", "\(posting.party)")) }
    return tags
  }

  /// The names of all tags, as they are declared.
  static let tagNames = ["clinic", "document", "journal", "party", "position", "reverses"]
}
