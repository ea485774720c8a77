import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// Worked by hand: goods that go back after their invoice, until the supplier has credited them.
@Suite struct `Goods that go back after their invoice` {
  private func gloves() throws -> DecidedBooks {
    var desk = try DecidedBooks(proRata: 10_000)
    try desk.perform(
      as: .admin,
      DefineItem.with {
        $0.name = "Gloves"
        $0.baseUnit = "box"
      })
    return desk
  }

  private func receive(opening: Bool = false) -> ReceiveGoods {
    .with {
      $0.supplier = PartyID(2)
      $0.opening = opening
      $0.lines = [
        .with {
          $0.item = ItemID(1)
          $0.quantity = Quantity(thousandths: 10_000)
          $0.value = money(10_000)
        }
      ]
    }
  }

  private func invoice(
    _ number: String, net: Int64, tax: Int64, _ quantity: Int64? = nil
  ) -> RecordSupplierInvoice {
    .with {
      $0.supplier = PartyID(2)
      $0.number = number
      $0.date = Day(daysSince1970: 20_514)
      $0.lines = [
        .with {
          $0.receipt = ReceiptID(1)
          $0.net = money(net)
          $0.tax = money(tax)
          $0.quantity = quantity.map { Quantity(thousandths: $0 * 1000) }
        }
      ]
    }
  }

  private func giveBack(_ boxes: Int64) -> ReturnGoods {
    .with {
      $0.receipt = ReceiptID(1)
      $0.reason = "torn"
      $0.lines = [
        .with {
          $0.item = ItemID(1)
          $0.quantity = Quantity(thousandths: boxes * 1000)
        }
      ]
    }
  }

  // Ten boxes at 10.00 come in and are invoiced with 21 %: 121.00. Three go back: the supplier owes
  // 30.00. The credit note has 29.00 of them and 6.09 of tax, 1.00 less than they had cost: 30.00 are
  // cleared, and 35.09 are the note's. The next payment sets it off: 121.00 - 35.09 = 85.91.
  @Test func `are owed by the supplier until the credit note, which clears them`() throws {
    var desk = try gloves()
    #expect(
      try desk.perform(as: .buyer, receive()) == ["1400 Y2 R1 100.00", "2010 Y2 R1 -100.00"])
    #expect(
      try desk.perform(as: .accountant, invoice("117", net: 10_000, tax: 2_100)) == [
        "2010 Y2 SI1 100.00", "1450 Y2 SI1 21.00", "2000 Y2 SI1 -121.00",
      ])
    #expect(
      try desk.perform(as: .buyer, giveBack(3)) == ["2000 Y2 R1 30.00", "1400 Y2 R1 -30.00"])
    let line = { (desk: DecidedBooks) in desk.spec.state.purchasing.line(1, of: ReceiptID(1)) }
    #expect(line(desk)?.returnedValue == 3_000 && line(desk)?.returnedQuantity == 3_000)
    #expect(
      try desk.perform(as: .accountant, invoice("C-9", net: -2_900, tax: -609)) == [
        "2000 Y2 SI2 -30.00", "5030 Y2 SI2 1.00", "1450 Y2 SI2 -6.09", "2000 Y2 SI2 35.09",
      ])
    let credited = try desk.spec.events[0].decoded(as: SupplierInvoiceRecorded.self)
    #expect(credited.lines[0].received?.quantity == Quantity(thousandths: -3_000))
    #expect(credited.lines[0].received?.returned == true)
    #expect(line(desk)?.returnedValue == 0 && line(desk)?.returnedQuantity == 0)
    #expect(
      try desk.perform(
        MakePayment.with {
          $0.to = .party(PartyID(2))
          $0.amount = money(8_591)
          $0.settles = [
            PaidItem(.invoice(SupplierInvoiceID(1)), money(12_100)),
            PaidItem(.invoice(SupplierInvoiceID(2)), money(-3_509)),
          ]
        }) == ["2000 Y2 M1 121.00", "2000 Y2 M1 -35.09", "1100 Y2 M1 -85.91"])
    #expect(desk.balance("2000") == 0 && desk.balance("2010") == 0)
    #expect(desk.balance("1400") == 7_000 && desk.balance("1450") == 1_491)
    #expect(desk.faults.isEmpty)
  }

  // The supplier credits 20.00 of goods that are still here: they are open again, and go back against
  // that, without another note.
  @Test func `that were credited before they went leave nothing open either`() throws {
    var desk = try gloves()
    try desk.perform(as: .buyer, receive())
    try desk.perform(as: .accountant, invoice("117", net: 10_000, tax: 0))
    #expect(
      try desk.perform(as: .accountant, invoice("C-9", net: -2_000, tax: 0, -2)) == [
        "2010 Y2 SI2 -20.00", "2000 Y2 SI2 20.00",
      ])
    #expect(
      try desk.perform(as: .buyer, giveBack(2)) == ["2010 Y2 R1 20.00", "1400 Y2 R1 -20.00"])
    #expect(desk.balance("2010") == 0 && desk.balance("2000") == -8_000)
    #expect(desk.faults.isEmpty)
  }

  // What was there when the books began was invoiced before them: a credit note for it is for what has
  // gone back, and for nothing else.
  @Test func `from before the books are credited too`() throws {
    var desk = try gloves()
    #expect(
      try desk.perform(as: .buyer, receive(opening: true))
        == ["1400 Y2 R1 100.00", "3000 Y2 R1 -100.00"])
    desk.spec.by(.staff(1), .accountant).when(invoice("C-9", net: -1_000, tax: 0, -1))
      .thenRefused(PurchasingRefusal.openingStock(ReceiptID(1)))
    #expect(
      try desk.perform(as: .buyer, giveBack(2)) == ["2000 Y2 R1 20.00", "1400 Y2 R1 -20.00"])
    #expect(
      try desk.perform(as: .accountant, invoice("C-9", net: -2_000, tax: 0)) == [
        "2000 Y2 SI1 -20.00", "2000 Y2 SI1 20.00",
      ])
    #expect(desk.balance("2000") == 2_000)
    desk.spec.when(invoice("C-10", net: -1_000, tax: 0, -1))
      .thenRefused(PurchasingRefusal.openingStock(ReceiptID(1)))
    #expect(desk.faults.isEmpty)
  }
}

