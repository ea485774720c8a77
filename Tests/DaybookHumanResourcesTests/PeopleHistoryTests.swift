import DaybookClinicEvents
import DaybookEvents
import DaybookHumanResources
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

/// What happens to people, told to a clinic's feed.
extension Clinic {
  mutating func hireNurse(_ change: (inout StaffHired) -> Void = { _ in }) throws {
    let start = try day("2026-01-01")
    var hired = StaffHired.with {
      $0.staff = StaffID(5)
      $0.positions = ["NURSE"]
      $0.clinics = [ClinicID(1)]
      $0.contract = .employee
      $0.weekSeconds = 144_000
      $0.payBasis = .hour
      $0.payRate = UnitPrice(tenThousandths: 200_000)
      $0.leaveDays = Quantity(thousandths: 20_000)
      $0.start = start
    }
    change(&hired)
    try feed.append(hired, to: 5, at: "2026-01-01T00:00:00+01:00", reference: "nurse")
  }

  mutating func clockIn(_ entry: UInt64, _ at: String) throws {
    let instant = try Moment(parsing: at).instant
    try feed.append(
      ClockedIn.with {
        $0.entry = TimeEntryID(entry)
        $0.staff = StaffID(5)
        $0.clinic = ClinicID(1)
        $0.at = instant
      }, to: entry, at: at)
  }

  mutating func clockOut(_ entry: UInt64, _ at: String, breakSeconds: UInt32 = 0) throws {
    let instant = try Moment(parsing: at).instant
    try feed.append(
      ClockedOut.with {
        $0.entry = TimeEntryID(entry)
        $0.at = instant
        $0.breakSeconds = breakSeconds
      }, to: entry, at: at)
  }

  mutating func absent(
    _ absence: UInt64, _ type: AbsenceType, _ from: String, _ to: String, seconds: UInt32,
    requested: Bool = false
  ) throws {
    let (first, last) = (try day(from), try day(to))
    try feed.append(
      AbsenceRecorded.with {
        $0.absence = AbsenceID(absence)
        $0.staff = StaffID(5)
        $0.type = type
        $0.from = first
        $0.to = last
        $0.seconds = seconds
        $0.requested = requested
      }, to: absence, at: "\(from)T00:00:00+01:00")
  }

  mutating func decide(_ absence: UInt64, _ outcome: AbsenceOutcome) throws {
    try feed.append(
      AbsenceDecided.with {
        $0.absence = AbsenceID(absence)
        $0.outcome = outcome
      }, to: absence, at: "2026-03-01T00:00:00+01:00")
  }

  func query(_ from: String?, _ to: String) throws -> StaffQuery {
    var query = StaffQuery()
    query.staff = StaffID(5)
    query.from = try from.map { try day($0) }
    query.to = try day(to)
    return query
  }
}

