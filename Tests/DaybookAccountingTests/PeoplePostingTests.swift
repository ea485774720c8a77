import DaybookAccounting
import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookValues
import Testing

@Suite struct `A posting row of people` {
  var books = Books()

  init() throws {
    try books.clinic()
    try books.clinic(2)
  }

  private func accrued(_ cents: Int64) -> CommissionAccrued {
    .with {
      $0.rule = CommissionRuleID(1)
      $0.staff = StaffID(3)
      $0.charge = ChargeID(1)
      $0.cause = cents < 0 ? .refund : .charge
      $0.basis = money(3 * cents)
      $0.amount = money(cents)
    }
  }

  @Test mutating func `of commission is owed to who earned it, and taken back the other way`()
    throws
  {
    let at = try books.take(accrued(2_100), on: 1)
    #expect(books.lines(at: at) == ["6020 D3 CR1 21.00", "2330 D3 CR1 -21.00"])
    let back = try books.take(accrued(-700), on: 1)
    #expect(books.lines(at: back) == ["6020 D3 CR1 -7.00", "2330 D3 CR1 7.00"])
  }

  // 21.00 less 7.00 of commission; an advance of 5.00 is not taken off it.
  @Test mutating func `is explained by what is owed to a person, and what the person owes`()
    throws
  {
    let staff = try #require(PartyKey(StaffID(3)))
    func told() throws -> [String] {
      try AccountingReports.explain(.party(staff), books.view, AccountingQuery()).notes
    }
    try books.take(accrued(2_100), on: 1)
    try books.take(accrued(-700), on: 1)
    #expect(try told().last == "D3 is owed 14.00 EUR on 2330 Commission payable.")
    try books.take(
      PaymentMade.with {
        $0.payment = PaymentID(1)
        $0.to = .staff(StaffID(3))
        $0.amount = money(500)
        $0.method = .transfer(BankTender())
        $0.settles = [PaidItem(.account("1240"), money(500))]
      }, on: 1)
    #expect(
      try told().suffix(2) == [
        "D3 owes 5.00 EUR on 1240 Staff advances.",
        "D3 is owed 14.00 EUR on 2330 Commission payable.",
      ])
    try books.take(accrued(-1_400), on: 1)
    #expect(try told().last == "D3 owes 5.00 EUR on 1240 Staff advances.")
  }

  private func component(
    _ code: String, _ type: ComponentType, _ cents: Int64, at clinic: UInt64 = 1
  ) -> PayrollComponent {
    PayrollComponent(code, type, at: ClinicID(clinic), money(cents))
  }

  private func run(_ lines: [PayrollLine]) -> PayrollApproved {
    .with {
      $0.run = PayrollRunID(1)
      $0.clinic = ClinicID(1)
      $0.lines = Few(lines)
    }
  }

  // 2,600.00 and 52.50 overtime less 120.00 unpaid, 210.00 commission: gross 2,742.50. Withheld
  // 390.00 tax, 166.40 social security and 100.00 of an advance: 2,086.10 are paid out. The employer
  // adds 780.00.
  @Test mutating func `of payroll debits wages, commission and the employer's share`() throws {
    let line = PayrollLine.with {
      $0.staff = StaffID(3)
      $0.contract = .employee
      $0.components = [
        component("salary", .earning, 260_000), component("unpaidLeave", .earning, -12_000),
        component("overtime", .earning, 5_250), component("tax", .taxWithheld, 39_000),
        component("social", .employeeShare, 16_640), component("social", .employerShare, 78_000),
        component("advance", .advanceRepaid, 10_000),
      ]
      $0.commission = money(21_000)
      $0.net = money(208_610)
    }
    try books.take(accrued(21_000), on: 1)
    let at = try books.take(run([line]), on: 1)
    #expect(
      books.lines(at: at) == [
        "6000 D3 PR1 2600.00", "6000 D3 PR1 -120.00", "6000 D3 PR1 52.50", "2310 D3 PR1 -390.00",
        "2320 D3 PR1 -166.40", "6010 D3 PR1 780.00", "2320 D3 PR1 -780.00", "1240 D3 PR1 -100.00",
        "2330 D3 PR1 210.00", "2300 D3 PR1 -2086.10",
      ])
    let balance = AccountingReports.trialBalance(books.view, AccountingQuery())
    #expect(
      balance.texts("account", "balance") == [
        "1240 -100.00", "2300 -2086.10", "2310 -390.00", "2320 -946.40", "2330 0.00",
        "6000 2532.50", "6010 780.00", "6020 210.00",
      ])
  }

  @Test mutating func `of a contractor's line leaves the commission owed until it is invoiced`()
    throws
  {
    let line = PayrollLine.with {
      $0.staff = StaffID(3)
      $0.contract = .contractor
      $0.commission = money(21_000)
      $0.net = money(0)
    }
    let at = try books.take(run([line]), on: 1)
    #expect(books.lines(at: at).isEmpty)
  }

  @Test mutating func `of pay for another clinic goes through the account between clinics`() throws
  {
    let line = PayrollLine.with {
      $0.staff = StaffID(3)
      $0.contract = .employee
      $0.components = [
        component("wage", .earning, 10_000), component("bonus", .earning, 2_000, at: 2),
      ]
      $0.net = money(12_000)
    }
    let at = try books.take(run([line]), on: 1)
    #expect(
      books.lines(at: at) == [
        "6000 D3 PR1 100.00", "6000 D3 PR1 20.00", "2300 D3 PR1 -120.00", "1990 - PR1 20.00",
        "1990 - PR1 -20.00",
      ])
    for clinic in [1, 2] as [UInt64] {
      let balance = AccountingReports.trialBalance(books.view, AccountingQuery(clinic: clinic))
      #expect(balance.totals.last == .amount(Amount(minorUnits: 0, .eur)))
    }
  }

  @Test mutating func `of a line that does not add up, or of another currency, is refused`() throws
  {
    let wrong = PayrollLine.with {
      $0.components = [component("wage", .earning, 100)]
      $0.staff = StaffID(3)
      $0.contract = .employee
      $0.net = money(99)
    }
    var books = books
    #expect(throws: PostingError.self) { try books.take(run([wrong]), on: 1) }
    try books.clinic(3, .usd)
    let foreign = PayrollLine.with {
      $0.components = [component("wage", .earning, 100, at: 3)]
      $0.staff = StaffID(3)
      $0.contract = .employee
      $0.net = money(100)
    }
    #expect(throws: PostingError.self) { try books.take(run([foreign]), on: 1) }
    #expect(books.lines().isEmpty)
  }
}
