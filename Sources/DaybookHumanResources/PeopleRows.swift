import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// When somebody is to work, or that they are not after all.
struct ShiftRow: DescribedRow {
  var position = Position.start
  var shift: UInt64 = 0
  var staff = StaffID()
  var clinic: UInt64 = 0
  var role = ""
  var day = Day()
  var start = Instant()
  var end = Instant()
  /// Without the break.
  var seconds: UInt32 = 0
  /// Whether it takes place.
  var stands = true
}

/// What one event says of somebody's working time.
struct TimeRow: DescribedRow {
  /// Which event it was.
  enum Kind: UInt8, Sendable {
    case clockedIn = 1
    case clockedOut = 2
    case corrected = 3
    /// Hours from elsewhere, which are no entry.
    case hours = 4
  }

  var position = Position.start
  var kind = Kind.clockedIn
  var entry: UInt64 = 0
  /// Nobody for the total of a role, and where the event leaves it to the entry.
  var staff = StaffID()
  var clinic: UInt64 = 0
  /// The civil day on which it counts; of an end, on which it ended.
  var day = Day()
  /// When it began; of an end, when it ended.
  var at = Instant()
  /// When it ended, where the event says both.
  var end = Instant()
  /// The break of an entry, or the time itself of hours from elsewhere.
  var seconds: UInt32 = 0
  var role = ""
}

/// An absence, or what was decided of one.
struct AbsenceRow: DescribedRow {
  var position = Position.start
  var absence: UInt64 = 0
  /// Nobody where it is a decision.
  var staff = StaffID()
  var type = AbsenceType.unspecified
  var from = Day()
  var to = Day()
  var seconds: UInt32 = 0
  /// What it is from now on; unspecified while it waits.
  var outcome = AbsenceOutcome.unspecified
}

/// A credential.
struct CredentialRow: DescribedRow {
  var position = Position.start
  var staff = StaffID()
  var type = CredentialType.unspecified
  var name = ""
  var from = Day()
  var to: Day?
}

/// Commission that was accrued.
struct AccrualRow: DescribedRow {
  var position = Position.start
  var rule: UInt64 = 0
  var staff = StaffID()
  var clinic: UInt64 = 0
  var charge: UInt64 = 0
  var day = Day()
  var cause: UInt32 = 0
  var basis: Int64 = 0
  var amount: Int64 = 0
}

/// One person's line of a payroll run, or that the run was reversed.
struct PayrollRow: DescribedRow {
  var position = Position.start
  var run: UInt64 = 0
  var clinic: UInt64 = 0
  var from = Day()
  var to = Day()
  /// Nobody where the run is reversed.
  var staff = StaffID()
  var contract = ContractType.unspecified
  var seconds: UInt32 = 0
  var overtimeSeconds: UInt32 = 0
  var earnings: Int64 = 0
  var deductions: Int64 = 0
  var employer: Int64 = 0
  var commission: Int64 = 0
  var net: Int64 = 0
}

extension TimeRow.Kind: StoredValue {
  static var blank: TimeRow.Kind { .clockedIn }
}

extension ShiftRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&shift)
    try fields.visit(&staff)
    try fields.visit(&clinic)
    try fields.visit(&role)
    try fields.visit(&day)
    try fields.visit(&start)
    try fields.visit(&end)
    try fields.visit(&seconds)
    try fields.visit(&stands)
  }
}

extension TimeRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&kind)
    try fields.visit(&entry)
    try fields.visit(&staff)
    try fields.visit(&clinic)
    try fields.visit(&day)
    try fields.visit(&at)
    try fields.visit(&end)
    try fields.visit(&seconds)
    try fields.visit(&role)
  }
}

extension AbsenceRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&absence)
    try fields.visit(&staff)
    try fields.visit(&type)
    try fields.visit(&from)
    try fields.visit(&to)
    try fields.visit(&seconds)
    try fields.visit(&outcome)
  }
}

extension CredentialRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&staff)
    try fields.visit(&type)
    try fields.visit(&name)
    try fields.visit(&from)
    try fields.visit(&to)
  }
}

extension AccrualRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&rule)
    try fields.visit(&staff)
    try fields.visit(&clinic)
    try fields.visit(&charge)
    try fields.visit(&day)
    try fields.visit(&cause)
    try fields.visit(&basis)
    try fields.visit(&amount)
  }
}

extension PayrollRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&run)
    try fields.visit(&clinic)
    try fields.visit(&from)
    try fields.visit(&to)
    try fields.visit(&staff)
    try fields.visit(&contract)
    try fields.visit(&seconds)
    try fields.visit(&overtimeSeconds)
    try fields.visit(&earnings)
    try fields.visit(&deductions)
    try fields.visit(&employer)
    try fields.visit(&commission)
    try fields.visit(&net)
  }
}
