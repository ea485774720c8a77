public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// A charge of the past that belongs to no encounter of the book.
///
/// For imports alone: whoever is seen here is charged for what was done. Answers with `ChargePosted`.
/// Nothing is split by coverage, and no tax is added: history says it all.
public struct RecordCharge: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// For whom it was done.
  public var patient = PatientID()
  /// What was done.
  public var service = ServiceID()
  /// How many times, at least once.
  public var units: UInt32 = 1
  /// The price of all units before discount; nothing is legitimate.
  public var listPrice = Amount.zero
  /// What was taken off, at most the price.
  public var discount = Amount.zero
  /// Who owed it at first; nil for the patient.
  public var responsible: Debtor?

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "patient", &patient)
    try fields.visit(2, "service", &service)
    try fields.visit(3, "units", &units)
    try fields.visit(4, "listPrice", &listPrice)
    try fields.visit(5, "discount", &discount)
    try fields.visit(6, "responsible", &responsible)
    try fields.currency()
  }
}

extension RecordCharge {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [], needsClinic: true)
    review.requireFact()
    review.patient(patient, state, "patient")
    review.requireActive(service, state, at: review.effective.instant, "service")
    if units == 0 { review.refuse(DeskRefusal.outOfRange("0", "at least one unit"), "units") }
    let prices = review.prices(listPrice, discount, "")
    let (debtor, _) = review.responsible(
      responsible ?? .patient(patient), for: patient, on: review.effective.day, state,
      "responsible")
    try review.conclude(into: &decision)

    let charge = ChargeID(decision.nextNumber(ChargeKind.streamKind))
    let posted = ChargePosted.with {
      $0.charge = charge
      $0.patient = patient
      $0.service = service
      $0.units = units
      $0.list = prices.list
      $0.discount = prices.discount
      $0.net = Amount(minorUnits: prices.list.minorUnits - prices.discount.minorUnits)
      $0.responsible = debtor
    }
    try decision.append(
      posted, to: charge.number, expecting: .noStream, effective: review.effective)
  }
}
