import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// Taxed charges of a patient, and invoices for them.
enum Billed {
  static let patient = Debtor.patient(Clinic.patient)
  static let invoice = InvoiceID(1)

  static var customer: InvoiceCustomer {
    .with {
      $0.party = .patient(Clinic.patient)
      $0.person = InvoicePerson.with { $0.name = "Young" }
    }
  }

  static func charge(_ number: UInt64, net: Int64, tax: Int64) -> ChargePosted {
    .with {
      $0.charge = ChargeID(number)
      $0.patient = Clinic.patient
      $0.service = Clinic.implanting
      $0.units = 1
      $0.list = cents(net)
      $0.net = cents(net)
      $0.taxCode = tax > 0 ? Counter.standard : nil
      $0.tax = cents(tax)
      $0.responsible = patient
    }
  }

  /// With charges of 100.00 and 21.00 of tax, and of 50.00 without; the accountant acts.
  static var charged: Spec {
    Counter.opened.given(charge(1, net: 100_00, tax: 21_00), on: 1)
      .given(charge(2, net: 50_00, tax: 0), on: 2).by(.staff(4), .accountant)
  }

  static func issue(
    _ charges: Few<InvoiceShare>, _ change: (inout IssueInvoice) -> Void = { _ in }
  ) -> IssueInvoice {
    .with {
      $0.customer = customer
      $0.charges = charges
      change(&$0)
    }
  }

  static func rectify(
    _ lines: Few<RectifiedShare>, _ change: (inout RectifyInvoice) -> Void = { _ in }
  ) -> RectifyInvoice {
    .with {
      $0.invoice = invoice
      $0.lines = lines
      $0.reason = "agreed less"
      change(&$0)
    }
  }

  /// With both charges on one invoice.
  static var invoiced: Spec {
    charged.given(issue([InvoiceShare(ChargeID(1)), InvoiceShare(ChargeID(2))]))
  }

  static func sum(_ code: TaxCodeID?, _ rate: Int64, _ net: Int64, _ tax: Int64) -> TaxSum {
    .with {
      $0.taxCode = code
      $0.rate = Rate(basisPoints: rate)
      $0.net = cents(net)
      $0.tax = cents(tax)
    }
  }
}

@Suite struct `An invoice` {
  private func line(_ charge: UInt64, net: Int64, tax: Int64) -> InvoiceLine {
    .with {
      $0.charge = ChargeID(charge)
      $0.owedBy = Billed.patient
      $0.net = cents(net)
      $0.taxCode = tax > 0 ? Counter.standard : nil
      $0.rate = Rate(basisPoints: tax > 0 ? 2_100 : 0)
      $0.tax = cents(tax)
    }
  }

  @Test func `asks for the customer's shares, with the tax of each rate`() {
    Billed.charged.when(Billed.issue([InvoiceShare(ChargeID(1)), InvoiceShare(ChargeID(2))]))
      .then(
        InvoiceIssued.with {
          $0.invoice = Billed.invoice
          $0.series = "A"
          $0.number = 1
          $0.date = Clinic.today
          $0.customer = Billed.customer
          $0.issuer.legalName = "North"
          $0.lines = [line(1, net: 100_00, tax: 21_00), line(2, net: 50_00, tax: 0)]
          $0.taxes = [
            Billed.sum(Counter.standard, 2_100, 100_00, 21_00), Billed.sum(nil, 0, 50_00, 0),
          ]
          $0.total = cents(171_00)
          $0.due = [
            DueDate.with {
              $0.date = Clinic.today
              $0.amount = cents(171_00)
            }
          ]
        })
  }

  @Test func `asks for a share once, and the last share takes the remainder of the tax`() {
    var spec = Billed.charged
    // 121.00 in thirds: 40.33 has 7.00 of tax, 80.66 has 14.00 (13.998...), 121.00 has 21.00.
    for (amount, tax) in [(40_33, 7_00), (40_33, 7_00), (nil, 7_00)] as [(Int64?, Int64)] {
      spec = spec.when(Billed.issue([InvoiceShare(ChargeID(1), amount.map(cents))]))
      let issued = try? spec.events[0].decoded(as: InvoiceIssued.self)
      #expect(issued?.lines[0].tax == cents(tax))
    }
    spec.when(Billed.issue([InvoiceShare(ChargeID(1))])).thenRefused(.overAllocated)
    Billed.charged.when(Billed.issue([InvoiceShare(ChargeID(1), cents(121_01))]))
      .thenRefused(
        InvoiceRefusal.aboveInvoiceable(ChargeID(1), left: Amount(minorUnits: 121_00, .usd)))
    Billed.charged.when(
      Billed.issue([
        InvoiceShare(ChargeID(2), cents(30_00)), InvoiceShare(ChargeID(2), cents(20_01)),
      ])
    ).thenRefused(.overAllocated)
  }

