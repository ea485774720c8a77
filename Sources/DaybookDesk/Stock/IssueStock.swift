public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Takes some of an item out of the stock of the envelope's clinic.
///
/// Answers with `StockIssued`, whose lots and values the Desk has fixed.
public struct IssueStock: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The item.
  public var item = ItemID()
  /// How much, in the item's base unit.
  public var quantity = Quantity.zero
  /// The lot; empty takes the one that expires first, over as many lots as needed.
  public var lot = ""
  /// What it is for.
  public var purpose = IssuePurpose.unspecified
  /// The treatment that uses it; needed where it is for a treatment.
  public var encounterLine: EncounterLine?
  /// To whom it is handed; nil where there is none, or for the encounter's patient.
  public var patient: PatientID?
  /// Why another lot is taken than the one that expires first.
  public var lotOverride: LotOverride?

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "quantity", &quantity)
    try fields.visit(3, "lot", &lot)
    try fields.visit(4, "purpose", &purpose)
    try fields.visit(5, "encounterLine", &encounterLine)
    try fields.visit(6, "patient", &patient)
    try fields.visit(7, "lotOverride", &lotOverride)
  }
}

extension IssueStock {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.buyer, .practitioner, .cashier], needsClinic: true)
    review.requireFact()
    if purpose == .unspecified { review.refuse(DeskRefusal.missing("a purpose"), "purpose") }
    let encounter = checkedEncounter(state, &review)
    if let patient { review.patient(patient, state, "patient") }
    if let approver = lotOverride?.approver {
      review.requireKnown(approver, in: state.administration.staff, "lotOverride.approver")
    }
    var place = StockPicking.Place(
      clinic: ClinicID(context.clinic), effective: review.effective)
    place.purpose = purpose
    place.encounterLine = encounterLine
    place.patient = patient ?? encounter?.patient
    var use = ItemUse(item, quantity, lot: lot.trimmed)
    use.lotOverride = lotOverride
    var picking = StockPicking(state.stock)
    let issued = picking.issue(use, at: place, &review, "quantity")
    try review.conclude(into: &decision)

    if let encounter, decision.correlation == 0 {
      decision.correlation = encounter.visit.number
    }
    try picking.append([issued], effective: review.effective, cause: nil, into: &decision)
  }

  private func checkedEncounter(
    _ state: DeskState, _ review: inout Review
  ) -> EncounterRecord? {
    guard let encounterLine else {
      if purpose == .treatment { review.refuse(StockRefusal.treatmentNeedsLine, "encounterLine") }
      return nil
    }
    let id = encounterLine.encounter
    guard let known = review.known(id, in: state.care.encounters, "encounterLine") else {
      return nil
    }
    if encounterLine.line > known.lastLine {
      review.refuse(CareRefusal.noSuchLine(encounterLine.line), "encounterLine")
    }
    if let patient, patient != known.patient {
      review.refuse(CareRefusal.otherEncounter(id, known.patient), "patient")
    }
    return known
  }
}
