import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// What a row of a till is of.
enum TillRowType: UInt8 {
  /// Money received for what is owed, or in advance.
  case payment = 1
  /// A ticket, by each way in which it was paid; one that was not paid at once has one row of nothing.
  case sale = 2
  /// Goods that came back, by each way in which their price went out.
  case saleReturn = 3
  /// Credit or a deposit given back.
  case refund = 4
  /// What the clinic paid out of the till.
  case paidOut = 5
  /// What was given on top for the staff.
  case tip = 6
  /// What the coins rounded.
  case rounding = 7
  /// What the lines of a ticket come to at one rate of tax: in no sum of the till.
  case taxed = 8
  /// What was taken off the lines of a ticket: in no sum of the till.
  case discount = 9
  /// Cash from the safe, or into it.
  case float = 10
  /// Cash to the bank, or from it.
  case bank = 11
  /// Cash for small expenses, or back from one.
  case petty = 12
  /// Cash to another till, or from it.
  case handover = 13

  /// Whether it is a receipt: a payment, a refund, a ticket or a return.
  var isReceipt: Bool { rawValue <= Self.paidOut.rawValue }

  /// Whether its amount changed hands.
  var changesHands: Bool { self != .taxed && self != .discount }

  /// The type of a move of cash.
  init?(_ type: CashMoveType) {
    switch type {
    case .unspecified: return nil
    case .float: self = .float
    case .bank: self = .bank
    case .petty: self = .petty
    case .handover: self = .handover
    }
  }
}

/// What one event did in a till, by way of paying or rate of tax: 48 bytes.
struct TillRow: DescribedRow, Hashable {
  var position = Position.start
  /// Minor units: into the till, or below zero out of it.
  var amount: Int64 = 0
  /// The tax in the amount; of cash, the change that was given.
  var part: Int64 = 0
  /// The thing that the event is about: a `DocumentKey`.
  var document: UInt64 = 0
  var session: UInt32 = 0
  /// The effective civil day, since 1970.
  var day: Int32 = 0
  /// Basis points of tax.
  var rate: Int32 = 0
  /// A `TillRowType`.
  var type: UInt8 = 0
  /// A `MethodType`; 0 where nothing changed hands.
  var method: UInt8 = 0
  /// 1 where it takes back what another row says.
  var isVoid: UInt8 = 0

  static var blank: TillRow { TillRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&amount)
    try fields.visit(&part)
    try fields.visit(&document)
    try fields.visit(&session)
    try fields.visit(&day)
    try fields.visit(&rate)
    try fields.visit(&type)
    try fields.visit(&method)
    try fields.visit(&isVoid)
  }

  var kind: TillRowType? { TillRowType(rawValue: type) }
}

/// A till was opened: by whom, when, and with what.
struct TillOpeningRow: DescribedRow, Hashable {
  var position = Position.start
  var session: UInt32 = 0
  var till: UInt32 = 0
  /// The clinic's index among the clinics.
  var clinic: UInt16 = 0
  /// The effective civil day, since 1970.
  var day: Int32 = 0
  /// The effective instant.
  var milliseconds: Int64 = 0
  /// The clinic's clock, in seconds ahead of UTC.
  var offset: Int32 = 0
  /// 0 where it was no member of staff.
  var staff: UInt32 = 0
  /// The cash as counted.
  var float: Int64 = 0
  /// What the till held by the books.
  var held: Int64 = 0
  /// What came from the safe.
  var brought: Int64 = 0

  static var blank: TillOpeningRow { TillOpeningRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&session)
    try fields.visit(&till)
    try fields.visit(&clinic)
    try fields.visit(&day)
    try fields.visit(&milliseconds)
    try fields.visit(&offset)
    try fields.visit(&staff)
    try fields.visit(&float)
    try fields.visit(&held)
    try fields.visit(&brought)
  }
}

/// A till was closed: by whom, when, and under which number.
struct TillClosingRow: DescribedRow, Hashable {
  var position = Position.start
  var session: UInt32 = 0
  /// Without gaps in each till.
  var number: UInt32 = 0
  /// The effective civil day, since 1970.
  var day: Int32 = 0
  /// The effective instant.
  var milliseconds: Int64 = 0
  /// The clinic's clock, in seconds ahead of UTC.
  var offset: Int32 = 0
  /// 0 where it was no member of staff.
  var staff: UInt32 = 0
  /// The cash that stayed in the till.
  var left: Int64 = 0
  /// How many receipts the closing says.
  var receipts: UInt32 = 0

  static var blank: TillClosingRow { TillClosingRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&session)
    try fields.visit(&number)
    try fields.visit(&day)
    try fields.visit(&milliseconds)
    try fields.visit(&offset)
    try fields.visit(&staff)
    try fields.visit(&left)
    try fields.visit(&receipts)
  }
}

/// What a closing expected and counted of one way of paying.
struct TillCountRow: DescribedRow, Hashable {
  var position = Position.start
  var session: UInt32 = 0
  /// A `MethodType`.
  var method: UInt8 = 0
  /// 1 where somebody counted.
  var isCounted: UInt8 = 0
  var expected: Int64 = 0
  var counted: Int64 = 0

  static var blank: TillCountRow { TillCountRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&session)
    try fields.visit(&method)
    try fields.visit(&isCounted)
    try fields.visit(&expected)
    try fields.visit(&counted)
  }
}

/// Tills: their sessions, and what became of them.
struct TillBook: Sendable {
  var openings = History<TillOpeningRow>(chunkRows: 4096)
  var closings = History<TillClosingRow>(chunkRows: 4096)
  var counts = History<TillCountRow>(chunkRows: 4096)
  var rows: History<TillRow>
  /// The opening of each session, by its index.
  private var openingOf = DenseIndex()
  /// The latest session of each till.
  private var latest = DenseIndex()

  init(chunkRows: Int) { rows = History(chunkRows: chunkRows) }

  mutating func open(_ row: TillOpeningRow) {
    openingOf[UInt64(row.session)] = openings.count
    latest[UInt64(row.till)] = Int(row.session)
    openings.append(row)
  }

  /// The opening of a session; nil for one that was never opened.
  func opening(of session: UInt32) -> TillOpeningRow? {
    openingOf[UInt64(session)].map { openings[$0] }
  }

  /// Whether the event at `position` moved money in a till.
  func knows(_ position: Position) -> Bool {
    let end = rows.count(through: position)
    return end > 0 && rows[end - 1].position == position
  }

  /// Takes back what the event at `of` did, in the session that its till has now.
  mutating func undo(_ of: Position, at position: Position, on day: Int32) {
    guard knows(of) else { return }
    for index in rows.count(through: of.previous)..<rows.count(through: of) {
      var row = rows[index]
      row.position = position
      row.day = day
      (row.amount, row.part) = (0 &- row.amount, 0 &- row.part)
      row.isVoid = 1
      if let till = opening(of: row.session)?.till, let now = latest[UInt64(till)] {
        row.session = UInt32(now)
      }
      rows.append(row)
    }
  }

  func appendDigest(through position: Position, to writer: inout ByteWriter) {
    guard openings.count(through: position) + rows.count(through: position) > 0 else { return }
    openings.digest(through: position).append(to: &writer)
    closings.digest(through: position).append(to: &writer)
    counts.digest(through: position).append(to: &writer)
    rows.digest(through: position).append(to: &writer)
  }
}

extension TillBook: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("openings", &openings)
    try parts.visit("closings", &closings)
    try parts.visit("counts", &counts)
    try parts.visit("rows", &rows)
    try parts.visit("openingOf", &openingOf)
    try parts.visit("latest", &latest)
  }
}
