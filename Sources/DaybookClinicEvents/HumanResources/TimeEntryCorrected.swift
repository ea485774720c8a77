public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// What a time entry should have said, approved by somebody else than the worker.
///
/// Fact, on the time entry's stream, effective when the entry begins as it is corrected. It closes
/// an entry that was left open.
public struct TimeEntryCorrected: EventPayload, Hashable {
  /// The entry of time.
  public var entry = TimeEntryID()
  /// When the work began.
  public var clockIn = Instant()
  /// When it ended, at most 24 hours later.
  public var clockOut = Instant()
  /// How much of it was break, in seconds.
  public var breakSeconds: UInt32 = 0
  /// Why.
  public var reason = StaffNote()
  /// Who approved it; nil in an imported history.
  public var approver: StaffID?

  /// No entry: to be filled in.
  public init() {}

  public static var tag: HumanResourcesTag { .timeEntryCorrected }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .timeEntry }
  public static var areas: Areas { [.humanResources] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "entry", &entry)
    try fields.visit(2, "clockIn", &clockIn)
    try fields.visit(3, "clockOut", &clockOut)
    try fields.visit(4, "breakSeconds", &breakSeconds)
    try fields.visit(5, "reason", &reason)
    try fields.visit(6, "approver", &approver)
  }
}
