import DaybookAccounting
import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookValues
import Testing

private func cash(_ rounding: Int64 = 0) -> PaymentMethod {
  .cash(CashTender.with { if rounding != 0 { $0.rounding = money(rounding) } })
}

private let session = TillSessionID(1)

extension Books {
  /// Takes an event in.
  ///
  /// - Returns: Its postings.
  fileprivate mutating func posted<E: EventPayload>(
    _ event: E, on number: UInt64
  ) throws -> [String] {
    let position = try take(event, on: number)
    return lines(at: position)
  }
}

@Suite struct `An entry of a till` {
  var books = Books()

  init() throws { try books.clinic() }

  private mutating func moved(
    _ direction: CashDirection, _ type: CashMoveType, _ cents: Int64,
    _ change: (inout TillCashMoved) -> Void = { _ in }
  ) throws -> [String] {
    var event = TillCashMoved()
    event.session = session
    event.direction = direction
    event.type = type
    event.amount = money(cents)
    change(&event)
    return try books.posted(event, on: 1)
  }

  private mutating func opened(
    _ float: Int64, held: Int64, brought: Int64
  ) throws -> [String] {
    var event = TillOpened()
    event.session = session
    event.till = TillID(1)
    event.float = money(float)
    event.held = money(held)
    event.brought = money(brought)
    return try books.posted(event, on: 1)
  }

  @Test mutating func `of a new till takes the float from the safe`() throws {
    #expect(
      try opened(15_000, held: 0, brought: 15_000) == ["1010 - TS1 150.00", "1020 - TS1 -150.00"])
    #expect(try opened(15_000, held: 15_000, brought: 0).isEmpty)
  }

  @Test mutating func `of a float that is another posts the difference`() throws {
    #expect(
      try opened(14_000, held: 15_000, brought: 0) == ["6900 - TS1 10.00", "1010 - TS1 -10.00"])
    #expect(
      try opened(15_100, held: 10_000, brought: 5_000)
        == [
          "1010 - TS1 50.00", "1020 - TS1 -50.00", "1010 - TS1 1.00", "4900 - TS1 -1.00",
        ])
  }

  @Test mutating func `of moved cash has the till on its side`() throws {
    #expect(try moved(.into, .float, 500) == ["1020 - TS1 -5.00", "1010 - TS1 5.00"])
    #expect(try moved(.out, .float, 500) == ["1020 - TS1 5.00", "1010 - TS1 -5.00"])
    #expect(try moved(.out, .bank, 500) == ["1030 - TS1 5.00", "1010 - TS1 -5.00"])
    #expect(try moved(.out, .handover, 500) == ["1010 - TS1 5.00", "1010 - TS1 -5.00"])
  }

  // 12.10 with 2.10 of tax, half of which is deductible.
  @Test mutating func `of petty cash parts the tax that is deductible from the rest`() throws {
    let lines = try moved(.out, .petty, 1_210) {
      $0.account = "6120"
      $0.tax = money(210)
      $0.deductible = money(105)
    }
    #expect(
      lines == [
        "6120 - TS1 10.00", "1450 - TS1 1.05", "6450 - TS1 1.05", "1010 - TS1 -12.10",
      ])
    #expect(throws: PostingError.self) { try moved(.out, .petty, 1) { $0.account = "nowhere" } }
    #expect(throws: PostingError.self) { try moved(.unspecified, .float, 1) }
  }

  @Test mutating func `of a closing has the cash variance alone`() throws {
    func counted(_ method: MethodType, _ expected: Int64, _ counted: Int64) -> MethodCount {
      .with {
        $0.method = method
        $0.expected = money(expected)
        $0.counted = money(counted)
        $0.variance = money(counted - expected)
      }
    }
    func closed(_ counts: Few<MethodCount>) -> TillClosed {
      .with {
        $0.session = session
        $0.till = TillID(1)
        $0.number = 1
        $0.counts = counts
      }
    }
    let short = closed([counted(.cash, 41_500, 41_250), counted(.card, 88_000, 87_000)])
    #expect(
      try books.posted(short, on: 1) == ["6900 - TS1 2.50", "1010 - TS1 -2.50"])
    let over = closed([counted(.cash, 100, 150)])
    #expect(
      try books.posted(over, on: 2) == ["1010 - TS2 0.50", "4900 - TS2 -0.50"])
    #expect(try books.posted(closed([counted(.cash, 1, 1)]), on: 3).isEmpty)
  }
}

@Suite struct `An entry of the counter` {
  var books = Books()

  init() throws { try books.clinic() }

  private func line(_ cents: Int64, tax: Int64) -> SaleLine {
    .with {
      $0.amount = money(cents)
      $0.tax = money(tax)
    }
  }

