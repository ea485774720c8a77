public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A room, chair, device or steriliser of the header's clinic, or new words for it, from now on.
///
/// Fact, on the resource's stream.
public struct ResourceDefined: EventPayload, Hashable {
  /// The resource.
  public var resource = ResourceID()
  /// What it is.
  public var type = ResourceType.unspecified
  /// The name that it goes by.
  public var name = ""
  /// The maker's serial number, which no other resource has; empty where it has none.
  public var serial = ""
  /// When it can be booked in a week; none where the clinic's hours are its own.
  public var openHours: Few<OpenHours> = []
  /// Whether it is out of use for good.
  public var retired = false

  /// No resource: to be filled in.
  public init() {}

  public static var tag: AdministrationTag { .resourceDefined }
  public static var nature: Nature { .fact }
  public static var areas: Areas { [.logistics] }
  public static var streamKind: StreamKind { .resource }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "resource", &resource)
    try fields.visit(2, "type", &type)
    try fields.visit(3, "name", &name)
    try fields.visit(4, "serial", &serial)
    try fields.visit(5, "openHours", &openHours)
    try fields.visit(6, "retired", &retired)
  }
}

/// What a resource is.
public enum ResourceType: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// A room.
  case room = 1
  /// A chair or a couch.
  case chair = 2
  /// A device.
  case device = 3
  /// A steriliser.
  case steriliser = 4

  /// Not said.
  public init() { self = .unspecified }
}
