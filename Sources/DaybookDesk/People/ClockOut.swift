public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Somebody stops working.
///
/// Answers with `ClockedOut`, which ends the entry that is open, on whatever day and at whatever
/// clinic it began: night shifts need no day of their own. Beyond 24 hours the entry counts nothing
/// until it is corrected, which is found.
public struct ClockOut: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Who stops; nil for the actor.
  public var staff: StaffID?
  /// Which entry ends; nil for the one that was opened last.
  public var entry: TimeEntryID?
  /// When; nil for the action's effective time.
  public var at: Instant?
  /// How much of it was break, in seconds.
  public var breakSeconds: UInt32 = 0

  /// Nobody: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "staff", &staff)
    try fields.visit(2, "entry", &entry)
    try fields.visit(3, "at", &at)
    try fields.visit(4, "breakSeconds", &breakSeconds)
  }
}

extension ClockOut {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: ClinicRole.ofAnybody, needsClinic: true)
    let at = review.moment(at)
    review.requireFact(at, "at")
    let open = openEntry(state, &review)
    if let open { check(open, at, state, &review) }
    try review.conclude(into: &decision)

    guard let open else { return }
    let clockedOut = ClockedOut.with {
      $0.entry = open.id
      $0.at = at.instant
      $0.breakSeconds = breakSeconds
    }
    try decision.append(
      clockedOut, to: open.id.number, effective: at, clinic: open.record.clinic.number)
  }

  /// An entry with its number.
  private typealias Open = (id: TimeEntryID, record: TimeEntryRecord)

  private func openEntry(_ state: DeskState, _ review: inout Review) -> Open? {
    if let entry {
      guard let known = review.known(entry, in: state.people.entries, "entry") else { return nil }
      review.requireOneself(known.staff, or: [.payroll, .admin], "entry")
      if let end = known.end {
        review.refuse(PeopleRefusal.entryEnded(entry, at: end), "entry")
        return nil
      }
      return (entry, known)
    }
    let staff = review.worker(staff, state, "staff")
    guard let member = state.people.members[staff] else { return nil }
    guard let id = member.openEntries.last, let known = state.people.entries[id] else {
      review.refuse(PeopleRefusal.notClockedIn(staff), "staff")
      return nil
    }
    return (id, known)
  }

  private func check(
    _ open: Open, _ at: Moment, _ state: DeskState, _ review: inout Review
  ) {
    let start = open.record.start
    guard at.instant > start.instant else {
      review.refuse(PeopleRefusal.endsBeforeEntry(start.instant), "at")
      return
    }
    if WorkedTime.needsCorrection(from: start.instant, to: at.instant) {
      review.note(PeopleRefusal.needsCorrection(open.id), "at")
    } else {
      review.requireBreak(breakSeconds, from: start.instant, to: at.instant)
      if let other = state.people.overlap(
        of: open.record.staff, from: start.instant, to: at.instant, except: open.id)
      {
        review.question(PeopleRefusal.entryTaken(other), "at")
      }
    }
    review.requireOpenPayroll(at: open.record.clinic, on: start.day, state, "at")
  }
}

extension Review {
  mutating func requireBreak(_ seconds: UInt32, from start: Instant, to end: Instant) {
    if Int64(seconds) * 1000 > end.milliseconds - start.milliseconds {
      refuse(
        DeskRefusal.outOfRange("the break", "at most as long as the time"), "breakSeconds")
    }
  }
}

extension PeopleState {
  /// An entry of the member that shares time with the interval, ended or open.
  func overlap(
    of staff: StaffID, from start: Instant, to end: Instant, except entry: TimeEntryID
  ) -> TimeEntryID? {
    if let other = entryTimes.last(
      of: staff.number, from: start.milliseconds, to: end.milliseconds, except: entry.number)
    {
      return TimeEntryID(other.number)
    }
    for open in members[staff]?.openEntries ?? [] where open != entry {
      if let since = entries[open]?.start.instant, since >= start, since < end { return open }
    }
    return nil
  }
}
