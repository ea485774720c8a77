import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// A clinic's civil time, and when it sees patients.
struct ClinicRow: DescribedRow {
  var position = Position.start
  var clinic = ClinicID()
  var clock = CivilClock()
  /// None where nothing is said of it.
  var hours: [OpenHours] = []

  static var blank: ClinicRow { ClinicRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&clinic)
    try fields.visit(&clock)
    try fields.visit(&hours)
  }
}

/// A room, chair or device, and when it can be booked.
struct ResourceRow: DescribedRow {
  var position = Position.start
  var resource = ResourceID()
  var clinic = ClinicID()
  /// None where the clinic's are its own.
  var hours: [OpenHours] = []
  /// Whether it is out of use, or nothing that holds a patient.
  var isClosed = false

  static var blank: ResourceRow { ResourceRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&resource)
    try fields.visit(&clinic)
    try fields.visit(&hours)
    try fields.visit(&isClosed)
  }
}

/// A room, chair or device was serviced, and may be used or not.
struct FitnessRow: DescribedRow {
  var position = Position.start
  var resource = ResourceID()
  var at = Instant()
  var isUnfit = false

  static var blank: FitnessRow { FitnessRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&resource)
    try fields.visit(&at)
    try fields.visit(&isUnfit)
  }
}

/// Where a member of staff works, from a day on.
struct StaffRow: DescribedRow {
  var position = Position.start
  var staff = StaffID()
  var clinics: [ClinicID] = []
  var weekSeconds: UInt32 = 0
  var from = Day()
  /// Whether from that day on it is nowhere.
  var isGone = false

  static var blank: StaffRow { StaffRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&staff)
    try fields.visit(&clinics)
    try fields.visit(&weekSeconds)
    try fields.visit(&from)
    try fields.visit(&isGone)
  }
}

/// Somebody is to work somewhere for a time, or not any more.
struct ShiftRow: DescribedRow {
  var position = Position.start
  var shift = ShiftID()
  var staff = StaffID()
  var clinic = ClinicID()
  var start = Instant()
  var end = Instant()
  /// Whether the shift was taken out of the rota.
  var isReversed = false

  static var blank: ShiftRow { ShiftRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&shift)
    try fields.visit(&staff)
    try fields.visit(&clinic)
    try fields.visit(&start)
    try fields.visit(&end)
    try fields.visit(&isReversed)
  }
}

/// Somebody is not at work from a day to a day; or it was decided of an absence whether it holds.
struct AbsenceRow: DescribedRow {
  var position = Position.start
  var absence = AbsenceID()
  /// Nobody where it was decided: whose it is stays the same, and so do its days.
  var staff = StaffID()
  var from = Day()
  var to = Day()
  /// The working time that is missed, all days together.
  var seconds: UInt32 = 0
  /// Whether it holds: it was not to be decided, or was approved.
  var holds = false

  static var blank: AbsenceRow { AbsenceRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&absence)
    try fields.visit(&staff)
    try fields.visit(&from)
    try fields.visit(&to)
    try fields.visit(&seconds)
    try fields.visit(&holds)
  }
}
