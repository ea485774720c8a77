import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

private let first = SupplierInvoiceID(1)

private func usd(_ minor: Int64) -> Amount { Amount(minorUnits: minor, .usd) }

private func goods(_ net: Int64, _ change: (inout InvoicedLine) -> Void = { _ in }) -> InvoicedLine
{
  .with {
    $0.receipt = ReceiptID(1)
    $0.net = cents(net)
    change(&$0)
  }
}

private func expense(
  _ net: Int64, tax: Int64 = 0, _ change: (inout InvoicedLine) -> Void = { _ in }
) -> InvoicedLine {
  .with {
    $0.account = "6100"
    $0.net = cents(net)
    $0.tax = cents(tax)
    change(&$0)
  }
}

private func invoice(
  _ number: String = "117", _ lines: InvoicedLine...,
  change: (inout RecordSupplierInvoice) -> Void = { _ in }
) -> RecordSupplierInvoice {
  .with {
    $0.supplier = Clinic.supplier
    $0.number = number
    $0.date = Clinic.today
    $0.lines = Few(lines)
    change(&$0)
  }
}

/// Ten gloves for 100 came in; 15 % of input tax can be deducted; the accountant acts.
private var received: Spec {
  var clinic = Clinic.defineClinic
  clinic.clinic = Clinic.id
  clinic.proRata = Rate(basisPoints: 1_500)
  clinic.limits.payment = cents(500)
  return Clinic.open.given(clinic).by(.staff(3), .buyer)
    .given(receive(DaybookDeskTests.goods(Clinic.gloves, 10, value: 100)))
    .by(.staff(4), .accountant)
}

@Suite struct `Recording a supplier's invoice` {
  @Test func `matches what was received, and splits the tax`() {
    received.when(
      invoice("117", goods(104) { $0.tax = cents(22) }, expense(50, tax: 11)) {
        $0.withheld = Withholding(cents(8), "IRPF")
        $0.total = cents(187)
      }
    ).then(
      SupplierInvoiceRecorded.with {
        $0.invoice = first
        $0.supplier = Clinic.supplier
        $0.number = "117"
        $0.date = Clinic.today
        $0.due = Clinic.today
        $0.lines = [
          .with {
            $0.received = .with {
              $0.receipt = ReceiptID(1)
              $0.line = 1
              $0.quantity = units(10)
              $0.value = cents(100)
            }
            $0.net = cents(104)
            $0.tax = cents(22)
            // 22 at 15 % is 3.3.
            $0.deductible = cents(3)
          },
          .with {
            $0.account = "6100"
            $0.net = cents(50)
            $0.tax = cents(11)
            // 11 at 15 % is 1.65.
            $0.deductible = cents(2)
          },
        ]
        $0.withheld = Withholding(cents(8), "IRPF")
        $0.total = cents(187)
      })
  }

  @Test func `takes the tax of its rule, with its right to deduct and who owes it`() throws {
    func rule(_ code: String, _ taxClass: TaxClass, deductible: Bool) -> SetTaxCode {
      .with {
        $0.code = code
        $0.rate = Rate(basisPoints: 2_100)
        $0.taxClass = taxClass
        $0.deductible = deductible
        $0.reason = taxClass == .standard ? "" : "article 194"
        $0.from = Clinic.day("2026-01-01")
      }
    }
    let spec = received.by(.staff(1), .admin)
      .given(rule("A", .standard, deductible: true)).given(rule("B", .standard, deductible: false))
      .given(rule("C", .reverseCharge, deductible: true)).by(.staff(4), .accountant)
      .when(
        invoice(
          "1", expense(1_000) { ($0.taxCode, $0.tax) = (TaxCodeID(1), nil) },
          expense(1_000) { ($0.taxCode, $0.tax) = (TaxCodeID(2), nil) },
          expense(1_000) { ($0.taxCode, $0.tax) = (TaxCodeID(3), nil) }))
    let event = try #require(try spec.events.first?.decoded(as: SupplierInvoiceRecorded.self))
    #expect(event.lines.map(\.tax) == [cents(210), cents(210), cents(210)])
    // 15 % of 210 is 31.5.
    #expect(event.lines.map(\.deductible) == [cents(32), cents(0), cents(32)])
    #expect(event.lines.map(\.reverseCharge) == [false, false, true])
    #expect(event.total == cents(3_420))
  }

