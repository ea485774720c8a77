import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

private let young = Party.patient(Clinic.patient)
private let zeno = Party.patient(Clinic.other)

private let merge = MergePatients.with {
  $0.from = Clinic.other
  $0.into = Clinic.patient
  $0.reason = .duplicate
}

private func refund(
  _ minor: Int64, _ change: (inout PayRefund) -> Void = { _ in }
) -> PayRefund {
  .with {
    $0.to = young
    $0.amount = cents(minor)
    $0.method = .transfer(BankTender())
    change(&$0)
  }
}

private func transfer(_ minor: Int64, to debtor: Debtor) -> TransferResponsibility {
  .with {
    $0.charge = Clinic.charge
    $0.from = .patient(Clinic.patient)
    $0.to = debtor
    $0.amount = cents(minor)
    $0.reason = .imported
  }
}

/// A kilogram of apples for 2.80, of which 2.00 are paid in cash and 0.80 stay owed.
private let onAccount = Counter.sell(
  [Counter.line(Counter.apples, 1_000)], [TicketTender(Counter.cash(2_00))]
) { $0.patient = Clinic.patient }

// Random histories of every area found these (HistoryTests).
@Suite struct `Money of merged patients` {
  /// Zeno has 30.00 of credit and a deposit of 10.00, Young 20.00; they are one, and that is Young.
  private var merged: Spec {
    let other: PaidBy = .party(zeno)
    return Counter.opened.given(pay(30_00) { $0.from = other })
      .given(
        pay(10_00) {
          $0.from = other
          $0.deposit = Deposit()
        }
      )
      .given(pay(20_00)).by(.staff(2), .reception).given(merge).atTheTill
  }

  @Test func `is that of the one who stays`() throws {
    let account = merged.state.billing.accounts[young]
    #expect(account.credit == 50_00 && account.deposit == 10_00)
    merged.when(refund(50_01)).thenRefused(.creditExceeded)
    let all = merged.when(refund(50_00))
    let paid = try #require(all.events.first).decoded(as: RefundPaid.self)
    #expect(
      paid.parts == [
        RefundedPart(PaymentID(3), cents(20_00)), RefundedPart(PaymentID(1), cents(30_00)),
      ])
    #expect(all.unapplied(1) == 0 && all.unapplied(3) == 0)
    merged.when(refund(30_00) { $0.payment = PaymentID(1) }).thenEvents(RefundPaid.self)
    merged.given(refund(50_00)).when(refund(10_00) { $0.ofDeposit = true })
      .thenEvents(RefundPaid.self)
  }

  @Test func `is found by those who were merged into who is merged now`() {
    let again = merged.by(.staff(2), .reception)
      .given(
        RegisterPatient.with {
          $0.person.givenName = "Xenia"
          $0.person.familyName = "Last"
        }
      ).given(
        MergePatients.with {
          $0.from = Clinic.patient
          $0.into = PatientID(3)
          $0.reason = .duplicate
        }
      ).atTheTill
    let last = Party.patient(PatientID(3))
    // The deposit was Zeno's, who became Young.
    let paid = again.given(
      refund(10_00) {
        $0.to = last
        $0.ofDeposit = true
      })
    let account = paid.state.billing.accounts[last]
    #expect(account.credit == 50_00 && account.deposit == 0)
    paid.when(
      refund(50_00) { $0.to = last }
    ).thenEvents(RefundPaid.self)
    paid.when(
      refund(1) {
        $0.to = last
        $0.ofDeposit = true
      }
    ).thenRefused(.creditExceeded)
  }

  @Test func `is not taken from who is not there any more`() {
    merged.when(
      Counter.sell([Counter.line(Counter.apples, 1_000)], [TicketTender(Counter.cash())]) {
        $0.patient = Clinic.other
      }
    ).thenRefused(
      PatientRefusal.mergedAway(Clinic.other, into: Clinic.patient), field: "patient")
  }

  @Test func `comes out of a cancelled package to the one who stays`() throws {
    let sold = packageClinic.given(
      SellPackage.with {
        $0.patient = Clinic.other
        $0.service = ServiceID(3)
        $0.sessions = 3
        $0.price = cents(9_00)
        $0.priceReason = .agreed
      }
    ).by(.staff(2), .cashier).given(
      pay(9_00) {
        $0.from = .party(zeno)
        $0.settling = [Clinic.charge]
      }
    ).by(.staff(2), .reception).given(merge).by(.staff(2), .cashier)
    let spec = sold.when(
      CancelPackage.with {
        $0.package = PackageID(1)
        $0.refundDue = cents(9_00)
        $0.reason = .patient
      })
    spec.thenEvents(PaymentReceived.self, PackageCancelled.self)
    #expect(spec.state.billing.accounts[young].credit == 9_00)
  }
}

