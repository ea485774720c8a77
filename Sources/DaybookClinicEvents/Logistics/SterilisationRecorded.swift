public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A steriliser has run.
///
/// Fact, on the cycle's stream. What was in a tray that failed may not be used until a later cycle
/// succeeds with it.
public struct SterilisationRecorded: EventPayload, Hashable {
  /// The cycle.
  public var cycle = CycleID()
  /// What it ran in.
  public var steriliser = ResourceID()
  /// Which run of that steriliser it is: one more than the last.
  public var number: UInt64 = 0
  /// The programme, as the steriliser names it: `134 B`.
  public var programme = ""
  /// When it began.
  public var start = Instant()
  /// When it ended.
  public var end = Instant()
  /// What was in it.
  public var trays: Few<SterilisedTray> = []
  /// How it ended.
  public var result = SterilisationResult.unspecified
  /// Who ran it.
  public var operatedBy = StaffID()

  /// No cycle: to be filled in.
  public init() {}

  public static var tag: LogisticsTag { .sterilisationRecorded }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .cycle }
  public static var areas: Areas { [.logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "cycle", &cycle)
    try fields.visit(2, "steriliser", &steriliser)
    try fields.visit(3, "number", &number)
    try fields.visit(4, "programme", &programme)
    try fields.visit(5, "start", &start)
    try fields.visit(6, "end", &end)
    try fields.visit(7, "trays", &trays)
    try fields.visit(8, "result", &result)
    try fields.visit(9, "operatedBy", &operatedBy)
  }
}

/// One tray, or one set of instruments, in a steriliser.
public struct SterilisedTray: Payload, Hashable {
  /// The item that is used again.
  public var item = ItemID()
  /// Which one of it: the label of the tray, which a treatment names as the device's lot.
  public var tray = ""
  /// Whether this one failed although the cycle passed: wet, torn or open.
  public var failed = false

  /// No tray: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "tray", &tray)
    try fields.visit(3, "failed", &failed)
  }
}

/// How a run of a steriliser ended.
public enum SterilisationResult: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// All indicators are as they must be.
  case passed = 1
  /// It was broken off, or an indicator is not as it must be: every tray failed.
  case failed = 2

  /// Not said.
  public init() { self = .unspecified }
}