  @Test mutating func `debits the whole ticket and credits what is paid`() throws {
    let sale = SaleCompleted.with {
      $0.sale = SaleID(1)
      $0.tillSession = session
      $0.lines = [line(518, tax: 19), line(13, tax: 2)]
      $0.total = money(531)
      $0.tenders = [Tender(cash(), money(531))]
    }
    #expect(
      try books.posted(sale, on: 1) == [
        "1200 walk-in S1 5.31", "4020 walk-in S1 -5.10", "2200 walk-in S1 -0.21",
        "1010 walk-in S1 5.31", "1200 walk-in S1 -5.31",
      ])
  }

  @Test mutating func `keeps what a patient still owes on its charge, where it is settled`() throws
  {
    let sale = SaleCompleted.with {
      $0.sale = SaleID(1)
      $0.tillSession = session
      $0.patient = PatientID(1)
      $0.lines = [line(280, tax: 0)]
      $0.total = money(280)
      $0.tenders = [
        Tender.with {
          $0.method = .card(CardTender())
          $0.amount = money(200)
          $0.tip = money(20)
        }
      ]
      $0.charge = ChargeID(1)
    }
    #expect(
      try books.posted(sale, on: 1) == [
        "1200 P1 S1 2.00", "1200 P1 S1 0.80", "4020 P1 S1 -2.80", "1150 P1 S1 2.00",
        "1150 P1 S1 0.20", "2340 P1 S1 -0.20", "1200 P1 S1 -2.00",
      ])
    let charge = ChargePosted.with {
      $0.charge = ChargeID(1)
      $0.patient = PatientID(1)
      $0.units = 1
      $0.list = money(80)
      $0.net = money(80)
      $0.responsible = patient(1)
      $0.sale = SaleID(1)
    }
    #expect(try books.posted(charge, on: 1).isEmpty)
    let view = AccountingReports.receivables(books.view, AccountingQuery())
    #expect(view.texts("party", "total") == ["P1 0.80"])
    #expect(AccountingReports.revenue(by: .service, books.view, AccountingQuery()).rows.isEmpty)
    try books.pay(1, from: .patient(PatientID(1)), 80, [(1, patient(1), 80)])
    #expect(AccountingReports.receivables(books.view, AccountingQuery()).rows.isEmpty)
    #expect(AccountingChecks.run(books.model).allSatisfy { $0.passed })
  }

  @Test mutating func `of a return gives price, tax and cost back`() throws {
    let returned = SaleReturned.with {
      $0.saleReturn = SaleReturnID(1)
      $0.tillSession = session
      $0.clinic = ClinicID(1)
      $0.sale = SaleID(1)
      $0.lines = [
        ReturnLine.with {
          $0.amount = money(63)
          $0.tax = money(2)
          $0.restocked = [IssueLine(quantity: .one, value: money(36))]
        }
      ]
      $0.total = money(63)
      $0.tenders = [Tender(cash(), money(63))]
    }
    #expect(
      try books.posted(returned, on: 1) == [
        "4095 walk-in SR1 0.61", "2200 walk-in SR1 0.02", "1200 walk-in SR1 -0.63",
        "1200 walk-in SR1 0.63", "1010 walk-in SR1 -0.63",
        "1400 walk-in SR1 0.36", "5000 walk-in SR1 -0.36",
      ])
  }

  @Test mutating func `rounds the cash on an account of its own, whichever way it goes`() throws {
    func sale(_ rounding: Int64) -> SaleCompleted {
      .with {
        $0.sale = SaleID(1)
        $0.tillSession = session
        $0.lines = [line(998, tax: 0)]
        $0.total = money(998)
        $0.tenders = [Tender(cash(rounding), money(998))]
      }
    }
    #expect(
      try books.posted(sale(2), on: 1).suffix(3)
        == ["1010 walk-in S1 0.02", "6910 walk-in S1 -0.02", "1200 walk-in S1 -9.98"])
    #expect(
      try books.posted(sale(-3), on: 2).suffix(3)
        == ["1010 walk-in S2 -0.03", "6910 walk-in S2 0.03", "1200 walk-in S2 -9.98"])
  }

  @Test mutating func `is none where lines and total differ`() throws {
    let sale = SaleCompleted.with {
      $0.sale = SaleID(1)
      $0.lines = [line(100, tax: 0)]
      $0.total = money(101)
    }
    #expect(throws: PostingError.self) { try books.take(sale, on: 1) }
    #expect(books.lines().isEmpty)
  }
}

@Suite struct `An entry of money that goes back` {
  var books = Books()
  private let one = Party.patient(PatientID(1))

  init() throws {
    try books.clinic()
    try books.charge(1, to: patient(1), 10_000, tax: 2_100, taxCode: 1)
  }

