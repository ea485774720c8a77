public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Somebody stops working, which ends the open entry of time, on whatever day that began.
///
/// Fact, on the time entry's stream. More than 24 hours after its beginning the entry counts nothing
/// until it is corrected.
public struct ClockedOut: EventPayload, Hashable {
  /// The entry of time.
  public var entry = TimeEntryID()
  /// When, after its beginning.
  public var at = Instant()
  /// How much of it was break, in seconds.
  public var breakSeconds: UInt32 = 0

  /// Nobody: to be filled in.
  public init() {}

  public static var tag: HumanResourcesTag { .clockedOut }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .timeEntry }
  public static var areas: Areas { [.humanResources] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "entry", &entry)
    try fields.visit(2, "at", &at)
    try fields.visit(3, "breakSeconds", &breakSeconds)
  }
}
