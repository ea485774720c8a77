public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Makes a room, chair, device or steriliser of the envelope's clinic known, or says anew what it is.
///
/// Answers with `ResourceDefined`. A serial number is that of one resource.
public struct DefineResource: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The resource to change; nil for a new one.
  public var resource: ResourceID?
  /// What it is.
  public var type = ResourceType.unspecified
  /// The name that it goes by.
  public var name = ""
  /// The maker's serial number; empty where it has none.
  public var serial = ""
  /// When it can be booked in a week; none where the clinic's hours are its own.
  public var openHours: Few<OpenHours> = []
  /// Whether it is out of use for good.
  public var retired = false

  /// No resource: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "resource", &resource)
    try fields.visit(2, "type", &type)
    try fields.visit(3, "name", &name)
    try fields.visit(4, "serial", &serial)
    try fields.visit(5, "openHours", &openHours)
    try fields.visit(6, "retired", &retired)
  }
}

extension DefineResource {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.admin], needsClinic: true)
    review.requireFact()
    let serial = serial.trimmed
    if let resource,
      let known = review.known(resource, in: state.catalogue.resources, "resource")
    {
      review.requireHere(known.clinic, "resource \(resource)", "resource")
    }
    review.requireText(name, "name")
    if type == .unspecified { review.refuse(DeskRefusal.missing("a type"), "type") }
    if let taken = state.catalogue.resource(serial: serial), taken != resource {
      review.refuse(CatalogueRefusal.serialTaken(taken), "serial")
    }
    if !OpeningTimes.areSound(openHours) {
      review.refuse(CatalogueRefusal.hoursNotSound, "openHours")
    }
    try review.conclude(into: &decision)

    let id = resource ?? ResourceID(decision.nextNumber(ResourceKind.streamKind))
    let defined = ResourceDefined.with {
      $0.resource = id
      $0.type = type
      $0.name = name
      $0.serial = serial
      $0.openHours = openHours
      $0.retired = retired
    }
    try decision.append(
      defined, to: id.number, expecting: resource == nil ? .noStream : .any,
      effective: review.effective)
  }
}
