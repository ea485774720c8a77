import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

private let reduced = TaxCodeID(1)
private let standard = TaxCodeID(2)

/// Worked by hand: command by command, with the entries that they make.
@Suite struct `Worked by hand at the counter` {
  private func taxes(_ desk: inout DecidedBooks) throws {
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
  }

  private func goods(
    _ desk: inout DecidedBooks, _ name: String, _ taxCode: TaxCodeID, price: Int64,
    _ kilograms: Int64, value: Int64
  ) throws {
    let item = ItemID(UInt64(desk.spec.state.stock.items.count) + 1)
    try desk.perform(
      as: .admin,
      DefineItem.with {
        $0.name = name
        $0.baseUnit = "kg"
        $0.taxCode = taxCode
      })
    try desk.perform(
      as: .admin,
      SetPrice.with {
        $0.priced = .item(item)
        $0.unitPrice = UnitPrice(tenThousandths: price)
      })
    try desk.perform(
      as: .buyer,
      ReceiveGoods.with {
        $0.supplier = PartyID(2)
        $0.lines = [
          GoodsLine.with {
            $0.item = item
            $0.quantity = Quantity(thousandths: kilograms * 1000)
            $0.value = money(value)
          }
        ]
      })
  }

  private func line(_ item: UInt64, _ thousandths: Int64) -> TicketItem {
    .with {
      $0.item = ItemID(item)
      $0.quantity = Quantity(thousandths: thousandths)
    }
  }

  private func cash(_ tendered: Int64? = nil) -> PaymentMethod {
    .cash(CashTender.with { $0.tendered = tendered.map(money) })
  }

