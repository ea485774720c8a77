public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Somebody begins to work, and an entry of time is open until they clock out.
///
/// Fact, on the time entry's stream.
public struct ClockedIn: EventPayload, Hashable {
  /// The entry of time.
  public var entry = TimeEntryID()
  /// Who begins.
  public var staff = StaffID()
  /// Where.
  public var clinic = ClinicID()
  /// When.
  public var at = Instant()
  /// How it was told.
  public var method = ClockMethod.unspecified

  /// Nobody: to be filled in.
  public init() {}

  public static var tag: HumanResourcesTag { .clockedIn }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .timeEntry }
  public static var areas: Areas { [.humanResources] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "entry", &entry)
    try fields.visit(2, "staff", &staff)
    try fields.visit(3, "clinic", &clinic)
    try fields.visit(4, "at", &at)
    try fields.visit(5, "method", &method)
  }
}

/// How somebody clocks in.
public enum ClockMethod: UInt32, WireEnum {
  /// Not said.
  case unspecified = 0
  /// At the desk, by themselves or a colleague.
  case desk = 1
  /// At a terminal, with a badge or a code.
  case terminal = 2
  /// With their own device.
  case device = 3
  /// As another program recorded it.
  case imported = 4

  /// Not said.
  public init() { self = .unspecified }
}