@Suite struct `What somebody else owes by now` {
  @Test func `stays owed when the goods come back`() throws {
    let sold = Counter.opened.given(onAccount).by(.staff(2), .reception)
      .given(Clinic.coverage(Clinic.insurer)).accounting
      .given(transfer(50, to: .payer(Clinic.insurer, .primary))).atTheTill
    // 1.40 comes back; of the 0.80 the patient owes but 0.30.
    let spec = sold.when(Counter.takeBack([Counter.takeBack(1, 500)]))
    let returned = try #require(spec.events.first).decoded(as: SaleReturned.self)
    #expect(returned.forgiven == cents(30) && returned.tenders[0].amount == cents(1_10))
    let charge = spec.state.billing.charges[Clinic.charge]
    #expect(charge?.owed(by: .patient(Clinic.patient)) == 0)
    #expect(charge?.owed(by: .payer(Clinic.insurer, .primary)) == 50)
  }
}

@Suite struct `A part of a sale` {
  @Test func `is not undone without the sale: its unpaid rest`() {
    let sold = Counter.opened.given(onAccount)
    sold.accounting.whenReversed(ChargePosted.self).thenRefused(.hasDependents)
    sold.whenReversed(SaleCompleted.self)
      .thenEvents(Reversed.self, Reversed.self, Reversed.self)
  }

  @Test func `is not undone without the sale: the goods that were handed over`() {
    let sold = Counter.opened.given(onAccount)
    sold.atTheStore.whenReversed(StockIssued.self).thenRefused(.hasDependents)
  }
}

@Suite struct `Undoing what an invoice names` {
  private var deposited: Spec {
    Billed.charged.given(pay(50_00) { $0.deposit = Deposit() })
  }
  private let advance = Billed.issue([]) { $0.deposits = [PaymentID(1)] }

  @Test func `a deposit that is invoiced stays`() {
    deposited.given(advance).whenReversed(PaymentReceived.self).thenRefused(.hasDependents)
    deposited.whenReversed(PaymentReceived.self).thenEvents(Reversed.self)
  }

  @Test func `a deposit that was undone is not invoiced`() {
    deposited.givenReversed(PaymentReceived.self).when(advance)
      .thenRefused(InvoiceRefusal.notADeposit(PaymentID(1)), field: "deposits")
  }

  @Test func `a balance with which the books began stays once it is invoiced`() {
    let opening = PostJournal.with {
      $0.memo = "opening"
      $0.opening = true
      $0.lines = [
        .with {
          $0.account = "1200"
          $0.debit = cents(70)
          $0.party = .patient(Clinic.patient)
          $0.document = "old"
          $0.due = Clinic.today
        },
        .with {
          $0.account = "3000"
          $0.credit = cents(70)
        },
      ]
    }
    let begun = Clinic.open.accounting.given(opening)
    begun.given(Billed.issue([InvoiceShare(Clinic.charge)]))
      .whenReversed(JournalPosted.self).thenRefused(.hasDependents)
    begun.whenReversed(JournalPosted.self).thenEvents(Reversed.self)
  }
}

@Suite struct `Cash that is not in the till any more` {
  private func held(_ minor: Int64) -> TillRefusal {
    .aboveCash(Counter.till, held: Amount(minorUnits: minor, .usd))
  }

