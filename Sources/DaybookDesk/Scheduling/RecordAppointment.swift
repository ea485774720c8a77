public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// An appointment of the past with what became of it, in one action.
///
/// For imports alone. Takes effect when the booking was made. Answers with `AppointmentBooked` and,
/// as far as is known, with `AppointmentCancelled`, with `AppointmentMissed` (nobody came), or with
/// `PatientCheckedIn`, `EncounterStarted` and `EncounterCompleted`. Of what nothing is known stays
/// unresolved, which is never decided by itself.
public struct RecordAppointment: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Who was to come.
  public var patient = PatientID()
  /// Who was to see the patient.
  public var practitioner = StaffID()
  /// When it was to begin.
  public var start = Instant()
  /// How long it was to take, in seconds.
  public var durationSeconds: UInt32 = 0
  /// When it was called off; nil where it was not.
  public var cancelledAt: Instant?
  /// Who called it off.
  public var cancelledBy = CancelledBy.unspecified
  /// When it was noted that nobody came; nil where it was not.
  public var missedAt: Instant?
  /// When the patient came; nil where nobody did, as far as known.
  public var arrivedAt: Instant?
  /// When the patient was first seen, not before the arrival.
  public var began: Instant?
  /// When that ended; nil where it had not ended when it was told of.
  public var ended: Instant?

  /// No appointment: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "patient", &patient)
    try fields.visit(2, "practitioner", &practitioner)
    try fields.visit(3, "start", &start)
    try fields.visit(4, "durationSeconds", &durationSeconds)
    try fields.visit(5, "cancelledAt", &cancelledAt)
    try fields.visit(6, "cancelledBy", &cancelledBy)
    try fields.visit(7, "missedAt", &missedAt)
    try fields.visit(8, "arrivedAt", &arrivedAt)
    try fields.visit(9, "began", &began)
    try fields.visit(10, "ended", &ended)
  }
}