  // 121.00 has 21.00 of tax; 60.50 of it is applied, and the rest is paid out.
  @Test mutating func `of a taxable deposit moves its tax in running shares`() throws {
    let received = PaymentReceived.with {
      $0.payment = PaymentID(1)
      $0.from = one
      $0.amount = money(12_100)
      $0.method = .card(CardTender())
      $0.deposit = Deposit.with {
        $0.taxCode = TaxCodeID(1)
        $0.tax = money(2_100)
      }
    }
    #expect(
      try books.posted(received, on: 1) == [
        "1150 P1 M1 121.00", "2100 P1 M1 -100.00", "2200 P1 M1 -21.00",
      ])
    let allocated = PaymentAllocated.with {
      $0.payment = PaymentID(1)
      $0.from = one
      $0.allocation = Allocation(ChargeID(1), owedBy: patient(1), money(6_050))
      $0.ofDeposit = true
      $0.tax = money(1_050)
    }
    #expect(
      try books.posted(allocated, on: 1) == [
        "2100 P1 M1 50.00", "2200 P1 M1 10.50", "1200 P1 M1 -60.50",
      ])
    let refund = RefundPaid.with {
      $0.refund = PaymentID(2)
      $0.to = one
      $0.amount = money(6_050)
      $0.method = .transfer(BankTender())
      $0.parts = [RefundedPart(PaymentID(1), money(6_050), tax: money(1_050))]
      $0.ofDeposit = true
    }
    #expect(
      try books.posted(refund, on: 2) == [
        "2100 P1 M2 50.00", "2200 P1 M2 10.50", "1100 P1 M2 -60.50",
      ])
  }

  @Test mutating func `of credit debits the credit and never income`() throws {
    try books.pay(1, from: one, 3_000, [])
    let refund = RefundPaid.with {
      $0.refund = PaymentID(2)
      $0.to = one
      $0.amount = money(3_000)
      $0.method = cash()
      $0.tillSession = session
      $0.parts = [RefundedPart(PaymentID(1), money(3_000))]
    }
    #expect(
      try books.posted(refund, on: 2) == ["2150 P1 M2 30.00", "1010 P1 M2 -30.00"])
    var wrong = refund
    wrong.parts = []
    #expect(throws: PostingError.self) { try books.take(wrong, on: 3) }
  }

  @Test mutating func `of a returned payment opens the debt again, with its fee`() throws {
    try books.pay(1, from: one, 13_000, [(1, patient(1), 12_100)])
    let returned = PaymentReturned.with {
      $0.payment = PaymentID(1)
      $0.from = one
      $0.amount = money(2_000)
      $0.method = .card
      $0.reason = .chargeback
      $0.fee = money(500)
      $0.reopened = [Allocation(ChargeID(1), owedBy: patient(1), money(1_100))]
    }
    #expect(
      try books.posted(returned, on: 1) == [
        "1200 P1 M1 11.00", "2150 P1 M1 9.00", "6200 P1 M1 5.00", "1150 P1 M1 -20.00",
        "1150 P1 M1 -5.00",
      ])
  }

  @Test mutating func `of a released allocation makes it credit`() throws {
    try books.pay(1, from: one, 12_100, [(1, patient(1), 12_100)])
    let released = AllocationReleased.with {
      $0.part = ReleasedPart.with {
        $0.payment = PaymentID(1)
        $0.from = one
        $0.allocation = Allocation(ChargeID(1), owedBy: patient(1), money(2_100))
      }
      $0.reason = "another charge"
    }
    #expect(
      try books.posted(released, on: 1) == ["1200 P1 M1 21.00", "2150 P1 M1 -21.00"])
  }

  // 12.10 less is asked for: 10.00 was open, 2.10 had been paid.
  @Test mutating func `of a rectified invoice lowers what is open, and the rest is credit`() throws
  {
    try books.pay(1, from: one, 11_100, [(1, patient(1), 11_100)])
    let rectified = InvoiceRectified.with {
      $0.invoice = InvoiceID(2)
      $0.original = InvoiceID(1)
      $0.lines = [
        RectifiedLine.with {
          $0.line = 1
          $0.charge = ChargeID(1)
          $0.owedBy = patient(1)
          $0.net = money(1_000)
          $0.tax = money(210)
        }
      ]
      $0.released = [
        ReleasedPart.with {
          $0.payment = PaymentID(1)
          $0.from = one
          $0.allocation = Allocation(ChargeID(1), owedBy: patient(1), money(210))
        }
      ]
    }
    #expect(
      try books.posted(rectified, on: 2) == [
        "4095 P1 IV2 10.00", "2200 P1 IV2 2.10", "1200 P1 IV2 -10.00", "2150 P1 IV2 -2.10",
      ])
    #expect(AccountingChecks.run(books.model).allSatisfy { $0.passed })
  }

  @Test mutating func `of an invoice is none`() throws {
    let issued = InvoiceIssued.with { $0.invoice = InvoiceID(1) }
    #expect(try books.posted(issued, on: 1).isEmpty)
  }
}
