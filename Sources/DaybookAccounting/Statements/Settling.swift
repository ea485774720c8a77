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

  private struct Change {
    var key: UInt64
    var amount: Int64
  }

  private let reversals: History<ReversalRow>
  private let settledItems: History<SettledItem>
  private var items: [Item] = []
  // Of all items one after the other, and what of each line has counted: no item has arrays of its own.
  private var lines: [Posting] = []
  private var counted: [Int64] = []
  // Only asked for a key, never iterated.
  private var places: [UInt64: Int] = [:]
  private var charges = DenseIndex()
  private var changes: [Change] = []
  private var cursor = SettledCursor()
  private var loose: LooseItems

  init(_ scope: Scope) {
    loose = LooseItems(scope.model)
    reversals = scope.model.reversals
    settledItems = scope.model.notes.settled
  }

  /// Begins with the entry at `position`.
  mutating func begin(_ position: Position) {
    cursor.go(to: position, reversals)
    changes.removeAll(keepingCapacity: true)
  }

  /// Takes a line on an account of items.
  mutating func add(_ row: Posting) {
    guard row.charge == 0, loose.holds(row.account) else { return change(key(row), row.amount) }
    for part in loose.take(row) { change(part.key, part.amount) }
  }

  private mutating func change(_ key: UInt64, _ amount: Int64) {
    if let place = changes.firstIndex(where: { $0.key == key }) {
      changes[place].amount += amount
    } else {
      changes.append(Change(key: key, amount: amount))
    }
  }

  /// Whether no item is changed by the entry.
  var hasNoItem: Bool { changes.allSatisfy { $0.amount == 0 } }

  /// Whether an item begins with the entry.
  var begins: Bool { changes.contains { $0.amount != 0 && place($0.key) == nil } }

  /// Keeps what an entry earned or cost with the item that it begins, and counts what is paid at once.
  ///
  /// Of a cost, what is withheld counts when it is paid itself. An item that the entry changes beside is
  /// taken over by the one that begins: goods that went back, by their credit note.
  mutating func keep(
    _ lines: [Posting], paid: Int64, withheld: Int64, _ body: (Posting) -> Void
  ) throws(ValueError) {
    let start = self.lines.count
    let cost = lines.reduce(0) { $0 + $1.amount }
    for line in lines {
      hold(
        withheld == 0 || cost == 0
          ? line : line.with(amount: try Self.share(line.amount, cost + withheld, of: cost)))
    }
    for change in changes where change.amount != 0 {
      guard let place = place(change.key) else { continue }
      var taken: [Posting] = []
      try advance(place, by: -change.amount) { taken.append($0) }
      for line in taken { hold(line) }
    }
    let begun = changes.filter { $0.amount != 0 && place($0.key) == nil }
    // Several at once are opening balances, which earned and cost nothing.
    let end = begun.count == 1 ? self.lines.count : start
    for change in begun {
      let place = items.count
      set(place, change.key)
      items.append(Item(start: start, end: end, whole: paid + change.amount))
      if paid != 0 { try advance(place, by: paid, body) }
    }
  }

  private mutating func hold(_ line: Posting) {
    lines.append(line)
    counted.append(0)
  }

  /// Counts what the entry settles of items, on its day.
  mutating func settle(
    _ entry: Posting, _ body: (Posting) -> Void
  ) throws(ValueError) {
    for change in changes where change.amount != 0 {
      guard let place = place(change.key) else { continue }
      try advance(place, by: -change.amount) { counts in
        var counts = counts
        (counts.day, counts.position) = (entry.day, entry.position)
        body(counts)
      }
    }
  }

  /// The items come to more, or less, than they began with.
  mutating func grow() {
    for change in changes where change.amount != 0 {
      if let place = place(change.key) { items[place].whole += change.amount }
    }
  }

  /// So much more of an item is settled: `body` is given what counts by it.
  private mutating func advance(
    _ place: Int, by amount: Int64, _ body: (Posting) -> Void
  ) throws(ValueError) {
    guard items[place].whole != 0 else { return }
    items[place].settled += amount
    let item = items[place]
    for index in item.start..<item.end {
      let line = lines[index]
      let share =
        item.settled == item.whole
        ? line.amount : try Self.share(line.amount, item.settled, of: item.whole)
      let counts = line.with(
        amount: try Rounding.narrowed(Int128(share) - Int128(counted[index])))
      counted[index] = share
      if counts.amount != 0 { body(counts) }
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
    return cursor.settled(by: row, among: settledItems)?.document.rawValue ?? row.document.rawValue
  }

  private func place(_ key: UInt64) -> Int? {
    key <= UInt64(UInt32.max) ? charges[key] : places[key]
  }

  private mutating func set(_ place: Int, _ key: UInt64) {
    if key <= UInt64(UInt32.max) { charges[key] = place } else { places[key] = place }
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
