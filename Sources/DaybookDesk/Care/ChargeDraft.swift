import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

/// A treatment and its charge, checked and not yet written.
struct ChargeDraft {
  var treatment = TreatmentPerformed()
  var patient = PatientID()
  var responsible = Debtor()
  var effective = Moment()
  /// The clinic that charges.
  var clinic = ClinicID()
  /// The tax of price and list.
  var tax = ChargeTax()
  /// What the payer's contract takes off at once, in minor units.
  var allowance: Int64 = 0
  /// What the patient pays of it by the coverage; nil where nothing is agreed.
  var copay: Copay?
  /// What it uses of a package; nil where it uses nothing.
  var package: PackageUse?

  /// List less discount.
  var net: Int64 {
    treatment.listPrice.minorUnits - treatment.discount.minorUnits
  }

  /// Net and tax: what is owed.
  var gross: Int64 { net + tax.tax }
}

extension Review {
  /// Price and discount, both in the clinic's currency; a discount is at most the price.
  mutating func prices(
    _ list: Amount, _ discount: Amount, _ field: String
  ) -> (list: Amount, discount: Amount) {
    let list = notNegative(list, field + "listPrice")
    let discount = notNegative(discount, field + "discount")
    if discount > list {
      refuse(CareRefusal.discountAboveList(amount(list)), field + "discount")
    }
    return (Amount(minorUnits: list), Amount(minorUnits: discount))
  }

  /// Who owes a charge at first, as given, else by the coverage of the day, else the patient.
  ///
  /// - Returns: The debtor, and the coverage that makes a payer one.
  mutating func responsible(
    _ given: Debtor?, for patient: PatientID, on day: Day, _ state: DeskState, _ field: String
  ) -> (debtor: Debtor, coverage: CoverageRecord?) {
    guard let debtor = given ?? state.patients.payers(of: patient, on: day).first else {
      return (.patient(patient), nil)
    }
    switch debtor {
    case .patient(let other):
      if other != patient { refuse(CareRefusal.otherDebtor(patient), field) }
      return (debtor, nil)
    case .payer(let payer, let priority):
      requirePayer(payer, state, field)
      if priority == .unspecified { refuse(DeskRefusal.missing("a priority"), field) }
      return (debtor, requireCovered(patient, by: payer, on: day, state, field))
    }
  }

  /// The payer covers the patient on that day.
  @discardableResult
  mutating func requireCovered(
    _ patient: PatientID, by payer: PartyID, on day: Day, _ state: DeskState, _ field: String
  ) -> CoverageRecord? {
    let coverage = state.patients.coverage(of: patient, by: payer, on: day)
    if coverage == nil { question(CareRefusal.notCovered(payer, patient, day), field) }
    return coverage
  }
}

extension Decision {
  /// Appends a treatment, its charge, what the payer's contract takes off at once, and what the
  /// coverage leaves to the patient.
  ///
  /// - Returns: The index of `TreatmentPerformed`.
  mutating func append(_ draft: ChargeDraft) throws(Refusal) -> Int {
    let treatment = draft.treatment
    let clinic = draft.clinic.number
    let performed = try append(
      treatment, to: treatment.encounter.number, effective: draft.effective, clinic: clinic)
    let charge = ChargeID(nextNumber(ChargeKind.streamKind))
    let posted = ChargePosted.with {
      $0.charge = charge
      $0.patient = draft.patient
      $0.encounterLine = EncounterLine(treatment.encounter, line: treatment.line)
      $0.service = treatment.service
      $0.units = treatment.units
      $0.practitioner = treatment.practitioner
      $0.list = treatment.listPrice
      $0.discount = treatment.discount
      $0.net = Amount(minorUnits: draft.net)
      $0.taxCode = draft.package.map(\.taxCode) ?? treatment.taxCode
      $0.tax = Amount(minorUnits: draft.tax.tax)
      $0.listTax = draft.tax.listTax.map { Amount(minorUnits: $0) }
      $0.responsible = draft.responsible
      $0.package = treatment.package
      $0.recognised = draft.package.map { Amount(minorUnits: $0.recognised) }
    }
    let index = try append(
      posted, to: charge.number, expecting: .noStream, effective: draft.effective,
      clinic: clinic, otherClinics: draft.package.map { [$0.clinic.number] } ?? [],
      cause: .event(performed))
    try allow(draft, charge, cause: index)
    try split(draft, charge, cause: index)
    return performed
  }

  private mutating func allow(
    _ draft: ChargeDraft, _ charge: ChargeID, cause: Int
  ) throws(Refusal) {
    guard draft.allowance > 0, case .payer = draft.responsible else { return }
    let adjustment = AdjustmentPosted.with {
      $0.charge = charge
      $0.debtor = draft.responsible
      $0.type = .contractual
      $0.amount = Amount(minorUnits: draft.allowance)
    }
    try append(
      adjustment, to: charge.number, effective: draft.effective, clinic: draft.clinic.number,
      cause: .event(cause))
  }

  /// The patient's part is one of what the contract leaves.
  private mutating func split(
    _ draft: ChargeDraft, _ charge: ChargeID, cause: Int
  ) throws(Refusal) {
    guard let copay = draft.copay, case .payer = draft.responsible else { return }
    let part = CoverageSplit.patientPart(of: draft.gross - draft.allowance, copay)
    guard part > 0 else { return }
    let transferred = ResponsibilityTransferred.with {
      $0.charge = charge
      $0.from = draft.responsible
      $0.to = .patient(draft.patient)
      $0.amount = Amount(minorUnits: part)
      $0.reason = CoverageSplit.reason(copay)
    }
    try append(
      transferred, to: charge.number, effective: draft.effective, clinic: draft.clinic.number,
      cause: .event(cause))
  }
}
