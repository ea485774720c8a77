public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// A room, chair, device or steriliser was serviced, repaired or calibrated.
///
/// Answers with `EquipmentServiced`. What is unfit is not booked from then on, until a later one says
/// that it is fit.
public struct ServiceEquipment: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// What was serviced.
  public var resource = ResourceID()
  /// What was done.
  public var type = ServicingType.unspecified
  /// What came of it.
  public var result = ServicingResult.unspecified
  /// What it cost; nil where that is not known. The supplier's invoice posts it.
  public var cost: Amount?
  /// When it is due again; nil where it is not.
  public var nextDue: Day?
  /// Who did it, from outside; nil where nobody was asked.
  public var supplier: PartyID?

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "resource", &resource)
    try fields.visit(2, "type", &type)
    try fields.visit(3, "result", &result)
    try fields.visit(4, "cost", &cost)
    try fields.visit(5, "nextDue", &nextDue)
    try fields.visit(6, "supplier", &supplier)
    try fields.currency()
  }
}

extension ServiceEquipment {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.admin, .buyer, .practitioner], needsClinic: true)
    review.requireFact()
    review.requireEquipment(resource, state, "resource")
    if type == .unspecified { review.refuse(DeskRefusal.missing("a type"), "type") }
    if result == .unspecified { review.refuse(DeskRefusal.missing("a result"), "result") }
    let cost = cost.map { review.notNegative($0, "cost") }
    if let nextDue, !nextDue.isInRange || nextDue < review.effective.day {
      review.refuse(
        DeskRefusal.outOfRange("\(nextDue)", "a day from the service's on"), "nextDue")
    }
    if let supplier { review.requireSupplier(supplier, state, "supplier") }
    try review.conclude(into: &decision)

    let serviced = EquipmentServiced.with {
      $0.resource = resource
      $0.type = type
      $0.result = result
      $0.cost = cost.map { Amount(minorUnits: $0) }
      $0.nextDue = nextDue
      $0.supplier = supplier
    }
    try decision.append(serviced, to: resource.number, effective: review.effective)
  }
}
