package import DaybookBytes
package import DaybookClinicEvents
import DaybookClinicRules
package import DaybookEvents
package import DaybookValues

/// Contracts, credentials, shifts, time, absences and pay.
package struct PeopleState: Sendable {
  package private(set) var members = Dense<StaffKind, MemberRecord>()
  package private(set) var shifts = Dense<ShiftKind, ShiftRecord>()
  package private(set) var entries = Dense<TimeEntryKind, TimeEntryRecord>()
  package private(set) var absences = Dense<AbsenceKind, AbsenceRecord>()
  package private(set) var runs = Dense<PayrollRunKind, PayrollRunRecord>()
  package internal(set) var rules = Dense<CommissionRuleKind, CommissionRuleRecord>()
  package internal(set) var commission = CommissionState()
  /// When members are on shift and at work, in milliseconds.
  package private(set) var shiftTimes = BookedTimes()
  package private(set) var entryTimes = BookedTimes()
  /// When members are absent, and for which days hours are known from elsewhere, in days.
  package private(set) var absenceTimes = BookedTimes()
  package private(set) var hourTimes = BookedTimes()
  /// The days whose payroll is approved, by clinic.
  package private(set) var runTimes = BookedTimes()

  // MARK: - Questions

  /// Whether anybody earns commission.
  var hasCommission: Bool { rules.count > 0 }

  /// An approved leave of whole days that holds one of the days; nil where there is none.
  ///
  /// Part of a day leaves room for a shift.
  package func leave(of staff: StaffID, from: Day, to: Day) -> AbsenceID? {
    let found = absenceTimes.all(
      of: staff.number, from: Int64(from.daysSince1970), to: Int64(to.daysSince1970) + 1)
    for time in found {
      let id = AbsenceID(time.number)
      guard let absence = absences[id], absence.outcome == .approved else { continue }
      let day = members[staff]?.engagement.terms(on: absence.from).daySeconds ?? 0
      if absence.from == absence.to, absence.seconds > 0, Int64(absence.seconds) < day { continue }
      return id
    }
    return nil
  }

  /// Whether the member has any shift in the week of the day, so that bookings are held against
  /// shifts.
  ///
  /// - Parameters:
  ///   - start: The beginning of the week's Monday.
  ///   - end: The beginning of the next Monday.
  package func hasShift(_ staff: StaffID, from start: Instant, to end: Instant) -> Bool {
    shiftTimes.last(of: staff.number, from: start.milliseconds, to: end.milliseconds) != nil
  }

  /// Whether one shift of the member at the clinic holds the whole interval.
  package func isOnShift(
    _ staff: StaffID, at clinic: ClinicID, from start: Instant, to end: Instant
  ) -> Bool {
    shiftTimes.all(of: staff.number, from: start.milliseconds, to: end.milliseconds).contains {
      $0.clinic == clinic.number && $0.start <= start.milliseconds && $0.end >= end.milliseconds
    }
  }

  // MARK: - Contracts

  mutating func hire(_ event: StaffHired) throws(WireError) {
    var record = MemberRecord()
    record.engagement = Engagement(event)
    record.person = event.person.person
    try members.append(record, as: event.staff)
  }

  mutating func amend(_ event: ContractAmended) throws(WireError) {
    try members.update(event.staff) { $0.engagement.amend(event) }
  }

  mutating func leave(_ event: StaffLeft) throws(WireError) {
    try members.update(event.staff) { $0.engagement.lastDay = event.lastDay }
  }

  mutating func record(_ event: CredentialRecorded) throws(WireError) {
    let credential = CredentialRecord(
      type: event.type, name: event.name, from: event.from, to: event.to)
    try members.update(event.staff) { $0.credentials.append(credential) }
  }

  // MARK: - Shifts

  mutating func schedule(_ event: ShiftScheduled, _ header: RecordHeader) throws(WireError) {
    try require(event.staff)
    try shifts.append(
      ShiftRecord(staff: event.staff, start: event.start), as: event.shift)
    var time = BookedTime(
      start: event.start.milliseconds, end: event.end.milliseconds, number: event.shift.number,
      clinic: event.clinic.number, day: header.effective.day.daysSince1970)
    time.seconds = WorkedTime.seconds(
      from: event.start, to: event.end, breakSeconds: event.breakSeconds)
    try shiftTimes.add(time, to: event.staff.number)
  }

  /// The shift does not take place.
  mutating func undo(_ event: ShiftScheduled) throws(WireError) {
    try shiftTimes.remove(
      event.shift.number, from: event.start.milliseconds, of: event.staff.number)
  }

  // MARK: - Time

  mutating func clockIn(_ event: ClockedIn, _ header: RecordHeader) throws(WireError) {
    let start = Moment(event.at, header.effective.offset)
    try entries.append(
      TimeEntryRecord(staff: event.staff, clinic: event.clinic, start: start), as: event.entry)
    try members.update(event.staff) { $0.openEntries.append(event.entry) }
    try entryTimes.add(
      Self.time(event.entry, at: event.clinic, from: start), to: event.staff.number)
  }

  private static func time(
    _ entry: TimeEntryID, at clinic: ClinicID, from start: Moment
  ) -> BookedTime {
    BookedTime(
      start: start.instant.milliseconds, end: start.instant.milliseconds, number: entry.number,
      clinic: clinic.number, day: start.day.daysSince1970)
  }

  mutating func clockOut(_ event: ClockedOut) throws(WireError) {
    guard let entry = entries[event.entry] else { throw Self.unknown("entry") }
    try close(event.entry, entry)
    let seconds = WorkedTime.seconds(
      from: entry.start.instant, to: event.at, breakSeconds: event.breakSeconds)
    try entryTimes.change(
      event.entry.number, from: entry.start.instant.milliseconds, of: entry.staff.number
    ) {
      $0.end = event.at.milliseconds
      $0.seconds = seconds
    }
    try entries.update(event.entry) { $0.end = event.at }
  }

  mutating func correct(
    _ event: TimeEntryCorrected, _ header: RecordHeader
  ) throws(WireError) {
    guard let entry = entries[event.entry] else { throw Self.unknown("entry") }
    try close(event.entry, entry)
    try entryTimes.remove(
      event.entry.number, from: entry.start.instant.milliseconds, of: entry.staff.number)
    let start = Moment(event.clockIn, header.effective.offset)
    var time = Self.time(event.entry, at: entry.clinic, from: start)
    time.end = event.clockOut.milliseconds
    time.seconds = WorkedTime.seconds(
      from: event.clockIn, to: event.clockOut, breakSeconds: event.breakSeconds)
    try entryTimes.add(time, to: entry.staff.number)
    try entries.update(event.entry) {
      $0.start = start
      $0.end = event.clockOut
    }
  }

  private mutating func close(_ id: TimeEntryID, _ entry: TimeEntryRecord) throws(WireError) {
    guard entry.end == nil else { return }
    try members.update(entry.staff) { member in
      member.openEntries = Few(member.openEntries.filter { $0 != id })
    }
  }

  mutating func record(_ event: HoursRecorded) throws(WireError) {
    guard let staff = event.staff else { return }
    try require(staff)
    let day = event.day.daysSince1970
    try hourTimes.add(
      BookedTime(
        start: Int64(day), end: Int64(day) + 1, number: 0, clinic: event.clinic.number, day: day,
        seconds: event.seconds), to: staff.number)
  }

  // MARK: - Absences

  mutating func record(_ event: AbsenceRecorded) throws(WireError) {
    try require(event.staff)
    try absences.append(
      AbsenceRecord(
        staff: event.staff, type: event.type, from: event.from, to: event.to,
        seconds: event.seconds, outcome: event.requested ? .unspecified : .approved),
      as: event.absence)
    let from = event.from.daysSince1970
    try absenceTimes.add(
      BookedTime(
        start: Int64(from), end: Int64(event.to.daysSince1970) + 1, number: event.absence.number,
        day: from, seconds: event.seconds), to: event.staff.number)
  }

  mutating func decide(_ event: AbsenceDecided) throws(WireError) {
    guard let absence = absences[event.absence] else { throw Self.unknown("absence") }
    try absences.update(event.absence) { $0.outcome = event.outcome }
    if absence.stands, event.outcome != .approved { try free(event.absence, absence) }
  }

  /// The absence does not take place.
  mutating func undo(_ event: AbsenceRecorded) throws(WireError) {
    guard let absence = absences[event.absence] else { throw Self.unknown("absence") }
    try absences.update(event.absence) { $0.outcome = .cancelled }
    if absence.stands { try free(event.absence, absence) }
  }

  /// What rests on an absence: the payroll that is approved for one of its days.
  func dependents(of event: AbsenceRecorded) -> String? {
    guard event.type.changesPay, absences[event.absence]?.outcome == .approved,
      let home = members[event.staff]?.engagement.terms(on: event.from).home,
      let run = runTimes.last(
        of: home.number, from: Int64(event.from.daysSince1970),
        to: Int64(event.to.daysSince1970) + 1)
    else { return nil }
    return "\(PayrollRunID(run.number)) has settled its pay"
  }

  private mutating func free(
    _ id: AbsenceID, _ absence: AbsenceRecord
  ) throws(WireError) {
    try absenceTimes.remove(
      id.number, from: Int64(absence.from.daysSince1970), of: absence.staff.number)
  }

  // MARK: - Pay

  mutating func set(_ event: CommissionRuleSet) throws(WireError) {
    if rules.contains(event.rule) {
      try rules.update(event.rule) { $0 = CommissionRuleRecord(event) }
    } else {
      try rules.append(CommissionRuleRecord(event), as: event.rule)
      try members.update(event.staff) { $0.commissionRules.append(event.rule) }
    }
  }

  mutating func approve(_ event: PayrollApproved) throws(WireError) {
    try runs.append(
      PayrollRunRecord(clinic: event.clinic, from: event.from, to: event.to), as: event.run)
    try runTimes.add(
      BookedTime(
        start: Int64(event.from.daysSince1970), end: Int64(event.to.daysSince1970) + 1,
        number: event.run.number, clinic: event.clinic.number), to: event.clinic.number)
    for line in event.lines { try settle(line, at: event.clinic, sign: 1) }
  }

  /// The run settles commission; an employee's is paid with the wages, a contractor's owed until it is
  /// invoiced.
  private mutating func settle(
    _ line: PayrollLine, at clinic: ClinicID, sign: Int64
  ) throws(WireError) {
    let amount = sign &* line.commission.minorUnits
    try commission.settle(amount, of: line.staff, at: clinic)
    if line.contract != .contractor, amount != 0 {
      try commission.owe(0 &- amount, to: line.staff, at: clinic)
    }
  }

  /// The run's days may be paid anew.
  mutating func undo(_ event: PayrollApproved) throws(WireError) {
    try runs.update(event.run) { $0.stands = false }
    try runTimes.remove(
      event.run.number, from: Int64(event.from.daysSince1970), of: event.clinic.number)
    for line in event.lines { try settle(line, at: event.clinic, sign: -1) }
  }

  private func require(_ staff: StaffID) throws(WireError) {
    if !members.contains(staff) { throw Self.unknown(StaffKind.name) }
  }

  private static func unknown(_ field: String) -> WireError {
    WireError(.outOfRange, at: 0, field: field)
  }
}

extension PeopleState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("members", &members)
    try parts.visit("shifts", &shifts)
    try parts.visit("entries", &entries)
    try parts.visit("absences", &absences)
    try parts.visit("runs", &runs)
    try parts.visit("rules", &rules)
    try parts.visit("commission", &commission)
    try parts.visit("shiftTimes", &shiftTimes)
    try parts.visit("entryTimes", &entryTimes)
    try parts.visit("absenceTimes", &absenceTimes)
    try parts.visit("hourTimes", &hourTimes)
    try parts.visit("runTimes", &runTimes)
  }
}
