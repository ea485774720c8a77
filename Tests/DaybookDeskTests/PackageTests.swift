import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

private let bundle = ServiceID(3)
private let package = PackageID(1)

private func usd(_ minor: Int64) -> Amount { Amount(minorUnits: minor, .usd) }

/// A clinic whose third service sells sessions; the doctor may sell them too.
var packageClinic: Spec {
  Clinic.seen().by(.staff(1), .admin)
    .given(
      DefineService.with {
        $0.name = "Ten sessions"
        $0.type = .package
      }
    )
    .given(Clinic.roles(Clinic.doctor, [.practitioner, .reception, .cashier]))
    .by(.staff(2), .reception)
}

private func sell(
  _ sessions: UInt32, _ price: Int64, _ change: (inout SellPackage) -> Void = { _ in }
) -> SellPackage {
  .with {
    $0.patient = Clinic.patient
    $0.service = bundle
    $0.sessions = sessions
    $0.price = cents(price)
    $0.priceReason = .agreed
    change(&$0)
  }
}

private func use(
  _ units: UInt32 = 1, _ change: (inout PerformTreatment) -> Void = { _ in }
) -> PerformTreatment {
  .with {
    $0.encounter = EncounterID(1)
    $0.service = Clinic.implanting
    $0.units = units
    $0.package = package
    change(&$0)
  }
}

private func cancel(
  _ refund: Int64, _ reason: PackageEnd = .patient,
  _ change: (inout CancelPackage) -> Void = { _ in }
) -> CancelPackage {
  .with {
    $0.package = package
    $0.refundDue = cents(refund)
    $0.reason = reason
    change(&$0)
  }
}

extension DeciderSpec where State == DeskState {
  var treating: Self { by(.staff(2), .practitioner) }
  var atDesk: Self { by(.staff(2), .cashier) }
}

@Suite struct `Selling a package` {
  @Test func `charges the patient the price less the discount`() {
    packageClinic.when(
      sell(3, 1_100) {
        $0.discount = cents(100)
        $0.sharers = [Clinic.other]
        $0.covers = [Clinic.implanting]
        $0.expires = Clinic.day("2026-12-31")
      }
    ).then(
      PackageSold.with {
        $0.package = package
        $0.patient = Clinic.patient
        $0.sharers = [Clinic.other]
        $0.service = bundle
        $0.covers = [Clinic.implanting]
        $0.sessions = 3
        $0.price = cents(1_000)
        $0.expires = Clinic.day("2026-12-31")
        $0.priceReason = .agreed
      },
      ChargePosted.with {
        $0.charge = Clinic.charge
        $0.patient = Clinic.patient
        $0.service = bundle
        $0.units = 1
        $0.list = cents(1_100)
        $0.discount = cents(100)
        $0.net = cents(1_000)
        $0.responsible = .patient(Clinic.patient)
        $0.package = package
      })
  }

  @Test func `from before the books charges nobody, and is the accountant's to record`() {
    packageClinic.by(.staff(4), .accountant).when(sell(3, 600) { $0.opening = true })
      .thenEvents(PackageSold.self)
    packageClinic.when(sell(3, 600) { $0.opening = true }).thenRefused(.notPermitted)
  }

  @Test func `needs a service that sells sessions, and sessions to sell`() {
    packageClinic.when(sell(3, 10) { $0.service = Clinic.consult })
      .thenRefused(PackageRefusal.notAPackage(Clinic.consult), field: "service")
    packageClinic.when(sell(0, 10)).thenRefused(.outOfRange)
    packageClinic.when(sell(1, 10) { $0.service = ServiceID(9) }).thenRefused(.unknownReference)
    packageClinic.when(sell(1, 10) { $0.covers = [ServiceID(9)] }).thenRefused(.unknownReference)
    packageClinic.when(sell(1, 10) { $0.patient = PatientID(9) }).thenRefused(.unknownReference)
    packageClinic.when(sell(1, 10) { $0.sharers = [Clinic.patient] }).thenRefused(.invalidState)
  }

  @Test func `takes no price below zero, no discount above it, and no day that has passed`() {
    packageClinic.when(sell(1, -1)).thenRefused(.amountNegative)
    packageClinic.when(sell(1, 10) { $0.discount = cents(11) }).thenRefused(.amountNegative)
    let late = sell(1, 10) { $0.expires = Clinic.day("2026-03-01") }
    packageClinic.when(late).thenRefused(.outOfRange)
    packageClinic.importing.when(late).thenFound(.outOfRange)
  }

