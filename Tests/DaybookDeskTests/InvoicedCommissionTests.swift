import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

private func usd(_ minor: Int64) -> Amount { Amount(minorUnits: minor, .usd) }

@Suite struct `Commission that a contractor invoices` {
  private static let luis = StaffID(5)
  private static let run = PayrollRunID(1)

  /// Luis works on his own account, and was owed 40 when the books began; the accountant acts.
  private var owing: Spec {
    var luis = Clinic.hire("Luis")
    luis.contract = .contractor
    let opening = PostJournal.with {
      $0.memo = "what was open"
      $0.opening = true
      $0.lines = [
        .with { ($0.account, $0.debit) = ("3000", cents(40)) },
        .with {
          ($0.account, $0.credit) = ("2330", cents(40))
          $0.party = .staff(Self.luis)
          ($0.document, $0.due) = ("old", Clinic.today)
        },
      ]
    }
    return Clinic.open.by(.staff(1), .admin).given(luis).by(.staff(4), .accountant).given(opening)
  }

  /// He has earned another 50, which a payroll has stated.
  private var stated: Spec {
    owing.given(accrued(50)).given(
      PayrollApproved.with {
        $0.run = Self.run
        $0.clinic = Clinic.id
        $0.from = Clinic.day("2026-02-01")
        $0.to = Clinic.day("2026-02-28")
        $0.lines = [
          .with {
            $0.staff = Self.luis
            $0.contract = .contractor
            $0.commission = cents(50)
          }
        ]
      })
  }

  private func accrued(_ amount: Int64, to staff: StaffID = luis) -> CommissionAccrued {
    .with {
      $0.rule = CommissionRuleID(1)
      $0.staff = staff
      $0.charge = Clinic.charge
      $0.cause = .charge
      $0.basis = cents(2 * amount)
      $0.amount = cents(amount)
    }
  }

  private func line(
    _ net: Int64, of staff: StaffID? = luis, _ change: (inout InvoicedLine) -> Void = { _ in }
  ) -> InvoicedLine {
    .with {
      $0.account = "2330"
      $0.net = cents(net)
      $0.staff = staff
      change(&$0)
    }
  }

  private func invoice(_ number: String, _ lines: InvoicedLine...) -> RecordSupplierInvoice {
    .with {
      $0.supplier = Clinic.supplier
      $0.number = number
      $0.date = Clinic.today
      $0.lines = Few(lines)
    }
  }

  @Test func `names who has earned it, and asks for at most what is owed`() throws {
    let spec = owing.when(invoice("1", line(40)))
    let event = try #require(try spec.events.first?.decoded(as: SupplierInvoiceRecorded.self))
    #expect(event.lines[0].staff == Self.luis && event.lines[0].account == "2330")
    spec.when(invoice("2", line(1)))
      .thenRefused(PurchasingRefusal.aboveCommission(Self.luis, owed: usd(0)), field: "lines.net")
    owing.when(invoice("1", line(30), line(11)))
      .thenRefused(PurchasingRefusal.aboveCommission(Self.luis, owed: usd(40)))
    owing.given(accrued(50)).when(invoice("1", line(90)))
      .thenEvents(SupplierInvoiceRecorded.self)
    owing.given(accrued(-10)).when(invoice("1", line(31))).thenRefused(.overAllocated)
  }

  @Test func `is nobody's without a name, and no other line has one`() {
    owing.when(invoice("1", line(40, of: nil)))
      .thenRefused(PurchasingRefusal.whoseCommission("2330"), field: "lines.staff")
    owing.when(invoice("1", line(40, of: StaffID(9)))).thenRefused(.unknownReference)
    owing.when(invoice("1", line(40) { $0.account = "6140" }))
      .thenRefused(PurchasingRefusal.noCommission("2330"), field: "lines.staff")
  }

  @Test func `is not what a payroll will pay an employee`() {
    owing.given(accrued(50, to: Clinic.doctor)).when(invoice("1", line(1, of: Clinic.doctor)))
      .thenRefused(PurchasingRefusal.aboveCommission(Clinic.doctor, owed: usd(0)))
  }

  @Test func `is given back by a credit note, at most what was invoiced`() {
    let spec = owing.given(invoice("1", line(40)))
    spec.when(invoice("2", line(-41)))
      .thenRefused(PurchasingRefusal.aboveInvoiced(Self.luis, invoiced: usd(40)))
    spec.given(invoice("2", line(-40))).when(invoice("3", line(40)))
      .thenEvents(SupplierInvoiceRecorded.self)
  }

  @Test func `may be that of a run, and then at most what the run stated`() {
    func ofRun(_ net: Int64, _ run: PayrollRunID = Self.run) -> InvoicedLine {
      line(net) { $0.run = run }
    }
    stated.when(invoice("1", ofRun(50), line(40))).thenEvents(SupplierInvoiceRecorded.self)
    stated.when(invoice("1", ofRun(51))).thenRefused(
      PurchasingRefusal.aboveOpen("the commission of D5 in PR1", open: usd(50)))
    stated.given(invoice("1", ofRun(50))).when(invoice("2", ofRun(1)))
      .thenRefused(.overAllocated)
    stated.when(invoice("1", ofRun(1, PayrollRunID(2))))
      .thenRefused(
        PurchasingRefusal.notOfRun(PayrollItem(PayrollRunID(2), Self.luis)), field: "lines.run")
  }

  @Test func `is not paid once more as an item of when the books began`() {
    func pay(_ amount: Int64) -> MakePayment {
      .with {
        $0.to = .staff(Self.luis)
        $0.amount = cents(amount)
        $0.settles = [PaidItem(.opening(OpeningItem(JournalID(1), line: 2)), cents(amount))]
      }
    }
    owing.when(pay(40)).thenEvents(PaymentMade.self)
    owing.given(pay(40)).when(invoice("1", line(1))).thenRefused(.overAllocated)
    owing.given(invoice("1", line(30))).when(pay(11)).thenRefused(.overAllocated)
    owing.given(invoice("1", line(30))).when(pay(10)).thenEvents(PaymentMade.self)
  }

  @Test func `is owed again when the invoice is undone`() {
    func undo(_ position: Position) -> ReverseEvent {
      .with {
        $0.of = position
        $0.reason = "a slip"
      }
    }
    let ofRun = stated.given(invoice("1", line(50) { $0.run = Self.run }))
    ofRun.when(undo(stated.history.lastPosition)).thenRefused(.hasDependents)
    ofRun.given(undo(ofRun.history.lastPosition)).when(invoice("1", line(90)))
      .thenEvents(SupplierInvoiceRecorded.self)
  }
}