/// Worked by hand: money that a bank takes back.
@Suite struct `A returned payment and its fee` {
  // 80.00 were paid by card. The acquirer takes them back and asks for 5.00: its statement has one line
  // of -85.00, which the return explains by itself. Card clearing is at nothing then.
  @Test func `are one line of the statement`() throws {
    var desk = try DecidedBooks()
    try desk.see()
    try desk.treat(8_000)
    #expect(try desk.pay(1, 8_000) == ["1150 P1 M1 80.00", "1200 P1 M1 -80.00"])
    func reconcile(_ line: String, _ amount: Int64, _ match: StatementMatch) -> ReconcileBankLine {
      .with {
        $0.line = line
        $0.amount = money(amount)
        $0.matches = [match]
      }
    }
    #expect(
      try desk.perform(
        as: .accountant, reconcile("1", 8_000, StatementMatch(.payment(PaymentID(1))))) == [
          "1100 - BA1 80.00", "1150 - BA1 -80.00",
        ])
    #expect(
      try desk.perform(
        ReturnPayment.with {
          $0.payment = PaymentID(1)
          $0.reason = .chargeback
          $0.fee = money(500)
        }) == [
          "1200 P1 M1 80.00", "6200 P1 M1 5.00", "1150 P1 M1 -80.00", "1150 P1 M1 -5.00",
        ])
    let returned = Position(desk.books.position)
    desk.spec.when(reconcile("2", -8_000, StatementMatch(.position(returned))))
      .thenRefused(.unbalanced)
    #expect(
      try desk.perform(reconcile("2", -8_500, StatementMatch(.position(returned)))) == [
        "1100 - BA1 -85.00", "1150 - BA1 85.00",
      ])
    #expect(desk.balance("1150") == 0 && desk.balance("1100") == -500)
    #expect(desk.balance("1200") == 8_000 && desk.balance("6200") == 500)
    #expect(desk.faults.isEmpty)
  }

  // A fee by a line of its own is no part of the return: 20.00 go back, then 5.00 to the bank.
  @Test func `or two, where the bank has it so`() throws {
    var desk = try DecidedBooks()
    try desk.see()
    try desk.treat(2_000)
    #expect(
      try desk.pay(1, 2_000, .directDebit(BankTender()))
        == ["1100 P1 M1 20.00", "1200 P1 M1 -20.00"])
    #expect(
      try desk.perform(
        as: .accountant,
        ReturnPayment.with {
          $0.payment = PaymentID(1)
          $0.reason = .directDebit
        }) == ["1200 P1 M1 20.00", "1100 P1 M1 -20.00"])
    let returned = Position(desk.books.position)
    for (line, amount, match, postings) in [
      ("1", -2_000, StatementMatch(.position(returned)), []),
      (
        "2", -500, StatementMatch(.account("6210"), money(-500)),
        ["1100 - BA1 -5.00", "6210 - BA1 5.00"]
      ),
    ] as [(String, Int64, StatementMatch, [String])] {
      #expect(
        try desk.perform(
          ReconcileBankLine.with {
            $0.line = line
            $0.amount = money(amount)
            $0.matches = [match]
          }) == postings)
    }
    #expect(desk.balance("1100") == -500 && desk.faults.isEmpty)
  }
}
