import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

private func count(
  _ method: MethodType, _ expected: Int64, _ counted: Int64?
) -> MethodCount {
  .with {
    $0.method = method
    $0.expected = cents(expected)
    $0.counted = counted.map(cents)
    $0.variance = counted.map { cents($0 - expected) }
  }
}

@Suite struct `A till` {
  @Test func `is known from its first opening on, with a float from the safe`() {
    Counter.stocked.atTheTill.when(Counter.open(150_00) { $0.till = Counter.till })
      .then(
        TillOpened.with {
          $0.session = Counter.session
          $0.till = Counter.till
          $0.float = cents(150_00)
          $0.brought = cents(150_00)
        })
    Counter.stocked.atTheTill.when(Counter.open(150_00) { $0.till = TillID(2) })
      .thenRefused(.unknownReference)
  }

  @Test func `is not opened twice`() {
    Counter.opened.when(Counter.open(1) { $0.till = Counter.till })
      .thenRefused(TillRefusal.alreadyOpen(Counter.till, Counter.session), field: "till")
    Counter.opened.when(Counter.open(1)).thenEvents(TillOpened.self)
  }

  @Test func `opens again with what it held, and says when the float is another`() {
    let closed = Counter.opened.given(Counter.close(140_00))
    closed.when(Counter.open(100_00) { $0.till = Counter.till })
      .then(
        TillOpened.with {
          $0.session = TillSessionID(2)
          $0.till = Counter.till
          $0.float = cents(100_00)
          $0.held = cents(140_00)
        })
    closed.at(Clinic.moment("2026-03-02T08:00:00Z"))
      .when(Counter.open(100_00) { $0.till = Counter.till })
      .thenRefused(.invalidState)
    closed.when(Counter.open(-1) { $0.till = Counter.till }).thenRefused(.amountNegative)
  }

  @Test func `belongs to its clinic and its roles`() {
    var second = Clinic.defineClinic
    second.name = "South"
    let two = Counter.opened.by(.staff(1), .admin).given(second).atTheTill
    two.when(Counter.open(1) { $0.till = TillID(9) }).thenRefused(.unknownReference)
    Counter.stocked.by(.staff(2), .practitioner).when(Counter.open(1))
      .thenRefused(.notPermitted)
  }

  @Test func `takes cash payments, with change and tip`() {
    let spec = Counter.opened.when(
      pay(50_00) {
        $0.method = Counter.cash(60_00)
        $0.tip = cents(2_00)
      })
    spec.then(
      PaymentReceived.with {
        $0.payment = PaymentID(1)
        $0.from = .patient(Clinic.patient)
        $0.amount = cents(50_00)
        $0.method = .cash(
          CashTender.with {
            $0.tendered = cents(60_00)
            $0.change = cents(8_00)
          })
        $0.tillSession = Counter.session
        $0.tip = cents(2_00)
      })
    #expect(spec.expected() == 202_00)
  }

  @Test func `is the only one that is open, or is named`() {
    let two = Counter.opened.by(.staff(2), .reception).given(Counter.open(10_00))
    let cash = pay(5_00) { $0.method = Counter.cash() }
    // The cashier's own.
    #expect(two.atTheTill.given(cash).expected() == 155_00)
    two.by(.staff(4), .accountant).when(cash)
      .thenRefused(TillRefusal.severalOpen([TillID(1), TillID(2)]), field: "method")
    var named = cash
    named.till = Counter.till
    #expect(two.by(.staff(4), .accountant).given(named).expected() == 155_00)
    named.till = TillID(3)
    two.atTheTill.when(named).thenRefused(.unknownReference)
    Counter.opened.given(Counter.close(150_00)).when(cash)
      .thenRefused(BillingRefusal.tillNotOpen, field: "method")
    named.till = Counter.till
    Counter.opened.given(Counter.close(150_00)).when(named)
      .thenRefused(TillRefusal.notOpen(Counter.till), field: "method")
    Counter.opened.at(Clinic.moment("2026-03-02T08:59:00Z")).when(cash)
      .thenRefused(.invalidState)
  }

