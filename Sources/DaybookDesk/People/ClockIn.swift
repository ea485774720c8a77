public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Somebody begins to work at the clinic of the envelope.
///
/// Answers with `ClockedIn`. Nobody is clocked in twice, at whatever clinics; an entry that has been
/// open for more than 16 hours was forgotten: it is found, and stays open until it is corrected.
public struct ClockIn: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Who begins; nil for the actor.
  public var staff: StaffID?
  /// When; nil for the action's effective time.
  public var at: Instant?
  /// How it was told.
  public var method = ClockMethod.unspecified

  /// Nobody: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "staff", &staff)
    try fields.visit(2, "at", &at)
    try fields.visit(3, "method", &method)
  }
}

extension ClockIn {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: ClinicRole.ofAnybody, needsClinic: true)
    let at = review.moment(at)
    review.requireFact(at, "at")
    let staff = review.worker(staff, state, "staff")
    if let member = state.people.members[staff] {
      review.requireWorking(staff, member, on: at.day, "staff")
      review.requireOpenPayroll(at: ClinicID(context.clinic), on: at.day, state, "at")
      check(staff, member, at, state, &review)
    }
    try review.conclude(into: &decision)

    let id = TimeEntryID(decision.nextNumber(TimeEntryKind.streamKind))
    let clockedIn = ClockedIn.with {
      $0.entry = id
      $0.staff = staff
      $0.clinic = ClinicID(context.clinic)
      $0.at = at.instant
      $0.method = method
    }
    try decision.append(clockedIn, to: id.number, expecting: .noStream, effective: at)
  }

  /// No open entry, no ended one that holds the time, and no hours from elsewhere.
  private func check(
    _ staff: StaffID, _ member: MemberRecord, _ at: Moment, _ state: DeskState,
    _ review: inout Review
  ) {
    for id in member.openEntries {
      guard let since = state.people.entries[id]?.start.instant else { continue }
      if WorkedTime.isForgotten(openSince: since, at: at.instant) {
        review.note(PeopleRefusal.leftOpen(id, since: since), "at")
      } else {
        review.question(PeopleRefusal.alreadyClockedIn(id, since: since), "at")
      }
    }
    let time = at.instant.milliseconds
    if let other = state.people.entryTimes.last(of: staff.number, from: time, to: time &+ 1) {
      review.question(PeopleRefusal.entryTaken(TimeEntryID(other.number)), "at")
    }
    review.requireNoHours(of: staff, on: at.day, state, "at")
  }
}

extension Review {
  /// Who works: as given, or the actor; others take the role for it.
  mutating func worker(_ given: StaffID?, _ state: DeskState, _ field: String) -> StaffID {
    guard let staff = given ?? context.actor.staffNumber.map({ StaffID($0) }) else {
      refuse(DeskRefusal.missing("a member of staff"), field)
      return StaffID()
    }
    requireKnown(staff, in: state.people.members, field)
    requireOneself(staff, or: [.payroll, .admin], field)
    return staff
  }

  /// No hours of that day are known from elsewhere.
  mutating func requireNoHours(
    of staff: StaffID, on day: Day, _ state: DeskState, _ field: String
  ) {
    let number = Int64(day.daysSince1970)
    if state.people.hourTimes.last(of: staff.number, from: number, to: number + 1) != nil {
      refuse(PeopleRefusal.hoursKnown(staff, day), field)
    }
  }
}
