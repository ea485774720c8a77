public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Says what an entry of time should have said, and ends it if it was left open.
///
/// Answers with `TimeEntryCorrected`. Somebody else than the worker approves; the payroll of the
/// day, as it was and as it is corrected, is still open.
public struct CorrectTimeEntry: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The entry of time.
  public var entry = TimeEntryID()
  /// When the work began; nil for what the entry says.
  public var clockIn: Instant?
  /// When it ended, at most 24 hours later.
  public var clockOut = Instant()
  /// How much of it was break, in seconds.
  public var breakSeconds: UInt32 = 0
  /// Why.
  public var reason = ""
  /// Who approves it; nil for the actor.
  public var approver: StaffID?

  /// No entry: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "entry", &entry)
    try fields.visit(2, "clockIn", &clockIn)
    try fields.visit(3, "clockOut", &clockOut)
    try fields.visit(4, "breakSeconds", &breakSeconds)
    try fields.visit(5, "reason", &reason)
    try fields.visit(6, "approver", &approver)
  }
}

extension CorrectTimeEntry {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: ClinicRole.ofAnybody, needsClinic: true)
    let known = review.known(entry, in: state.people.entries, "entry")
    let start = clockIn.map { review.moment($0) } ?? known?.start ?? review.effective
    review.requireFact(start, "clockIn")
    review.requireFact(review.moment(clockOut), "clockOut")
    if reason.trimmed.isEmpty { review.question(PeopleReason.missing, "reason") }
    var approver = approver
    if let known {
      review.requireHere(known.clinic, "entry \(entry)", "entry")
      approver = review.approver(
        approver, of: known.staff, roles: [.payroll, .admin], state, "approver")
      check(known, start, state, &review)
    }
    try review.conclude(into: &decision)

    let member = known.flatMap { state.people.members[$0.staff] }
    let corrected = TimeEntryCorrected.with {
      $0.entry = entry
      $0.clockIn = start.instant
      $0.clockOut = clockOut
      $0.breakSeconds = breakSeconds
      $0.reason = review.staffNote(reason, member)
      $0.approver = approver
    }
    try decision.append(corrected, to: entry.number, effective: start)
  }

  private func check(
    _ known: TimeEntryRecord, _ start: Moment, _ state: DeskState, _ review: inout Review
  ) {
    guard start.instant.isInRange, clockOut.isInRange else { return }
    if clockOut <= start.instant {
      review.refuse(PeopleRefusal.endsBeforeEntry(start.instant), "clockOut")
    } else if WorkedTime.needsCorrection(from: start.instant, to: clockOut) {
      review.refuse(PeopleRefusal.needsCorrection(entry), "clockOut")
    } else {
      review.requireBreak(breakSeconds, from: start.instant, to: clockOut)
      if let other = state.people.overlap(
        of: known.staff, from: start.instant, to: clockOut, except: entry)
      {
        review.question(PeopleRefusal.entryTaken(other), "clockOut")
      }
    }
    review.requireNoHours(of: known.staff, on: start.day, state, "clockIn")
    review.requireOpenPayroll(at: known.clinic, on: known.start.day, state, "entry")
    if start.day != known.start.day {
      review.requireOpenPayroll(at: known.clinic, on: start.day, state, "clockIn")
    }
  }
}