  @Test func `is numbered without gaps, and its dates do not go back`() {
    let again = Billed.issue([InvoiceShare(ChargeID(2))])
    let one = Billed.charged.given(Billed.issue([InvoiceShare(ChargeID(1))]))
    #expect((try? one.when(again).events[0].decoded(as: InvoiceIssued.self))?.number == 2)
    var gap = again
    gap.number = 3
    one.when(gap).thenRefused(InvoiceRefusal.numberGap(series: "A", next: 2), field: "number")
    one.at(Clinic.moment("2026-03-01T09:00:00Z"), recorded: Clinic.nine.instant).when(again)
      .thenRefused(InvoiceRefusal.dateBefore(series: "A", last: Clinic.today), field: "date")
    var other = again
    other.series = "T"
    Billed.charged.atTheTill.given(Counter.ticket).by(.staff(4), .accountant).when(other)
      .thenRefused(InvoiceRefusal.otherSeries("T"), field: "series")
  }

  @Test func `is written to somebody with a name, for what is theirs`() {
    Billed.charged.when(Billed.issue([])).thenRefused(.fieldRequired)
    Billed.charged.when(Billed.issue([InvoiceShare(ChargeID(1))]) { $0.customer.person = nil })
      .thenRefused(InvoiceRefusal.customerName, field: "customer")
    Billed.charged.when(
      Billed.issue([InvoiceShare(ChargeID(1))]) { $0.customer.party = .patient(Clinic.other) }
    ).thenRefused(.invalidState)
    Billed.charged.when(Billed.issue([InvoiceShare(ChargeID(9))])).thenRefused(.unknownReference)
    Billed.charged.when(
      Billed.issue([InvoiceShare(ChargeID(1))]) { $0.customer.party = .patient(PatientID(9)) }
    )
    .thenRefused(.unknownReference, .invalidState)
  }

  @Test func `is due when it is said, in parts that come to its total`() {
    func due(_ minor: Int64) -> IssueInvoice {
      Billed.issue([InvoiceShare(ChargeID(2))]) {
        $0.due = [
          DueDate.with {
            $0.date = Clinic.day("2026-04-01")
            $0.amount = cents(minor)
          }
        ]
      }
    }
    Billed.charged.when(due(50_00)).thenEvents(InvoiceIssued.self)
    Billed.charged.when(due(49_99)).thenRefused(.unbalanced)
  }

  @Test func `takes the place of a ticket, by rate`() {
    let spec = Billed.charged.atTheTill.given(Counter.ticket).by(.staff(4), .accountant)
    let command = Billed.issue([]) { $0.sales = [Counter.sale] }
    let issued = spec.when(command)
    let event = try? issued.events[0].decoded(as: InvoiceIssued.self)
    #expect(event?.total == cents(5_31))
    #expect(
      event?.taxes == [
        Billed.sum(Counter.reduced, 400, 4_99, 19), Billed.sum(Counter.standard, 2_100, 11, 2),
      ])
    spec.given(command).when(command).thenRefused(.invalidState)
    spec.given(command).when(Billed.rectify([]))
      .thenRefused(.invalidState, .invalidState)
    spec.when(Billed.issue([]) { $0.sales = [SaleID(9)] }).thenRefused(.unknownReference)
  }

  // 121.00 in advance has 21.00 of tax; 60.50 of it is applied: 10.50 of tax is taken off.
  @Test func `takes off what was invoiced in advance`() {
    let spec = Billed.charged
      .given(pay(121_00) { $0.deposit = Deposit.with { $0.taxCode = Counter.standard } })
    let advance = Billed.issue([]) { $0.deposits = [PaymentID(1)] }
    let confirmed = spec.when(advance)
    #expect((try? confirmed.events[0].decoded(as: InvoiceIssued.self))?.total == cents(121_00))
    let applied = spec.given(advance).given(
      AllocatePayment.with {
        $0.payment = PaymentID(1)
        $0.allocations = [ChargeAmount(ChargeID(1), cents(60_50))]
      })
    let issued = applied.when(Billed.issue([InvoiceShare(ChargeID(1))]))
    let event = try? issued.events[0].decoded(as: InvoiceIssued.self)
    #expect(event?.total == cents(60_50))
    #expect(event?.deductions[0].net == cents(50_00) && event?.deductions[0].tax == cents(10_50))
    #expect(event?.taxes == [Billed.sum(Counter.standard, 2_100, 50_00, 10_50)])
    spec.given(advance).when(advance).thenRefused(.invalidState)
    spec.given(pay(5_00)).when(Billed.issue([]) { $0.deposits = [PaymentID(2)] })
      .thenRefused(InvoiceRefusal.notADeposit(PaymentID(2)), field: "deposits")
  }
}