  @Test func `counts cards without touching its cash, and leaves transfers out`() {
    let spec = Counter.opened.given(pay(7_00))
      .given(pay(9_00) { $0.method = .transfer(BankTender()) })
    #expect(spec.expected() == 150_00)
    #expect(spec.expected(.card) == 7_00)
    #expect(spec.expected(.transfer) == 0)
  }

  @Test func `rounds cash to the coins there are`() {
    let spec = Counter.opened.when(
      pay(9_98) {
        $0.method = .cash(
          CashTender.with {
            $0.tendered = cents(10_00)
            $0.rounding = cents(2)
          })
      })
    spec.thenEvents(PaymentReceived.self)
    #expect(spec.expected() == 160_00)
  }
}

@Suite struct `Cash in a till` {
  @Test func `comes from the safe and goes to the bank`() {
    let spec = Counter.opened.given(Counter.move(.into, .float, 20_00))
      .when(Counter.move(.out, .bank, 100_00))
    spec.then(
      TillCashMoved.with {
        $0.session = Counter.session
        $0.direction = .out
        $0.type = .bank
        $0.amount = cents(100_00)
      })
    #expect(spec.expected() == 70_00)
  }

  @Test func `is never taken beyond what should be there`() {
    Counter.opened.when(Counter.move(.out, .bank, 150_01))
      .thenRefused(
        TillRefusal.aboveCash(Counter.till, held: Amount(minorUnits: 150_00, .usd)),
        field: "amount")
  }

  @Test func `is spent on small things by an account that is for them`() {
    let spent = Counter.move(.out, .petty, 12_10) {
      $0.account = "6120"
      $0.document = "slip 7"
      $0.taxCode = Counter.standard
    }
    Counter.opened.when(spent).then(
      TillCashMoved.with {
        $0.session = Counter.session
        $0.direction = .out
        $0.type = .petty
        $0.amount = cents(12_10)
        $0.account = "6120"
        $0.document = "slip 7"
        $0.taxCode = Counter.standard
        $0.tax = cents(2_10)
      })
    Counter.opened.when(Counter.move(.out, .petty, 1) { $0.account = "4000" })
      .thenRefused(TillRefusal.notPetty(account: "4000", such: "6120"), field: "account")
    Counter.opened.when(Counter.move(.out, .petty, 1)).thenRefused(.unknownReference)
    Counter.opened.when(
      Counter.move(.out, .petty, 1_00) {
        $0.account = "6120"
        $0.taxCode = Counter.standard
        $0.tax = cents(1_01)
      }
    ).thenRefused(.unbalanced)
    Counter.opened.when(
      Counter.move(.out, .petty, 1_00) {
        $0.account = "6120"
        $0.taxCode = TaxCodeID(9)
      }
    ).thenRefused(.unknownReference)
  }

  @Test func `is handed over to another open till`() {
    let two = Counter.opened.given(Counter.open(10_00))
    func hand(_ to: TillID?) -> MoveTillCash {
      Counter.move(.out, .handover, 30_00) {
        $0.till = Counter.till
        $0.toTill = to
      }
    }
    let spec = two.when(hand(TillID(2)))
    spec.thenEvents(TillCashMoved.self)
    #expect(spec.expected() == 120_00)
    #expect(spec.state.tills.sessions[TillSessionID(2)]?.sums[.cash] == 40_00)
    two.when(hand(Counter.till)).thenRefused(TillRefusal.handover, field: "toTill")
    two.when(hand(nil)).thenRefused(TillRefusal.handover, field: "toTill")
  }

  @Test func `says which way it goes, what for and how much`() {
    Counter.opened.when(Counter.move(.unspecified, .unspecified, 0))
      .thenRefused(.fieldRequired, .fieldRequired, .amountNotPositive)
    Counter.stocked.atTheTill.when(Counter.move(.into, .float, 1)).thenRefused(.tillNotOpen)
  }
}

