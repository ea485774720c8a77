import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Approving payroll` {
  private func run(
    _ from: String, _ to: String, _ lines: [PayrollLine],
    _ change: (inout ApprovePayroll) -> Void = { _ in }
  ) -> ApprovePayroll {
    .with {
      $0.from = Clinic.day(from)
      $0.to = Clinic.day(to)
      $0.lines = Few(lines)
      change(&$0)
    }
  }

  private func march(
    _ lines: [PayrollLine], _ change: (inout ApprovePayroll) -> Void = { _ in }
  ) -> ApprovePayroll {
    run("2026-03-01", "2026-03-31", lines, change)
  }

  /// The nurse's line: 20.00 an hour.
  private func wages(
    _ hours: UInt32, _ change: (inout PayrollLine) -> Void = { _ in }
  ) -> PayrollLine {
    .with {
      $0.staff = People.nurse
      $0.contract = .employee
      $0.seconds = hours * 3600
      $0.components = [
        PayrollComponent(
          "wage", .earning, at: Clinic.id, cents(Int64(hours) * 2_000), seconds: hours * 3600)
      ]
      $0.net = cents(Int64(hours) * 2_000)
      change(&$0)
    }
  }

  /// A day of eight hours at the first clinic and four at the second, and the month is over.
  private var worked: Spec {
    People.open.worked("2026-03-02T08:00:00Z", "2026-03-02T16:00:00Z").at(clinic: 2)
      .worked("2026-03-02T17:00:00Z", "2026-03-02T21:00:00Z").at(clinic: 1)
      .on("2026-04-02T09:00:00Z")
  }

  @Test func `settles time at the clinic, salaries, what is withheld and the net pay`() throws {
    let withheld = PayrollComponent("tax", .taxWithheld, at: Clinic.id, cents(39_000))
    let lines = [
      wages(8),
      People.salary(260_000) {
        $0.components.append(withheld)
        $0.components.append(
          PayrollComponent("social", .employeeShare, at: Clinic.id, cents(16_640)))
        $0.components.append(
          PayrollComponent("social", .employerShare, at: Clinic.id, cents(78_000)))
        $0.net = cents(260_000 - 39_000 - 16_640)
      },
    ]
    let spec = worked.when(march(lines) { $0.position = Position(12) })
    let approved = try #require(try spec.events.first?.decoded(as: PayrollApproved.self))
    #expect(approved.run == PayrollRunID(1))
    #expect(approved.clinic == Clinic.id && approved.position == Position(12))
    #expect(Array(approved.lines) == lines)
    #expect(approved.sourceDigest.count == 16)
    #expect(spec.events.first?.effective == Clinic.moment("2026-03-31T00:00:00Z"))
    // The other clinic pays its own hours, and no salary of the first.
    worked.at(clinic: 2).when(
      march([
        wages(4) {
          $0.components[0].clinic = People.second
        }
      ])
    ).thenEvents(PayrollApproved.self)
  }

  @Test func `every figure is what the log says`() {
    worked.when(march([wages(9), People.salary(260_000)]))
      .thenRefused(.unbalanced, .unbalanced)
    worked.when(march([wages(8) { $0.net = cents(1) }, People.salary(260_000)])).thenRefused(
      PayrollRefusal.line(People.nurse, "the net pay", expected: 16_000, found: 1))
    worked.when(
      march([
        wages(8), People.salary(260_000) { $0.overtimeSeconds = 1 },
      ])
    ).thenRefused(.unbalanced)
    worked.when(march([wages(8), People.salary(260_000) { $0.contract = .owner }]))
      .thenRefused(.unbalanced)
    worked.when(
      march([wages(8), People.salary(260_000) { $0.components[0].base = cents(1) }])
    ).thenRefused(PayrollRefusal.sourceChanged)
    worked.when(march([wages(8) { $0.commission = cents(5) }, People.salary(260_000)]))
      .thenRefused(.unbalanced, .unbalanced)
  }

  @Test func `nobody who is to be paid is left out, and nobody else is in it`() {
    worked.when(march([wages(8)])).thenRefused(PayrollRefusal.missingLine(People.assistant))
    let unknown = PayrollLine.with { $0.staff = StaffID(99) }
    worked.when(march([wages(8), People.salary(260_000), unknown]))
      .thenRefused(.unknownReference, .unknownReference)
    worked.when(march([wages(8), wages(8), People.salary(260_000)])).thenRefused(.invalidState)
    // Somebody without pay may be given a bonus.
    let bonus = PayrollLine.with {
      $0.staff = People.clerk
      $0.contract = .employee
      $0.components = [PayrollComponent("bonus", .earning, at: Clinic.id, cents(10_000))]
      $0.net = cents(10_000)
    }
    worked.when(march([wages(8), People.salary(260_000), bonus]))
      .thenEvents(PayrollApproved.self)
  }

  @Test func `is refused when something has changed since it was worked out`() throws {
    let lines = [wages(8), People.salary(260_000)]
    let first = try #require(
      try worked.when(march(lines)).events.first?.decoded(as: PayrollApproved.self))
    let again = march(lines) { $0.sourceDigest = first.sourceDigest }
    worked.when(again).thenEvents(PayrollApproved.self)
    // Illness changes no figure here, and still it is another source.
    worked.given(People.absence(.sick, "2026-03-10", "2026-03-10")).when(again)
      .thenRefused(PayrollRefusal.sourceChanged, field: "sourceDigest")
  }

  @Test func `no other run of the clinic holds one of its days`() {
    let paid = worked.given(march([wages(8), People.salary(260_000)]))
    paid.when(run("2026-03-31", "2026-04-01", [])).thenRefused(.overlap, .unbalanced)
    paid.when(run("2026-04-01", "2026-04-01", [People.salary(8_667)]))
      .thenEvents(PayrollApproved.self)
    paid.at(clinic: 2).when(march([wages(4) { $0.components[0].clinic = People.second }]))
      .thenEvents(PayrollApproved.self)
  }

  // Lessons, section 3, row 22.
  @Test func `no entry within it is open, or counts nothing yet`() {
    let open = worked.on("2026-03-20T08:00:00Z").given(People.clockIn("2026-03-20T08:00:00Z"))
      .on("2026-04-02T09:00:00Z")
    open.when(march([wages(8), People.salary(260_000)]))
      .thenRefused(PayrollRefusal.openEntry(TimeEntryID(3), People.nurse), field: "to")
    let tooLong = open.on("2026-03-21T08:00:01Z").given(People.clockOut("2026-03-21T08:00:01Z"))
      .on("2026-04-02T09:00:00Z")
    tooLong.when(march([wages(8), People.salary(260_000)])).thenRefused(.invalidState)
    // Open at another clinic, or since then, is no matter of this run.
    open.at(clinic: 2).when(march([wages(4) { $0.components[0].clinic = People.second }]))
      .thenEvents(PayrollApproved.self)
    open.when(run("2026-03-01", "2026-03-19", [wages(8), People.salary(159_355)]))
      .thenEvents(PayrollApproved.self)
  }

  @Test func `above the clinic's limit a second person approves`() {
    var limited = Clinic.defineClinic
    limited.clinic = Clinic.id
    limited.limits.payment = cents(100_000)
    let spec = worked.by(.staff(1), .admin).given(limited).by(.staff(7), .payroll)
    let lines = [wages(8), People.salary(260_000)]
    spec.when(march(lines)).thenRefused(.needsSecondPerson)
    spec.when(march(lines) { $0.approver = People.clerk }).thenRefused(.needsSecondPerson)
    spec.when(march(lines) { $0.approver = Clinic.admin }).thenEvents(PayrollApproved.self)
    spec.when(march(lines) { $0.approver = Clinic.doctor }).thenRefused(.notPermitted)
  }

  @Test func `is posted to its last day, or to a later one that has come`() {
    let lines = [wages(8), People.salary(260_000)]
    let later = worked.when(march(lines) { $0.date = Clinic.day("2026-04-01") })
    #expect(later.events.first?.effective == Clinic.moment("2026-04-01T00:00:00Z"))
    worked.when(march(lines) { $0.date = Clinic.day("2026-03-30") }).thenRefused(.outOfRange)
    worked.on("2026-03-30T09:00:00Z").when(march(lines)).thenRefused(.futureNotAllowed)
    worked.when(run("2026-03-31", "2026-03-01", [])).thenRefused(.outOfRange)
  }

  @Test func `nobody is paid less than nothing, and a deduction has no sign`() {
    let tax = PayrollComponent("tax", .taxWithheld, at: Clinic.id, cents(16_001))
    worked.when(
      march([
        wages(8) {
          $0.components.append(tax)
          $0.net = cents(-1)
        }, People.salary(260_000),
      ])
    ).thenRefused(.amountNegative)
    let wrong = PayrollComponent("tax", .taxWithheld, at: Clinic.id, cents(-1))
    worked.when(
      march([
        wages(8) {
          $0.components.append(wrong)
          $0.net = cents(16_001)
        }, People.salary(260_000),
      ])
    ).thenRefused(PayrollRefusal.negativeDeduction("tax"))
    let nameless = PayrollComponent("", .unspecified, at: ClinicID(9), cents(1))
    worked.when(
      march([wages(8) { $0.components.append(nameless) }, People.salary(260_000)])
    ).thenRefused(.fieldRequired, .fieldRequired, .unknownReference)
  }

  // Lessons, section 3, row 20: 64 of 80 hours of unpaid leave fall into March. The hour of the
  // contract is worth 2,600.00 x 12 / (52 x 40) = 15.00.
  @Test func `leave without pay is deducted in the run into which its days fall`() {
    let leave = People.absence(.unpaid, "2026-03-20", "2026-04-02", of: People.assistant)
    let spec = worked.given(leave)
    func unpaid(_ salary: Int64, _ hours: UInt32) -> PayrollLine {
      People.salary(salary) {
        $0.components.append(
          PayrollComponent(
            "unpaidLeave", .earning, at: Clinic.id, cents(-1_500 * Int64(hours)),
            seconds: hours * 3600))
        $0.net = cents(salary - 1_500 * Int64(hours))
      }
    }
    let spring = spec.given(march([wages(8), unpaid(260_000, 64)]))
    spring.when(run("2026-04-01", "2026-04-02", [unpaid(17_333, 16)]))
      .thenRefused(.unbalanced, .amountNegative)
    // 17,333 cents for two of thirty days are less than 16 hours: nobody pays back.
    let capped = unpaid(17_333, 0)
    spring.when(
      run(
        "2026-04-01", "2026-04-02",
        [
          PayrollLine.with {
            $0 = capped
            $0.components[1].amount = cents(-17_333)
            $0.components[1].seconds = 16 * 3600
            $0.net = cents(0)
          }
        ])
    ).thenEvents(PayrollApproved.self)
  }

  // Lessons, section 3, row 21.
  @Test func `overtime is paid by the hours of the contract, absent or not`() {
    var spec = People.open
    for day in 2...6 {
      spec = spec.worked(
        "2026-03-0\(day)T08:00:00Z", "2026-03-0\(day)T17:00:00Z", of: People.assistant)
    }
    // Five hours beyond forty, at 15.00 and a quarter.
    func line(_ amount: Int64) -> PayrollLine {
      People.salary(260_000) {
        $0.seconds = 45 * 3600
        $0.overtimeSeconds = 5 * 3600
        $0.components.append(
          PayrollComponent(
            "overtime", .earning, at: Clinic.id, cents(amount), seconds: 5 * 3600))
        $0.net = cents(260_000 + amount)
      }
    }
    let there = spec.on("2026-04-02T09:00:00Z")
    there.when(march([line(9_375)])).thenEvents(PayrollApproved.self)
    there.given(People.absence(.sick, "2026-03-16", "2026-03-31", of: People.assistant))
      .when(march([line(9_375)])).thenEvents(PayrollApproved.self)
  }

  @Test func `a person's week is that of all clinics, and its overtime the home clinic's`() {
    var spec = People.open
    for day in 2...6 {
      spec = spec.at(clinic: 1).worked("2026-03-0\(day)T08:00:00Z", "2026-03-0\(day)T13:00:00Z")
        .at(clinic: 2).worked("2026-03-0\(day)T14:00:00Z", "2026-03-0\(day)T18:00:00Z")
    }
    // Each hour is paid where it was worked; the premium of five hours at the home clinic.
    let home = wages(25) {
      $0.overtimeSeconds = 5 * 3600
      $0.components.append(
        PayrollComponent("overtime", .earning, at: Clinic.id, cents(2_500), seconds: 5 * 3600))
      $0.net = cents(50_000 + 2_500)
    }
    spec.on("2026-04-02T09:00:00Z").at(clinic: 1)
      .when(march([home, People.salary(260_000)])).thenEvents(PayrollApproved.self)
    spec.on("2026-04-02T09:00:00Z").at(clinic: 2)
      .when(march([wages(20) { $0.components[0].clinic = People.second }]))
      .thenEvents(PayrollApproved.self)
  }

  @Test func `holidays of who is paid by the hour are paid`() {
    let spec = People.open.given(People.absence(.holiday, "2026-03-09", "2026-03-10"))
      .on("2026-04-02T09:00:00Z")
    let line = PayrollLine.with {
      $0.staff = People.nurse
      $0.contract = .employee
      $0.components = [
        PayrollComponent("paidLeave", .earning, at: Clinic.id, cents(32_000), seconds: 16 * 3600)
      ]
      $0.net = cents(32_000)
    }
    spec.when(march([line, People.salary(260_000)])).thenEvents(PayrollApproved.self)
  }
}
