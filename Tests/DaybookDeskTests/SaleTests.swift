import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `A sale` {
  private func line(
    _ item: ItemID, _ thousandths: Int64, at price: Int64, _ amount: Int64,
    _ taxCode: TaxCodeID, _ rate: Int64, tax: Int64
  ) -> SaleLine {
    .with {
      $0.item = item
      $0.quantity = Quantity(thousandths: thousandths)
      $0.unitPrice = UnitPrice(tenThousandths: price)
      $0.amount = cents(amount)
      $0.taxCode = taxCode
      $0.rate = Rate(basisPoints: rate)
      $0.tax = cents(tax)
    }
  }

  // 1.250 x 2.80 = 3.50, of which 3.50 x 4/104 = 0.13 is tax; 0.8 x 2.10 = 1.68, of which 0.06;
  // a bag 0.13, of which 0.13 x 21/121 = 0.02. In all 5.31; 20.00 less that is 14.69.
  @Test func `of weighed goods is the sum of its rounded lines, and gives change`() {
    let spec = Counter.opened.when(Counter.ticket)
    spec.then(
      SaleCompleted.with {
        $0.sale = Counter.sale
        $0.tillSession = Counter.session
        $0.series = "T"
        $0.number = 1
        $0.lines = [
          line(Counter.apples, 1_250, at: 28_000, 3_50, Counter.reduced, 400, tax: 13),
          line(Counter.pears, 800, at: 21_000, 1_68, Counter.reduced, 400, tax: 6),
          line(Counter.bag, 1_000, at: 1_300, 13, Counter.standard, 2_100, tax: 2),
        ]
        $0.total = cents(5_31)
        $0.tenders = [
          Tender(
            .cash(
              CashTender.with {
                $0.tendered = cents(20_00)
                $0.change = cents(14_69)
              }), cents(5_31))
        ]
      },
      // 15.00 x 1.25 / 10 = 1.875, half away.
      sold(
        Counter.apples, 1, [IssueLine(quantity: Quantity(thousandths: 1_250), value: cents(1_88))]),
      sold(Counter.pears, 2, [IssueLine(quantity: Quantity(thousandths: 800), value: cents(96))]),
      // No bag is on hand: the sale is not refused, and the bag is short.
      sold(Counter.bag, 3, []) { $0.short = .one })
    #expect(spec.expected() == 155_31)
  }

  private func sold(
    _ item: ItemID, _ line: UInt32, _ lines: Few<IssueLine>,
    _ change: (inout StockIssued) -> Void = { _ in }
  ) -> StockIssued {
    issued(item, lines, for: .sale) {
      $0.soldLine = SoldLine(Counter.sale, line: line)
      change(&$0)
    }
  }

  @Test func `takes what is on hand of loose goods, and says what is short`() {
    let spec = Counter.opened.when(
      Counter.sell([Counter.line(Counter.pears, 7_000)], [TicketTender(.card(CardTender()))]))
    spec.thenEvents(SaleCompleted.self, StockIssued.self)
    let issued = try? spec.events[1].decoded(as: StockIssued.self)
    #expect(issued?.lines.first?.quantity == units(5) && issued?.short == units(2))
    #expect(spec.expected(.card) == 17_50)
  }

  @Test func `refuses tracked goods that are not there, and those that expired`() {
    let screw = Counter.line(Clinic.screw, 1_000) {
      $0.unitPrice = UnitPrice(tenThousandths: 10_000)
    }
    let card: Few<TicketTender> = [TicketTender(.card(CardTender()))]
    Counter.opened.when(Counter.sell([screw], card)).thenRefused(.insufficientStock)
    let expired = Counter.opened.atTheStore
      .given(receive(goods(Clinic.screw, 1, lot: "L1", expiry: "2026-03-01", value: 5_00)))
      .atTheTill
    var named = screw
    named.lot = "L1"
    expired.when(Counter.sell([named], card)).thenRefused(.lotExpired)
    expired.when(Counter.sell([screw], card)).thenRefused(.insufficientStock)
  }

  @Test func `is paid in several ways, which come to the total`() {
    let lines: Few<TicketItem> = [Counter.line(Counter.apples, 1_000)]
    let spec = Counter.opened.when(
      Counter.sell(
        lines, [TicketTender(.card(CardTender()), cents(1_80)), TicketTender(Counter.cash())]))
    spec.thenEvents(SaleCompleted.self, StockIssued.self)
    #expect(spec.expected() == 151_00 && spec.expected(.card) == 1_80)
    Counter.opened.when(Counter.sell(lines, [TicketTender(.card(CardTender()), cents(1_80))]))
      .thenRefused(SaleRefusal.notPaid(Amount(minorUnits: 1_00, .usd)), field: "tenders")
    Counter.opened.when(Counter.sell(lines, [TicketTender(.card(CardTender()), cents(2_81))]))
      .thenRefused(.unbalanced)
    Counter.opened.when(Counter.sell(lines, [TicketTender(Counter.cash(2_00))]))
      .thenRefused(.unbalanced)
    Counter.opened.when(Counter.sell(lines, [TicketTender(Counter.cash(2_00), cents(2_80))]))
      .thenRefused(.unbalanced)
  }

  @Test func `of history that took no cash needs no till, and cash has none that it could name`() {
    let shop = Counter.opened.importing
    func sold(_ method: PaymentMethod) -> Spec {
      shop.when(Counter.sell([Counter.line(Counter.apples, 1_000)], [TicketTender(method)]))
    }
    let online = sold(.online(CardTender()))
    online.thenEvents(SaleCompleted.self, StockIssued.self)
    #expect(online.findings.isEmpty)
    #expect((try? online.events[0].decoded(as: SaleCompleted.self).tillSession) == .some(nil))
    #expect(sold(Counter.cash()).findings.map(\.code) == [.tillNotOpen])
  }

  @Test func `leaves a rest on the account of a patient alone`() {
    let spec = Counter.opened.when(
      Counter.sell([Counter.line(Counter.apples, 1_000)], [TicketTender(Counter.cash(2_00))]) {
        $0.patient = Clinic.patient
      })
    spec.thenEvents(SaleCompleted.self, ChargePosted.self, StockIssued.self)
    #expect(spec.owed() == 80)
    let paid = spec.when(pay(1_00) { $0.settling = [Clinic.charge] })
    #expect(paid.owed() == 0 && paid.unapplied() == 20)
    // A ticket is an invoice: a courtesy on it is none.
    spec.by(.staff(4), .accountant).when(
      PostAdjustment.with {
        $0.charge = Clinic.charge
        $0.type = .courtesy
        $0.amount = cents(10)
      }
    ).thenRefused(BillingRefusal.invoiced(Clinic.charge), field: "type")
    spec.by(.staff(4), .accountant).when(
      IssueInvoice.with {
        $0.customer = Billed.customer
        $0.charges = [InvoiceShare(Clinic.charge)]
      }
    ).thenRefused(.overAllocated)
  }

  @Test func `may be free, and takes its lines off their shelf`() {
    let free = Counter.line(Counter.apples, 1_000) { $0.unitPrice = UnitPrice() }
    Counter.opened.when(Counter.sell([free], [])).thenEvents(SaleCompleted.self, StockIssued.self)
    Counter.opened.when(Counter.sell([free], [TicketTender(Counter.cash())]))
      .thenEvents(SaleCompleted.self, StockIssued.self)
  }

  @Test func `needs lines that name one thing with a price, and a till`() {
    let cash: Few<TicketTender> = [TicketTender(Counter.cash())]
    Counter.opened.when(Counter.sell([], cash)).thenRefused(.fieldRequired)
    Counter.opened.when(Counter.sell([TicketItem()], cash)).thenRefused(.fieldRequired)
    Counter.opened.when(Counter.sell([Counter.line(Clinic.gloves, 1_000)], cash))
      .thenRefused(SaleRefusal.noPrice, field: "lines[1].unitPrice")
    Counter.opened.when(Counter.sell([Counter.line(Counter.apples, 0)], cash))
      .thenRefused(.outOfRange)
    Counter.opened.when(
      Counter.sell(
        [Counter.line(Counter.apples, 1) { $0.unitPrice = UnitPrice(tenThousandths: -1) }], cash)
    ).thenRefused(.amountNegative)
    Counter.opened.when(Counter.sell([Counter.line(ItemID(99), 1_000)], cash))
      .thenRefused(.fieldRequired, .unknownReference)
    Counter.stocked.atTheTill.when(Counter.sell([Counter.line(Counter.bag, 1_000)], cash))
      .thenRefused(BillingRefusal.tillNotOpen, field: "till")
    Counter.opened.when(
      Counter.sell([Counter.line(Counter.bag, 1_000)], cash) { $0.patient = PatientID(9) }
    )
    .thenRefused(.unknownReference)
  }

  @Test func `of a service has the tax on top of the list, in whole units`() {
    let spec = Counter.opened.by(.staff(1), .admin).given(
      SetPrice.with {
        $0.priced = .service(Clinic.implanting)
        $0.unitPrice = UnitPrice(tenThousandths: 100_000)
      }
    ).atTheTill
    let line = TicketItem.with {
      $0.service = Clinic.implanting
      $0.taxCode = Counter.standard
    }
    let sold = spec.when(Counter.sell([line], [TicketTender(Counter.cash())]))
    #expect((try? sold.events[0].decoded(as: SaleCompleted.self))?.total == cents(12_10))
    var half = line
    half.quantity = Quantity(thousandths: 500)
    spec.when(Counter.sell([half], [TicketTender(Counter.cash())])).thenRefused(.outOfRange)
    var inactive = line
    inactive.service = ServiceID(9)
    spec.when(Counter.sell([inactive], [TicketTender(Counter.cash())]))
      .thenRefused(.unknownReference, .fieldRequired)
  }

  @Test func `has a discount of at most the line, approved above the limit`() {
    func off(_ minor: Int64, _ approver: StaffID? = nil) -> CompleteSale {
      Counter.sell(
        [Counter.line(Counter.apples, 1_000) { $0.discount = cents(minor) }],
        [TicketTender(Counter.cash())]
      ) { $0.approver = approver }
    }
    let sold = Counter.opened.when(off(30))
    let line = (try? sold.events[0].decoded(as: SaleCompleted.self))?.lines[0]
    #expect(line?.amount == cents(2_50) && line?.tax == cents(10))
    Counter.opened.when(off(2_81)).thenRefused(.outOfRange)
    var limited = Clinic.defineClinic
    limited.clinic = Clinic.id
    limited.limits.discount = cents(20)
    let spec = Counter.opened.by(.staff(1), .admin).given(limited).atTheTill
    spec.when(off(30)).thenRefused(.needsSecondPerson)
    spec.when(off(30, Clinic.doctor)).thenEvents(SaleCompleted.self, StockIssued.self)
    spec.when(off(20)).thenEvents(SaleCompleted.self, StockIssued.self)
  }

  @Test func `is numbered without gaps in its series`() {
    func bag(_ series: String, _ number: UInt64?) -> CompleteSale {
      Counter.sell([Counter.line(Counter.bag, 1_000)], [TicketTender(Counter.cash())]) {
        $0.series = series
        $0.number = number
      }
    }
    Counter.sold.when(bag("", 2)).thenEvents(SaleCompleted.self, StockIssued.self)
    Counter.sold.when(bag("", 3))
      .thenRefused(InvoiceRefusal.numberGap(series: "T", next: 2), field: "number")
    Counter.sold.when(bag("B", 1)).thenEvents(SaleCompleted.self, StockIssued.self)
    Counter.sold.given(Counter.takeBack([Counter.takeBack(1, 100)])).when(bag("R", nil))
      .thenRefused(InvoiceRefusal.otherSeries("R"), field: "series")
  }
}