@Suite struct `A closing` {
  // LESSONS 3, row 11: any count is accepted, and the variance stands beside it.
  @Test(arguments: [0, 149_99, 150_00, 150_01, 9_999_99] as [Int64])
  func `accepts any count and says what is missing or too much`(_ counted: Int64) {
    let spec = Counter.opened.when(Counter.close(counted))
    spec.then(
      TillClosed.with {
        $0.session = Counter.session
        $0.till = Counter.till
        $0.number = 1
        $0.counts = [count(.cash, 150_00, counted)]
        $0.left = cents(counted)
      })
    #expect(spec.state.tills.tills[Counter.till]?.held == counted)
  }

  // LESSONS 3, row 10: change that was given is not expected to be there.
  @Test func `expects what was tendered less the change`() {
    let spec = Counter.opened.given(pay(50_00) { $0.method = Counter.cash(100_00) })
      .given(pay(30_00)).when(
        Counter.close(200_00) { $0.counts.append(CountedMethod(.card, cents(30_00))) })
    spec.then(
      TillClosed.with {
        $0.session = Counter.session
        $0.till = Counter.till
        $0.number = 1
        $0.counts = [count(.cash, 200_00, 200_00), count(.card, 30_00, 30_00)]
        $0.left = cents(200_00)
        $0.receiptCount = 2
      })
  }

  // LESSONS 3, row 11: float transfers count with their sign.
  @Test func `knows floats that came and went`() {
    let spec = Counter.opened.given(Counter.move(.into, .float, 50_00))
      .given(Counter.move(.out, .float, 80_00)).when(Counter.close(120_00))
    spec.thenEvents(TillClosed.self)
    #expect((try? spec.events[0].decoded(as: TillClosed.self))?.counts[0].variance == .zero)
  }

  @Test func `sends to the safe what does not stay`() {
    let spec = Counter.opened.when(Counter.close(150_00) { $0.left = cents(40_00) })
    spec.thenEvents(TillClosed.self, TillCashMoved.self)
    #expect(spec.state.tills.tills[Counter.till]?.held == 40_00)
    Counter.opened.when(Counter.close(150_00) { $0.left = cents(150_01) })
      .thenRefused(.quantityExceeded)
  }

  @Test func `is numbered without gaps in each till`() {
    var spec = Counter.opened
    for number in 1...3 as ClosedRange<UInt64> {
      spec = spec.when(Counter.close(150_00) { $0.till = Counter.till })
      #expect((try? spec.events[0].decoded(as: TillClosed.self))?.number == number)
      spec = spec.given(Counter.open(150_00) { $0.till = Counter.till })
    }
  }

  @Test func `counts the cash, and each way once`() {
    Counter.opened.when(CloseTill()).thenRefused(.fieldRequired)
    Counter.opened.when(
      Counter.close(1) { $0.counts.append(CountedMethod(.cash, cents(1))) }
    ).thenRefused(.invalidState)
    Counter.opened.when(
      CloseTill.with { $0.counts = [CountedMethod(.unspecified, cents(1))] }
    ).thenRefused(.fieldRequired, .fieldRequired)
    Counter.opened.when(Counter.close(-1)).thenRefused(.amountNegative)
  }

  @Test func `is the end: nothing goes in or out behind it`() {
    let closed = Counter.opened.given(Counter.close(150_00))
    closed.when(Counter.close(150_00)).thenRefused(.tillNotOpen)
    closed.when(Counter.move(.into, .float, 1)).thenRefused(.tillNotOpen)
    closed.when(Counter.sell([Counter.line(Counter.bag, 1_000)], [TicketTender(Counter.cash())]))
      .thenRefused(.tillNotOpen)
  }

  // LESSONS 3, row 12: identity is the event's, never date and amount.
  @Test func `counts two equal payments of one day twice`() {
    let spec = Counter.opened.given(pay(25_00) { $0.method = Counter.cash() })
      .given(pay(25_00) { $0.method = Counter.cash() })
    #expect(spec.expected() == 200_00)
    #expect(spec.state.tills.sessions[Counter.session]?.receiptCount == 2)
    #expect(spec.unapplied(1) == 25_00 && spec.unapplied(2) == 25_00)
  }
}