@Suite struct `What is known of people` {
  @Test func `a contract's terms hold from their days on, and end with its last day`() throws {
    var clinic = try Clinic()
    try clinic.hireNurse()
    let from = try day("2026-04-01")
    try clinic.feed.append(
      ContractAmended.with {
        $0.staff = StaffID(5)
        $0.from = from
        $0.positions = ["HEAD NURSE"]
        $0.clinics = [ClinicID(2)]
        $0.contract = .contractor
      }, to: 5, at: "2026-04-01T00:00:00+02:00")
    let last = try day("2026-06-30")
    try clinic.feed.append(
      StaffLeft.with {
        $0.staff = StaffID(5)
        $0.lastDay = last
        $0.reason = .resigned
      }, to: 5, at: "2026-06-30T00:00:00+02:00")
    func row(_ on: String) throws -> [String] {
      try clinic.list { $0.on = try day(on) }.csvRows.filter { $0.hasPrefix("D5") }
    }
    #expect(try row("2025-12-31") == [])
    #expect(
      try row("2026-03-31") == ["D5,nurse,NURSE,employee,L1,clinic-sol,2026-01-01"])
    #expect(try row("2026-04-01") == ["D5,nurse,HEAD NURSE,contractor,L2,,2026-01-01"])
    #expect(try row("2026-06-30").count == 1)
    #expect(try row("2026-07-01") == [])
  }

  // Lessons, section 3, row 22: out at 06:00 of the next day, whole on the day of its beginning.
  @Test func `hours are paired by the entry, and the night counts on the day on which it began`()
    throws
  {
    var clinic = try Clinic()
    try clinic.hireNurse()
    try clinic.clockIn(1, "2026-03-02T22:00:00+01:00")
    try clinic.clockOut(1, "2026-03-03T06:00:00+01:00", breakSeconds: 1800)
    try clinic.clockIn(2, "2026-03-03T22:00:00+01:00")
    try clinic.absent(1, .sick, "2026-03-04", "2026-03-05", seconds: 57_600)
    let report = try StaffHoursReport.report(
      from: clinic.feed.model, asOf: clinic.feed.position,
      try clinic.query("2026-03-02", "2026-03-04"))
    // scheduled, worked, break, overtime, absent, difference
    #expect(report.csvRows == ["D5,nurse,0,27000,1800,0,28800,27000"])
    let open = OpenEntriesReport.report(
      from: clinic.feed.model, asOf: clinic.feed.position, try clinic.query(nil, "2026-03-05"))
    #expect(open.csvRows == ["D5,nurse,TE2,L1,2026-03-03T21:00:00Z,,"])
  }

  @Test func `an entry above a day is listed, and counts once it is corrected`() throws {
    var clinic = try Clinic()
    try clinic.hireNurse()
    try clinic.clockIn(1, "2026-03-02T08:00:00+01:00")
    try clinic.clockOut(1, "2026-03-03T09:00:00+01:00")
    func open() throws -> Int {
      OpenEntriesReport.report(
        from: clinic.feed.model, asOf: clinic.feed.position, try clinic.query(nil, "2026-03-05")
      ).rows.count
    }
    #expect(try open() == 1)
    let (start, end) = (try time("2026-03-02T07:00:00Z"), try time("2026-03-02T16:00:00Z"))
    try clinic.feed.append(
      TimeEntryCorrected.with {
        $0.entry = TimeEntryID(1)
        $0.clockIn = start
        $0.clockOut = end
      }, to: 1, at: "2026-03-02T08:00:00+01:00")
    #expect(try open() == 0)
    let hours = try StaffHoursReport.report(
      from: clinic.feed.model, asOf: clinic.feed.position,
      try clinic.query("2026-03-02", "2026-03-02"))
    #expect(hours.csvRows == ["D5,nurse,0,32400,0,0,0,32400"])
  }

  @Test func `leave is entitled, taken, booked and left`() throws {
    var clinic = try Clinic()
    try clinic.hireNurse()
    try clinic.absent(1, .holiday, "2026-03-02", "2026-03-06", seconds: 144_000)
    try clinic.absent(2, .holiday, "2026-08-03", "2026-08-07", seconds: 144_000, requested: true)
    try clinic.absent(3, .holiday, "2026-09-07", "2026-09-07", seconds: 28_800, requested: true)
    try clinic.decide(3, .refused)
    let report = LeaveReport.report(
      from: clinic.feed.model, asOf: clinic.feed.position, try clinic.query(nil, "2026-03-04"))
    // Three of five days are taken, two and the week in August booked; 20 days are 576,000 seconds.
    #expect(report.csvRows == ["D5,nurse,576000,86400,201600,288000"])
  }

  @Test func `a payroll is worked out from times, absences and commission`() throws {
    var clinic = try Clinic()
    try clinic.hireNurse()
    for day in 2...6 {
      try clinic.clockIn(UInt64(day), "2026-03-0\(day)T08:00:00+01:00")
      try clinic.clockOut(UInt64(day), "2026-03-0\(day)T17:00:00+01:00")
    }
    try clinic.absent(1, .holiday, "2026-03-09", "2026-03-09", seconds: 28_800)
    try clinic.feed.append(
      CommissionAccrued.with {
        $0.rule = CommissionRuleID(1)
        $0.staff = StaffID(5)
        $0.charge = ChargeID(1)
        $0.amount = Amount(minorUnits: 1_234)
      }, to: 1, at: "2026-03-10T08:00:00+01:00")
    let (from, to) = (try day("2026-03-01"), try day("2026-03-31"))
    let position = clinic.feed.position
    let draft = try clinic.feed.model.payrollDraft(
      of: ClinicID(1), from: from, to: to, knownAt: position)
    let line = try #require(draft.lines.first { $0.staff == StaffID(5) })
    #expect(line.seconds == 162_000 && line.overtimeSeconds == 18_000)
    #expect(line.components.map(\.code) == ["wage", "paidLeave"])
    #expect(line.components.map(\.amount.minorUnits) == [90_000, 16_000])
    #expect(line.commission.minorUnits == 1_234 && line.net.minorUnits == 107_234)
    // Approved, it holds: it rests on what the log said right before it, and settles the commission.
    let approved = PayrollApproved.with {
      $0.run = PayrollRunID(1)
      $0.clinic = ClinicID(1)
      $0.from = from
      $0.to = to
      $0.lines = Few(draft.lines)
      $0.sourceDigest = draft.sourceDigest
    }
    try clinic.feed.append(approved, to: 1, at: "2026-03-31T00:00:00+02:00")
    #expect(HumanResourcesChecks.run(clinic.feed.model).filter { !$0.passed } == [])
    let again = try clinic.feed.model.payrollDraft(
      of: ClinicID(1), from: from, to: to, knownAt: clinic.feed.position)
    #expect(again.lines.map(\.commission) == [.zero])
    #expect(again.sourceDigest != draft.sourceDigest)
    var wrong = approved
    wrong.run = PayrollRunID(2)
    try clinic.feed.append(wrong, to: 2, at: "2026-03-31T00:00:00+02:00")
    // The run is not what the log says; no period was closed, and nothing was stated of one.
    #expect(
      HumanResourcesChecks.run(clinic.feed.model).map(\.passed) == [true, true, false, true])
  }
}
