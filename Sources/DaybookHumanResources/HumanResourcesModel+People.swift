import DaybookBytes
import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

/// What is known of people beside whom they treat: histories, in position order.
struct PeopleHistory: Sendable {
  var shifts: History<ShiftRow>
  var times: History<TimeRow>
  var absences: History<AbsenceRow>
  var credentials: History<CredentialRow>
  var accruals: History<AccrualRow>
  var payrolls: History<PayrollRow>
  /// The digests of the sources of payroll runs, by the position of the run.
  var sources: [UInt64: [UInt8]] = [:]

  init(chunkRows: Int) {
    shifts = History(chunkRows: chunkRows)
    times = History(chunkRows: chunkRows)
    absences = History(chunkRows: chunkRows)
    credentials = History(chunkRows: chunkRows)
    accruals = History(chunkRows: chunkRows)
    payrolls = History(chunkRows: chunkRows)
  }

  /// Appends the digests that the histories had at `position`, inclusive.
  func appendDigests(through position: Position, to writer: inout ByteWriter) {
    shifts.digest(through: position).append(to: &writer)
    times.digest(through: position).append(to: &writer)
    absences.digest(through: position).append(to: &writer)
    credentials.digest(through: position).append(to: &writer)
    accruals.digest(through: position).append(to: &writer)
    payrolls.digest(through: position).append(to: &writer)
  }
}

extension PeopleHistory: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("shifts", &shifts)
    try parts.visit("times", &times)
    try parts.visit("absences", &absences)
    try parts.visit("credentials", &credentials)
    try parts.visit("accruals", &accruals)
    try parts.visit("payrolls", &payrolls)
    try parts.visit("sources", &sources)
  }
}

extension HumanResourcesModel {
  mutating func applyHumanResources(_ event: borrowing Event) throws {
    guard let tag = HumanResourcesTag(rawValue: event.header.tag) else { return }
    let header = event.header
    switch tag {
    case .staffHired:
      let hired = try event.payload(StaffHired.self)
      references.note(event)
      employments.append(
        Employment(
          position: header.position, kind: .hired, staff: hired.staff,
          positions: Array(hired.positions), terms: ContractTerms(hired), day: hired.start))
    case .contractAmended:
      let amended = try event.payload(ContractAmended.self)
      employments.append(
        Employment(
          position: header.position, kind: .amended, staff: amended.staff,
          positions: Array(amended.positions), terms: ContractTerms(amended), day: amended.from))
    case .staffLeft:
      let left = try event.payload(StaffLeft.self)
      employments.append(
        Employment(position: header.position, kind: .left, staff: left.staff, day: left.lastDay))
    case .credentialRecorded:
      let recorded = try event.payload(CredentialRecorded.self)
      people.credentials.append(
        CredentialRow(
          position: header.position, staff: recorded.staff, type: recorded.type,
          name: recorded.name, from: recorded.from, to: recorded.to))
    case .shiftScheduled: schedule(try event.payload(), header)
    case .clockedIn, .clockedOut, .timeEntryCorrected, .hoursRecorded: try takeTime(event, tag)
    case .absenceRecorded: record(try event.payload(), header)
    case .absenceDecided:
      let decided = try event.payload(AbsenceDecided.self)
      people.absences.append(
        AbsenceRow(
          position: header.position, absence: decided.absence.number, outcome: decided.outcome))
    case .commissionRuleSet: break
    case .commissionAccrued: accrue(try event.payload(), header)
    case .payrollApproved: approve(try event.payload(), header)
    }
  }

