import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// Ten gloves for 100 came in; the accountant acts.
private var received: Spec {
  Clinic.open.by(.staff(3), .buyer).given(receive(goods(Clinic.gloves, 10, value: 100)))
    .accounting
}

private func invoice(_ number: String = "117") -> RecordSupplierInvoice {
  .with {
    $0.supplier = Clinic.supplier
    $0.number = number
    $0.date = Clinic.today
    $0.lines = [
      .with {
        $0.receipt = ReceiptID(1)
        $0.net = cents(100)
      }
    ]
  }
}

private let pay = MakePayment.with {
  $0.to = .party(Clinic.supplier)
  $0.amount = cents(100)
  $0.settles = [PaidItem(.invoice(SupplierInvoiceID(1)), cents(100))]
}

private func reconcile(_ amount: Int64) -> ReconcileBankLine {
  .with {
    $0.line = "1"
    $0.amount = cents(amount)
    $0.matches = [StatementMatch(.payment(PaymentID(1)))]
  }
}

@Suite struct `Reversing what is owed to suppliers` {
  @Test func `opens the goods again, and frees the invoice's number`() {
    let spec = received.given(invoice()).whenReversed(SupplierInvoiceRecorded.self)
    #expect(spec.undone == ["SupplierInvoiceRecorded"])
    #expect(spec.state.purchasing.line(1, of: ReceiptID(1))?.openValue == 100)
    spec.when(invoice()).thenEvents(SupplierInvoiceRecorded.self)
  }

  @Test func `waits for the payment of an invoice, and for the invoice of a receipt`() {
    received.given(invoice()).given(pay).whenReversed(SupplierInvoiceRecorded.self)
      .thenRefused(.hasDependents)
    received.given(invoice()).by(.staff(3), .buyer).whenReversed(GoodsReceived.self)
      .thenRefused(.hasDependents)
    received.given(invoice()).givenReversed(SupplierInvoiceRecorded.self)
      .by(.staff(3), .buyer).when(reverse(received.last(GoodsReceived.self)))
      .thenEvents(Reversed.self)
  }

  @Test func `opens what a payment settled, unless a statement has shown it`() {
    let paid = received.given(invoice()).given(pay)
    let spec = paid.whenReversed(PaymentMade.self)
    #expect(spec.undone == ["PaymentMade"])
    #expect(spec.state.purchasing.invoices[SupplierInvoiceID(1)]?.open == 100)
    spec.when(reconcile(-100)).thenRefused(.unknownReference)
    let shown = paid.given(reconcile(-100))
    shown.whenReversed(PaymentMade.self).thenRefused(.hasDependents)
    shown.givenReversed(BankLineReconciled.self).when(reverse(paid.last(PaymentMade.self)))
      .thenEvents(Reversed.self)
  }

  @Test func `lets a line of a statement be explained anew`() {
    let spec = received.given(invoice()).given(pay).given(reconcile(-100))
    spec.when(reconcile(-100)).thenRefused(.duplicateSource, .invalidState)
    spec.givenReversed(BankLineReconciled.self).when(reconcile(-100))
      .thenEvents(BankLineReconciled.self)
  }

  @Test func `keeps money that a statement has shown`() {
    let received = Clinic.open.accounting.given(
      ReceivePayment.with {
        $0.from = .party(.patient(Clinic.patient))
        $0.amount = cents(40)
        $0.method = .card(CardTender())
      })
    received.given(reconcile(40)).whenReversed(PaymentReceived.self).thenRefused(.hasDependents)
    received.whenReversed(PaymentReceived.self).thenEvents(Reversed.self)
  }
}

@Suite struct `Reversing an entry made by hand` {
  private let opening = PostJournal.with {
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
        $0.account = "2000"
        $0.credit = cents(70)
        $0.party = .party(Clinic.supplier)
        $0.document = "old"
        $0.due = Clinic.today
      },
    ]
  }

  @Test func `takes its open items back`() {
    let spec = Clinic.open.accounting.given(opening).whenReversed(JournalPosted.self)
    #expect(spec.undone == ["JournalPosted"])
    #expect(spec.state.billing.charges[Clinic.charge]?.owed == 0)
    #expect(spec.state.ledger.openItem(OpeningItem(JournalID(1), line: 2)) == nil)
  }

  @Test func `waits for what settled them`() {
    let spec = Clinic.open.accounting.given(opening)
    spec.given(
      ReceivePayment.with {
        $0.from = .party(.patient(Clinic.patient))
        $0.amount = cents(70)
        $0.method = .card(CardTender())
        $0.settling = [Clinic.charge]
      }
    ).whenReversed(JournalPosted.self).thenRefused(.hasDependents)
    spec.given(
      MakePayment.with {
        $0.to = .party(Clinic.supplier)
        $0.amount = cents(1)
        $0.settles = [PaidItem(.opening(OpeningItem(JournalID(1), line: 2)), cents(1))]
      }
    ).whenReversed(JournalPosted.self).thenRefused(.hasDependents)
  }
}

