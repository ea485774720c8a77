public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Sessions are sold in advance.
///
/// Answers with `PackageSold` and the `ChargePosted` that it causes, which the patient owes. A
/// package that was sold before the books began is recorded by an accountant, with the sessions
/// that are left and what they are worth, and charges nobody.
public struct SellPackage: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Who buys it.
  public var patient = PatientID()
  /// Who may use it beside the patient.
  public var sharers: Few<PatientID> = []
  /// The service that is charged: one of type package.
  public var service = ServiceID()
  /// The services that use up its sessions; none where every one does.
  public var covers: Few<ServiceID> = []
  /// How many sessions, at least one.
  public var sessions: UInt32 = 0
  /// The price of all sessions before discount and tax, nil for that of the list of the day; of an
  /// opening package, what is not earned yet.
  public var price: Amount?
  /// What is taken off, at most the price.
  public var discount = Amount.zero
  /// The last day on which it may be used; nil where it does not expire.
  public var expires: Day?
  /// Whether it was sold before the books began.
  public var opening = false
  /// Who approves a discount above the clinic's limit.
  public var approver: StaffID?
  /// Why that price; needed where no list of the day has it.
  public var priceReason = PriceReason.unspecified

  /// No package: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "patient", &patient)
    try fields.visit(2, "sharers", &sharers)
    try fields.visit(3, "service", &service)
    try fields.visit(4, "covers", &covers)
    try fields.visit(5, "sessions", &sessions)
    try fields.visit(6, "price", &price)
    try fields.visit(7, "discount", &discount)
    try fields.visit(8, "expires", &expires)
    try fields.visit(9, "opening", &opening)
    try fields.visit(10, "approver", &approver)
    try fields.visit(11, "priceReason", &priceReason)
    try fields.currency()
  }
}

extension SellPackage {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: opening ? [.accountant] : [.reception, .cashier, .accountant],
      needsClinic: true)
    review.requireFact()
    checkPatients(state, &review)
    checkServices(state, &review)
    if sessions == 0 {
      review.refuse(DeskRefusal.outOfRange("0", "at least one session"), "sessions")
    }
    if let expires, expires < review.effective.day {
      review.question(
        DeskRefusal.outOfRange("\(expires)", "a day that has not passed"), "expires")
    }
    let prices = prices(state, &review)
    let version = state.administration.services[service]?.at(review.effective.instant)
    let taxCode = opening ? nil : version?.taxCode
    let tax = review.tax(
      of: taxCode, list: prices.list.minorUnits, discount: prices.discount.minorUnits, state,
      "service")
    review.requireSecondPerson(
      prices.discount.minorUnits, limit: review.clinic?.limits.discount, approver: approver,
      state, "approver")
    try review.conclude(into: &decision)

    let package = PackageID(decision.nextNumber(PackageKind.streamKind))
    let net = Amount(minorUnits: prices.list.minorUnits &- prices.discount.minorUnits)
    let sold = PackageSold.with {
      $0.package = package
      $0.patient = patient
      $0.sharers = sharers
      $0.service = service
      $0.covers = covers
      $0.sessions = sessions
      $0.price = net
      $0.expires = expires
      $0.opening = opening
      $0.priceReason = priceReason
      $0.approver = approver
    }
    let index = try decision.append(
      sold, to: package.number, expecting: .noStream, effective: review.effective)
    if opening { return }
    let charge = ChargeID(decision.nextNumber(ChargeKind.streamKind))
    let posted = ChargePosted.with {
      $0.charge = charge
      $0.patient = patient
      $0.service = service
      $0.units = 1
      $0.list = prices.list
      $0.discount = prices.discount
      $0.net = net
      $0.taxCode = taxCode
      $0.tax = Amount(minorUnits: tax.tax)
      $0.listTax = tax.listTax.map { Amount(minorUnits: $0) }
      $0.responsible = .patient(patient)
      $0.package = package
    }
    try decision.append(
      posted, to: charge.number, expecting: .noStream, effective: review.effective,
      cause: .event(index))
  }

  /// The price as given, else that of the list of the day; what is no list's needs a reason.
  private func prices(
    _ state: DeskState, _ review: inout Review
  ) -> (list: Amount, discount: Amount) {
    let listed = review.listPrice(of: service, units: 1, payer: nil, state, "service")
    if price == nil, listed == nil || opening {
      review.refuse(CatalogueRefusal.noPrice(service, review.effective.day), "price")
    }
    let prices = review.prices(price ?? Amount(minorUnits: listed ?? 0), discount, "")
    if !opening, price != nil, prices.list.minorUnits != listed, priceReason == .unspecified {
      review.question(CareRefusal.priceReason, "priceReason")
    }
    return prices
  }

  private func checkPatients(_ state: DeskState, _ review: inout Review) {
    review.patient(patient, state, "patient")
    for sharer in sharers { review.patient(sharer, state, "sharers") }
    if Set(sharers).count != sharers.count || sharers.contains(patient) {
      review.refuse(DeskRefusal.namedTwice("patient"), "sharers")
    }
  }

  private func checkServices(_ state: DeskState, _ review: inout Review) {
    let at = review.effective.instant
    review.requireActive(service, state, at: at, "service")
    if let version = state.administration.services[service]?.at(at), version.type != .package {
      review.refuse(PackageRefusal.notAPackage(service), "service")
    }
    for covered in covers { review.requireActive(covered, state, at: at, "covers") }
  }
}
