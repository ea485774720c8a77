import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

private var limited: DefineClinic {
  Clinic.defineClinic.with {
    $0.clinic = Clinic.id
    $0.limits.reversal = cents(5_00)
  }
}

/// Above 5.00 a second person approves what is undone. The cashier acts, at an open till.
private var counter: Spec {
  Counter.opened.by(.staff(1), .admin).given(limited)
    .given(Clinic.roles(Clinic.doctor, [.practitioner, .reception, .cashier])).atTheTill
}

private let supplied = RecordSupplierInvoice.with {
  $0.supplier = Clinic.supplier
  $0.number = "117"
  $0.date = Clinic.today
  $0.lines = [
    .with {
      $0.account = "6100"
      $0.net = cents(60_00)
    }
  ]
}

private let paidOut = MakePayment.with {
  $0.to = .party(Clinic.supplier)
  $0.amount = cents(60_00)
  $0.method = Counter.cash()
  $0.settles = [PaidItem(.invoice(SupplierInvoiceID(1)), cents(60_00))]
}

/// What may happen at a till, each by its name, with the event that it makes first.
private enum Slip: CaseIterable {
  case payment, refund, movedCash, sale, saleReturn, paymentMade

  var done: Spec {
    switch self {
    case .payment: counter.given(pay(60_00) { $0.method = Counter.cash() })
    case .refund:
      counter.given(pay(60_00) { $0.method = Counter.cash() }).given(
        PayRefund.with {
          $0.to = .patient(Clinic.patient)
          $0.amount = cents(60_00)
          $0.method = Counter.cash()
        })
    case .movedCash: counter.given(Counter.move(.out, .bank, 60_00))
    case .sale: counter.given(Counter.ticket)
    case .saleReturn:
      counter.given(
        Counter.sell([Counter.line(Counter.apples, 5_000)], [TicketTender(Counter.cash())])
      ).given(Counter.takeBack([Counter.takeBack(1, 5_000)]))
    case .paymentMade: counter.accounting.given(supplied).atTheTill.given(paidOut)
    }
  }

  /// The last event of the kind.
  func position(in spec: Spec) -> Position {
    switch self {
    case .payment: spec.last(PaymentReceived.self)
    case .refund: spec.last(RefundPaid.self)
    case .movedCash: spec.last(TillCashMoved.self)
    case .sale: spec.last(SaleCompleted.self)
    case .saleReturn: spec.last(SaleReturned.self)
    case .paymentMade: spec.last(PaymentMade.self)
    }
  }

  /// The cash that is there when it is done.
  var counted: Int64 {
    switch self {
    case .payment: 210_00
    case .refund: 150_00
    case .movedCash, .paymentMade: 90_00
    case .sale: 155_31
    case .saleReturn: 150_00
    }
  }
}

@Suite struct `A slip of one's own` {
  @Test(arguments: Slip.allCases)
  fileprivate func `is undone alone by who made it, while the till is open`(_ slip: Slip) {
    let done = slip.done
    #expect(done.expected() == slip.counted)
    let undone = done.when(reverse(slip.position(in: done)))
    #expect(undone.undone.last != nil, "\(undone.result)")
    // What was there before is there again.
    let before: Int64 =
      switch slip {
      case .refund: 210_00
      case .saleReturn: 164_00
      case .payment, .movedCash, .sale, .paymentMade: 150_00
      }
    #expect(undone.expected() == before)
  }

  @Test(arguments: Slip.allCases)
  fileprivate func `is for anybody else a matter of two`(_ slip: Slip) {
    let done = slip.done
    let undo = reverse(slip.position(in: done))
    let another = done.by(.staff(2), .cashier)
    another.when(undo).thenRefused(.needsSecondPerson)
    another.when(reverse(slip.position(in: done)) { $0.approver = Clinic.doctor })
      .thenRefused(.needsSecondPerson)
    let approved = another.when(
      reverse(slip.position(in: done)) { $0.approver = Clinic.accountant })
    #expect(approved.undone.last != nil, "\(approved.result)")
  }

  @Test(arguments: [Slip.payment, .refund, .movedCash, .paymentMade])
  fileprivate func `is one no more once the till was counted`(_ slip: Slip) {
    let done = slip.done
    let closed = done.given(Counter.close(slip.counted))
    let undo = reverse(slip.position(in: done))
    // A closed till takes nothing back and gives nothing out.
    closed.when(undo).thenRefused(.needsSecondPerson, .invalidState)
    let approved = reverse(slip.position(in: done)) { $0.approver = Clinic.accountant }
    closed.when(approved).thenRefused(TillRefusal.closedSession(Counter.till), field: "of")
    // In the till's next session it takes a second person.
    let again = closed.given(Counter.open(slip.counted) { $0.till = Counter.till })
    again.when(undo).thenRefused(.needsSecondPerson)
    again.when(approved).thenEvents(Reversed.self)
  }

