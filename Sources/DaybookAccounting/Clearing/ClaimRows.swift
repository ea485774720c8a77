import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// A payer is asked.
struct ClaimRow: DescribedRow {
  var position = Position.start
  /// The effective day.
  var day = Day()
  var clinic: UInt64 = 0
  var claim: UInt64 = 0
  var payer = PartyID()
  var patient = PatientID()
  var total: Int64 = 0
  /// The claim that it takes the place of; 0 for none.
  var replaces: UInt64 = 0
}

/// What the claim of that position asks for one charge.
struct ClaimedRow: DescribedRow {
  var position = Position.start
  var charge: UInt64 = 0
  var amount: Int64 = 0
}

/// A payer has answered.
struct AnswerRow: DescribedRow {
  var position = Position.start
  /// The effective day.
  var day = Day()
  var claim: UInt64 = 0
  /// The number of a `ClaimOutcome`.
  var outcome: UInt32 = 0
}

/// What the answer of that position says of one charge, beside what is paid.
struct AnsweredRow: DescribedRow {
  var position = Position.start
  var charge: UInt64 = 0
  var contractual: Int64 = 0
  var patientDue: Int64 = 0
  var other: Int64 = 0
}

/// A payer has paid in one sum: lines, interest, fees and what is carried are its total.
struct RemittanceRow: DescribedRow {
  var position = Position.start
  /// The effective day.
  var day = Day()
  var clinic: UInt64 = 0
  var payment: UInt64 = 0
  var payer = PartyID()
  /// The payer's number for it, by which it is traced.
  var reference = ""
  /// The payer's date.
  var date = Day()
  var total: Int64 = 0
  /// What is paid for charges, less what is taken back.
  var lines: Int64 = 0
  /// What of the lines is taken back: below zero.
  var takenBack: Int64 = 0
  var interest: Int64 = 0
  var fees: Int64 = 0
  /// A balance of the last or the next remittance, or what settles nothing yet.
  var carried: Int64 = 0
}

/// What a remittance pays for one charge of a claim, or below zero takes back.
struct RemittedRow: DescribedRow {
  var position = Position.start
  /// The effective day.
  var day = Day()
  var claim: UInt64 = 0
  var charge: UInt64 = 0
  var paid: Int64 = 0
}

extension ClaimRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&day)
    try fields.visit(&clinic)
    try fields.visit(&claim)
    try fields.visit(&payer)
    try fields.visit(&patient)
    try fields.visit(&total)
    try fields.visit(&replaces)
  }
}

extension ClaimedRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&charge)
    try fields.visit(&amount)
  }
}

extension AnswerRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&day)
    try fields.visit(&claim)
    try fields.visit(&outcome)
  }
}

extension AnsweredRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&charge)
    try fields.visit(&contractual)
    try fields.visit(&patientDue)
    try fields.visit(&other)
  }
}

extension RemittanceRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&day)
    try fields.visit(&clinic)
    try fields.visit(&payment)
    try fields.visit(&payer)
    try fields.visit(&reference)
    try fields.visit(&date)
    try fields.visit(&total)
    try fields.visit(&lines)
    try fields.visit(&takenBack)
    try fields.visit(&interest)
    try fields.visit(&fees)
    try fields.visit(&carried)
  }
}

extension RemittedRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&day)
    try fields.visit(&claim)
    try fields.visit(&charge)
    try fields.visit(&paid)
  }
}
