public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A patient has accepted what is to be done, and what it will cost.
///
/// Fact, on the plan's stream. Posts nothing: what is done is charged when it is done, at the
/// price that the plan says.
public struct TreatmentPlanAccepted: EventPayload, Hashable {
  /// The plan.
  public var plan = PlanID()
  /// Who accepted it.
  public var patient = PatientID()
  /// What is to be done; treatments name a line by its place, from 1.
  public var lines: Few<PlannedService> = []
  /// The sum of the lines' prices.
  public var total = Amount.zero
  /// The last day on which its prices hold; nil where they hold for ever.
  public var validTo: Day?

  /// No plan: to be filled in.
  public init() {}

  public static var tag: FrontOfficeTag { .treatmentPlanAccepted }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .plan }
  public static var areas: Areas { [.accounting] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "plan", &plan)
    try fields.visit(2, "patient", &patient)
    try fields.visit(3, "lines", &lines)
    try fields.visit(4, "total", &total)
    try fields.visit(5, "validTo", &validTo)
    try fields.currency()
  }
}

/// A service that a plan holds, with its price.
public struct PlannedService: Payload, Hashable {
  /// The service.
  public var service = ServiceID()
  /// How many times, at least once.
  public var units: UInt32 = 0
  /// The price of all units.
  public var price = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  /// `units` of `service` for `price` in all.
  public init(_ service: ServiceID, units: UInt32 = 1, _ price: Amount) {
    self.service = service
    self.units = units
    self.price = price
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "service", &service)
    try fields.visit(2, "units", &units)
    try fields.visit(3, "price", &price)
  }
}
