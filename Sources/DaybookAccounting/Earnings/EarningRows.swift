import DaybookBytes
import DaybookEvents
import DaybookValues

/// In which record, on which effective day and at which clinic something happened.
struct RowOccasion: StoredRecord, Hashable {
  var position = Position.start
  /// The effective civil day, since 1970.
  var day: Int32 = 0
  /// The clinic's number.
  var clinic: UInt64 = 0

  static var blank: Self { Self() }

  init() {}

  init(_ header: RecordHeader) {
    position = header.position
    day = header.effective.day.daysSince1970
    clinic = header.clinic
  }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&day)
    try fields.visit(&clinic)
  }
}

/// A line of an encounter; line 0 is the encounter as a whole, encounter 0 none.
struct LineKey: StoredRecord, Hashable, Comparable {
  var encounter: UInt64 = 0
  var line: UInt32 = 0

  static var blank: Self { Self() }

  init() {}

  init(_ encounter: UInt64, _ line: UInt32) { (self.encounter, self.line) = (encounter, line) }

  static func < (left: LineKey, right: LineKey) -> Bool {
    (left.encounter, left.line) < (right.encounter, right.line)
  }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&encounter)
    try fields.visit(&line)
  }
}

/// A row that another takes back when its event is undone.
protocol EarningRow: DescribedRow {
  var occasion: RowOccasion { get set }

  /// Turns the row into the one that takes it back.
  mutating func negate()
}

extension EarningRow {
  var position: Position { occasion.position }
}

/// A treatment that was performed.
struct TreatmentRow: EarningRow {
  var occasion = RowOccasion()
  var line = LineKey()
  var service: UInt64 = 0
  var practitioner: UInt64 = 0
  var patient: UInt64 = 0
  /// Below zero where it is taken back.
  var units: Int64 = 0
  /// Minor units of all units by the list of the day, and what is taken off.
  var list: Int64 = 0
  var discount: Int64 = 0

  mutating func negate() { (units, list, discount) = (0 &- units, 0 &- list, 0 &- discount) }
}

/// A treatment that was charged, or with a count below zero is no more.
struct BillingRow: EarningRow {
  var occasion = RowOccasion()
  var line = LineKey()
  var count: Int64 = 0

  mutating func negate() { count = 0 &- count }
}

/// What a treatment was to use by its recipe, or what it used.
struct MaterialRow: EarningRow {
  var occasion = RowOccasion()
  var item: UInt64 = 0
  var line = LineKey()
  /// Thousandths, by the recipe.
  var expected: Int64 = 0
  /// Thousandths that left the shelf.
  var used: Int64 = 0
  /// What those had cost, in minor units.
  var value: Int64 = 0

  mutating func negate() { (expected, used, value) = (0 &- expected, 0 &- used, 0 &- value) }
}

/// Commission that was accrued, or taken back.
struct CommissionRow: EarningRow {
  var occasion = RowOccasion()
  var staff: UInt64 = 0
  var charge: UInt64 = 0
  var basis: Int64 = 0
  var amount: Int64 = 0

  mutating func negate() { (basis, amount) = (0 &- basis, 0 &- amount) }
}

extension TreatmentRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&occasion)
    try fields.visit(&line)
    try fields.visit(&service)
    try fields.visit(&practitioner)
    try fields.visit(&patient)
    try fields.visit(&units)
    try fields.visit(&list)
    try fields.visit(&discount)
  }
}

extension BillingRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&occasion)
    try fields.visit(&line)
    try fields.visit(&count)
  }
}

extension MaterialRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&occasion)
    try fields.visit(&item)
    try fields.visit(&line)
    try fields.visit(&expected)
    try fields.visit(&used)
    try fields.visit(&value)
  }
}

extension CommissionRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&occasion)
    try fields.visit(&staff)
    try fields.visit(&charge)
    try fields.visit(&basis)
    try fields.visit(&amount)
  }
}
