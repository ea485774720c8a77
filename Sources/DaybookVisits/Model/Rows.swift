import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// An appointment has a place in the book: it was booked there, or moved there.
struct BookingRow: DescribedRow {
  var position = Position.start
  var appointment = AppointmentID()
  /// Nobody where it was moved: who is to come stays the same.
  var patient = PatientID()
  var practitioner = StaffID()
  /// None where no room, chair or device is held.
  var resource = ResourceID()
  var clinic = ClinicID()
  var start = Moment()
  var seconds: UInt32 = 0
  /// The request of the waiting list that it ends.
  var request = RequestID()

  static var blank: BookingRow { BookingRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&appointment)
    try fields.visit(&patient)
    try fields.visit(&practitioner)
    try fields.visit(&resource)
    try fields.visit(&clinic)
    try fields.visit(&start)
    try fields.visit(&seconds)
    try fields.visit(&request)
  }
}

/// An appointment ended without anybody being seen, or a request of the waiting list without one.
struct EndRow: DescribedRow {
  /// How it ended.
  enum Kind: UInt8, StoredValue {
    /// The patient called it off.
    case cancelledByPatient = 1
    /// The clinic called it off.
    case cancelledByClinic = 2
    /// Nobody came.
    case noShow = 3
    /// The patient came, and left before being seen.
    case leftUnseen = 4

    static var blank: Kind { .cancelledByPatient }
  }

  var position = Position.start
  var appointment = AppointmentID()
  var request = RequestID()
  var kind = Kind.blank
  /// The civil day on which it was called off or given up.
  var day = Day()

  static var blank: EndRow { EndRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&appointment)
    try fields.visit(&request)
    try fields.visit(&kind)
    try fields.visit(&day)
  }
}

/// A patient arrived, and a visit began.
struct ArrivalRow: DescribedRow {
  var position = Position.start
  var visit = VisitID()
  /// None where the patient walked in.
  var appointment = AppointmentID()
  var patient = PatientID()
  var clinic = ClinicID()
  var at = Moment()

  static var blank: ArrivalRow { ArrivalRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&visit)
    try fields.visit(&appointment)
    try fields.visit(&patient)
    try fields.visit(&clinic)
    try fields.visit(&at)
  }
}

/// An encounter of a visit began or ended.
struct EncounterRow: DescribedRow {
  var position = Position.start
  var encounter = EncounterID()
  /// None where it ended without having begun.
  var visit = VisitID()
  var practitioner = StaffID()
  var at = Moment()
  var isEnd = false

  static var blank: EncounterRow { EncounterRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&encounter)
    try fields.visit(&visit)
    try fields.visit(&practitioner)
    try fields.visit(&at)
    try fields.visit(&isEnd)
  }
}