  // 1.250 kg of apples at 2.80 are 3.50, of which 3.50 x 4/104 = 0.13 is tax; they cost
  // 15.00 x 1.25/10 = 1.875, so 1.88. 0.800 kg of pears at 2.10 are 1.68, of which 0.06; cost
  // 6.00 x 0.8/5 = 0.96. 0.450 kg of biscuits at 3.99 are 1.7955, so 1.80, of which 1.80 x 21/121 =
  // 0.31; cost 6.00 x 0.45/3 = 0.90. The ticket is 6.98: 6.48 and 0.50 of tax; of 10.00 in cash 3.02
  // go back.
  //
  // Back come 0.300 kg of pears, to the shelf: 1.68 x 3/8 = 0.63 with 0.06 x 3/8 = 0.02 of tax, which
  // had cost 0.36; and all of the biscuits, which are thrown away: 1.80 with 0.31.
  @Test func `a sale of three weighed goods with two tax rates, and its return`() throws {
    var desk = try DecidedBooks()
    try taxes(&desk)
    try goods(&desk, "Apples", reduced, price: 28_000, 10, value: 1_500)
    try goods(&desk, "Pears", reduced, price: 21_000, 5, value: 600)
    try goods(&desk, "Biscuits", standard, price: 39_900, 3, value: 600)
    try desk.perform(as: .cashier, OpenTill.with { $0.float = money(5_000) })
    #expect(
      try desk.perform(
        as: .cashier,
        CompleteSale.with {
          $0.lines = [line(1, 1_250), line(2, 800), line(3, 450)]
          $0.tenders = [TicketTender(cash(1_000))]
        }) == [
          "1200 walk-in S1 6.98", "4020 walk-in S1 -4.99", "2200 walk-in S1 -0.19",
          "4020 walk-in S1 -1.49", "2200 walk-in S1 -0.31",
          "1010 walk-in S1 6.98", "1200 walk-in S1 -6.98",
          "5000 - B1 1.88", "1400 - B1 -1.88",
          "5000 - B2 0.96", "1400 - B2 -0.96",
          "5000 - B3 0.90", "1400 - B3 -0.90",
        ])
    let sold = try desk.spec.events[0].decoded(as: SaleCompleted.self)
    guard case .cash(let tender) = sold.tenders[0].method else { return }
    #expect(tender.change == money(302))
    #expect(
      try desk.perform(
        as: .cashier,
        ReturnSale.with {
          $0.sale = SaleID(1)
          $0.lines = [
            ReturnedItem.with {
              $0.line = 2
              $0.quantity = Quantity(thousandths: 300)
              $0.restock = true
            },
            ReturnedItem.with {
              $0.line = 3
              $0.quantity = Quantity(thousandths: 450)
            },
          ]
          $0.tenders = [TicketTender(cash())]
          $0.reason = "broken"
        }) == [
          "4095 walk-in SR1 0.61", "2200 walk-in SR1 0.02", "4095 walk-in SR1 1.49",
          "2200 walk-in SR1 0.31", "1200 walk-in SR1 -2.43",
          "1200 walk-in SR1 2.43", "1010 walk-in SR1 -2.43",
          "1400 walk-in SR1 0.36", "5000 walk-in SR1 -0.36",
        ])
    #expect(desk.balance("1010") == 5_000 + 698 - 243)
    #expect(desk.balance("2200") == -50 + 33)
    #expect(desk.balance("1400") == 2_700 - 188 - 96 - 90 + 36)
    #expect(desk.faults.isEmpty)
  }

  // 150.00 come from the safe. A patient who owes 100.00 pays 120.00 in cash, and 80.00 by card for
  // another treatment. 12.10 are spent on soap, of which 2.10 is tax and half of that deductible.
  // 100.00 go to the bank. The 20.00 that were too much are given back. 150.00 + 120.00 - 12.10 -
  // 100.00 - 20.00 = 137.90 should be there; 135.40 are: short 2.50. 100.00 stay in the till.
  @Test func `a till day with float, petty cash, bank, refund and shortage`() throws {
    var desk = try DecidedBooks(proRata: 5_000)
    try taxes(&desk)
    try desk.see()
    try desk.treat(10_000)
    try desk.treat(8_000)
    #expect(
      try desk.perform(as: .cashier, OpenTill.with { $0.float = money(15_000) })
        == ["1010 - TS1 150.00", "1020 - TS1 -150.00"])
    #expect(
      try desk.pay(1, 12_000, cash(12_000))
        == ["1010 P1 M1 120.00", "1200 P1 M1 -100.00", "2150 P1 M1 -20.00"])
    #expect(try desk.pay(2, 8_000) == ["1150 P1 M2 80.00", "1200 P1 M2 -80.00"])
    #expect(
      try desk.perform(
        as: .cashier,
        MoveTillCash.with {
          $0.direction = .out
          $0.type = .petty
          $0.amount = money(1_210)
          $0.account = "6120"
          $0.document = "soap"
          $0.taxCode = standard
        }) == [
          "6120 - TS1 10.00", "1450 - TS1 1.05", "6450 - TS1 1.05", "1010 - TS1 -12.10",
        ])
    #expect(
      try desk.perform(
        as: .cashier,
        MoveTillCash.with {
          $0.direction = .out
          $0.type = .bank
          $0.amount = money(10_000)
        }) == ["1030 - TS1 100.00", "1010 - TS1 -100.00"])
    #expect(
      try desk.perform(
        as: .cashier,
        PayRefund.with {
          $0.to = .patient(PatientID(1))
          $0.amount = money(2_000)
          $0.method = cash()
          $0.reason = "overpaid"
        }) == ["2150 P1 M3 20.00", "1010 P1 M3 -20.00"])
    #expect(
      try desk.perform(
        as: .cashier,
        CloseTill.with {
          $0.counts = [
            CountedMethod(.cash, money(13_540)), CountedMethod(.card, money(8_000)),
          ]
          $0.left = money(10_000)
        }) == [
          "6900 - TS1 2.50", "1010 - TS1 -2.50", "1020 - TS1 35.40", "1010 - TS1 -35.40",
        ])
    let closed = try desk.spec.events[0].decoded(as: TillClosed.self)
    #expect(closed.number == 1 && closed.receiptCount == 3)
    #expect(closed.counts[0].expected == money(13_790) && closed.counts[0].variance == money(-250))
    #expect(desk.balance("1010") == 10_000)
    #expect(desk.balance("1020") == -15_000 + 3_540)
    #expect(desk.faults.isEmpty)
    #expect(
      try desk.perform(
        as: .cashier,
        OpenTill.with {
          $0.till = TillID(1)
          $0.float = money(10_000)
        }
      ).isEmpty)
  }

  // 60.50 in advance hold 60.50 x 21/121 = 10.50 of tax, which is due with them: the advance invoice
  // says so. The treatment is 200.00 and 42.00 of tax. The deposit settles 20.17 of it, with 3.50 of
  // tax, then the other 40.33 with the remaining 7.00. The invoice takes 50.00 and 10.50 off, and asks for
  // 181.50, which are paid by card.
  @Test func `a taxable treatment with a deposit`() throws {
    var desk = try DecidedBooks()
    try taxes(&desk)
    #expect(
      try desk.perform(
        as: .reception,
        ReceivePayment.with {
          $0.from = .party(.patient(PatientID(1)))
          $0.amount = money(6_050)
          $0.method = .card(CardTender())
          $0.deposit = Deposit.with { $0.taxCode = standard }
        }) == ["1150 P1 M1 60.50", "2100 P1 M1 -50.00", "2200 P1 M1 -10.50"])
    let customer = InvoiceCustomer.with {
      $0.party = .patient(PatientID(1))
      $0.person = InvoicePerson.with { $0.name = "Young" }
    }
    #expect(
      try desk.perform(
        as: .accountant,
        IssueInvoice.with {
          $0.customer = customer
          $0.deposits = [PaymentID(1)]
        }
      ).isEmpty)
    try desk.on("2026-03-09")
    try desk.see()
    #expect(
      try desk.treat(20_000) { $0.taxCode = standard }
        == ["1200 P1 C1 242.00", "4010 P1 C1 -200.00", "2200 P1 C1 -42.00"])
    for (amount, lines) in [
      (2_017, ["2100 P1 M1 16.67", "2200 P1 M1 3.50", "1200 P1 M1 -20.17"]),
      (4_033, ["2100 P1 M1 33.33", "2200 P1 M1 7.00", "1200 P1 M1 -40.33"]),
    ] as [(Int64, [String])] {
      #expect(
        try desk.perform(
          as: .accountant,
          AllocatePayment.with {
            $0.payment = PaymentID(1)
            $0.allocations = [ChargeAmount(ChargeID(1), money(amount))]
          }) == lines)
    }
    try desk.perform(
      as: .accountant,
      IssueInvoice.with {
        $0.customer = customer
        $0.charges = [InvoiceShare(ChargeID(1))]
      })
    let invoice = try desk.spec.events[0].decoded(as: InvoiceIssued.self)
    #expect(invoice.number == 2 && invoice.total == money(18_150))
    #expect(invoice.taxes.count == 1 && invoice.taxes[0].net == money(15_000))
    #expect(invoice.taxes[0].tax == money(3_150))
    #expect(try desk.pay(1, 18_150) == ["1150 P1 M2 181.50", "1200 P1 M2 -181.50"])
    #expect(desk.balance("2100") == 0 && desk.balance("1200") == 0)
    #expect(desk.balance("2200") == -4_200 && desk.balance("4010") == -20_000)
    #expect(desk.faults.isEmpty)
  }
}
