public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Somebody stops working for the clinic, with a last day.
///
/// Answers with `StaffLeft`. No shift and no appointment may be left after the last day.
public struct EndContract: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The member of staff.
  public var staff = StaffID()
  /// The last day of the contract.
  public var lastDay = Day()
  /// Why, by its sort.
  public var reason = LeavingReason.unspecified

  /// Nobody: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "staff", &staff)
    try fields.visit(2, "lastDay", &lastDay)
    try fields.visit(3, "reason", &reason)
  }
}

extension EndContract {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.admin, .payroll])
    let member = review.known(staff, in: state.people.members, "staff")
    review.requireInRange(lastDay, "lastDay")
    if reason == .unspecified { review.refuse(PeopleReason.missing, "reason") }
    if let member, lastDay.isInRange { check(member, state, &review) }
    try review.conclude(into: &decision)

    let left = StaffLeft.with {
      $0.staff = staff
      $0.lastDay = lastDay
      $0.reason = reason
    }
    try decision.append(left, to: staff.number, effective: review.start(of: lastDay))
  }

  private func check(_ member: MemberRecord, _ state: DeskState, _ review: inout Review) {
    // Another last day takes the place of the first.
    if let known = member.engagement.lastDay, known == lastDay {
      review.refuse(PeopleRefusal.hasLeft(staff, known), "staff")
      return
    }
    if lastDay < member.engagement.start {
      review.refuse(PeopleRefusal.leavesBeforeStart(member.engagement.start), "lastDay")
    }
    // The day after the last one, on the clock of the home clinic.
    let next = Day(daysSince1970: lastDay.daysSince1970 &+ 1)
    let home = state.administration.clinics[member.engagement.terms(on: lastDay).home]
    let after = home?.start(of: next) ?? review.start(of: next)
    let (from, end) = (after.instant, Instant(milliseconds: .max))
    if let shift = state.people.shiftTimes.last(
      of: staff.number, from: from.milliseconds, to: end.milliseconds)
    {
      review.question(
        PeopleRefusal.shiftAfter(ShiftID(shift.number), Day(daysSince1970: shift.day)), "lastDay")
    }
    if let appointment = state.scheduling.appointment(of: staff, from: from, to: end) {
      review.question(
        PeopleRefusal.appointmentAfter(appointment, lastDay), "lastDay")
    }
  }
}