  @Test func `takes the price of the list, or says why not, and adds the tax of its rule`() throws {
    let listed = packageClinic.by(.staff(1), .admin)
      .given(
        SetTaxCode.with {
          $0.code = "S21"
          $0.rate = Rate(basisPoints: 2_100)
          $0.taxClass = .standard
          $0.from = Clinic.day("2026-01-01")
        }
      )
      .given(
        DefineService.with {
          $0.service = bundle
          $0.name = "Ten sessions"
          $0.type = .package
          $0.taxCode = TaxCodeID(1)
        }
      )
      .given(
        SetPrice.with {
          $0.priced = .service(bundle)
          $0.unitPrice = UnitPrice(tenThousandths: 100_000)
          $0.from = Clinic.day("2026-01-01")
        }
      )
      .by(.staff(2), .reception)
    let spec = listed.when(
      sell(3, 0) {
        $0.price = nil
        $0.priceReason = .unspecified
        $0.discount = cents(100)
      })
    spec.thenEvents(PackageSold.self, ChargePosted.self)
    // 10.00 less 1.00, 21 % of 9.00 is 1.89, of 10.00 it is 2.10.
    let charge = try spec.events[1].decoded(as: ChargePosted.self)
    #expect(charge.net == cents(900) && charge.tax == cents(189) && charge.listTax == cents(210))
    #expect(spec.state.packages.packages[package]?.price == 900)
    listed.when(sell(3, 999) { $0.priceReason = .unspecified })
      .thenRefused(CareRefusal.priceReason, field: "priceReason")
    packageClinic.when(sell(3, 0) { $0.price = nil }).thenRefused(
      CatalogueRefusal.noPrice(bundle, Clinic.today))
  }

  @Test func `wants a second person for a discount above the limit`() {
    var limited = Clinic.defineClinic
    limited.clinic = Clinic.id
    limited.limits.discount = cents(50)
    let spec = packageClinic.by(.staff(1), .admin).given(limited).by(.staff(2), .reception)
    spec.when(sell(1, 100) { $0.discount = cents(51) }).thenRefused(.needsSecondPerson)
    spec.when(
      sell(1, 100) {
        $0.discount = cents(51)
        $0.approver = Clinic.admin
      }
    ).thenEvents(PackageSold.self, ChargePosted.self)
  }
}

@Suite struct `Using a package` {
  private var sold: Spec { packageClinic.given(sell(3, 1_000)).treating }

  private func recognised(_ spec: Spec) throws -> Int64? {
    try spec.events[1].decoded(as: ChargePosted.self).recognised?.minorUnits
  }

  // 1,000 over three sessions: running totals 333, 667 (666.67), 1,000.
  @Test func `earns the running share of the price, and the last session the remainder`() throws {
    let first = sold.when(use())
    first.thenEvents(TreatmentPerformed.self, ChargePosted.self)
    #expect(try recognised(first) == 333)
    let charge = try first.events[1].decoded(as: ChargePosted.self)
    #expect(charge.net.isZero && charge.package == package)
    let second = first.when(use())
    #expect(try recognised(second) == 334)
    let third = second.when(use())
    #expect(try recognised(third) == 333)
    third.when(use()).thenRefused(PackageRefusal.exhausted(package, left: 0), field: "package")
  }

  @Test func `takes a session for each unit, and no more than are left`() throws {
    #expect(try recognised(sold.when(use(2))) == 667)
    sold.when(use(4)).thenRefused(PackageRefusal.exhausted(package, left: 3))
  }

  @Test func `has no price of its own`() {
    sold.when(use { $0.listPrice = cents(1) }).thenRefused(PackageRefusal.pricedSession)
  }

  @Test func `serves its patient and who shares it, and nobody else`() {
    let ofOther = sell(3, 1_000) { $0.patient = Clinic.other }
    packageClinic.given(ofOther).treating.when(use())
      .thenRefused(PackageRefusal.otherPackage(package, Clinic.other))
    let shared = sell(3, 1_000) {
      $0.patient = Clinic.other
      $0.sharers = [Clinic.patient]
    }
    packageClinic.given(shared).treating.when(use()).thenEvents(
      TreatmentPerformed.self, ChargePosted.self)
  }

  @Test func `is for the services that it covers`() {
    let covered = packageClinic.given(sell(3, 1_000) { $0.covers = [Clinic.consult] }).treating
    covered.when(use()).thenRefused(PackageRefusal.notCovered(package, Clinic.implanting))
  }

  @Test func `ends with its last day, and history goes on`() {
    let spec = packageClinic.given(sell(3, 1_000) { $0.expires = Clinic.today }).treating
    spec.when(use()).thenEvents(TreatmentPerformed.self, ChargePosted.self)
    let later = spec.at(Clinic.moment("2026-03-03T09:00:00Z"))
    later.when(use()).thenRefused(PackageRefusal.expired(package, Clinic.today))
    later.importing.when(use()).thenFound(.packageExpired)
  }

