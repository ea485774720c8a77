import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

/// A day at a till that has one of everything, worked by hand.
///
/// | what | cash | card | |
/// |---|---|---|---|
/// | the till is opened with 100.00 from the safe | 100.00 | | |
/// | M1: of a treatment of 100.00, not taxed | 100.00 | | |
/// | M2: of a treatment of 50.00 and 10.50 of tax, with 2.00 for the staff | | 62.50 | |
/// | S1: 1.25 kg at 2.80, 4 %: 3.50 with 0.13; 0.45 kg at 3.99, 21 %, less 0.30: 1.50 with 0.26 | 5.00 | | of 10.00 |
/// | SR1: 0.25 kg of the first back: 0.70 with 0.03 | -0.70 | | |
/// | M3: in advance | 20.00 | | |
/// | M4: of that back | -5.00 | | |
/// | soap for 6.05 | -6.05 | | |
/// | to the bank | -50.00 | | |
/// | S2: 1 kg at 2.80, 4 %: 2.80 with 0.11 | 2.80 | | |
/// | S2 undone | -2.80 | | |
///
/// 163.25 in cash and 62.50 by card should be there. 163.00 and 62.50 are: short 0.25. 100.00 stay,
/// and 63.00 go to the safe. Taken are 127.80 in cash and 60.50 by card, 5.70 given back and 2.80
/// undone: 179.80. At 4 % 3.50 - 0.70 = 2.80 with 0.10; at 21 % 60.50 + 1.50 = 62.00 with 10.76.
struct TillDay {
  var desk: DecidedBooks

  init() throws {
    desk = try DecidedBooks(proRata: 5_000)
    for (code, rate, taxClass) in [("R4", 400, .reduced), ("S21", 2_100, .standard)]
      as [(String, Int64, TaxClass)]
    {
      try desk.perform(
        as: .admin,
        SetTaxCode.with {
          $0.code = code
          $0.rate = Rate(basisPoints: rate)
          $0.taxClass = taxClass
        })
    }
    for (name, code) in [("Apples", 1), ("Biscuits", 2)] as [(String, UInt64)] {
      try desk.perform(
        as: .admin,
        DefineItem.with {
          $0.name = name
          $0.baseUnit = "kg"
          $0.taxCode = TaxCodeID(code)
        })
    }
    try desk.see()
    try desk.treat(10_000)
    try desk.treat(5_000) { $0.taxCode = TaxCodeID(2) }
  }

  static func cash(_ tendered: Int64? = nil, rounding: Int64? = nil) -> PaymentMethod {
    .cash(
      CashTender.with {
        $0.tendered = tendered.map(money)
        $0.rounding = rounding.map(money)
      })
  }

  static func line(
    _ item: UInt64, _ thousandths: Int64, at price: Int64, less discount: Int64 = 0
  ) -> TicketItem {
    .with {
      $0.item = ItemID(item)
      $0.quantity = Quantity(thousandths: thousandths)
      $0.unitPrice = UnitPrice(tenThousandths: price)
      $0.discount = money(discount)
    }
  }

  mutating func open() throws {
    try desk.perform(as: .cashier, OpenTill.with { $0.float = money(10_000) })
  }

  /// The receipts before anything is undone.
  mutating func trade() throws {
    try desk.pay(1, 10_000, Self.cash(10_000))
    try desk.perform(
      as: .cashier,
      ReceivePayment.with {
        $0.from = .party(.patient(PatientID(1)))
        $0.amount = money(6_050)
        $0.method = .card(CardTender())
        $0.settling = [ChargeID(2)]
        $0.tip = money(200)
      })
    try desk.perform(
      as: .cashier,
      CompleteSale.with {
        $0.lines = [Self.line(1, 1_250, at: 28_000), Self.line(2, 450, at: 39_900, less: 30)]
        $0.tenders = [TicketTender(Self.cash(1_000))]
      })
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
        $0.tenders = [TicketTender(Self.cash())]
        $0.reason = "bruised"
      })
    try desk.perform(
      as: .cashier,
      ReceivePayment.with {
        $0.from = .party(.patient(PatientID(1)))
        $0.amount = money(2_000)
        $0.method = Self.cash()
        $0.deposit = Deposit()
      })
    try desk.perform(
      as: .cashier,
      PayRefund.with {
        $0.to = .patient(PatientID(1))
        $0.amount = money(500)
        $0.method = Self.cash()
        $0.ofDeposit = true
        $0.reason = "too much"
      })
  }

  mutating func move(_ type: CashMoveType, _ amount: Int64, account: String = "") throws {
    try desk.perform(
      as: .cashier,
      MoveTillCash.with {
        $0.direction = .out
        $0.type = type
        $0.amount = money(amount)
        $0.account = account
        $0.document = account.isEmpty ? "" : "soap"
      })
  }

  /// A ticket that is undone, and the cash that goes out.
  mutating func undo() throws {
    try move(.petty, 605, account: "6120")
    try move(.bank, 5_000)
    try desk.perform(
      as: .cashier,
      CompleteSale.with {
        $0.lines = [Self.line(1, 1_000, at: 28_000)]
        $0.tenders = [TicketTender(Self.cash())]
      })
    let position = desk.books.position - UInt64(desk.spec.events.count) + 1
    try desk.perform(
      as: .cashier,
      ReverseEvent.with {
        $0.of = Position(position)
        $0.reason = "typed wrongly"
      })
  }

  mutating func close() throws {
    try desk.perform(
      as: .cashier,
      CloseTill.with {
        $0.counts = [
          CountedMethod(.cash, money(16_300)), CountedMethod(.card, money(6_250)),
        ]
        $0.left = money(10_000)
      })
  }

  /// The same as the books print it.
  func report(
    by form: DayEndForm = .line, till: UInt64? = nil, on day: String = "2026-03-02",
    knownAt: UInt64? = nil
  ) throws -> Report {
    AccountingReports.dayEnd(
      till: till, by: form, desk.books.view,
      AccountingQuery(
        book: "Till", on: try Day(parsing: day), knownAt: knownAt.map { Position($0) }))
  }
}
