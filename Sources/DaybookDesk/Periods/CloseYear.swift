public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// The fiscal year of the envelope's clinic is closed.
///
/// Answers with `YearClosed`, effective at the end of the year's last day, whose entry is that of the
/// thirteenth period. All periods of the books through that day are closed, and nothing has changed
/// them since the trial balance was added up. The first year that is closed may be any; from then on
/// none is left out.
public struct CloseYear: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The last day of the year.
  public var yearEnd = Day()
  /// The trial balance through the last day, as the books add it up.
  public var totals = Statement()
  /// Who approves it, another one than who acts.
  public var approver: StaffID?

  /// No year: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "yearEnd", &yearEnd)
    try fields.visit(2, "totals", &totals)
    try fields.visit(3, "approver", &approver)
    try fields.currency()
  }
}

extension CloseYear {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: Review.roles(closing: .accounting), needsClinic: true)
    let clinic = ClinicID(context.clinic)
    check(clinic, state.periods, &review)
    review.requireCurrent(totals, .accounting, through: yearEnd, state, "totals")
    review.requireApproval(approver, state, "approver")
    try review.conclude(into: &decision)

    let closed = YearClosed.with {
      $0.clinic = clinic
      $0.yearEnd = yearEnd
      $0.totals = totals.plain
      $0.approver = approver
    }
    try decision.append(
      closed, clinic, .accounting, state, effective: review.clinic?.end(of: yearEnd))
  }

  private func check(_ clinic: ClinicID, _ periods: PeriodState, _ review: inout Review) {
    guard yearEnd.isInRange else {
      review.refuse(
        DeskRefusal.outOfRange("\(yearEnd)", "a day of the years 1 to 9999"), "yearEnd")
      return
    }
    let firstMonth = max(1, review.clinic?.fiscalYearStartMonth ?? 1)
    let next = yearEnd.advanced(by: 1)
    if next.day != 1 || UInt32(next.month) != firstMonth {
      review.refuse(PeriodRefusal.notAYearEnd(yearEnd, firstMonth: firstMonth), "yearEnd")
    }
    if let last = periods.lastYear(clinic) {
      let following = (try? last.end.advanced(by: 1).adding(months: 12).advanced(by: -1)) ?? .max
      if yearEnd <= last.end {
        review.refuse(PeriodRefusal.yearClosed(through: last.end), "yearEnd")
      } else if yearEnd > following {
        review.refuse(PeriodRefusal.earlierYearOpen(following), "yearEnd")
      }
    }
    let through = periods.closedThrough(clinic, .accounting)
    if through ?? .min < yearEnd {
      review.refuse(PeriodRefusal.periodsOpen(through: through), "yearEnd")
    }
  }
}
