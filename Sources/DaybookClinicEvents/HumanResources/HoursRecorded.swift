public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Working time of a day as it is known from elsewhere: of one person, or of all in one role.
///
/// Fact, on the clinic's stream, effective at the beginning of the day. The total of a role may be
/// above 24 hours.
public struct HoursRecorded: EventPayload, Hashable {
  /// Where.
  public var clinic = ClinicID()
  /// When.
  public var day = Day()
  /// As what: the role's name at the source.
  public var role = ""
  /// Under what sort of contract; unspecified where the source does not say.
  public var contract = ContractType.unspecified
  /// How much, in seconds.
  public var seconds: UInt32 = 0
  /// Whose time it is; nil for a total of several people.
  public var staff: StaffID?
  /// Where it is known from.
  public var source = ""

  /// No time: to be filled in.
  public init() {}

  public static var tag: HumanResourcesTag { .hoursRecorded }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .clinic }
  public static var areas: Areas { [.humanResources] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "clinic", &clinic)
    try fields.visit(2, "day", &day)
    try fields.visit(3, "role", &role)
    try fields.visit(4, "contract", &contract)
    try fields.visit(5, "seconds", &seconds)
    try fields.visit(6, "staff", &staff)
    try fields.visit(7, "source", &source)
  }
}
