import DaybookAccounting
import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookValues
import Testing

@Suite struct `A posting row` {
  var books = Books()

  init() throws {
    try books.clinic(writeOff: 500)
  }

  @Test mutating func `of a charge to a patient debits the patient and credits income`() throws {
    let at = try books.charge(1, to: patient(1), 12_300)
    #expect(books.lines(at: at) == ["1200 P1 C1 123.00", "4000 P1 C1 -123.00"])
  }

  @Test mutating func `of an insured charge is the payer's, gross and whole`() throws {
    let at = try books.charge(1, to: payer(7), 12_300)
    #expect(books.lines(at: at) == ["1210 Y7 C1 123.00", "4000 P1 C1 -123.00"])
  }

  @Test mutating func `of a discount is not netted`() throws {
    let at = try books.charge(1, to: patient(1), 10_000, discount: 1_500)
    #expect(
      books.lines(at: at) == [
        "1200 P1 C1 100.00", "4090 P1 C1 15.00", "4000 P1 C1 -100.00", "1200 P1 C1 -15.00",
      ])
  }

  @Test mutating func `of a taxed charge credits taxable income and output tax`() throws {
    let at = try books.charge(1, to: patient(1), 10_000, tax: 2_100)
    #expect(
      books.lines(at: at) == ["1200 P1 C1 121.00", "4010 P1 C1 -100.00", "2200 P1 C1 -21.00"])
  }

  @Test mutating func `of a taxed charge whose tax is nothing is taxable income still`() throws {
    let at = try books.charge(1, to: patient(1), 1_000, discount: 1_000, taxCode: 1)
    #expect(
      books.lines(at: at) == [
        "1200 P1 C1 10.00", "4090 P1 C1 10.00", "4010 P1 C1 -10.00", "1200 P1 C1 -10.00",
      ])
  }

  // 100.00 list, 15.00 off, 21 % on 85.00. The balances are those of Books: 1200 102.85, 2200 17.85.
  @Test mutating func `of a discounted taxed charge taxes the net price`() throws {
    let at = try books.charge(1, to: patient(1), 10_000, discount: 1_500, tax: 1_785, taxCode: 1)
    #expect(
      books.lines(at: at) == [
        "1200 P1 C1 117.85", "4090 P1 C1 15.00", "4010 P1 C1 -100.00", "2200 P1 C1 -17.85",
        "1200 P1 C1 -15.00",
      ])
  }

  @Test mutating func `of a charge of nothing makes no entry, and the charge counts`() throws {
    let at = try books.charge(1, to: patient(1), 0)
    #expect(books.lines(at: at).isEmpty)
    let report = AccountingReports.revenue(by: .month, books.view, AccountingQuery())
    #expect(report.texts("month", "units", "net") == ["2026-03 1 0.00"])
  }

  @Test(arguments: [(ServiceType.fee, "4030"), (.package, "2110"), (.treatment, "4000")])
  mutating func `of a service's type decides the income`(
    _ type: ServiceType, _ account: String
  ) throws {
    var service = ServiceDefined()
    service.service = ServiceID(9)
    service.type = type
    try books.take(service, on: 9)
    let at = try books.charge(1, to: patient(1), 100, service: 9)
    #expect(books.lines(at: at).last == "\(account) P1 C1 -1.00")
  }

  @Test mutating func `of a transfer between payers stands on both sides of one account`() throws {
    try books.charge(1, to: payer(1), 10_000)
    let at = try books.transfer(1, from: payer(1), to: payer(2, .secondary), 4_000)
    #expect(books.lines(at: at) == ["1210 Y2 C1 40.00", "1210 Y1 C1 -40.00"])
  }

  @Test mutating func `of a transfer to the patient moves the debt between receivables`() throws {
    try books.charge(1, to: payer(1), 10_000)
    let at = try books.transfer(1, from: payer(1), to: patient(1), 2_000)
    #expect(books.lines(at: at) == ["1200 P1 C1 20.00", "1210 Y1 C1 -20.00"])
  }

  @Test(
    arguments: [
      (AdjustmentType.contractual, 400, "4096"), (.denied, 400, "4096"), (.writeOff, 500, "6910"),
      (.writeOff, 501, "6300"), (.badDebt, 400, "6300"), (.rounding, 1, "6910"),
      (.courtesy, 400, "4095"),
    ] as [(AdjustmentType, Int64, String)])
  mutating func `of an adjustment goes to the account of its type`(
    _ type: AdjustmentType, _ cents: Int64, _ account: String
  ) throws {
    try books.charge(1, to: patient(1), 10_000)
    let at = try books.adjust(1, of: patient(1), type, cents)
    let amount = money(cents).decimal
    #expect(books.lines(at: at) == ["\(account) P1 C1 \(amount)", "1200 P1 C1 -\(amount)"])
  }

  @Test mutating func `of a bad debt goes against the allowance as far as it was made for it`()
    throws
  {
    try books.charge(1, to: patient(1), 10_000)
    let at = try books.take(
      AdjustmentPosted.with {
        $0.charge = ChargeID(1)
        $0.debtor = patient(1)
        $0.type = .badDebt
        $0.amount = money(400)
        $0.provided = money(150)
      }, on: 1)
    #expect(
      books.lines(at: at) == ["6300 P1 C1 2.50", "1290 P1 C1 1.50", "1200 P1 C1 -4.00"])
  }

  @Test mutating func `of a bad debt whose tax comes back debits output tax, and goes back`()
    throws
  {
    try books.charge(1, to: patient(1), 10_000, tax: 2_100)
    func lost(_ type: AdjustmentType, _ cents: Int64, tax: Int64, provided: Int64 = 0)
      -> AdjustmentPosted
    {
      .with {
        $0.charge = ChargeID(1)
        $0.debtor = patient(1)
        $0.type = type
        $0.amount = money(cents)
        $0.tax = money(tax)
        $0.provided = money(provided)
      }
    }
    let at = try books.take(lost(.badDebt, 12_100, tax: 2_100, provided: 4_000), on: 1)
    #expect(
      books.lines(at: at) == [
        "6300 P1 C1 60.00", "1290 P1 C1 40.00", "2200 P1 C1 21.00", "1200 P1 C1 -121.00",
      ])
    let back = try books.take(lost(.recovery, 6_050, tax: 1_050), on: 1)
    #expect(
      books.lines(at: back) == ["1200 P1 C1 60.50", "6300 P1 C1 -50.00", "2200 P1 C1 -10.50"])
  }

  @Test mutating func `of a write-off is a bad debt where the clinic has no limit`() throws {
    try books.clinic()
    try books.charge(1, to: patient(1), 10_000)
    let at = try books.adjust(1, of: patient(1), .writeOff, 1)
    #expect(books.lines(at: at).first == "6300 P1 C1 0.01")
  }

  @Test mutating func `of a recovery opens the debt again`() throws {
    try books.charge(1, to: patient(1), 10_000)
    let at = try books.adjust(1, of: patient(1), .recovery, 300)
    #expect(books.lines(at: at) == ["1200 P1 C1 3.00", "6300 P1 C1 -3.00"])
  }

  @Test mutating func `of a courtesy on a taxed charge takes the tax's share, half away`() throws {
    try books.charge(1, to: patient(1), 10_000, tax: 2_100)
    let at = try books.adjust(1, of: patient(1), .courtesy, 1_001)
    // 10.01 x 21 / 121 = 1.7372...
    #expect(
      books.lines(at: at) == ["4095 P1 C1 8.27", "2200 P1 C1 1.74", "1200 P1 C1 -10.01"])
  }

  @Test(arguments: [
    (PaymentMethod.cash(CashTender()), "1020"), (.card(CardTender()), "1150"),
    (.online(CardTender()), "1150"), (.transfer(BankTender()), "1100"),
    (.directDebit(BankTender()), "1100"), (.cheque(BankTender()), "1100"),
    (.voucher(VoucherTender()), "2120"),
  ])
  mutating func `of a payment debits the account of its method`(
    _ method: PaymentMethod, _ account: String
  ) throws {
    try books.charge(1, to: patient(1), 1_000)
    let at = try books.pay(
      1, from: .patient(PatientID(1)), 1_000, by: method, [(1, patient(1), 1_000)])
    #expect(books.lines(at: at) == ["\(account) P1 M1 10.00", "1200 P1 M1 -10.00"])
  }

  @Test mutating func `of cash at a till debits the till`() throws {
    let at = try books.pay(1, from: .walkIn, 1_000) { $0.tillSession = TillSessionID(3) }
    #expect(books.lines(at: at) == ["1010 walk-in M1 10.00", "2150 walk-in M1 -10.00"])
  }

  @Test mutating func `of a payment credits who owes each charge, and the rest to who paid`() throws
  {
    try books.charge(1, to: payer(1), 1_000)
    try books.charge(2, to: patient(1), 500)
    let at = try books.pay(
      1, from: .patient(PatientID(1)), 1_800, [(1, payer(1), 1_000), (2, patient(1), 500)])
    #expect(
      books.lines(at: at) == [
        "1020 P1 M1 18.00", "1210 Y1 M1 -10.00", "1200 P1 M1 -5.00", "2150 P1 M1 -3.00",
      ])
  }

  @Test mutating func `of a deposit is owed to who paid it, until it is allocated`() throws {
    try books.charge(1, to: patient(1), 1_000)
    let at = try books.pay(1, from: .patient(PatientID(1)), 800) { $0.deposit = Deposit() }
    #expect(books.lines(at: at) == ["1020 P1 M1 8.00", "2100 P1 M1 -8.00"])
    var allocated = PaymentAllocated()
    allocated.payment = PaymentID(1)
    allocated.from = .patient(PatientID(1))
    allocated.allocation = Allocation(ChargeID(1), owedBy: patient(1), money(800))
    allocated.ofDeposit = true
    let then = try books.take(allocated, on: 1)
    #expect(books.lines(at: then) == ["2100 P1 M1 8.00", "1200 P1 M1 -8.00"])
  }

  @Test mutating func `of credit that is allocated debits credit balances`() throws {
    try books.charge(1, to: patient(1), 1_000)
    var allocated = PaymentAllocated()
    allocated.payment = PaymentID(1)
    allocated.from = .patient(PatientID(1))
    allocated.allocation = Allocation(ChargeID(1), owedBy: patient(1), money(800))
    let at = try books.take(allocated, on: 1)
    #expect(books.lines(at: at) == ["2150 P1 M1 8.00", "1200 P1 M1 -8.00"])
  }

  @Test mutating func `of tip and cash rounding leaves the settlement alone`() throws {
    var tender = CashTender()
    tender.rounding = money(-2)
    let at = try books.pay(1, from: .walkIn, 1_002, by: .cash(tender)) { $0.tip = money(100) }
    #expect(
      books.lines(at: at) == [
        "1020 walk-in M1 10.02", "2150 walk-in M1 -10.02", "1020 walk-in M1 1.00",
        "2340 walk-in M1 -1.00", "1020 walk-in M1 -0.02", "6910 walk-in M1 0.02",
      ])
  }

  @Test mutating func `of goods received debits inventory by the value of each line`() throws {
    var received = GoodsReceived()
    received.receipt = ReceiptID(4)
    received.supplier = PartyID(2)
    for value in [1_000, 0, 250] as [Int64] {
      var line = ReceiptLine()
      line.value = money(value)
      received.lines.append(line)
    }
    let at = try books.take(received, on: 4)
    #expect(books.lines(at: at) == ["1400 Y2 R4 10.00", "1400 Y2 R4 2.50", "2010 Y2 R4 -12.50"])
  }

  @Test mutating func `of opening stock without cost makes no entry`() throws {
    var received = GoodsReceived()
    received.opening = true
    received.lines = [ReceiptLine()]
    let at = try books.take(received, on: 4)
    #expect(books.lines(at: at).isEmpty)
  }

  @Test(arguments: [
    (IssuePurpose.treatment, "5010"), (.internal, "5010"), (.sale, "5000"), (.expired, "5020"),
    (.damaged, "5020"), (.lost, "5020"),
  ])
  mutating func `of stock issued costs what its purpose says`(
    _ purpose: IssuePurpose, _ account: String
  ) throws {
    var issued = StockIssued()
    issued.purpose = purpose
    issued.lines = [IssueLine(quantity: .one, value: money(70))]
    let at = try books.take(issued, on: 5)
    #expect(books.lines(at: at) == ["\(account) - B5 0.70", "1400 - B5 -0.70"])
  }

  @Test mutating func `of a payment at another clinic goes through the account between clinics`()
    throws
  {
    try books.clinic(2)
    try books.charge(1, to: patient(1), 1_000, clinic: 2)
    let at = try books.pay(
      1, from: .patient(PatientID(1)), 1_000, [(1, patient(1), 1_000)], clinic: 1)
    #expect(
      books.lines(at: at) == [
        "1020 P1 M1 10.00", "1200 P1 M1 -10.00", "1990 - M1 -10.00", "1990 - M1 10.00",
      ])
    for clinic in [1, 2] as [UInt64] {
      let balance = AccountingReports.trialBalance(books.view, AccountingQuery(clinic: clinic))
      #expect(balance.totals.last == .amount(Amount(minorUnits: 0, .eur)))
    }
  }
}