@Suite struct `A return` {
  // 0.3 of 0.8 kg: 1.68 x 3/8 = 0.63, tax 0.06 x 3/8 = 0.02; cost 0.96 x 3/8 = 0.36.
  @Test func `gives back price, tax and cost of the part, as they were`() {
    let spec = Counter.sold.when(Counter.takeBack([Counter.takeBack(2, 300, restock: true)]))
    spec.then(
      SaleReturned.with {
        $0.saleReturn = SaleReturnID(1)
        $0.tillSession = Counter.session
        $0.series = "R"
        $0.number = 1
        $0.clinic = Clinic.id
        $0.sale = Counter.sale
        $0.lines = [
          ReturnLine.with {
            $0.line = 2
            $0.item = Counter.pears
            $0.quantity = Quantity(thousandths: 300)
            $0.amount = cents(63)
            $0.taxCode = Counter.reduced
            $0.rate = Rate(basisPoints: 400)
            $0.tax = cents(2)
            $0.restocked = [IssueLine(quantity: Quantity(thousandths: 300), value: cents(36))]
          }
        ]
        $0.total = cents(63)
        $0.tenders = [Tender(Counter.cash(), cents(63))]
        $0.reason = "spoiled"
      })
    #expect(spec.expected() == 154_68)
    // The last part takes the remainder: 1.05 and 0.04, at 0.60.
    let rest = spec.when(Counter.takeBack([Counter.takeBack(2, 500, restock: true)]))
    let line = (try? rest.events[0].decoded(as: SaleReturned.self))?.lines[0]
    #expect(line?.amount == cents(1_05) && line?.tax == cents(4))
    #expect(line?.restocked[0].value == cents(60))
  }

