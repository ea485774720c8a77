import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `The price of a treatment` {
  /// A clinic whose list has the treatment at 100, for the insurer's patients at 80.
  private func seen(insured: Bool = false, copay: Copay? = nil) -> Spec {
    Clinic.seen(copay: copay, insured: insured).by(.staff(1), .admin)
      .given(price(100)).given(price(80, payer: Clinic.insurer))
      .given(
        SetTaxCode.with {
          $0.code = "S21"
          $0.rate = Rate(basisPoints: 2100)
          $0.taxClass = .standard
        }
      )
      .given(
        SetTaxCode.with {
          $0.code = "E"
          $0.taxClass = .exempt
        }
      )
      .by(.staff(2), .practitioner)
  }

  private func price(_ whole: Int64, payer: PartyID? = nil) -> SetPrice {
    .with {
      $0.priced = .service(Clinic.implanting)
      $0.payer = payer
      $0.unitPrice = UnitPrice(tenThousandths: whole * 10_000)
    }
  }

  private func treat(_ change: (inout PerformTreatment) -> Void = { _ in }) -> PerformTreatment {
    .with {
      $0.encounter = EncounterID(1)
      $0.service = Clinic.implanting
      change(&$0)
    }
  }

  private func charge(_ spec: Spec) throws -> ChargePosted {
    try #require(spec.events.count > 1, "\(spec.result)")
    return try spec.events[1].decoded(as: ChargePosted.self)
  }

  @Test func `is that of the list of the day, for all units`() throws {
    let spec = seen().when(treat { $0.units = 3 })
    let performed = try spec.events[0].decoded(as: TreatmentPerformed.self)
    #expect(performed.listPrice == cents(300_00) && performed.priceReason == .unspecified)
    #expect(try charge(spec).net == cents(300_00))
  }

  @Test func `is that of the responsible payer's list`() throws {
    #expect(try charge(seen(insured: true).when(treat())).net == cents(80_00))
    // The patient pays what everybody pays.
    let own = treat { $0.responsible = .patient(Clinic.patient) }
    #expect(try charge(seen(insured: true).when(own)).net == cents(100_00))
  }

  @Test func `may be another with a reason alone`() throws {
    let other = treat { $0.listPrice = cents(99_99) }
    seen().when(other).thenRefused(CareRefusal.priceReason, field: "priceReason")
    let spec = seen().when(other.with { $0.priceReason = .courtesy })
    let performed = try spec.events[0].decoded(as: TreatmentPerformed.self)
    #expect(performed.listPrice == cents(99_99) && performed.priceReason == .courtesy)
    // A reason without another price says nothing.
    let same = seen().when(
      treat {
        $0.listPrice = cents(100_00)
        $0.priceReason = .courtesy
      })
    #expect(
      try same.events[0].decoded(as: TreatmentPerformed.self).priceReason == .unspecified)
  }

  @Test func `is missing where no list has it`() {
    Clinic.seen().when(treat())
      .thenRefused(CatalogueRefusal.noPrice(Clinic.implanting, Clinic.today), field: "listPrice")
  }

  @Test func `beyond what an amount holds is refused and never traps`() {
    let dear = SetPrice.with {
      $0.priced = .service(Clinic.implanting)
      $0.unitPrice = UnitPrice(tenThousandths: .max)
    }
    let spec = seen().by(.staff(1), .admin).given(dear).by(.staff(2), .practitioner)
    spec.when(treat { $0.units = .max }).thenRefused(.tooLarge, .fieldRequired)
    spec.when(
      treat {
        $0.listPrice = cents(.max)
        $0.priceReason = .agreed
        $0.taxCode = TaxCodeID(1)
      }
    ).thenRefused(.tooLarge)
  }

  @Test func `has the tax of the code of the day on what is asked`() throws {
    let spec = seen().when(
      treat {
        $0.taxCode = TaxCodeID(1)
        $0.discount = cents(10_00)
      })
    let charge = try charge(spec)
    #expect(charge.taxCode == TaxCodeID(1))
    #expect(charge.net == cents(90_00) && charge.tax == cents(18_90))
    #expect(charge.listTax == cents(21_00))
    #expect(spec.state.billing.charges[ChargeID(1)]?.owed == 108_90)
    #expect(
      try spec.events[0].decoded(as: TreatmentPerformed.self).taxCode == TaxCodeID(1))
    seen().when(treat { $0.taxCode = TaxCodeID(9) }).thenRefused(.unknownReference)
  }

  @Test func `is taxed by the service's code unless it is decided otherwise`() throws {
    let taxed = Clinic.service("Implanting").with {
      $0.service = Clinic.implanting
      $0.taxCode = TaxCodeID(1)
    }
    let spec = seen().by(.staff(1), .admin).given(taxed).by(.staff(2), .practitioner)
    #expect(try charge(spec.when(treat())).tax == cents(21_00))
    // The same treatment for a medical reason: exempt.
    let medical = try charge(spec.when(treat { $0.taxCode = TaxCodeID(2) }))
    #expect(medical.tax == .zero && medical.taxCode == TaxCodeID(2) && medical.listTax == nil)
  }

  @Test func `is split with its tax between payer and patient`() throws {
    let spec = seen(insured: true, copay: .share(Rate(basisPoints: 1000)))
      .when(treat { $0.taxCode = TaxCodeID(1) })
    // 80.00 and 16.80 of tax; a tenth of it, rounded down, is the patient's.
    let part = try spec.events[2].decoded(as: ResponsibilityTransferred.self)
    #expect(part.amount == cents(9_68))
    let owed = spec.state.billing.charges[ChargeID(1)]
    #expect(owed?.owed(by: .payer(Clinic.insurer, .primary)) == 87_12)
  }
}