@Suite struct `A rectifying invoice` {
  @Test func `lowers what is owed, at the rates of the original`() {
    let spec = Billed.invoiced.when(Billed.rectify([RectifiedShare(1, cents(12_10))]))
    spec.then(
      InvoiceRectified.with {
        $0.invoice = InvoiceID(2)
        $0.series = "AR"
        $0.number = 1
        $0.date = Clinic.today
        $0.original = Billed.invoice
        $0.lines = [
          RectifiedLine.with {
            $0.line = 1
            $0.charge = ChargeID(1)
            $0.owedBy = Billed.patient
            $0.net = cents(10_00)
            $0.taxCode = Counter.standard
            $0.rate = Rate(basisPoints: 2_100)
            $0.tax = cents(2_10)
          }
        ]
        $0.taxes = [Billed.sum(Counter.standard, 2_100, 10_00, 2_10)]
        $0.total = cents(12_10)
        $0.reason = "agreed less"
      })
    #expect(spec.owed() == 108_90)
    spec.when(Billed.issue([InvoiceShare(ChargeID(1))])).thenRefused(.overAllocated)
  }

  @Test func `is never for more than the original`() {
    Billed.invoiced.when(Billed.rectify([RectifiedShare(1, cents(121_01))]))
      .thenRefused(
        InvoiceRefusal.aboveOriginal(
          Billed.invoice, line: 1, left: Amount(minorUnits: 121_00, .usd)), field: "lines.amount")
    let all = Billed.invoiced.given(Billed.rectify([]))
    #expect(all.owed() == 0 && all.owed(ChargeID(2)) == 0)
    all.when(Billed.rectify([])).thenRefused(.quantityExceeded)
    all.when(Billed.rectify([RectifiedShare(1)])).thenRefused(.quantityExceeded)
    Billed.invoiced.when(Billed.rectify([RectifiedShare(3)])).thenRefused(.unknownReference)
    Billed.invoiced.when(Billed.rectify([RectifiedShare(1), RectifiedShare(1)]))
      .thenRefused(.invalidState)
    all.when(Billed.rectify([]) { $0.invoice = InvoiceID(2) }).thenRefused(.invalidState)
    Billed.invoiced.when(Billed.rectify([]) { $0.invoice = InvoiceID(9) })
      .thenRefused(.unknownReference)
  }

