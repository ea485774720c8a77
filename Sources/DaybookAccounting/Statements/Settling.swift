import DaybookEvents
import DaybookValues

/// The items that wait to be settled, and those that the entry at hand changes.
struct Settling {
  private struct Item {
    /// What it earned or cost, by account: a range of `lines`.
    var start: Int
    var end: Int
    /// What it came to, and what of that is settled.
    var whole: Int64 = 0
    var settled: Int64 = 0
  }

  /// A line of an item: a posting, what of it counts in the end, and what has counted.
  private struct HeldLine {
    /// The posting's place in the ledger.
    let index: Int
    let amount: Int64
    var counted: Int64 = 0
  }

  private struct Change {
    let key: UInt64
    /// The item's place; nil where the entry begins it.
    let place: Int?
    var amount: Int64
  }

  private let ledger: LedgerLines
  private var items: [Item] = []
  // Of all items one after the other: no item has an array of its own.
  private var lines: [HeldLine] = []
  // Only asked for a key, never iterated.
  private var places: [UInt64: Int] = [:]
  private var charges = DenseIndex()
  private var changes: [Change] = []
  private var advanced: [(index: Int, amount: Int64)] = []
  private var cursor: SettledPass
  private var loose: LooseItems

  init(_ scope: Scope) {
    ledger = LedgerLines(scope)
    cursor = SettledPass(scope.model)
    loose = LooseItems(scope.model)
  }

  /// Begins with the entry at `position`.
  mutating func begin(_ position: Position) {
    cursor.go(to: position)
    changes.removeFew()
  }

  /// Takes a line on an account of items.
  mutating func add(_ row: Posting) {
    guard row.charge == 0, loose.holds(row.account) else { return change(key(row), row.amount) }
    for part in loose.take(row) { change(part.key, part.amount) }
  }

  private mutating func change(_ key: UInt64, _ amount: Int64) {
    if let index = changes.firstIndex(where: { $0.key == key }) {
      changes[index].amount += amount
    } else {
      changes.append(Change(key: key, place: place(key), amount: amount))
    }
  }

  /// Whether no item is changed by the entry.
  var hasNoItem: Bool { changes.allSatisfy { $0.amount == 0 } }

  /// Whether an item begins with the entry.
  var begins: Bool { changes.contains { $0.amount != 0 && $0.place == nil } }

  /// Keeps what an entry earned or cost with the item that it begins, and adds what is paid at once to
  /// what counts.
  ///
  /// Of a cost, what is withheld counts when it is paid itself. An item that the entry changes beside is
  /// taken over by the one that begins: goods that went back, by their credit note.
  mutating func keep(
    _ lines: [LedgerLine], paid: Int64, withheld: Int64, into counts: inout [Posting]
  ) throws(ValueError) {
    let start = self.lines.count
    let cost = withheld == 0 ? 0 : lines.reduce(0) { $0 + $1.row.amount }
    for line in lines {
      let amount = line.row.amount
      self.lines.append(
        HeldLine(
          index: line.index,
          amount: cost == 0 ? amount : try Self.share(amount, cost + withheld, of: cost)))
    }
    var begun = 0
    for index in changes.indices where changes[index].amount != 0 {
      guard let place = changes[index].place else {
        begun += 1
        continue
      }
      // Of what it takes over, so much as has not counted yet.
      try advance(place, by: -changes[index].amount)
      for part in advanced { self.lines.append(HeldLine(index: part.index, amount: part.amount)) }
    }
    // Several at once are opening balances, which earned and cost nothing.
    let end = begun == 1 ? self.lines.count : start
    for index in changes.indices
    where changes[index].amount != 0 && changes[index].place == nil {
      let place = items.count
      set(place, changes[index].key)
      items.append(Item(start: start, end: end, whole: paid + changes[index].amount))
      guard paid != 0 else { continue }
      try advance(place, by: paid)
      for part in advanced { counts.append(ledger.posting(part.index, part.amount)) }
    }
  }

  /// Adds what the entry settles of items to what counts, on its day.
  mutating func settle(_ entry: Posting, into counts: inout [Posting]) throws(ValueError) {
    for index in changes.indices where changes[index].amount != 0 {
      guard let place = changes[index].place else { continue }
      try advance(place, by: -changes[index].amount)
      for part in advanced {
        var row = ledger.posting(part.index, part.amount)
        (row.day, row.position) = (entry.day, entry.position)
        counts.append(row)
      }
    }
  }

  /// The items come to more, or less, than they began with.
  mutating func grow() {
    for index in changes.indices where changes[index].amount != 0 {
      if let place = changes[index].place { items[place].whole += changes[index].amount }
    }
  }

  /// So much more of an item is settled: `advanced` has what counts by it, of which posting.
  private mutating func advance(_ place: Int, by amount: Int64) throws(ValueError) {
    advanced.removeFew()
    guard items[place].whole != 0 else { return }
    items[place].settled += amount
    let item = items[place]
    for index in item.start..<item.end {
      let line = lines[index]
      let share =
        item.settled == item.whole
        ? line.amount : try Self.share(line.amount, item.settled, of: item.whole)
      let counts = try Rounding.narrowed(Int128(share) - Int128(line.counted))
      lines[index].counted = share
      if counts != 0 { advanced.append((line.index, counts)) }
    }
  }

  /// `amount` times `part` by `whole`, rounded once; nothing of nothing.
  ///
  /// - Throws: `.overflow` where it does not fit, as with more settled than there ever was.
  static func share(
    _ amount: Int64, _ part: Int64, of whole: Int64
  ) throws(ValueError) -> Int64 {
    if whole == 0 { return 0 }
    return try Rounding.narrowed(
      try Rounding.halfAwayFromZero(Int128(amount) * Int128(part), dividedBy: Int128(whole)))
  }

  private mutating func key(_ row: Posting) -> UInt64 {
    if row.charge != 0 { return UInt64(row.charge) }
    return cursor.settled(by: row)?.document.rawValue ?? row.document.rawValue
  }

  // Mutating, though it changes nothing: see `DenseIndex.place(of:)`.
  private mutating func place(_ key: UInt64) -> Int? {
    key <= UInt64(UInt32.max) ? charges.place(of: key) : places[key]
  }

  private mutating func set(_ place: Int, _ key: UInt64) {
    if key <= UInt64(UInt32.max) { charges[key] = place } else { places[key] = place }
  }
}

/// A posting with its place in the ledger.
struct LedgerLine {
  let row: Posting
  let index: Int
}

/// The postings of a ledger by their places; by reference, so that nothing is copied for each.
private final class LedgerLines {
  private let scope: Scope
  private let postings: History<Posting>
  private let hasMerges: Bool

  init(_ scope: Scope) {
    self.scope = scope
    postings = scope.model.ledger.postings
    hasMerges = scope.model.hasMerges(at: scope.position)
  }

  /// The posting at `index`, under who its party is by then, with what of it counts.
  func posting(_ index: Int, _ amount: Int64) -> Posting {
    let row = postings[index].with(amount: amount)
    return hasMerges ? scope.model.current(row, at: scope.position) : row
  }
}

extension Posting {
  /// The same with another amount.
  func with(amount: Int64) -> Posting {
    var copy = self
    copy.amount = amount
    return copy
  }
}
