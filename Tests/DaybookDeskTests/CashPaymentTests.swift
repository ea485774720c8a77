import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `A supplier who is paid in cash` {
  private let invoice = SupplierInvoiceID(1)

  private static let rent = RecordSupplierInvoice.with {
    $0.supplier = Clinic.supplier
    $0.number = "117"
    $0.date = Clinic.today
    $0.lines = [
      .with {
        $0.account = "6100"
        $0.net = cents(400_00)
      }
    ]
  }

  /// 400.00 are owed; the till holds 150.00; the cashier acts.
  private var owing: Spec { Counter.opened.accounting.given(Self.rent).atTheTill }

  private func pay(
    _ minor: Int64, _ change: (inout MakePayment) -> Void = { _ in }
  ) -> MakePayment {
    .with {
      $0.to = .party(Clinic.supplier)
      $0.amount = cents(minor)
      $0.method = Counter.cash()
      $0.settles = [PaidItem(.invoice(invoice), cents(minor))]
      change(&$0)
    }
  }

  @Test func `is paid out of the open till, which holds less then`() {
    let paid = owing.when(pay(100_00))
    paid.then(
      PaymentMade.with {
        $0.payment = PaymentID(1)
        $0.to = .party(Clinic.supplier)
        $0.amount = cents(100_00)
        $0.method = Counter.cash()
        $0.tillSession = Counter.session
        $0.settles = [PaidItem(.invoice(invoice), cents(100_00))]
      })
    #expect(paid.expected() == 50_00)
    #expect(paid.state.tills.sessions[Counter.session]?.receiptCount == 1)
    #expect(paid.state.purchasing.invoices[invoice]?.open == 300_00)
    // The count at the end of the day knows of it.
    let closed = paid.when(Counter.close(50_00))
    let counts = (try? closed.events.first?.decoded(as: TillClosed.self))?.counts
    #expect(counts?.first?.expected == cents(50_00) && counts?.first?.variance == .zero)
    // No bank is to show it.
    #expect(paid.state.ledger.bankItem(of: PaymentID(1)) == nil)
  }

  @Test func `gets no more than is there`() {
    owing.when(pay(150_00)).thenEvents(PaymentMade.self)
    owing.when(pay(150_01))
      .thenRefused(
        TillRefusal.aboveCash(Counter.till, held: Amount(minorUnits: 150_00, .usd)),
        field: "amount")
    // What came in since can go out.
    let received = ReceivePayment.with {
      $0.from = .party(.patient(Clinic.patient))
      $0.amount = cents(60_00)
      $0.method = Counter.cash()
    }
    owing.given(received).when(pay(210_00)).thenEvents(PaymentMade.self)
    owing.given(pay(100_00)).when(pay(50_01)).thenRefused(.quantityExceeded)
  }

  @Test func `gets nothing out of a till that is closed, is not there or is elsewhere`() {
    let closed = owing.given(Counter.close(150_00))
    closed.when(pay(1_00)).thenRefused(BillingRefusal.tillNotOpen)
    closed.when(pay(1_00) { $0.till = Counter.till })
      .thenRefused(TillRefusal.notOpen(Counter.till), field: "method")
    owing.when(pay(1_00) { $0.till = TillID(9) }).thenRefused(.unknownReference)
    owing.at(Clinic.moment("2026-03-02T08:59:59Z"), recorded: Clinic.nine.instant)
      .when(pay(1_00)).thenRefused(.invalidState)
    // Of two that are open one must be named.
    let two = owing.given(Counter.open(20_00))
    two.when(pay(1_00))
      .thenRefused(TillRefusal.severalOpen([Counter.till, TillID(2)]), field: "method")
    two.when(pay(20_01) { $0.till = TillID(2) }).thenRefused(.quantityExceeded)
    two.when(pay(20_00) { $0.till = TillID(2) }).thenEvents(PaymentMade.self)
  }

  @Test func `is paid without a till by a card, a cheque or the bank`() {
    let closed = owing.given(Counter.close(150_00))
    for method in [
      PaymentMethod.card(CardTender()), .cheque(BankTender()), .transfer(BankTender()),
    ] {
      let paid = closed.when(pay(400_00) { $0.method = method })
      #expect(
        (try? paid.events.first?.decoded(as: PaymentMade.self).tillSession) == .some(nil),
        "\(paid.result)")
      #expect(paid.state.ledger.bankItem(of: PaymentID(1))?.amount == -400_00)
    }
  }

  @Test func `gets what the coins come to`() {
    // 99.98 asked for, 100.00 given: two cents of rounding leave the till with it.
    let rounded = owing.when(
      pay(99_98) {
        $0.method = .cash(
          CashTender.with {
            $0.rounding = cents(2)
            $0.tendered = cents(100_00)
          })
      })
    rounded.thenEvents(PaymentMade.self)
    #expect(rounded.expected() == 50_00)
    owing.when(
      pay(99_98) { $0.method = .cash(CashTender.with { $0.tendered = cents(99_00) }) }
    ).thenRefused(.unbalanced)
  }
}