  @Test func `names a package that exists and lives`() {
    sold.when(use { $0.package = PackageID(2) }).thenRefused(.unknownReference)
    sold.atDesk.given(cancel(0)).treating.when(use())
      .thenRefused(PackageRefusal.cancelled(package))
  }
}

@Suite struct `Cancelling a package` {
  private var sold: Spec { packageClinic.given(sell(3, 1_000)) }
  /// One of three sessions used, 667 not earned; 300 of the charge is paid.
  private var used: Spec {
    sold.treating.given(use()).atDesk
      .given(
        ReceivePayment.with {
          $0.from = .party(.patient(Clinic.patient))
          $0.amount = cents(300)
          $0.method = .card(CardTender())
          $0.allocations = [ChargeAmount(Clinic.charge, cents(300))]
        })
  }

  @Test func `lowers what is owed, and keeps what is not refunded`() {
    used.when(cancel(600)).then(
      PackageCancelled.with {
        $0.package = package
        $0.patient = Clinic.patient
        $0.sessionsLeft = 2
        $0.rest = cents(667)
        $0.refundDue = cents(600)
        $0.released = [
          Allocation(Clinic.charge, owedBy: .patient(Clinic.patient), cents(600))
        ]
        $0.reason = .patient
      })
  }

  @Test func `makes what was paid credit, which can be used`() throws {
    let paid = used.given(
      ReceivePayment.with {
        $0.from = .party(.patient(Clinic.patient))
        $0.amount = cents(500)
        $0.method = .card(CardTender())
        $0.allocations = [ChargeAmount(Clinic.charge, cents(500))]
      })
    let spec = paid.when(cancel(600))
    spec.thenEvents(PaymentReceived.self, PackageCancelled.self)
    let cancelled = try spec.events[1].decoded(as: PackageCancelled.self)
    // 200 of 1,000 was still owed.
    #expect(cancelled.released.first?.amount == cents(200))
    #expect(try cancelled.credited() == cents(400))
    let credit = try #require(cancelled.credit)
    #expect(spec.state.billing.payments[credit]?.unapplied == 400)
    #expect(spec.state.billing.charges[Clinic.charge]?.owed == 0)
    spec.treating.given(Clinic.treat(150)).atDesk
      .when(
        AllocatePayment.with {
          $0.payment = credit
          $0.settling = [ChargeID(3)]
        }
      ).thenEvents(PaymentAllocated.self)
  }

  @Test func `gives back at most what is not earned`() {
    used.when(cancel(667)).thenEvents(PackageCancelled.self)
    used.when(cancel(668)).thenRefused(PackageRefusal.aboveRest(package, rest: usd(667)))
    used.when(cancel(-1)).thenRefused(.amountNegative)
  }

  @Test func `counts the sessions that are left`() {
    used.when(cancel(0) { $0.sessionsLeft = 3 })
      .thenRefused(PackageRefusal.sessionsLeft(package, left: 2))
    used.when(cancel(0) { $0.sessionsLeft = 2 }).thenEvents(PackageCancelled.self)
  }

  @Test func `is done once, and not of a package that is used up`() {
    used.given(cancel(0)).when(cancel(0)).thenRefused(PackageRefusal.cancelled(package))
    sold.treating.given(use(3)).atDesk.when(cancel(0))
      .thenRefused(PackageRefusal.exhausted(package, left: 0))
    sold.atDesk.when(cancel(0) { $0.package = PackageID(9) }).thenRefused(.unknownReference)
  }

  @Test func `waits for its invoice to be rectified where something is given back`() {
    let invoiced = used.accounting.given(Billed.issue([InvoiceShare(Clinic.charge)])).atDesk
    invoiced.when(cancel(600))
      .thenRefused(PackageRefusal.invoiced(package, Clinic.charge), field: "refundDue")
    invoiced.when(cancel(0)).thenEvents(PackageCancelled.self)
    let rectified = invoiced.accounting
      .given(Billed.rectify([RectifiedShare(1, cents(600))])).atDesk
    #expect(rectified.state.billing.charges[Clinic.charge]?.owed == 100)
    rectified.when(cancel(0)).thenEvents(PackageCancelled.self)
  }

  @Test func `says why, and gives nothing back for one that has expired`() {
    used.when(cancel(0, .unspecified)).thenRefused(PackageRefusal.reason)
    used.when(cancel(0, .expired)).thenRefused(PackageRefusal.notExpired(package))
    let expiring = packageClinic.given(sell(3, 1_000) { $0.expires = Clinic.today }).atDesk
      .at(Clinic.moment("2026-03-03T09:00:00Z"))
    expiring.when(cancel(1, .expired)).thenRefused(PackageRefusal.expiredRefund)
    expiring.when(cancel(0, .expired)).thenEvents(PackageCancelled.self)
  }
}
