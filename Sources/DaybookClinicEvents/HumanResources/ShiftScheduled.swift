public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Somebody is to work at a clinic from one time to another.
///
/// Plan, on the shift's stream, effective at its start.
public struct ShiftScheduled: EventPayload, Hashable {
  /// The shift.
  public var shift = ShiftID()
  /// Who is to work.
  public var staff = StaffID()
  /// Where.
  public var clinic = ClinicID()
  /// As what, in the clinic's own words: nurse, chair side, reception.
  public var role = ""
  /// When it begins.
  public var start = Instant()
  /// When it ends, after its start.
  public var end = Instant()
  /// How much of it is break, in seconds.
  public var breakSeconds: UInt32 = 0

  /// No shift: to be filled in.
  public init() {}

  public static var tag: HumanResourcesTag { .shiftScheduled }
  public static var nature: Nature { .plan }
  public static var streamKind: StreamKind { .shift }
  public static var areas: Areas { [.humanResources, .logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "shift", &shift)
    try fields.visit(2, "staff", &staff)
    try fields.visit(3, "clinic", &clinic)
    try fields.visit(4, "role", &role)
    try fields.visit(5, "start", &start)
    try fields.visit(6, "end", &end)
    try fields.visit(7, "breakSeconds", &breakSeconds)
  }
}