  @Test func `is not given back by undoing a payment`() {
    let paid = Counter.opened.given(pay(50_00) { $0.method = Counter.cash() })
    paid.given(Counter.move(.out, .bank, 150_01)).whenReversed(PaymentReceived.self)
      .thenRefused(held(49_99), field: "of")
    paid.given(Counter.move(.out, .bank, 150_00)).whenReversed(PaymentReceived.self)
      .thenEvents(Reversed.self)
    // By card it is nothing to the drawer.
    Counter.opened.given(pay(50_00)).given(Counter.move(.out, .bank, 150_00))
      .whenReversed(PaymentReceived.self).thenEvents(Reversed.self)
  }

  @Test func `is not given back by undoing a ticket`() {
    Counter.sold.given(Counter.move(.out, .bank, 150_00)).whenReversed(SaleCompleted.self)
      .thenEvents(Reversed.self, Reversed.self, Reversed.self, Reversed.self)
    Counter.sold.given(Counter.move(.out, .bank, 150_01)).whenReversed(SaleCompleted.self)
      .thenRefused(held(5_30), field: "of")
  }

  @Test func `is not taken out by undoing what put it in`() {
    let moved = Counter.opened.given(Counter.move(.into, .bank, 20_00))
    let position = moved.last(TillCashMoved.self)
    moved.given(Counter.move(.out, .bank, 160_00)).when(reverse(position))
      .thenRefused(held(10_00), field: "of")
    moved.given(Counter.move(.out, .bank, 150_00)).when(reverse(position))
      .thenEvents(Reversed.self)
  }

  @Test func `is not asked for by who gives none back`() {
    Counter.sold.given(Counter.move(.out, .bank, 155_31)).when(
      Counter.takeBack([Counter.takeBack(1, 100)]) {
        $0.tenders = [TicketTender(.card(CardTender()))]
      }
    ).thenEvents(SaleReturned.self)
  }
}

@Suite struct `Money of another clinic` {
  /// The doctor treats for 100.00 here; 80.00 of it are paid at the second clinic.
  private var paidThere: Spec {
    Clinic.charged(100_00).by(.staff(1), .admin).at(clinic: 0).given(Clinic.defineClinic)
      .at(clinic: 2)
      .given(
        SetRoles.with {
          $0.staff = Clinic.accountant
          $0.clinic = ClinicID(2)
          $0.roles = [.accountant]
        }
      ).accounting.given(pay(80_00) { $0.settling = [Clinic.charge] })
  }

  @Test func `is credit there when an invoice of here is lowered`() throws {
    let spec = paidThere.at(clinic: 1).given(Billed.issue([InvoiceShare(Clinic.charge)]))
      .when(Billed.rectify([]))
    let rectified = try #require(spec.events.first).decoded(as: InvoiceRectified.self)
    #expect(rectified.released.map(\.clinic) == [ClinicID(2)])
    #expect(spec.unapplied() == 80_00)
    spec.when(refund(80_00)).thenRefused(.creditExceeded)
    spec.at(clinic: 2).when(refund(80_00)).thenEvents(RefundPaid.self)
  }

  @Test func `is credit there when the books begin with it`() throws {
    let opening = PostJournal.with {
      $0.memo = "opening"
      $0.opening = true
      $0.lines = [
        .with {
          $0.account = "3000"
          $0.debit = cents(20)
          $0.clinic = ClinicID(2)
        },
        .with {
          $0.account = "2150"
          $0.credit = cents(20)
          $0.party = .patient(Clinic.patient)
          $0.document = "old"
          $0.due = Clinic.today
          $0.clinic = ClinicID(2)
        },
      ]
    }
    let spec = paidThere.at(clinic: 1).given(opening)
    #expect(spec.state.billing.payments[PaymentID(2)]?.clinic == ClinicID(2))
    spec.when(refund(20) { $0.payment = PaymentID(2) }).thenRefused(.invalidState, .creditExceeded)
    spec.at(clinic: 2).when(refund(20) { $0.payment = PaymentID(2) })
      .thenEvents(RefundPaid.self)
  }
}