  @Test(arguments: [Slip.sale, .saleReturn])
  fileprivate func `of a ticket ends with its session`(_ slip: Slip) {
    let done = slip.done
    let again = done.given(Counter.close(slip.counted))
      .given(Counter.open(slip.counted) { $0.till = Counter.till })
    again.when(reverse(slip.position(in: done)) { $0.approver = Clinic.accountant })
      .thenRefused(TillRefusal.endedSession(Counter.session), field: "of")
  }

  @Test func `is what a till holds, and nothing else`() {
    // Money by transfer is in no till, and a charge is no money yet.
    let transfer = counter.given(pay(60_00) { $0.method = .transfer(BankTender()) })
    transfer.whenReversed(PaymentReceived.self).thenRefused(.needsSecondPerson)
    let charged = Clinic.charged(60_00).by(.staff(1), .admin).given(limited)
    charged.by(.staff(2), .reception).whenReversed(ChargePosted.self).thenRefused(
      .needsSecondPerson)
    // By card it goes with the session, where one is open.
    counter.given(pay(60_00)).whenReversed(PaymentReceived.self).thenEvents(Reversed.self)
    Counter.stocked.by(.staff(1), .admin).given(limited).atTheTill.given(pay(60_00))
      .whenReversed(PaymentReceived.self).thenRefused(.needsSecondPerson)
    // Up to the limit anybody may who has the role.
    counter.given(pay(5_00)).by(.staff(2), .cashier).whenReversed(PaymentReceived.self)
      .thenEvents(Reversed.self)
  }
}

@Suite struct `Cash that went from till to till` {
  /// 40.00 went from the first till to a second one.
  private var handed: Spec {
    Counter.opened.given(Counter.open(100_00)).given(
      Counter.move(.out, .handover, 40_00) {
        $0.till = TillID(1)
        $0.toTill = TillID(2)
      })
  }

  @Test func `comes back while both are open`() {
    #expect(handed.expected() == 110_00)
    let undone = handed.whenReversed(TillCashMoved.self)
    undone.thenEvents(Reversed.self)
    #expect(undone.expected() == 150_00)
    #expect(undone.state.tills.sessions[TillSessionID(2)]?.sums[.cash] == 100_00)
  }

  @Test(arguments: [(UInt64(1), Int64(110_00)), (2, 140_00)])
  func `stays once one of them is closed`(_ till: UInt64, _ counted: Int64) {
    let closed = handed.given(Counter.close(counted) { $0.till = TillID(till) })
    closed.whenReversed(TillCashMoved.self)
      .thenRefused(TillRefusal.closedSession(TillID(till)), field: "of")
    closed.given(Counter.open(counted) { $0.till = TillID(till) })
      .whenReversed(TillCashMoved.self).thenEvents(Reversed.self)
  }
}

@Suite struct `A month with a till that is open` {
  /// A till was opened on 2 March; it is April.
  private var april: Spec {
    Counter.opened.at(Clinic.moment("2026-04-05T09:00:00Z")).accounting
  }

  @Test func `is not closed for the books until the cash is counted`() {
    april.whenClosed("2026-03-31")
      .thenRefused(PeriodRefusal.tillOpen(Counter.session, since: Clinic.today), field: "to")
    // The month before had no open till, and stock has none at all.
    april.whenClosed("2026-02-28").thenEvents(PeriodClosed.self)
    april.whenClosed("2026-03-31", .logistics).thenEvents(PeriodClosed.self)
    april.whenClosed("2026-03-31", .tax).thenEvents(PeriodClosed.self)
    let counted = april.atTheTill.given(Counter.close(150_00)).accounting
    counted.whenClosed("2026-03-31").thenEvents(PeriodClosed.self)
    // What was opened since then is of another month.
    counted.atTheTill.given(Counter.open(150_00) { $0.till = Counter.till }).accounting
      .whenClosed("2026-03-31").thenEvents(PeriodClosed.self)
  }

  @Test func `names each till that is open, at this clinic alone`() {
    let two = Counter.opened.given(Counter.open(50_00))
      .at(Clinic.moment("2026-04-05T09:00:00Z")).accounting
    two.whenClosed("2026-03-31").thenRefused(.invalidState, .invalidState)
    let other = april.by(.staff(1), .admin).at(clinic: 0)
      .given(Clinic.defineClinic).at(clinic: 2)
      .given(
        SetRoles.with {
          $0.staff = Clinic.accountant
          $0.clinic = ClinicID(2)
          $0.roles = [.accountant]
        }
      )
      .given(
        SetRoles.with {
          $0.staff = Clinic.admin
          $0.clinic = ClinicID(2)
          $0.roles = [.admin]
        }
      ).accounting
    other.whenClosed("2026-03-31").thenEvents(PeriodClosed.self)
  }
}
