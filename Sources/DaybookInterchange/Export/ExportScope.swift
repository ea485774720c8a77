import DaybookAccounting
import DaybookEngine
import DaybookValues

/// The part of the books that is exported: every posting up to D as known at S, of one clinic or all.
struct ExportScope: Sendable {
  let view: Snapshot<AccountingModel>
  /// The last effective day; nil where there is no fact and no day was asked for.
  let day: Day?
  let position: Position
  let clinic: UInt64?

  init(
    _ view: Snapshot<AccountingModel>, on day: Day?, knownAt position: Position?, clinic: UInt64?
  ) {
    self.view = view
    self.position = min(position ?? view.asOf, view.asOf)
    self.day = day ?? view.model.latestFactDay(at: self.position)
    self.clinic = clinic
  }

  var model: AccountingModel { view.model }

  /// The query that reports of the same part are asked with.
  var query: AccountingQuery { AccountingQuery(on: day, knownAt: position, clinic: clinic) }

  var extent: BookExtent {
    day.map { model.extent(through: position, on: $0, clinic: clinic) } ?? BookExtent()
  }

  /// The clinics of the part, by number.
  var clinics: [ClinicListing] {
    model.clinics(at: position).filter { clinic == nil || $0.clinic == clinic }
      .sorted { $0.clinic < $1.clinic }
  }

  func forEachPosting(_ body: (BookedPosting) throws -> Void) throws {
    guard let day else { return }
    try model.forEachPosting(through: position) { posting in
      guard posting.day <= day, clinic == nil || posting.clinic == clinic else { return }
      try body(posting)
    }
  }

  /// Calls `body` with the postings of each entry, in position order.
  func forEachEntry(_ body: ([BookedPosting]) throws -> Void) throws {
    var entry: [BookedPosting] = []
    try forEachPosting { posting in
      if let first = entry.first, !first.isOfEntry(posting) {
        try body(entry)
        entry.removeAll(keepingCapacity: true)
      }
      entry.append(posting)
    }
    if !entry.isEmpty { try body(entry) }
  }
}

extension BookedPosting {
  fileprivate func isOfEntry(_ other: BookedPosting) -> Bool {
    entry.position == other.entry.position && entry.rule == other.entry.rule
      && entry.version == other.entry.version
  }
}

extension EntryID {
  /// The entry that the line belongs to.
  var whole: EntryID { EntryID(position: position, rule: rule, version: version) }
}

extension Currency {
  /// The code; `XXX`, which ISO 4217 keeps for no currency, at a clinic that was never defined.
  var exportCode: String { isUnspecified ? "XXX" : code }
}