  @Test func `never takes back more than was sold and is not back`() {
    let spec = Counter.sold.given(Counter.takeBack([Counter.takeBack(2, 300)]))
    spec.when(Counter.takeBack([Counter.takeBack(2, 501)]))
      .thenRefused(
        SaleRefusal.aboveSold(Counter.sale, line: 2, left: Quantity(thousandths: 500)),
        field: "lines[1].quantity")
    spec.when(Counter.takeBack([Counter.takeBack(2, 500)])).thenEvents(SaleReturned.self)
    spec.when(Counter.takeBack([Counter.takeBack(2, 1), Counter.takeBack(2, 1)]))
      .thenRefused(.invalidState)
    spec.when(Counter.takeBack([Counter.takeBack(4, 1)])).thenRefused(.unknownReference)
    spec.when(Counter.takeBack([Counter.takeBack(1, 0)])).thenRefused(.outOfRange)
  }

  @Test func `of goods that were short puts them back without value`() {
    let spec = Counter.sold.when(Counter.takeBack([Counter.takeBack(3, 1_000, restock: true)]))
    let line = (try? spec.events[0].decoded(as: SaleReturned.self))?.lines[0]
    #expect(line?.restocked.first?.value == .zero && line?.restocked.first?.quantity == .one)
  }

  @Test func `names the sale, a reason and how the money goes back`() {
    Counter.sold.when(Counter.takeBack([Counter.takeBack(2, 100)]) { $0.sale = nil })
      .thenRefused(SaleRefusal.noOriginal, field: "sale")
    Counter.sold.when(Counter.takeBack([Counter.takeBack(2, 100)]) { $0.sale = SaleID(9) })
      .thenRefused(.unknownReference)
    Counter.sold.when(Counter.takeBack([Counter.takeBack(2, 100)]) { $0.reason = " " })
      .thenRefused(.reasonRequired)
    Counter.sold.when(Counter.takeBack([Counter.takeBack(2, 100)]) { $0.tenders = [] })
      .thenRefused(.unbalanced)
    Counter.sold.when(Counter.takeBack([])).thenRefused(.fieldRequired)
    Counter.sold.when(Counter.takeBack([Counter.takeBack(2, 100)]) { $0.number = 2 })
      .thenRefused(.numberGap)
    Counter.sold.when(
      Counter.takeBack([Counter.takeBack(2, 100)]) { $0.unknownOriginal = true }
    ).thenRefused(.fieldRequired, .fieldRequired)
  }

