public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Records working time of a day as it is known from elsewhere, at the clinic of the envelope.
///
/// Answers with `HoursRecorded`, one for each total. Hours of a person never stand beside clock entries of that person
/// on the same day; the total of a role may be above 24 hours.
public struct RecordHours: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// When.
  public var day = Day()
  /// As what: the role's name at the source.
  public var role = ""
  /// Under what sort of contract; unspecified where the source does not say.
  public var contract = ContractType.unspecified
  /// How much, in seconds.
  public var seconds: UInt32 = 0
  /// Whose time it is; nil for a total of several people.
  public var staff: StaffID?
  /// Where it is known from.
  public var source = ""
  /// Totals of other roles and contracts on that day: all of it is recorded, or nothing.
  public var further: Few<RoleHours> = []

  /// No time: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "day", &day)
    try fields.visit(2, "role", &role)
    try fields.visit(3, "contract", &contract)
    try fields.visit(4, "seconds", &seconds)
    try fields.visit(5, "staff", &staff)
    try fields.visit(6, "source", &source)
    try fields.visit(7, "further", &further)
  }
}

/// The time of all who worked in one role under one sort of contract.
public struct RoleHours: Payload, Hashable {
  /// As what: the role's name at the source.
  public var role = ""
  /// Under what sort of contract; unspecified where the source does not say.
  public var contract = ContractType.unspecified
  /// How much, in seconds.
  public var seconds: UInt32 = 0

  /// No time: to be filled in.
  public init() {}

  /// `seconds` in `role` under `contract`.
  public init(_ role: String, _ contract: ContractType, seconds: UInt32) {
    self.role = role
    self.contract = contract
    self.seconds = seconds
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "role", &role)
    try fields.visit(2, "contract", &contract)
    try fields.visit(3, "seconds", &seconds)
  }
}

extension RecordHours {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.payroll, .admin], needsClinic: true)
    review.requireInRange(day, "day")
    let begins = review.start(of: day)
    if day.isInRange { review.requireFact(begins, "day") }
    if staff == nil { review.requireText(role, "role") }
    if let staff, let member = review.known(staff, in: state.people.members, "staff") {
      review.requireWorking(staff, member, on: day, "staff")
      if seconds > 86_400 {
        review.refuse(
          DeskRefusal.outOfRange("\(seconds) s", "at most the time of a day"), "seconds")
      }
      check(staff, member, begins, state, &review)
    }
    for part in further { review.requireText(part.role, "further.role") }
    try review.conclude(into: &decision)

    let parts: [RoleHours] = [RoleHours(role, contract, seconds: seconds)] + further
    for (index, part) in parts.enumerated() {
      let recorded = HoursRecorded.with {
        $0.clinic = ClinicID(context.clinic)
        $0.day = day
        $0.role = part.role.trimmed
        $0.contract = part.contract
        $0.seconds = part.seconds
        $0.staff = index == 0 ? staff : nil
        $0.source = source
      }
      try decision.append(recorded, to: context.clinic, effective: begins)
    }
  }

  private func check(
    _ staff: StaffID, _ member: MemberRecord, _ begins: Moment, _ state: DeskState,
    _ review: inout Review
  ) {
    review.requireOpenPayroll(at: ClinicID(review.context.clinic), on: day, state, "day")
    // Entries count on the day on which they began, by their own clinic's clock.
    let start = begins.instant.milliseconds - 86_400_000
    let entries = state.people.entryTimes.all(
      of: staff.number, from: start, to: start + 3 * 86_400_000)
    if let entry = entries.first(where: { $0.day == day.daysSince1970 }) {
      review.refuse(
        PeopleRefusal.hasClocked(staff, day, TimeEntryID(entry.number)), "staff")
    }
    for open in member.openEntries where state.people.entries[open]?.start.day == day {
      review.refuse(PeopleRefusal.hasClocked(staff, day, open), "staff")
    }
  }
}
