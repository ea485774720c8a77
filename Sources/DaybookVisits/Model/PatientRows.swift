import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// What is on record of a patient, without name and contacts, which stay in the log.
struct PatientRow: DescribedRow {
  var position = Position.start
  var patient = PatientID()
  var birthYear: Int32?
  var sex = Sex.unspecified
  /// The civil day on which it was said.
  var day = Day()

  static var blank: PatientRow { PatientRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&patient)
    try fields.visit(&birthYear)
    try fields.visit(&sex)
    try fields.visit(&day)
  }
}

/// Two patients are one person from here on, under the number of one of them.
struct MergeRow: DescribedRow {
  var position = Position.start
  var from = PatientID()
  var into = PatientID()
  var day = Day()

  static var blank: MergeRow { MergeRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&from)
    try fields.visit(&into)
    try fields.visit(&day)
  }
}

/// A payer covers a patient from a day to a day.
struct CoverageRow: DescribedRow {
  var position = Position.start
  var patient = PatientID()
  var payer = PartyID()
  var priority = CoveragePriority.unspecified
  var from = Day()
  var to: Day?
  var copay: Copay?

  static var blank: CoverageRow { CoverageRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&patient)
    try fields.visit(&payer)
    try fields.visit(&priority)
    try fields.visit(&from)
    try fields.visit(&to)
    try fields.visit(&copay)
  }

  /// Whether it holds on `day`; both its ends do.
  func covers(_ day: Day) -> Bool { from <= day && (to.map { day <= $0 } ?? true) }

  /// Whether both are one policy, whose last day or share was set anew.
  func isSame(as other: CoverageRow) -> Bool {
    payer == other.payer && priority == other.priority && from == other.from
      && patient == other.patient
  }
}

/// A patient wants to come and has no time yet.
struct RequestRow: DescribedRow {
  var position = Position.start
  var request = RequestID()
  var patient = PatientID()
  /// Nobody where it does not matter who sees the patient.
  var practitioner = StaffID()
  var clinic = ClinicID()
  var since = Moment()
  var from = Day()
  var to: Day?
  /// A bit for each day of the week that is wanted, Monday the lowest; 0 where all are.
  var weekdays: UInt8 = 0
  var priority = RequestPriority.unspecified

  static var blank: RequestRow { RequestRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&request)
    try fields.visit(&patient)
    try fields.visit(&practitioner)
    try fields.visit(&clinic)
    try fields.visit(&since)
    try fields.visit(&from)
    try fields.visit(&to)
    try fields.visit(&weekdays)
    try fields.visit(&priority)
  }
}
