public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Records that somebody is absent, or asks for it.
///
/// Answers with `AbsenceRecorded`. No day is held by two absences of one person; a holiday is within
/// what is left of the leave at the end of its year and of every later one that has some booked.
/// Whoever records a holiday of their own asks for it.
public struct RecordAbsence: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Who is absent; nil for the actor.
  public var staff: StaffID?
  /// What sort of absence it is.
  public var type = AbsenceType.unspecified
  /// The first day.
  public var from = Day()
  /// The last day.
  public var to = Day()
  /// The working time that is missed, in seconds; nil takes a fifth of the agreed week a weekday.
  public var seconds: UInt32?
  /// Whether it waits for a decision; else it holds at once.
  public var requested = false

  /// No absence: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "staff", &staff)
    try fields.visit(2, "type", &type)
    try fields.visit(3, "from", &from)
    try fields.visit(4, "to", &to)
    try fields.visit(5, "seconds", &seconds)
    try fields.visit(6, "requested", &requested)
  }
}

extension RecordAbsence {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: ClinicRole.ofAnybody, needsClinic: true)
    let staff = review.worker(staff, state, "staff")
    if type == .unspecified { review.refuse(DeskRefusal.missing("a type"), "type") }
    let isRange = review.requireRange(from, to, "to")
    var recorded = AbsenceRecorded.with {
      $0.staff = staff
      $0.type = type
      $0.from = from
      $0.to = to
      $0.seconds = seconds ?? 0
      $0.requested = requested
    }
    if isRange, let member = state.people.members[staff] {
      recorded.seconds = checkedSeconds(member, &review)
      check(recorded, member, state, &review)
    }
    try review.conclude(into: &decision)

    recorded.absence = AbsenceID(decision.nextNumber(AbsenceKind.streamKind))
    try decision.append(
      recorded, to: recorded.absence.number, expecting: .noStream,
      effective: review.start(of: from))
  }

  private func checkedSeconds(_ member: MemberRecord, _ review: inout Review) -> UInt32 {
    let days = Int64(to.days(since: from)) + 1
    if days > 3_660 {
      review.refuse(DeskRefusal.outOfRange("\(days) days", "at most ten years"), "to")
      return 0
    }
    let most = days * 86_400
    let asked = seconds.map { Int64($0) } ?? Leave.seconds(from: from, to: to, member.engagement)
    guard asked <= most, let narrow = UInt32(exactly: asked) else {
      review.refuse(
        DeskRefusal.outOfRange("\(asked) s", "at most the time of the days"), "seconds")
      return 0
    }
    return narrow
  }

  private func check(
    _ absence: AbsenceRecorded, _ member: MemberRecord, _ state: DeskState,
    _ review: inout Review
  ) {
    for day in from == to ? [from] : [from, to] where !member.engagement.covers(day) {
      review.question(PeopleRefusal.notEngaged(absence.staff, day), day == from ? "from" : "to")
    }
    if let other = state.people.absenceTimes.last(
      of: absence.staff.number, from: Int64(from.daysSince1970),
      to: Int64(to.daysSince1970) + 1)
    {
      review.question(PeopleRefusal.absenceTaken(AbsenceID(other.number)), "from")
    }
    if type == .holiday {
      if !requested, review.context.actor.staffNumber == absence.staff.number {
        _ = review.approver(
          nil, of: absence.staff, roles: [.payroll, .admin], state, "requested")
      }
      review.requireLeave(absence, member, state, "seconds")
    }
    if type.changesPay {
      let home = member.engagement.terms(on: from).home
      review.requireOpenPayroll(at: home, from: from, to: to, state, "from")
    }
    if !requested { review.noteShifts(of: absence.staff, from: from, to: to, state, "from") }
  }
}

extension AbsenceType {
  /// Whether what somebody is paid follows from it.
  var changesPay: Bool {
    switch self {
    case .holiday, .unpaid, .parental, .publicHoliday, .training: true
    case .sick, .accident, .other, .unspecified: false
    }
  }
}

extension Review {
  /// The holiday fits into what is left at the end of its years and of those after them.
  mutating func requireLeave(
    _ absence: AbsenceRecorded, _ member: MemberRecord, _ state: DeskState, _ field: String
  ) {
    // Only who is employed has leave to take.
    guard member.engagement.terms(on: absence.from).contract == .employee else { return }
    let asked = AbsenceSpan(
      .holiday, from: absence.from, to: absence.to, seconds: absence.seconds)
    var spans = state.people.holidays(of: absence.staff)
    spans.append(asked)
    let lastYear = spans.map(\.to.year).max() ?? absence.to.year
    for year in absence.from.year...max(lastYear, absence.from.year) {
      guard let end = try? Day(year: year, month: 12, day: 31) else { continue }
      let taken = spans.reduce(Int64(0)) { $0 &+ $1.seconds(from: .min, to: end) }
      let left = Leave.entitled(member.engagement, throughYear: year) - taken
      if left < 0 {
        let before = left + asked.seconds(from: .min, to: end)
        question(
          PeopleRefusal.leaveExceeded(
            absence.staff, left: max(0, before), asked: asked.seconds(from: .min, to: end)),
          field)
        return
      }
    }
  }

  /// Shifts within the days are found: somebody else must take them.
  mutating func noteShifts(
    of staff: StaffID, from: Day, to: Day, _ state: DeskState, _ field: String
  ) {
    let first = start(of: from).instant.milliseconds
    let end = start(of: Day(daysSince1970: to.daysSince1970 &+ 1)).instant.milliseconds
    for shift in state.people.shiftTimes.all(of: staff.number, from: first, to: end) {
      note(PeopleRefusal.shiftInLeave(ShiftID(shift.number)), field)
    }
  }
}

extension PeopleState {
  /// All holidays of the member that stand, decided or not.
  ///
  /// - Complexity: O(absences of the member).
  func holidays(of staff: StaffID) -> [AbsenceSpan] {
    absenceTimes.all(of: staff.number, from: .min, to: .max).compactMap { time in
      guard let absence = absences[AbsenceID(time.number)], absence.type == .holiday else {
        return nil
      }
      return absence.span
    }
  }
}
