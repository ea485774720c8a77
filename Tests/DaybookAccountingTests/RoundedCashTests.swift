import DaybookAccounting
import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// Every way in which cash goes in and out of a till, rounded to what coins there are.
@Suite struct `Cash that the coins round` {
  enum Way: CaseIterable, Sendable {
    case payment, sale, refund, saleReturn, paidOut

    /// What changes hands before it is rounded, below zero out of the till.
    var cents: Int64 {
      switch self {
      case .payment: 2_003
      case .sale: 280
      case .refund, .paidOut: -2_003
      case .saleReturn: -70
      }
    }
  }

  private var desk: DecidedBooks

  // 100.00 in the till; by card a deposit to give back of, and a kilogram of apples at 2.80.
  init() throws {
    var day = try TillDay()
    try day.open()
    desk = day.desk
    try pay(10_000, .card(CardTender()))
    try sell(.card(CardTender()))
  }

  private mutating func pay(_ cents: Int64, _ method: PaymentMethod) throws {
    try desk.perform(
      as: .cashier,
      ReceivePayment.with {
        $0.from = .party(.patient(PatientID(1)))
        $0.amount = money(cents)
        $0.method = method
        $0.deposit = Deposit()
      })
  }

  private mutating func sell(_ method: PaymentMethod) throws {
    try desk.perform(
      as: .cashier,
      CompleteSale.with {
        $0.lines = [TillDay.line(1, 1_000, at: 28_000)]
        $0.tenders = [TicketTender(method)]
      })
  }

  private mutating func takeBack(_ tender: TicketTender) throws {
    try desk.perform(
      as: .cashier,
      ReturnSale.with {
        $0.sale = SaleID(1)
        $0.lines = [
          ReturnedItem.with {
            $0.line = 1
            $0.quantity = Quantity(thousandths: 250)
          }
        ]
        $0.tenders = [tender]
        $0.reason = "bruised"
      })
  }

  private mutating func perform(_ way: Way, _ method: PaymentMethod) throws {
    switch way {
    case .payment: try pay(way.cents, method)
    case .sale: try sell(method)
    case .saleReturn: try takeBack(TicketTender(method))
    case .refund:
      try desk.perform(
        as: .cashier,
        PayRefund.with {
          $0.to = .patient(PatientID(1))
          $0.amount = money(-way.cents)
          $0.method = method
          $0.ofDeposit = true
          $0.reason = "too much"
        })
    case .paidOut:
      try desk.perform(
        as: .accountant,
        MakePayment.with {
          $0.to = .party(PartyID(2))
          $0.amount = money(-way.cents)
          $0.method = method
          $0.settles = [PaidItem(.account("6120"), money(-way.cents))]
        })
    }
  }

  /// Undoes the first event of what was done last.
  private mutating func undo() throws {
    let position = desk.books.position - UInt64(desk.spec.events.count) + 1
    try desk.perform(
      as: .accountant,
      ReverseEvent.with {
        $0.of = Position(position)
        $0.reason = "typed wrongly"
      })
  }

  /// The till, and its account, hold so much; the cents are so much of a loss.
  private func expect(till: Int64, cents: Int64) {
    #expect(desk.balance("1010") == till)
    #expect(desk.balance("6910") == cents)
    #expect(desk.spec.state.tills.sessions[TillSessionID(1)]?.sums[.cash] == till)
    #expect(desk.faults == [])
  }

  @Test(arguments: Way.allCases, [Int64(2), -3])
  mutating func `is posted with its cents whichever way it goes, and undone with them`(
    _ way: Way, _ rounding: Int64
  ) throws {
    try perform(way, TillDay.cash(rounding: rounding))
    if way.cents > 0 {
      expect(till: 10_000 + way.cents + rounding, cents: -rounding)
    } else {
      expect(till: 10_000 + way.cents - rounding, cents: rounding)
    }
    try undo()
    expect(till: 10_000, cents: 0)
  }

  // 0.70 and the 1.00 that was for the staff, rounded to 1.65.
  @Test mutating func `takes a tip back with what comes back`() throws {
    var tender = TicketTender(TillDay.cash(rounding: -5))
    tender.tip = money(100)
    try takeBack(tender)
    #expect(desk.balance("2340") == 100)
    expect(till: 10_000 - 165, cents: -5)
    try undo()
    expect(till: 10_000, cents: 0)
  }

  @Test mutating func `that is paid to the account of tills is refused: a handover tells of both`()
    throws
  {
    let made = MakePayment.with {
      $0.to = .party(PartyID(2))
      $0.amount = money(100)
      $0.method = TillDay.cash()
      $0.settles = [PaidItem(.account("1010"), money(100))]
    }
    #expect(try !desk.attempt(as: .accountant, made))
    expect(till: 10_000, cents: 0)
  }

  // The safe was counted into the till without a word to it: the books say so, and that it is beside.
  @Test mutating func `leaves what is posted by hand beside the tills, and says so`() throws {
    try desk.perform(
      as: .accountant,
      PostJournal.with {
        $0.memo = "found"
        $0.lines = [
          .with {
            $0.account = "1010"
            $0.debit = money(500)
          },
          .with {
            $0.account = "4900"
            $0.credit = money(500)
          },
        ]
      })
    #expect(desk.faults == [])
    #expect(desk.balance("1010") == 10_500)
    let checks = AccountingChecks.run(desk.books.model)
    let check = checks.first { $0.name == "cash in tills equals 1010" }
    #expect(check?.detail == "1 tills; beside them 5.00 EUR at clinic L1")
  }
}
