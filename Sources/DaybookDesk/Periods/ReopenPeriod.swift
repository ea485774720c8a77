public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// The period of an area of the envelope's clinic that was closed last is opened again.
///
/// Answers with `PeriodReopened`; where days of it are of closed years, with the reversal of each
/// `YearClosed` before it. What was closed for good stays closed.
public struct ReopenPeriod: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The area.
  public var area = PeriodArea.unspecified
  /// The first day of the period; nil for whichever was closed last.
  public var from: Day?
  /// Why.
  public var reason = ""
  /// Who approves it, another one than who acts.
  public var approver: StaffID?

  /// No period: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "area", &area)
    try fields.visit(2, "from", &from)
    try fields.visit(3, "reason", &reason)
    try fields.visit(4, "approver", &approver)
  }
}

extension ReopenPeriod {
  /// The closings of the years that the period has days of.
  public func recalls(given state: State, in context: DecisionContext) -> [Position] {
    closedYears(state, ClinicID(context.clinic)).map(\.position)
  }

  /// The years of which days are opened, the latest first; the first period may be of many.
  private func closedYears(_ state: State, _ clinic: ClinicID) -> [ClosedYear] {
    guard area == .accounting, let last = state.periods.lastClosed(clinic, area) else { return [] }
    let hard = state.periods.hardThrough(clinic, area)
    return state.periods.closedYears(clinic, from: Self.firstDay(last, hard: hard))
  }

  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: Review.roles(closing: area), needsClinic: true)
    let clinic = ClinicID(context.clinic)
    review.requireFact()
    if area == .unspecified { review.refuse(DeskRefusal.missing("an area"), "area") }
    if reason.trimmed.isEmpty { review.refuse(CorrectionRefusal.reason, "reason") }
    let last = state.periods.lastClosed(clinic, area)
    if area != .unspecified { check(last, clinic, state.periods, &review) }
    review.requireApproval(approver, state, "approver")
    try review.conclude(into: &decision)

    guard let last else { return }
    for year in closedYears(state, clinic) {
      guard let event = context.recalled(at: year.position)?.event else { continue }
      let reversed = Reversed.with {
        $0.of = year.position
        $0.reason = reason
        $0.family = UInt32(event.header.family.rawValue)
        $0.tag = UInt32(event.header.tag)
        $0.originalEffective = event.header.effective
        $0.payload = event.payload
        $0.approver = approver
      }
      // In the thirteenth period, like what it undoes.
      try decision.append(
        reversed, on: event.header.stream, effective: event.header.effective, areas: [])
    }
    let reopened = PeriodReopened.with {
      $0.clinic = clinic
      $0.area = area
      $0.from = Self.firstDay(last, hard: state.periods.hardThrough(clinic, area))
      $0.to = last.to
      $0.reason = reason
      $0.approver = approver
    }
    try decision.append(reopened, clinic, area, state, effective: review.effective)
  }

  /// The first day that opens: what was closed for good within the period does not.
  private static func firstDay(_ last: ClosedPeriod, hard: Day?) -> Day? {
    guard let hard, hard >= last.from ?? .min else { return last.from }
    return hard.advanced(by: 1)
  }

  private func check(
    _ last: ClosedPeriod?, _ clinic: ClinicID, _ periods: PeriodState, _ review: inout Review
  ) {
    let hard = periods.hardThrough(clinic, area)
    guard let last else {
      review.refuse(
        hard.map { PeriodRefusal.closedForGood(area, through: $0) }
          ?? PeriodRefusal.nothingClosed(area), "area")
      return
    }
    if let from, from != last.from {
      review.refuse(PeriodRefusal.notTheLast(area, from: last.from), "from")
    }
    if let hard, last.to <= hard {
      review.refuse(PeriodRefusal.closedForGood(area, through: hard), "area")
    }
  }
}
