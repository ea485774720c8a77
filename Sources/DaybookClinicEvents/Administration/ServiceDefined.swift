public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A service, or a new version of it, from the effective time on.
///
/// Fact, on the service's stream.
public struct ServiceDefined: EventPayload, Hashable {
  /// The service.
  public var service = ServiceID()
  /// The code it is known by, in the clinic's or a public code system.
  public var code = ""
  /// The name it goes by.
  public var name = ""
  /// What sort of service it is.
  public var type = ServiceType.unspecified
  /// The time it usually takes, in seconds.
  public var durationSeconds: UInt32 = 0
  /// The rule of its tax; nil where it is not taxed.
  public var taxCode: TaxCodeID?
  /// Whether it can be booked and performed.
  public var active = false
  /// Whether it counts towards commission.
  public var commissionable = false
  /// What credentials a practitioner needs for it, by kind.
  public var credentialKinds: Few<String> = []
  /// What is used up each time it is performed.
  public var recipe: Few<RecipeLine> = []

  /// No service: to be filled in.
  public init() {}

  public static var tag: AdministrationTag { .serviceDefined }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .service }
  public static var areas: Areas { [.accounting, .humanResources, .logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "service", &service)
    try fields.visit(2, "code", &code)
    try fields.visit(3, "name", &name)
    try fields.visit(4, "type", &type)
    try fields.visit(5, "durationSeconds", &durationSeconds)
    try fields.visit(6, "taxCode", &taxCode)
    try fields.visit(7, "active", &active)
    try fields.visit(8, "commissionable", &commissionable)
    try fields.visit(9, "credentialKinds", &credentialKinds)
    try fields.visit(10, "recipe", &recipe)
  }
}

/// What sort of service something is.
public enum ServiceType: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// A consultation.
  case consult = 1
  /// Something done to the patient.
  case treatment = 2
  /// Something handed over.
  case product = 3
  /// A fee: missed appointment, late cancellation, report.
  case fee = 4
  /// Sessions paid in advance.
  case package = 5

  /// Not said.
  public init() { self = .unspecified }
}

/// What a service uses up of one item.
public struct RecipeLine: Payload, Hashable {
  /// The item.
  public var item = ItemID()
  /// How much a unit of the service takes, in the item's base unit.
  public var quantity = Quantity.zero

  /// Nothing: to be filled in.
  public init() {}

  /// `quantity` of `item`.
  public init(_ item: ItemID, _ quantity: Quantity) {
    self.item = item
    self.quantity = quantity
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "quantity", &quantity)
  }
}