@Suite struct `Reversing a package` {
  private let bundle = ServiceID(3)
  private var sold: Spec {
    Clinic.seen().by(.staff(1), .admin)
      .given(
        DefineService.with {
          $0.name = "Ten sessions"
          $0.type = .package
        }
      )
      .by(.staff(2), .reception)
      .given(
        SellPackage.with {
          $0.patient = Clinic.patient
          $0.service = bundle
          $0.sessions = 3
          $0.price = cents(1_000)
          $0.priceReason = .agreed
        })
  }
  private let use = PerformTreatment.with {
    $0.encounter = EncounterID(1)
    $0.service = Clinic.implanting
    $0.package = PackageID(1)
  }

  @Test func `takes its charge along while it is unused`() {
    let spec = sold.whenReversed(PackageSold.self)
    #expect(spec.undone == ["ChargePosted", "PackageSold"])
    spec.by(.staff(2), .practitioner).when(use).thenRefused(.invalidState)
    sold.whenReversed(ChargePosted.self).thenRefused(.hasDependents)
    sold.by(.staff(2), .practitioner).given(use).by(.staff(2), .reception)
      .whenReversed(PackageSold.self).thenRefused(.hasDependents)
  }

  // 1,000 over three: 333, then 334 to 667. Without the first session, two are left of 667.
  @Test func `gives a session back with what it earned, at its own share`() throws {
    let treating = sold.by(.staff(2), .practitioner)
    let twice = treating.given(use).given(use)
    let first = treating.given(use).last(TreatmentPerformed.self)
    let spec = twice.when(reverse(first))
    #expect(spec.undone == ["ChargePosted", "TreatmentPerformed"])
    #expect(spec.state.packages.packages[PackageID(1)]?.used == 1)
    #expect(spec.state.packages.packages[PackageID(1)]?.earned == 334)
    // The running total of two sessions is 667: the next one earns the difference.
    let charge = try spec.when(use).events[1].decoded(as: ChargePosted.self)
    #expect(charge.recognised == cents(333))
  }
}

@Suite struct `Open items in a checkpoint` {
  @Test func `come back and are settled as if they had never been away`() throws {
    var spec = received.given(invoice())
      .given(
        PostJournal.with {
          $0.memo = "opening"
          $0.opening = true
          $0.lines = [
            .with {
              $0.account = "3000"
              $0.debit = cents(30)
            },
            .with {
              $0.account = "2000"
              $0.credit = cents(30)
              $0.party = .party(Clinic.supplier)
              $0.document = "old"
              $0.due = Clinic.today
            },
          ]
        }
      )
      .given(pay)
    let before = try spec.state.storedBytes()
    let (state, _) = try spec.state.reloaded()
    #expect(try state.storedBytes() == before)
    #expect(state.purchasing.invoice("117", from: Clinic.supplier) == SupplierInvoiceID(1))
    #expect(state.purchasing.invoice("118", from: Clinic.supplier) == nil)
    #expect(state.ledger.openItem(OpeningItem(JournalID(1), line: 2))?.open == 30)
    #expect(state.ledger.bankItem(of: PaymentID(1))?.amount == -100)
    spec = spec.given(reconcile(-100))
    let (after, _) = try spec.state.reloaded()
    #expect(after.ledger.isReconciled("1", of: BankAccountID(1)))
    #expect(!after.ledger.isReconciled("2", of: BankAccountID(1)))
  }
}

@Suite struct `A text that stands for a number` {
  @Test func `is found among hundreds, each with its own`() throws {
    var spec = received
    for number in 1...300 {
      spec = spec.given(
        RecordSupplierInvoice.with {
          $0.supplier = Clinic.supplier
          $0.number = "\(number * 7919 % 1000)"
          $0.date = Clinic.today
          $0.lines = [
            .with {
              $0.account = "6100"
              $0.net = cents(1)
            }
          ]
        })
    }
    for number in 1...300 {
      let text = "\(number * 7919 % 1000)"
      #expect(
        spec.state.purchasing.invoice(text, from: Clinic.supplier)
          == SupplierInvoiceID(UInt64(number)))
    }
    #expect(spec.state.purchasing.invoice("1000", from: Clinic.supplier) == nil)
  }
}