  @Test func `takes each number of a supplier once`() {
    let spec = received.given(invoice("117", expense(1)))
    spec.when(invoice(" 117 ", expense(2)))
      .thenRefused(PurchasingRefusal.numberTaken("117", first), field: "number")
    spec.when(invoice("118", expense(2))).thenEvents(SupplierInvoiceRecorded.self)
    spec.by(.staff(1), .admin).given(Clinic.party("Other", .supplier)).by(.staff(4), .accountant)
      .when(invoice("117", expense(2)) { $0.supplier = PartyID(4) })
      .thenEvents(SupplierInvoiceRecorded.self)
  }

  @Test func `invoices no more than was received, part by part`() throws {
    let part = received.when(invoice("1", goods(30) { $0.quantity = units(3) }))
    let event = try part.events[0].decoded(as: SupplierInvoiceRecorded.self)
    #expect(event.lines[0].received?.value == cents(30))
    part.when(invoice("2", goods(80) { $0.quantity = units(8) }))
      .thenRefused(PurchasingRefusal.aboveReceived(ReceiptID(1), line: 1, left: units(7)))
    part.when(invoice("2", goods(70))).thenEvents(SupplierInvoiceRecorded.self)
    received.when(
      invoice("1", goods(50) { $0.quantity = units(5) }, goods(60) { $0.quantity = units(6) })
    ).thenRefused(.quantityExceeded)
  }

  @Test func `wants a second person for a price that is too far off`() {
    received.when(invoice("1", goods(105))).thenEvents(SupplierInvoiceRecorded.self)
    received.when(invoice("1", goods(106))).thenRefused(
      PurchasingRefusal.priceOff(
        ReceiptID(1), line: 1, received: usd(100), invoiced: usd(106)))
    received.when(invoice("1", goods(94))).thenRefused(.needsSecondPerson)
    received.when(invoice("1", goods(106)) { $0.approver = Clinic.accountant })
      .thenRefused(.needsSecondPerson)
    received.when(invoice("1", goods(106)) { $0.approver = Clinic.admin })
      .thenEvents(SupplierInvoiceRecorded.self)
    received.when(invoice("1", goods(106)) { $0.approver = Clinic.doctor })
      .thenRefused(.notPermitted)
    received.importing.when(invoice("1", goods(106))).thenFound(.needsSecondPerson)
  }

  @Test func `credits what was invoiced, with amounts below zero`() throws {
    received.when(invoice("1", goods(-50) { $0.quantity = units(-5) }))
      .thenRefused(.quantityExceeded)
    let spec = received.given(invoice("1", goods(100)))
      .when(invoice("2", goods(-50) { $0.quantity = units(-5) }))
    let event = try spec.events[0].decoded(as: SupplierInvoiceRecorded.self)
    #expect(event.total == cents(-50) && event.lines[0].received?.value == cents(-50))
    #expect(spec.state.purchasing.invoices[SupplierInvoiceID(2)]?.open == -50)
    spec.when(invoice("3", goods(50))).thenEvents(SupplierInvoiceRecorded.self)
  }

  @Test func `keeps price, tax and quantity on one side of zero`() {
    received.when(invoice("1", expense(10, tax: -1))).thenRefused(PurchasingRefusal.signs)
    received.when(invoice("1", goods(10) { $0.quantity = units(-1) }))
      .thenRefused(PurchasingRefusal.signs)
  }

