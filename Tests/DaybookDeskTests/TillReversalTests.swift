import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Undoing at the counter` {
  /// Reverses the first event of what was decided last.
  private func reverse(_ spec: Spec) -> Spec {
    let position = spec.history.lastPosition.number - UInt64(spec.events.count) + 1
    return spec.when(
      ReverseEvent.with {
        $0.of = Position(position)
        $0.reason = "typed wrongly"
      })
  }

  @Test func `a payment comes out of the till that took it`() {
    let spec = reverse(Counter.opened.given(pay(50_00) { $0.method = Counter.cash(60_00) }))
    spec.thenEvents(Reversed.self)
    #expect(spec.expected() == 150_00 && spec.unapplied() == 0)
    #expect(spec.state.billing.accounts[.patient(Clinic.patient)].credit == 0)
  }

  @Test func `a payment of an ended session comes out of the till's open one`() {
    let paid = Counter.opened.given(pay(50_00) { $0.method = Counter.cash() })
    let position = paid.history.lastPosition
    let undo = ReverseEvent.with {
      $0.of = position
      $0.reason = "typed wrongly"
    }
    let closed = paid.given(Counter.close(200_00))
    closed.when(undo).thenRefused(TillRefusal.closedSession(Counter.till), field: "of")
    let again = closed.given(Counter.open(200_00) { $0.till = Counter.till }).when(undo)
    again.thenEvents(Reversed.self)
    #expect(again.expected() == 200_00)
    #expect(again.state.tills.sessions[TillSessionID(2)]?.sums.all.first == 150_00)
  }

  @Test func `a sale puts the goods back and the money out, while its session is open`() {
    let spec = reverse(Counter.sold)
    spec.thenEvents(Reversed.self, Reversed.self, Reversed.self, Reversed.self)
    #expect(spec.expected() == 150_00)
    let key = StockKey(clinic: Clinic.id, item: Counter.apples)
    let apples = spec.state.stock.lot("", at: key)
    #expect(apples?.onHand == 10_000 && apples?.value == 15_00)
    spec.when(Counter.takeBack([Counter.takeBack(1, 100)]))
      .thenRefused(SaleRefusal.reversed(Counter.sale), field: "sale")
    let sold = Counter.sold
    let position = Position(sold.history.lastPosition.number - 3)
    let undo = ReverseEvent.with {
      $0.of = position
      $0.reason = "typed wrongly"
    }
    sold.given(Counter.close(155_31)).when(undo)
      .thenRefused(TillRefusal.endedSession(Counter.session), field: "of")
    sold.given(Counter.takeBack([Counter.takeBack(1, 100)])).when(undo)
      .thenRefused(.hasDependents)
  }

  @Test func `a return sells again what came back`() {
    let spec = reverse(
      Counter.sold.given(Counter.takeBack([Counter.takeBack(2, 300, restock: true)])))
    spec.thenEvents(Reversed.self)
    #expect(spec.expected() == 155_31)
    #expect(spec.state.sales.sales[Counter.sale]?.lines[1].returned == 0)
    spec.when(Counter.takeBack([Counter.takeBack(2, 800, restock: true)]))
      .thenEvents(SaleReturned.self)
  }

  @Test func `a refund is credit again, and moved cash comes back`() {
    let refunded = Counter.opened.given(pay(50_00)).given(
      PayRefund.with {
        $0.to = .patient(Clinic.patient)
        $0.amount = cents(20_00)
        $0.method = Counter.cash()
      })
    #expect(refunded.expected() == 130_00)
    let spec = reverse(refunded)
    spec.thenEvents(Reversed.self)
    #expect(spec.expected() == 150_00 && spec.unapplied() == 50_00)
    #expect(spec.state.billing.accounts[.patient(Clinic.patient)].credit == 50_00)
    let moved = reverse(Counter.opened.given(Counter.move(.out, .bank, 100_00)))
    moved.thenEvents(Reversed.self)
    #expect(moved.expected() == 150_00)
  }

  @Test func `what is invoiced or closed is not undone`() {
    let charged = Billed.charged
    let position = Position(charged.history.lastPosition.number - 1)
    charged.given(Billed.issue([InvoiceShare(ChargeID(1))])).when(
      ReverseEvent.with {
        $0.of = position
        $0.reason = "typed wrongly"
      }
    ).thenRefused(.hasDependents)
    reverse(Counter.opened.given(Counter.close(150_00))).thenRefused(.notReversible)
    reverse(charged.given(Billed.issue([InvoiceShare(ChargeID(1))]))).thenRefused(.notReversible)
  }

  // LESSONS 3, row 16: what would not balance is not decided.
  @Test func `an allocation that was released since stays`() {
    let allocated = Clinic.charged(100_00).atTheTill.given(pay(80_00)).given(
      AllocatePayment.with {
        $0.payment = PaymentID(1)
        $0.settling = [Clinic.charge]
      })
    let position = allocated.history.lastPosition
    let undo = ReverseEvent.with {
      $0.of = position
      $0.reason = "typed wrongly"
    }
    let undone = allocated.when(undo)
    undone.thenEvents(Reversed.self)
    #expect(undone.owed() == 100_00 && undone.unapplied() == 80_00)
    allocated.given(
      ReleaseAllocation.with {
        $0.payment = PaymentID(1)
        $0.charge = Clinic.charge
        $0.amount = cents(1)
        $0.reason = "another charge"
      }
    ).when(undo).thenRefused(.hasDependents)
  }
}
