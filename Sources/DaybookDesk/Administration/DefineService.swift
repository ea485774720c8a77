public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Defines what is done and charged, or a new version of it, from the effective time on.
///
/// Answers with `ServiceDefined`.
public struct DefineService: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The service to change; nil for a new one.
  public var service: ServiceID?
  /// The code it is known by.
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
  public var active = true
  /// Whether it counts towards commission.
  public var commissionable = false
  /// What credentials a practitioner needs for it, by kind.
  public var credentialKinds: Few<String> = []
  /// What is used up each time it is performed.
  public var recipe: Few<RecipeLine> = []

  /// No service: to be filled in.
  public init() {}

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

extension DefineService {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.admin])
    review.requireFact()
    if let service { review.requireKnown(service, in: state.administration.services, "service") }
    review.requireText(name, "name")
    if type == .unspecified { review.refuse(DeskRefusal.missing("a type"), "type") }
    if let taxCode { review.requireKnown(taxCode, in: state.catalogue.taxCodes, "taxCode") }
    for line in recipe {
      review.requireKnown(line.item, in: state.stock.items, "recipe.item")
      review.requirePositive(line.quantity, "recipe.quantity")
    }
    if Set(recipe.map(\.item)).count != recipe.count {
      review.refuse(DeskRefusal.namedTwice("item"), "recipe")
    }
    try review.conclude(into: &decision)

    let id = service ?? ServiceID(decision.nextNumber(ServiceKind.streamKind))
    let defined = ServiceDefined.with {
      $0.service = id
      $0.code = code.trimmed
      $0.name = name
      $0.type = type
      $0.durationSeconds = durationSeconds
      $0.taxCode = taxCode
      $0.active = active
      $0.commissionable = commissionable
      $0.credentialKinds = credentialKinds
      $0.recipe = recipe
    }
    try decision.append(
      defined, to: id.number, expecting: service == nil ? .noStream : .any,
      effective: review.effective)
  }
}