  @Test func `names goods of that supplier here, or an account, never both`() {
    received.when(invoice("1", goods(1) { $0.receipt = ReceiptID(9) }))
      .thenRefused(.unknownReference)
    received.when(invoice("1", goods(1) { $0.line = 2 }))
      .thenRefused(PurchasingRefusal.noSuchReceiptLine(ReceiptID(1), line: 2))
    received.when(invoice("1", goods(1) { $0.account = "6100" }))
      .thenRefused(PurchasingRefusal.oneSide)
    received.when(invoice("1", expense(1) { $0.account = "" }))
      .thenRefused(PurchasingRefusal.oneSide)
    received.when(invoice("1", expense(1) { $0.account = "9999" })).thenRefused(.unknownReference)
    received.when(invoice("1", expense(1) { $0.account = "2000" }))
      .thenRefused(LedgerRefusal.controlled("2000"))
    received.when(invoice("1", expense(1) { $0.account = "1990" }))
      .thenRefused(LedgerRefusal.betweenClinics("1990"), field: "lines.account")
    received.when(invoice("1", expense(1) { $0.taxCode = TaxCodeID(99) }))
      .thenRefused(.unknownReference)
    let other = received.by(.staff(1), .admin).given(Clinic.party("Other", .supplier))
      .by(.staff(4), .accountant)
    other.when(invoice("1", goods(100)) { $0.supplier = PartyID(4) })
      .thenRefused(PurchasingRefusal.otherSupplier(ReceiptID(1), Clinic.supplier))
    let opening = received.by(.staff(3), .buyer)
      .given(
        ReceiveGoods.with {
          $0.opening = true
          $0.lines = [DaybookDeskTests.goods(Clinic.gloves, 1, value: 10)]
        }
      ).by(.staff(4), .accountant)
    opening.when(invoice("1", goods(10) { $0.receipt = ReceiptID(2) }))
      .thenRefused(PurchasingRefusal.openingStock(ReceiptID(2)))
  }

  @Test func `adds up, withholds at most all, and has days in their order`() {
    received.when(invoice("1", expense(10, tax: 2)) { $0.total = cents(11) })
      .thenRefused(PurchasingRefusal.total(stated: usd(11), sum: usd(12)))
    received.when(
      invoice("1", expense(10, tax: 2) { $0.reverseCharge = true }) { $0.total = cents(10) }
    ).thenEvents(SupplierInvoiceRecorded.self)
    received.when(invoice("1", expense(10)) { $0.withheld = Withholding(cents(11), "w") })
      .thenRefused(PurchasingRefusal.withheldAboveTotal)
    received.when(invoice("1", expense(10)) { $0.due = Clinic.day("2026-03-01") })
      .thenRefused(.outOfRange)
    received.when(invoice("1", expense(10)) { $0.date = Clinic.day("2026-03-03") })
      .thenRefused(.outOfRange)
    received.when(invoice("1", expense(10) { $0.deductible = Rate(basisPoints: 10_001) }))
      .thenRefused(.outOfRange)
    received.when(
      invoice("1", expense(10) { $0.net = Amount(minorUnits: 10, .eur) }) { $0.total = cents(10) }
    ).thenRefused(DeskRefusal.currency(found: .eur, expected: .usd), field: "lines.net")
    received.when(invoice(" ", expense(10))).thenRefused(.fieldRequired)
    received.when(invoice("1")).thenRefused(.fieldRequired)
    received.when(invoice("1", expense(10)) { $0.supplier = Clinic.insurer })
      .thenRefused(.invalidState)
  }
}

@Suite struct `Making a payment` {
  private var owing: Spec { received.given(invoice("117", expense(100, tax: 21))) }

  private func pay(
    _ amount: Int64, _ items: PaidItem..., change: (inout MakePayment) -> Void = { _ in }
  ) -> MakePayment {
    .with {
      $0.to = .party(Clinic.supplier)
      $0.amount = cents(amount)
      $0.settles = Few(items)
      change(&$0)
    }
  }

  private func paid(_ amount: Int64, of invoice: SupplierInvoiceID = first) -> PaidItem {
    PaidItem(.invoice(invoice), cents(amount))
  }

  @Test func `settles an invoice, part by part`() {
    let part = owing.when(pay(100, paid(100)))
    part.then(
      PaymentMade.with {
        $0.payment = PaymentID(1)
        $0.to = .party(Clinic.supplier)
        $0.amount = cents(100)
        $0.method = .transfer(BankTender())
        $0.settles = [paid(100)]
      })
    part.when(pay(22, paid(22)))
      .thenRefused(PurchasingRefusal.aboveOpen("SI1", open: usd(21)), field: "settles.amount")
    part.when(pay(21, paid(21))).thenEvents(PaymentMade.self)
  }

