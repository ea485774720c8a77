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

@Suite struct `A contract that is allowed for at once` {
  private let insurer = Debtor.payer(Clinic.insurer, .primary)

  /// Everybody's price is 100.00; the insurer's 80.00, of which the patient pays a tenth.
  private func seen(_ insurers: Int64 = 80) -> Spec {
    Clinic.seen(copay: .share(Rate(basisPoints: 1_000)), insured: true).by(.staff(1), .admin)
      .given(price(100)).given(price(insurers) { $0 = $0.allowed })
      .given(
        SetTaxCode.with {
          $0.code = "S21"
          $0.rate = Rate(basisPoints: 2_100)
          $0.taxClass = .standard
        }
      )
      .by(.staff(2), .practitioner)
  }

  private func price(
    _ whole: Int64, _ change: (inout SetPrice) -> Void = { _ in }
  ) -> SetPrice {
    .with {
      $0.priced = .service(Clinic.implanting)
      $0.unitPrice = UnitPrice(tenThousandths: whole * 10_000)
      change(&$0)
    }
  }

  private func treat(_ change: (inout PerformTreatment) -> Void = { _ in }) -> PerformTreatment {
    .with {
      $0.encounter = EncounterID(1)
      $0.service = Clinic.implanting
      change(&$0)
    }
  }

  /// What is charged, and what is taken off; nil for nothing.
  private func charged(_ spec: Spec) throws -> [Amount?] {
    try #require(spec.events.count > 1, "\(spec.result)")
    let adjustment = try spec.events.dropFirst(2).first {
      $0.family == .accounting && $0.tag == AdjustmentPosted.tag.rawValue
    }?.decoded(as: AdjustmentPosted.self)
    return [try spec.events[1].decoded(as: ChargePosted.self).net, adjustment?.amount]
  }

  @Test func `is charged at everybody's price, and the difference is taken off with it`() throws {
    let spec = seen().when(treat())
    spec.thenEvents(
      TreatmentPerformed.self, ChargePosted.self, AdjustmentPosted.self,
      ResponsibilityTransferred.self)
    #expect(try charged(spec) == [cents(100_00), cents(20_00)])
    let performed = try spec.events[0].decoded(as: TreatmentPerformed.self)
    #expect(performed.listPrice == cents(100_00) && performed.priceReason == .unspecified)
    let adjustment = try spec.events[2].decoded(as: AdjustmentPosted.self)
    #expect(adjustment.type == .contractual && adjustment.debtor == insurer)
    #expect(spec.events.map(\.cause) == [.command, .event(0), .event(1), .event(1)])
    // The patient's tenth is one of what the contract leaves.
    let charge = spec.state.billing.charges[Clinic.charge]
    #expect(charge?.owed(by: insurer) == 72_00)
    #expect(charge?.owed(by: .patient(Clinic.patient)) == 8_00)
  }

  @Test func `is for all units, less what is given off the price`() throws {
    #expect(
      try charged(seen().when(treat { $0.units = 3 })) == [cents(300_00), cents(60_00)])
    #expect(
      try charged(seen().when(treat { $0.discount = cents(5_00) }))
        == [cents(95_00), cents(15_00)])
    #expect(
      try charged(seen().when(treat { $0.discount = cents(30_00) })) == [cents(70_00), nil])
  }

  @Test func `is not where another price is agreed, the patient pays, or tax is asked`() throws {
    let agreed = treat {
      $0.listPrice = cents(90_00)
      $0.priceReason = .agreed
    }
    #expect(try charged(seen().when(agreed)) == [cents(90_00), nil])
    let own = treat { $0.responsible = .patient(Clinic.patient) }
    #expect(try charged(seen().when(own)) == [cents(100_00), nil])
    // Tax is on what is agreed: on the payer's price.
    let taxed = treat { $0.taxCode = TaxCodeID(1) }
    #expect(try charged(seen().when(taxed)) == [cents(80_00), nil])
    // A payer that pays as much, or more, has nothing taken off.
    #expect(try charged(seen(100).when(treat())) == [cents(100_00), nil])
    #expect(try charged(seen(101).when(treat())) == [cents(101_00), nil])
  }

  @Test func `is kept with what the payer owes`() throws {
    let spec = seen().given(treat())
    let undone = spec.state.billing.charges[Clinic.charge]
    #expect(undone?.contractual(of: insurer) == 20_00)
  }

  @Test func `is one with a payer, for a service`() {
    let spec = Clinic.seen().by(.staff(1), .admin)
    spec.when(price(80) { $0.allowance = true })
      .thenRefused(CatalogueRefusal.allowanceOfNobody, field: "allowance")
    let item = price(80) {
      $0 = $0.allowed
      $0.priced = .item(Clinic.gloves)
    }
    spec.when(item).thenRefused(CatalogueRefusal.allowanceOfItem, field: "allowance")
  }

  /// The claim asks for so much of the 100.00, and the payer answers.
  private func answer(
    asked: Int64?, paid: Int64, contractual: Int64, patient: Int64 = 0,
    _ change: (inout AdjudicateClaim) -> Void = { _ in }
  ) -> Spec {
    let submit = SubmitClaim.with {
      $0.payer = Clinic.insurer
      $0.charges = [ClaimRequest(Clinic.charge, asked.map { cents($0) })]
    }
    let answer = AdjudicateClaim.with {
      $0.claim = ClaimID(1)
      $0.outcome = .adjudicated
      $0.lines = [
        .with {
          $0.charge = Clinic.charge
          $0.billed = cents(paid + contractual + patient)
          $0.paid = cents(paid)
          $0.contractual = cents(contractual)
          $0.patientDue = cents(patient)
        }
      ]
      change(&$0)
    }
    return seen().given(treat()).by(.staff(4), .accountant).given(submit).when(answer)
  }

  @Test func `leaves the difference alone to the payer's answer`() throws {
    // As expected, of all that was charged, and of what the contract leaves.
    answer(asked: 100_00, paid: 72_00, contractual: 20_00, patient: 8_00)
      .thenEvents(ClaimAdjudicated.self)
    answer(asked: nil, paid: 72_00, contractual: 0).thenEvents(ClaimAdjudicated.self)
    // More is taken off than was expected.
    let more = answer(asked: 100_00, paid: 70_00, contractual: 22_00, patient: 8_00)
    more.thenEvents(ClaimAdjudicated.self, AdjustmentPosted.self)
    #expect(try more.events[1].decoded(as: AdjustmentPosted.self).amount == cents(2_00))
    #expect(more.state.billing.charges[Clinic.charge]?.owed(by: insurer) == 70_00)
  }

  @Test func `is reversed first where the payer's answer takes less off`() {
    answer(asked: 100_00, paid: 77_00, contractual: 15_00, patient: 8_00) {
      $0.payment = .transfer(BankTender())
    }
    .thenRefused(
      ClaimRefusal.allowedMore(Clinic.charge, allowed: Amount(minorUnits: 20_00, .usd)),
      field: "lines")
  }
}

extension SetPrice {
  /// The insurer's, allowed for at once.
  fileprivate var allowed: Self {
    with {
      $0.payer = Clinic.insurer
      $0.allowance = true
    }
  }
}
