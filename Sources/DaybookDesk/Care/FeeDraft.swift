import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

/// A fee of a patient, checked and not yet written: for a missed appointment, or a late cancellation.
struct FeeDraft {
  var service = ServiceID()
  var patient = PatientID()
  /// Minor units, without tax.
  var price: Int64 = 0
  var taxCode: TaxCodeID?
  var tax: Int64 = 0
}

extension Review {
  /// The fee of `patient` at the list's price of the day, which no payer covers; nil where none is
  /// asked for.
  mutating func fee(
    _ service: ServiceID?, of patient: PatientID?, _ state: DeskState, _ field: String
  ) -> FeeDraft? {
    guard let service else { return nil }
    requireActive(service, state, at: effective.instant, field)
    guard let known = state.administration.services[service]?.at(effective.instant) else {
      return nil
    }
    if known.type != .fee { refuse(SchedulingRefusal.notAFee(service), field) }
    let price = listPrice(of: service, units: 1, payer: nil, state, field)
    if price == nil { refuse(CatalogueRefusal.noPrice(service, effective.day), field) }
    guard let patient, let price else { return nil }
    var fee = FeeDraft(service: service, patient: patient, price: price, taxCode: known.taxCode)
    fee.tax = tax(of: known.taxCode, list: price, discount: 0, state, field).tax
    return fee
  }
}

extension Decision {
  /// Appends the charge of a fee that an event of this decision causes.
  mutating func append(_ fee: FeeDraft, effective: Moment, cause: Int) throws(Refusal) {
    let charge = ChargeID(nextNumber(ChargeKind.streamKind))
    let posted = ChargePosted.with {
      $0.charge = charge
      $0.patient = fee.patient
      $0.service = fee.service
      $0.units = 1
      $0.list = Amount(minorUnits: fee.price)
      $0.net = Amount(minorUnits: fee.price)
      $0.taxCode = fee.taxCode
      $0.tax = Amount(minorUnits: fee.tax)
      $0.responsible = .patient(fee.patient)
    }
    try append(
      posted, to: charge.number, expecting: .noStream, effective: effective, cause: .event(cause))
  }
}
