import DaybookBytes
import DaybookEvents
import DaybookValues

/// What an item comes to, after some of its movements in the order of the log.
struct ItemState: Hashable, Sendable {
  /// Stands for no day.
  static let never = Int32.min

  /// What is open, in minor units; below zero what is open the other way round.
  var open: Int64 = 0
  /// The day from which its age counts where no paper says when it is due.
  var since = ItemState.never
  /// The day on which a paper says that it is due.
  var due = ItemState.never
  /// The index of that paper, and one; 0 for none.
  var paper: UInt32 = 0

  /// Takes a posting of the item.
  ///
  /// A receivable is as old as its first debit, or the last transfer to who owes it. A recovery makes
  /// nothing younger or older, and what is undone leaves the age as it was.
  mutating func take(_ row: Posting, _ ledger: ItemLedger, isUndoing: Bool) {
    // No sum overflows: the ledger refuses an entry that takes all debits beyond 64 bits.
    open += ledger.owed(row.amount)
    guard ledger == .receivable else {
      if since == Self.never { since = row.day }
      return
    }
    guard row.amount > 0, row.rule != PostingRule.Index.adjustment else { return }
    if row.rule == PostingRule.Index.transfer, !isUndoing {
      since = max(since, row.day)
      due = Self.never
      paper = 0
    } else if since == Self.never {
      since = row.day
    }
  }

  /// Takes what a paper asks for.
  mutating func take(_ held: HeldItem, _ paper: ItemPaper) {
    due = paper.due
    self.paper = held.paper + 1
  }
}

/// An item: one part of a charge that one party owes, the credit of one payment, or an invoice of a
/// supplier. It is kept as it stands behind its last movement, and each movement knows the one before.
///
/// Links are indexes and one; 0 ends a chain.
struct OpenItem: Sendable {
  var state = ItemState()
  var key = ItemKey()
  /// The clinic's index among the clinics.
  var clinic: UInt16 = 0
  /// Whether its document has other items.
  var hasSiblings = false
  /// The earliest and the latest effective day of its movements.
  var firstDay = Int32.max
  var lastDay = Int32.min
  var firstPosition = Position.start
  var lastPosition = Position.start
  /// Its last movement.
  var movement: UInt32 = 0
  /// The item of the same document, of the same party, and of the same patient, made before.
  var sibling: UInt32 = 0
  var ofParty: UInt32 = 0
  var ofPatient: UInt32 = 0

  /// Whether all that is known of it now has effect by that day and was known at that position.
  func isWhole(on day: Int32, at position: Position) -> Bool {
    lastDay <= day && lastPosition <= position
  }

  /// Whether something of it may have effect by that day and be known at that position.
  func hasBegun(on day: Int32, at position: Position) -> Bool {
    firstDay <= day && firstPosition <= position
  }
}

extension OpenItem: StoredRecord {
  static var blank: OpenItem { OpenItem() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&state.open)
    try fields.visit(&state.since)
    try fields.visit(&state.due)
    try fields.visit(&state.paper)
    try fields.visit(&key.ledger)
    try fields.visit(&key.document.rawValue)
    try fields.visit(&key.line)
    try fields.visit(&key.party)
    try fields.visit(&clinic)
    try fields.visit(&hasSiblings)
    try fields.visit(&firstDay)
    try fields.visit(&lastDay)
    try fields.visit(&firstPosition)
    try fields.visit(&lastPosition)
    try fields.visit(&movement)
    try fields.visit(&sibling)
    try fields.visit(&ofParty)
    try fields.visit(&ofPatient)
  }
}

/// A movement of an item: a posting, or a paper that asks for it.
struct ItemMovement: Hashable, Sendable {
  private static let paperBit: UInt32 = 1 << 31
  private static let undoingBit: UInt32 = 1 << 30

  private var place: UInt32 = 0
  /// The item's movement before, and one; 0 for its first.
  private(set) var previous: UInt32 = 0

  /// The posting with that index, which undoes one or does not.
  init(posting index: Int, isUndoing: Bool, after previous: UInt32) {
    precondition(index < Int(Self.undoingBit), "an item of posting \(index)")
    place = UInt32(index) | (isUndoing ? Self.undoingBit : 0)
    self.previous = previous
  }

  /// The held item with that index.
  init(held index: Int, after previous: UInt32) {
    precondition(index < Int(Self.undoingBit), "an item of paper \(index)")
    place = UInt32(index) | Self.paperBit
    self.previous = previous
  }

  /// Whether it is a paper, not a posting.
  var isPaper: Bool { place & Self.paperBit != 0 }
  /// Whether it is a posting that undoes another.
  var isUndoing: Bool { place & Self.undoingBit != 0 }
  /// The index of the posting, or of the held item.
  var index: Int { Int(place & (Self.undoingBit - 1)) }
}

extension ItemMovement: StoredRecord {
  static var blank: ItemMovement { ItemMovement(posting: 0, isUndoing: false, after: 0) }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&place)
    try fields.visit(&previous)
  }
}

/// What items that stand beside each other have in common, so that a page of them is passed over.
struct ItemBlock: Hashable, Sendable {
  /// How many items it sums up.
  static let size = 512

  /// How many of them come to something.
  var openCount = 0
  var firstDay = Int32.max
  var lastDay = Int32.min
  var firstPosition = Position.end
  var lastPosition = Position.start

  mutating func take(_ day: Int32, _ position: Position) {
    firstDay = min(firstDay, day)
    lastDay = max(lastDay, day)
    firstPosition = min(firstPosition, position)
    lastPosition = max(lastPosition, position)
  }

  /// Whether none of them is open: all are closed for good by then, or begin later.
  func isNothing(on day: Int32, at position: Position) -> Bool {
    (openCount == 0 && lastDay <= day && lastPosition <= position)
      || firstDay > day || firstPosition > position
  }
}

extension ItemBlock: StoredRecord {
  static var blank: ItemBlock { ItemBlock() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&openCount)
    try fields.visit(&firstDay)
    try fields.visit(&lastDay)
    try fields.visit(&firstPosition)
    try fields.visit(&lastPosition)
  }
}
