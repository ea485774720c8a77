public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// A patient accepts what is to be done, and what it will cost.
///
/// Answers with `TreatmentPlanAccepted`. A treatment that names a line of it takes the line's
/// service, at most as many units as are left, and the patient's agreement as the reason of its
/// price.
public struct AcceptTreatmentPlan: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Who accepts it.
  public var patient = PatientID()
  /// What is to be done.
  public var lines: Few<PlannedService> = []
  /// The sum as the paper has it; nil where it does not say.
  public var total: Amount?
  /// The last day on which its prices hold; nil where they hold for ever.
  public var validTo: Day?

  /// No plan: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "patient", &patient)
    try fields.visit(2, "lines", &lines)
    try fields.visit(3, "total", &total)
    try fields.visit(4, "validTo", &validTo)
    try fields.currency()
  }
}

extension AcceptTreatmentPlan {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.practitioner, .reception], needsClinic: true)
    review.requireFact()
    review.patient(patient, state, "patient")
    if lines.isEmpty { review.refuse(DeskRefusal.missing("a line"), "lines") }
    var planned: [PlannedService] = []
    for line in lines {
      review.requireActive(line.service, state, at: review.effective.instant, "lines.service")
      if line.units == 0 {
        review.refuse(DeskRefusal.outOfRange("0", "at least one unit"), "lines.units")
      }
      let price = review.notNegative(line.price, "lines.price")
      planned.append(
        PlannedService(line.service, units: line.units, Amount(minorUnits: price)))
    }
    let sum = review.sum(planned.map(\.price.minorUnits), "lines")
    if let total, let stated = review.minorUnits(total, "total"), stated != sum {
      review.refuse(
        PackageRefusal.planTotal(stated: review.amount(stated), sum: review.amount(sum)), "total")
    }
    if let validTo, validTo < review.effective.day {
      review.question(
        DeskRefusal.outOfRange("\(validTo)", "a day that has not passed"), "validTo")
    }
    try review.conclude(into: &decision)

    let plan = PlanID(decision.nextNumber(PlanKind.streamKind))
    let accepted = TreatmentPlanAccepted.with {
      $0.plan = plan
      $0.patient = patient
      $0.lines = Few(planned)
      $0.total = Amount(minorUnits: sum)
      $0.validTo = validTo
    }
    try decision.append(
      accepted, to: plan.number, expecting: .noStream, effective: review.effective)
  }
}