  // 121.00 in advance with 21.00 of tax settle the charge; 24.20 less are asked for, with 4.20 of tax.
  @Test func `makes what a deposit had settled credit, apart from the deposit`() {
    let settled = Billed.charged
      .given(pay(121_00) { $0.deposit = Deposit.with { $0.taxCode = Counter.standard } })
      .given(
        AllocatePayment.with {
          $0.payment = PaymentID(1)
          $0.settling = [ChargeID(1)]
        }
      ).given(Billed.issue([InvoiceShare(ChargeID(1))]))
    let spec = settled.when(Billed.rectify([RectifiedShare(1, cents(24_20))]))
    spec.thenEvents(PaymentReceived.self, InvoiceRectified.self)
    let credit = try? spec.events[0].decoded(as: PaymentReceived.self)
    #expect(credit?.payment == PaymentID(2) && credit?.from == .patient(Clinic.patient))
    #expect(credit?.amount == .zero && credit?.deposit == nil)
    let event = try? spec.events[1].decoded(as: InvoiceRectified.self)
    #expect(
      event?.released == [
        ReleasedPart.with {
          $0.payment = PaymentID(1)
          $0.from = .patient(Clinic.patient)
          $0.allocation = Allocation(ChargeID(1), owedBy: Billed.patient, cents(24_20))
          $0.credit = PaymentID(2)
        }
      ])
    let account = spec.state.billing.accounts[.patient(Clinic.patient)]
    #expect(account.credit == 24_20 && account.deposit == 0)
    #expect(spec.unapplied(1) == 0 && spec.unapplied(2) == 24_20)
    // The credit stays as long as the invoice does, and can be paid out or used.
    spec.when(
      PayRefund.with {
        $0.to = .patient(Clinic.patient)
        $0.amount = cents(24_20)
        $0.method = .transfer(BankTender())
        $0.reason = "agreed less"
      }
    ).thenEvents(RefundPaid.self)
    // A second part of the same deposit is credit of its own.
    let second = spec.given(Billed.rectify([RectifiedShare(1, cents(12_10))]))
    #expect(second.state.billing.accounts[.patient(Clinic.patient)].credit == 36_30)
    // What is released without an invoice is a deposit again, with its tax.
    let released = settled.when(
      ReleaseAllocation.with {
        $0.payment = PaymentID(1)
        $0.charge = ChargeID(1)
        $0.amount = cents(24_20)
        $0.reason = "another charge was meant"
      })
    let again = try? released.events[0].decoded(as: AllocationReleased.self)
    #expect(again?.part.ofDeposit == true && again?.part.tax == cents(4_20))
  }

  @Test func `makes what is overpaid credit of who paid`() {
    let paid = Billed.invoiced.given(pay(111_00) { $0.settling = [ChargeID(1)] })
    // 10.00 was open; 2.10 of the payment is credit again.
    let spec = paid.when(Billed.rectify([RectifiedShare(1, cents(12_10))]))
    let event = try? spec.events[0].decoded(as: InvoiceRectified.self)
    #expect(event?.released.count == 1 && event?.released[0].allocation.amount == cents(2_10))
    #expect(spec.owed() == 0 && spec.unapplied() == 2_10)
  }

  @Test func `cannot take off what something else took off`() {
    let spec = Billed.invoiced.given(
      PostAdjustment.with {
        $0.charge = ChargeID(2)
        $0.type = .writeOff
        $0.amount = cents(40_00)
      })
    spec.when(Billed.rectify([RectifiedShare(2)])).thenRefused(
      InvoiceRefusal.aboveDebt(ChargeID(2), left: Amount(minorUnits: 10_00, .usd)))
  }

  @Test func `has a reason, a number, a date and above the limit a second person`() {
    Billed.invoiced.when(Billed.rectify([]) { $0.reason = "" }).thenRefused(.reasonRequired)
    Billed.invoiced.when(Billed.rectify([]) { $0.number = 2 }).thenRefused(.numberGap)
    Billed.invoiced.when(Billed.rectify([]) { $0.series = "A" }).thenRefused(.invalidState)
    Billed.invoiced.at(Clinic.moment("2026-03-01T09:00:00Z"), recorded: Clinic.nine.instant)
      .when(Billed.rectify([])).thenRefused(.invalidState)
    var limited = Clinic.defineClinic
    limited.clinic = Clinic.id
    limited.limits.discount = cents(100_00)
    let spec = Billed.invoiced.by(.staff(1), .admin).given(limited).by(.staff(4), .accountant)
    spec.when(Billed.rectify([])).thenRefused(.needsSecondPerson)
    spec.when(Billed.rectify([]) { $0.approver = Clinic.admin }).thenEvents(InvoiceRectified.self)
  }

  @Test func `takes the place of a courtesy on what is invoiced`() {
    Billed.invoiced.when(
      PostAdjustment.with {
        $0.charge = ChargeID(1)
        $0.type = .courtesy
        $0.amount = cents(10_00)
      }
    ).thenRefused(BillingRefusal.invoiced(ChargeID(1)), field: "type")
  }
}