  @Test func `gives no more cash than the till should hold`() {
    let spec = Counter.sold.given(Counter.move(.out, .bank, 155_00))
    spec.when(Counter.takeBack([Counter.takeBack(1, 1_250)])).thenRefused(.quantityExceeded)
  }

  @Test func `lowers first what a patient still owes of the ticket`() {
    let onAccount = Counter.opened.given(
      Counter.sell([Counter.line(Counter.apples, 1_000)], [TicketTender(Counter.cash(2_00))]) {
        $0.patient = Clinic.patient
      })
    // 1.40 comes back: 0.80 was owed, 0.60 goes out.
    let spec = onAccount.when(Counter.takeBack([Counter.takeBack(1, 500)]))
    let returned = try? spec.events[0].decoded(as: SaleReturned.self)
    #expect(returned?.forgiven == cents(80) && returned?.tenders[0].amount == cents(60))
    #expect(spec.owed() == 0 && spec.expected() == 151_40)
  }

  @Test func `of an unknown sale says itself what came back`() {
    func unknown(_ change: (inout ReturnedItem) -> Void) -> ReturnSale {
      Counter.takeBack([
        ReturnedItem.with {
          $0.item = Counter.pears
          $0.unitPrice = UnitPrice(tenThousandths: 21_000)
          $0.restock = true
          change(&$0)
        }
      ]) {
        $0.sale = nil
        $0.unknownOriginal = true
      }
    }
    let spec = Counter.opened.when(unknown { _ in })
    let line = (try? spec.events[0].decoded(as: SaleReturned.self))?.lines[0]
    // 2.10 x 4/104 = 0.08; pears cost 6.00 for five kilograms.
    #expect(line?.amount == cents(2_10) && line?.tax == cents(8))
    #expect(line?.restocked == [IssueLine(quantity: .one, value: cents(1_20))])
    Counter.opened.when(unknown { $0.item = nil }).thenRefused(.fieldRequired)
    Counter.opened.when(unknown { $0.item = ItemID(99) }).thenRefused(.unknownReference)
    Counter.opened.when(unknown { $0.lot = "L9" }).thenRefused(.unknownReference)
    Counter.opened.when(unknown { $0.item = Clinic.screw }).thenRefused(.lotRequired)
    Counter.opened.when(unknown { $0.unitPrice = UnitPrice(tenThousandths: -1) })
      .thenRefused(.amountNegative)
  }

  @Test func `above the limit takes a second person`() {
    var limited = Clinic.defineClinic
    limited.clinic = Clinic.id
    limited.limits.refund = cents(50)
    let spec = Counter.sold.by(.staff(1), .admin).given(limited).atTheTill
    spec.when(Counter.takeBack([Counter.takeBack(2, 300)])).thenRefused(.needsSecondPerson)
    spec.when(Counter.takeBack([Counter.takeBack(2, 300)]) { $0.approver = Clinic.accountant })
      .thenEvents(SaleReturned.self)
  }

  @Test func `comes after its sale`() {
    Counter.sold.at(Clinic.moment("2026-03-02T08:00:00Z"))
      .when(Counter.takeBack([Counter.takeBack(2, 300)]))
      .thenRefused(.invalidState, .invalidState)
  }
}