  @Test func `nets a credit note, and takes a discount for paying early`() {
    let spec = owing.given(invoice("118", expense(-20)))
    spec.when(pay(101, paid(121), paid(-20, of: SupplierInvoiceID(2))))
      .thenEvents(PaymentMade.self)
    spec.when(pay(100, paid(121), paid(-21, of: SupplierInvoiceID(2)))).thenRefused(.overAllocated)
    spec.when(pay(119, paid(121), PaidItem(.account("5030"), cents(-2))))
      .thenEvents(PaymentMade.self)
  }

  @Test func `settles what it pays, each item once`() {
    owing.when(pay(100, paid(99)))
      .thenRefused(PurchasingRefusal.settles(sum: usd(99), amount: usd(100)))
    owing.when(pay(2, paid(1), paid(1))).thenRefused(.invalidState)
    owing.when(pay(1)).thenRefused(.fieldRequired)
    owing.when(pay(0, paid(0))).thenRefused(.amountNotPositive, .outOfRange)
    owing.when(pay(1, paid(1, of: SupplierInvoiceID(9)))).thenRefused(.unknownReference)
  }

  @Test func `pays accounts that are not kept item by item`() {
    owing.when(pay(10, PaidItem(.account("2310"), cents(10)))).thenEvents(PaymentMade.self)
    owing.when(pay(10, PaidItem(.account("2000"), cents(10))))
      .thenRefused(LedgerRefusal.controlled("2000"))
    owing.when(pay(10, PaidItem(.account("1990"), cents(10))))
      .thenRefused(LedgerRefusal.betweenClinics("1990"), field: "settles.item")
    owing.when(pay(10, PaidItem(.account("x"), cents(10)))).thenRefused(.unknownReference)
    // Of what is in another currency nobody knows whether it adds up.
    owing.when(pay(10, PaidItem(.account("2310"), Amount(minorUnits: 10, .eur))))
      .thenRefused(DeskRefusal.currency(found: .eur, expected: .usd), field: "settles.amount")
  }

  @Test func `pays who is owed, by cash from an open till, never by voucher`() {
    owing.when(pay(1, paid(1)) { $0.to = .staff(Clinic.doctor) })
      .thenRefused(PurchasingRefusal.otherInvoice(first, Clinic.supplier))
    owing.when(pay(1, paid(1)) { $0.to = .party(PartyID(9)) })
      .thenRefused(.unknownReference, .invalidState)
    owing.when(pay(1, paid(1)) { $0.method = .cash(CashTender()) }).thenRefused(.tillNotOpen)
    owing.when(pay(1, paid(1)) { $0.method = .voucher(VoucherTender()) })
      .thenRefused(PurchasingRefusal.method)
  }

  @Test func `pays what a run of the payroll owes somebody`() {
    let run = PayrollRunID(1)
    let spec = received.given(
      PayrollApproved.with {
        $0.run = run
        $0.clinic = Clinic.id
        $0.from = Clinic.day("2026-02-01")
        $0.to = Clinic.day("2026-02-28")
        $0.lines = [
          .with {
            $0.staff = Clinic.doctor
            $0.contract = .employee
            $0.net = cents(90)
          }
        ]
      })
    func wage(_ amount: Int64, _ staff: StaffID = Clinic.doctor) -> PaidItem {
      PaidItem(.payrollLine(PayrollItem(run, staff)), cents(amount))
    }
    let part = spec.when(pay(60, wage(60)) { $0.to = .staff(Clinic.doctor) })
    part.thenEvents(PaymentMade.self)
    part.when(pay(31, wage(31)) { $0.to = .staff(Clinic.doctor) }).thenRefused(.overAllocated)
    part.when(pay(30, wage(30)) { $0.to = .staff(Clinic.admin) }).thenRefused(.invalidState)
    part.when(pay(30, wage(30, Clinic.admin)) { $0.to = .staff(Clinic.admin) })
      .thenRefused(.unknownReference)
    part.when(pay(30, wage(30)) { $0.to = .staff(Clinic.doctor) }).thenEvents(PaymentMade.self)
  }

  @Test func `wants a second person above the limit`() {
    let big = received.given(invoice("1", expense(501)))
    big.when(pay(501, paid(501))).thenRefused(.needsSecondPerson)
    big.when(pay(501, paid(501)) { $0.approver = Clinic.admin }).thenEvents(PaymentMade.self)
    big.when(pay(500, paid(500))).thenEvents(PaymentMade.self)
  }
}
