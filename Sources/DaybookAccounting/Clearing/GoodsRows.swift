import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// A line of a receipt that waits for its invoice.
struct GoodsRow: DescribedRow {
  var position = Position.start
  /// The effective day.
  var day = Day()
  var clinic: UInt64 = 0
  var receipt: UInt64 = 0
  /// From 1.
  var line: UInt32 = 0
  var supplier = PartyID()
  var item: UInt64 = 0
  /// Thousandths.
  var quantity: Int64 = 0
  var value: Int64 = 0
}

/// What of a line of a receipt waits no more: it is invoiced, or went back before that. Below zero
/// where a credit note makes it wait again.
struct GoodsMoveRow: DescribedRow {
  var position = Position.start
  /// The effective day.
  var day = Day()
  var clinic: UInt64 = 0
  var receipt: UInt64 = 0
  var line: UInt32 = 0
  var isInvoice = false
  /// Thousandths.
  var quantity: Int64 = 0
  /// What it was worth when it came in.
  var value: Int64 = 0
}

extension GoodsRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&day)
    try fields.visit(&clinic)
    try fields.visit(&receipt)
    try fields.visit(&line)
    try fields.visit(&supplier)
    try fields.visit(&item)
    try fields.visit(&quantity)
    try fields.visit(&value)
  }
}

extension GoodsMoveRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&day)
    try fields.visit(&clinic)
    try fields.visit(&receipt)
    try fields.visit(&line)
    try fields.visit(&isInvoice)
    try fields.visit(&quantity)
    try fields.visit(&value)
  }
}