  /// What is undone gets a row that says so: what was known before stays.
  mutating func applyCorrections(_ event: borrowing Event) throws {
    guard let tag = CorrectionsTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .reversed:
      let position = event.header.position
      let reversed = try event.payload(Reversed.self)
      if reversed.isOf(ShiftScheduled.self) {
        let shift = try reversed.original(ShiftScheduled.self)
        people.shifts.append(
          ShiftRow(position: position, shift: shift.shift.number, stands: false))
      } else if reversed.isOf(AbsenceRecorded.self) {
        let absence = try reversed.original(AbsenceRecorded.self)
        people.absences.append(
          AbsenceRow(
            position: position, absence: absence.absence.number, outcome: .cancelled))
      } else if reversed.isOf(PayrollApproved.self) {
        let approved = try reversed.original(PayrollApproved.self)
        people.payrolls.append(
          PayrollRow(
            position: position, run: approved.run.number, clinic: approved.clinic.number))
      }
    }
  }

  private mutating func schedule(_ shift: ShiftScheduled, _ header: RecordHeader) {
    people.shifts.append(
      ShiftRow(
        position: header.position, shift: shift.shift.number, staff: shift.staff,
        clinic: shift.clinic.number, role: shift.role, day: header.effective.day,
        start: shift.start, end: shift.end,
        seconds: WorkedTime.seconds(
          from: shift.start, to: shift.end, breakSeconds: shift.breakSeconds)))
  }

  private mutating func takeTime(
    _ event: borrowing Event, _ tag: HumanResourcesTag
  ) throws {
    let header = event.header
    var row = TimeRow(position: header.position)
    switch tag {
    case .clockedIn:
      let clocked = try event.payload(ClockedIn.self)
      row.kind = .clockedIn
      row.entry = clocked.entry.number
      row.staff = clocked.staff
      row.clinic = clocked.clinic.number
      row.at = clocked.at
    case .clockedOut:
      let clocked = try event.payload(ClockedOut.self)
      row.kind = .clockedOut
      row.entry = clocked.entry.number
      row.at = clocked.at
      row.seconds = clocked.breakSeconds
    case .timeEntryCorrected:
      let corrected = try event.payload(TimeEntryCorrected.self)
      row.kind = .corrected
      row.entry = corrected.entry.number
      row.at = corrected.clockIn
      row.end = corrected.clockOut
      row.seconds = corrected.breakSeconds
    case .hoursRecorded:
      let recorded = try event.payload(HoursRecorded.self)
      row.kind = .hours
      row.staff = recorded.staff ?? StaffID()
      row.clinic = recorded.clinic.number
      row.day = recorded.day
      row.seconds = recorded.seconds
      row.role = recorded.role
      people.times.append(row)
      return
    default: return
    }
    row.day = Moment(row.at, header.effective.offset).day
    people.times.append(row)
  }

  private mutating func record(_ absence: AbsenceRecorded, _ header: RecordHeader) {
    people.absences.append(
      AbsenceRow(
        position: header.position, absence: absence.absence.number, staff: absence.staff,
        type: absence.type, from: absence.from, to: absence.to, seconds: absence.seconds,
        outcome: absence.requested ? .unspecified : .approved))
  }

  private mutating func accrue(_ accrued: CommissionAccrued, _ header: RecordHeader) {
    people.accruals.append(
      AccrualRow(
        position: header.position, rule: accrued.rule.number, staff: accrued.staff,
        clinic: header.clinic, charge: accrued.charge.number, day: header.effective.day,
        cause: accrued.cause.rawValue, basis: accrued.basis.minorUnits,
        amount: accrued.amount.minorUnits))
  }

  private mutating func approve(_ approved: PayrollApproved, _ header: RecordHeader) {
    for line in approved.lines {
      var row = PayrollRow(
        position: header.position, run: approved.run.number, clinic: approved.clinic.number,
        from: approved.from, to: approved.to, staff: line.staff, contract: line.contract,
        seconds: line.seconds, overtimeSeconds: line.overtimeSeconds)
      for component in line.components {
        switch component.type {
        case .earning: row.earnings &+= component.amount.minorUnits
        case .taxWithheld, .employeeShare, .advanceRepaid:
          row.deductions &+= component.amount.minorUnits
        case .employerShare: row.employer &+= component.amount.minorUnits
        case .unspecified: break
        }
      }
      row.commission = line.commission.minorUnits
      row.net = line.net.minorUnits
      people.payrolls.append(row)
    }
    people.sources[header.position.number] = approved.sourceDigest
  }
}
