public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// A month of one area of the envelope's clinic is closed.
///
/// Answers with `PeriodClosed`. The first period that is closed may end with any month and takes
/// everything before it along; from then on they are closed month by month, none left out. What was
/// closed softly may be closed for good later, with the figures as they are known then. Nothing of the
/// area may have happened through the last day since the totals were added up.
public struct ClosePeriod: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The area.
  public var area = PeriodArea.unspecified
  /// Whether it may be opened again.
  public var closing = PeriodClosing.soft
  /// Its last day, which ends a month.
  public var to = Day()
  /// What the department has added up through the last day.
  public var totals = Statement()
  /// Who approves it, another one than who acts.
  public var approver: StaffID?

  /// No period: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "area", &area)
    try fields.visit(2, "closing", &closing)
    try fields.visit(3, "to", &to)
    try fields.visit(4, "totals", &totals)
    try fields.visit(5, "approver", &approver)
    try fields.currency()
  }
}

extension ClosePeriod {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: Review.roles(closing: area), needsClinic: true)
    let clinic = ClinicID(context.clinic)
    review.requireFact()
    if area == .unspecified { review.refuse(DeskRefusal.missing("an area"), "area") }
    if closing == .unspecified { review.refuse(DeskRefusal.missing("a way to close"), "closing") }
    checkDays(clinic, state.periods, &review)
    checkTills(clinic, state.tills, &review)
    if area != .unspecified {
      review.requireCurrent(totals, area, through: to, state, "totals")
    }
    review.requireApproval(approver, state, "approver")
    try review.conclude(into: &decision)

    let through = state.periods.closedThrough(clinic, area)
    let again = through.map { to <= $0 } ?? false
    let closed = PeriodClosed.with {
      $0.clinic = clinic
      $0.area = area
      $0.closing = closing
      $0.from = again ? nil : through?.advanced(by: 1)
      $0.to = to
      $0.totals = totals.plain
      $0.approver = approver
    }
    try decision.append(closed, clinic, area, state, effective: review.effective)
  }

  /// Cash is counted before its day is closed.
  private func checkTills(_ clinic: ClinicID, _ tills: TillState, _ review: inout Review) {
    guard area == .accounting else { return }
    for session in tills.openSessions(at: clinic) {
      guard let opened = tills.openRecord(session)?.opened.day, opened <= to else { continue }
      review.refuse(PeriodRefusal.tillOpen(session, since: opened), "to")
    }
  }

  private func checkDays(_ clinic: ClinicID, _ periods: PeriodState, _ review: inout Review) {
    guard to.isInRange else {
      review.refuse(DeskRefusal.outOfRange("\(to)", "a day of the years 1 to 9999"), "to")
      return
    }
    if to != to.lastOfMonth { review.refuse(PeriodRefusal.notAMonthEnd(to), "to") }
    if to > review.today {
      review.refuse(
        DeskRefusal.inFuture(
          review.clinic?.beginning(of: to) ?? review.effective,
          recorded: review.context.recorded), "to")
    }
    guard let through = periods.closedThrough(clinic, area) else { return }
    if to <= through {
      let hard = periods.hardThrough(clinic, area) ?? .min
      if closing == .hard, to > hard { return }
      review.refuse(
        PeriodRefusal.closedAlready(area, through: closing == .hard ? hard : through), "to")
    } else if to.firstOfMonth > through.advanced(by: 1) {
      review.refuse(PeriodRefusal.earlierOpen(area, from: through.advanced(by: 1)), "to")
    }
  }
}
