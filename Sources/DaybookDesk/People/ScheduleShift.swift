public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Puts somebody on a shift at the clinic of the envelope.
///
/// Answers with `ShiftScheduled`. Nobody is on two shifts at a time, at whatever clinics, nor on one
/// during a leave that is approved; too little rest beside another shift and too long a week are
/// found and refuse nothing.
public struct ScheduleShift: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Who is to work.
  public var staff = StaffID()
  /// As what, in the clinic's own words.
  public var role = ""
  /// When it begins.
  public var start = Instant()
  /// When it ends, at most 24 hours later.
  public var end = Instant()
  /// How much of it is break, in seconds.
  public var breakSeconds: UInt32 = 0

  /// No shift: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "staff", &staff)
    try fields.visit(2, "role", &role)
    try fields.visit(3, "start", &start)
    try fields.visit(4, "end", &end)
    try fields.visit(5, "breakSeconds", &breakSeconds)
  }
}

extension ScheduleShift {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.admin, .payroll, .reception], needsClinic: true)
    let member = review.known(staff, in: state.people.members, "staff")
    review.requireInRange(start, "start")
    review.requireInRange(end, "end")
    let begins = review.moment(start)
    let isSound = checkLength(&review)
    if let member, isSound {
      review.requireWorking(staff, member, on: begins.day, "staff")
      checkFree(state, begins, &review)
      checkRest(state, &review)
      checkWeek(state, member, begins, &review)
    }
    try review.conclude(into: &decision)

    let id = ShiftID(decision.nextNumber(ShiftKind.streamKind))
    let scheduled = ShiftScheduled.with {
      $0.shift = id
      $0.staff = staff
      $0.clinic = ClinicID(context.clinic)
      $0.role = role.trimmed
      $0.start = start
      $0.end = end
      $0.breakSeconds = breakSeconds
    }
    try decision.append(scheduled, to: id.number, expecting: .noStream, effective: begins)
  }

  private func checkLength(_ review: inout Review) -> Bool {
    guard start.isInRange, end.isInRange else { return false }
    let length = end.milliseconds - start.milliseconds
    if length <= 0 || length > WorkedTime.longestMilliseconds {
      review.refuse(
        DeskRefusal.outOfRange("the shift's length", "above 0 and at most 24 hours"), "end")
      return false
    }
    if Int64(breakSeconds) * 1000 > length {
      review.refuse(
        DeskRefusal.outOfRange("the break", "at most as long as the shift"), "breakSeconds")
    }
    return true
  }

  /// No other shift, at any clinic, and no leave.
  private func checkFree(_ state: DeskState, _ begins: Moment, _ review: inout Review) {
    let people = state.people
    if let other = people.shiftTimes.last(
      of: staff.number, from: start.milliseconds, to: end.milliseconds)
    {
      review.question(
        PeopleRefusal.shiftBusy(
          staff, ShiftID(other.number), clinic: ClinicID(other.clinic)), "start")
    }
    let last = review.moment(Instant(milliseconds: end.milliseconds - 1)).day
    if let absence = people.leave(of: staff, from: begins.day, to: last) {
      review.question(PeopleRefusal.onLeave(staff, absence), "start")
    }
  }

  private func checkRest(_ state: DeskState, _ review: inout Review) {
    let rest = WorkLimits.restMilliseconds
    let times = state.people.shiftTimes
    let before = times.last(
      of: staff.number, from: start.milliseconds - rest, to: start.milliseconds)
    let after = times.last(of: staff.number, from: end.milliseconds, to: end.milliseconds + rest)
    for other in [before, after] {
      guard let other, other.end <= start.milliseconds || other.start >= end.milliseconds
      else { continue }
      review.note(PeopleRefusal.restTooShort(staff, ShiftID(other.number)), "start")
    }
  }

  /// The week from Monday to Sunday, by the days on which shifts begin.
  private func checkWeek(
    _ state: DeskState, _ member: MemberRecord, _ begins: Moment, _ review: inout Review
  ) {
    let first = WorkWeek.first(of: begins.day)
    let next = Day(daysSince1970: first.daysSince1970 &+ 7)
    let shifts = state.people.shiftTimes.all(
      of: staff.number, from: review.start(of: first).instant.milliseconds,
      to: review.start(of: next).instant.milliseconds)
    var seconds = Int64(
      WorkedTime.seconds(from: start, to: end, breakSeconds: breakSeconds))
    for shift in shifts where shift.day >= first.daysSince1970 && shift.day < next.daysSince1970 {
      seconds += Int64(shift.seconds)
    }
    let agreed = Int64(member.engagement.terms(on: begins.day).weekSeconds)
    let limit = agreed > 0 ? min(agreed, WorkLimits.weekSeconds) : WorkLimits.weekSeconds
    if seconds > limit {
      review.note(
        PeopleRefusal.weekTooLong(staff, seconds: seconds, limit: limit), "end")
    }
  }
}
