import DaybookBytes
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Commands about people on the wire` {
  private func survives<C: Command & Equatable>(
    _ command: C, fields: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let bytes = try command.encoded()
    #expect(try C(decoding: bytes) == command, sourceLocation: sourceLocation)
    #expect(
      Mirror(reflecting: command).children.count == fields,
      "a new field wants a place here and in the description", sourceLocation: sourceLocation)
  }

  private let day = Day(daysSince1970: 20_000)
  private let instant = Instant(milliseconds: 7)

  @Test func `contracts, credentials and shifts read back`() throws {
    try survives(
      AmendContract.with {
        $0.staff = StaffID(1)
        $0.from = day
        $0.positions = ["p"]
        $0.clinics = [ClinicID(1)]
        $0.contract = .owner
        $0.weekSeconds = 1
        $0.payBasis = .hour
        $0.payRate = UnitPrice(tenThousandths: 1)
        $0.leaveDays = .one
        $0.overtimePremium = Rate(basisPoints: 1)
        $0.reason = "r"
      }, fields: 11)
    try survives(
      EndContract.with {
        $0.staff = StaffID(1)
        $0.lastDay = day
        $0.reason = .retired
      }, fields: 3)
    try survives(
      RecordCredential.with {
        $0.staff = StaffID(1)
        $0.type = .licence
        $0.name = "n"
        $0.number = "1"
        $0.from = day
        $0.to = day
      }, fields: 6)
    try survives(
      ScheduleShift.with {
        $0.staff = StaffID(1)
        $0.role = "r"
        $0.start = instant
        $0.end = instant
        $0.breakSeconds = 1
      }, fields: 5)
  }

  @Test func `times and absences read back`() throws {
    try survives(
      ClockIn.with {
        $0.staff = StaffID(1)
        $0.at = instant
        $0.method = .device
      }, fields: 3)
    try survives(
      ClockOut.with {
        $0.staff = StaffID(1)
        $0.entry = TimeEntryID(1)
        $0.at = instant
        $0.breakSeconds = 1
      }, fields: 4)
    try survives(
      CorrectTimeEntry.with {
        $0.entry = TimeEntryID(1)
        $0.clockIn = instant
        $0.clockOut = instant
        $0.breakSeconds = 1
        $0.reason = "r"
        $0.approver = StaffID(1)
      }, fields: 6)
    try survives(
      RecordHours.with {
        $0.day = day
        $0.role = "r"
        $0.contract = .employee
        $0.seconds = 1
        $0.staff = StaffID(1)
        $0.source = "s"
        $0.further = [RoleHours("q", .contractor, seconds: 2)]
      }, fields: 7)
    try survives(
      RecordAbsence.with {
        $0.staff = StaffID(1)
        $0.type = .sick
        $0.from = day
        $0.to = day
        $0.seconds = 0
        $0.requested = true
      }, fields: 6)
    try survives(
      DecideAbsence.with {
        $0.absence = AbsenceID(1)
        $0.outcome = .approved
        $0.approver = StaffID(1)
      }, fields: 3)
  }

  @Test func `commission rules and payroll read back`() throws {
    try survives(
      SetCommissionRule.with {
        $0.rule = CommissionRuleID(1)
        $0.staff = StaffID(1)
        $0.services = [ServiceID(1)]
        $0.payer = PartyID(1)
        $0.basis = .collected
        $0.yield = .fixed(cents(1))
        $0.deductMaterials = true
        $0.from = day
        $0.to = day
      }, fields: 9)
    try survives(
      ApprovePayroll.with {
        $0.from = day
        $0.to = day
        $0.lines = [People.salary(1)]
        $0.position = Position(1)
        $0.sourceDigest = [1]
        $0.approver = StaffID(1)
        $0.date = day
      }, fields: 7)
  }
}

@Suite struct `The decision state of people` {
  private func evolve<E: EventPayload>(_ event: E, on number: UInt64 = 1) throws {
    let spec = People.open.given(People.clockIn("2026-03-02T08:00:00Z"))
    var history = spec.history
    try history.take(event, on: number, spec.context)
  }

  @Test func `takes no number out of turn, and nothing about what does not exist`() {
    let wrong: [any EventPayload] = [
      ContractAmended.with { $0.staff = StaffID(99) }, StaffLeft.with { $0.staff = StaffID(99) },
      CredentialRecorded.with { $0.staff = StaffID(99) },
      ShiftScheduled.with {
        $0.shift = ShiftID(9)
        $0.staff = People.nurse
      },
      ShiftScheduled.with {
        $0.shift = ShiftID(1)
        $0.staff = StaffID(99)
      },
      ClockedIn.with {
        $0.entry = TimeEntryID(9)
        $0.staff = People.nurse
      },
      ClockedOut.with { $0.entry = TimeEntryID(9) },
      TimeEntryCorrected.with { $0.entry = TimeEntryID(9) },
      AbsenceRecorded.with {
        $0.absence = AbsenceID(9)
        $0.staff = People.nurse
      },
      AbsenceDecided.with { $0.absence = AbsenceID(9) },
      CommissionRuleSet.with {
        $0.rule = CommissionRuleID(9)
        $0.staff = People.nurse
      },
      HoursRecorded.with { $0.staff = StaffID(99) },
      PayrollApproved.with { $0.run = PayrollRunID(9) },
    ]
    for event in wrong { #expect(throws: WireError.self) { try evolve(event) } }
  }

  @Test func `takes times that no calendar has without a trap`() throws {
    for at in [Instant(milliseconds: .min), Instant(milliseconds: .max)] {
      var clockedOut = ClockedOut()
      clockedOut.entry = TimeEntryID(1)
      clockedOut.at = at
      // What cannot be written as milliseconds from the header is an error of the event.
      _ = try? evolve(clockedOut)
      let clocked = People.open.when(
        ClockIn.with {
          $0.staff = People.nurse
          $0.at = at
        })
      #expect(throws: Refusal.self) { try clocked.result.get() }
    }
  }

  @Test func `comes back from a checkpoint and goes on as if it had never been away`() throws {
    let spec = People.open.given(People.shift("2026-03-03T08:00:00Z", "2026-03-03T16:00:00Z"))
      .given(People.absence(.holiday, "2026-08-03", "2026-08-14"))
      .worked("2026-03-02T10:00:00Z", "2026-03-02T12:00:00Z")
      .given(
        SetCommissionRule.with {
          $0.staff = Clinic.doctor
          $0.basis = .charged
          $0.from = Clinic.day("2026-03-01")
        }
      ).given(People.clockIn("2026-03-02T12:00:00Z"))
    let before = try spec.state.storedBytes()
    let (state, _) = try spec.state.reloaded()
    #expect(try state.storedBytes() == before)
    #expect(
      state.people.shiftTimes.all(of: 5, from: 0, to: .max)
        == spec.state.people.shiftTimes.all(of: 5, from: 0, to: .max))
    #expect(state.people.members[People.nurse]?.openEntries == [TimeEntryID(2)])
  }
}
