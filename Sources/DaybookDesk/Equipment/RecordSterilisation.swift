public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// A steriliser has run.
///
/// Answers with `SterilisationRecorded`, whose number is one more than the steriliser's last. Trays
/// that failed are refused for treatment until a later cycle succeeds with them.
public struct RecordSterilisation: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// What it ran in.
  public var steriliser = ResourceID()
  /// Which run of the steriliser it is, as its print says; nil for the next.
  public var number: UInt64?
  /// The programme, as the steriliser names it.
  public var programme = ""
  /// When it began.
  public var start = Instant()
  /// When it ended.
  public var end = Instant()
  /// What was in it.
  public var trays: Few<SterilisedTray> = []
  /// How it ended.
  public var result = SterilisationResult.unspecified
  /// Who ran it; nil for who records it.
  public var operatedBy: StaffID?

  /// No cycle: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "steriliser", &steriliser)
    try fields.visit(2, "number", &number)
    try fields.visit(3, "programme", &programme)
    try fields.visit(4, "start", &start)
    try fields.visit(5, "end", &end)
    try fields.visit(6, "trays", &trays)
    try fields.visit(7, "result", &result)
    try fields.visit(8, "operatedBy", &operatedBy)
  }
}

extension RecordSterilisation {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.practitioner, .buyer, .reception], needsClinic: true)
    let ended = review.moment(end)
    review.requireFact(ended, "end")
    review.requireSteriliser(steriliser, state, "steriliser")
    review.requireFit(steriliser, state, at: start, "steriliser")
    let next = state.equipment.lastCycle(of: steriliser) + 1
    if let number, number != next {
      review.refuse(EquipmentRefusal.cycleGap(steriliser, next: next), "number")
    }
    review.requireText(programme, "programme")
    if end < start { review.refuse(EquipmentRefusal.endsBeforeStart(start), "end") }
    if result == .unspecified { review.refuse(DeskRefusal.missing("a result"), "result") }
    let staff = operatedBy ?? context.actor.staffNumber.map { StaffID($0) } ?? StaffID()
    review.requireKnown(staff, in: state.administration.staff, "operatedBy")
    let loaded = trays.map { check($0, state, &review) }
    if loaded.isEmpty { review.refuse(DeskRefusal.missing("a tray"), "trays") }
    try review.conclude(into: &decision)

    let cycle = CycleID(decision.nextNumber(CycleKind.streamKind))
    let recorded = SterilisationRecorded.with {
      $0.cycle = cycle
      $0.steriliser = steriliser
      $0.number = next
      $0.programme = programme
      $0.start = start
      $0.end = end
      $0.trays = Few(loaded)
      $0.result = result
      $0.operatedBy = staff
    }
    try decision.append(recorded, to: cycle.number, expecting: .noStream, effective: ended)
  }

  private func check(
    _ tray: SterilisedTray, _ state: DeskState, _ review: inout Review
  ) -> SterilisedTray {
    if let item = review.known(tray.item, in: state.stock.items, "trays.item"),
      !item.sterilisable
    {
      review.refuse(EquipmentRefusal.notSterilisable(tray.item), "trays.item")
    }
    review.requireText(tray.tray, "trays.tray")
    return SterilisedTray.with {
      $0 = tray
      $0.tray = tray.tray.trimmed
    }
  }
}
