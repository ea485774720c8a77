import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// What the entries are put together from.
//
// All are mutating, also those that change nothing: who calls another from a method that is mutating
// has the whole model copied for it, some 1,500 bytes, several times an entry.
extension AccountingModel {
  /// Adds a line on the account that `slot` means.
  mutating func add(
    _ slot: Slot, _ side: Ledger.Side, _ amount: Int64, _ party: PartyKey, _ charge: UInt32 = 0,
    _ clinic: UInt16? = nil
  ) throws(PostingError) {
    try ledger.add(
      accounts[slot], side, amount, party: party, charge: charge, clinic: clinic)
  }

  /// The same, for a line that changes no charge's debt.
  mutating func add(
    _ slot: Slot, _ side: Ledger.Side, _ amount: Int64, _ party: PartyKey, clinic: UInt16
  ) throws(PostingError) {
    try add(slot, side, amount, party, 0, clinic)
  }

  /// Minor units of the entry's clinic.
  mutating func minor(_ amount: Amount) throws(PostingError) -> Int64 {
    if amount.currency.isUnspecified { return amount.minorUnits }
    let own = slots.currencies[Int(entryClinic)]
    guard own.isUnspecified || amount.currency == own else {
      throw ledger.error(.currencyMismatch)
    }
    return amount.minorUnits
  }

  /// The clinic whose books a charge stands in: its debt is settled there, wherever the money comes in.
  mutating func clinic(ofCharge number: UInt32) throws(PostingError) -> UInt16 {
    guard let clinic = charges.clinic(ofCharge: number) else { return entryClinic }
    guard
      clinic == entryClinic
        || slots.currencies[Int(clinic)] == slots.currencies[Int(entryClinic)]
    else { throw ledger.error(.currencyMismatch) }
    return clinic
  }

  /// The receivable in which a debtor's debt stands, and the debtor.
  mutating func debtor(_ debtor: Debtor) throws(PostingError) -> (slot: Slot, party: PartyKey) {
    switch debtor {
    case .patient(let patient): (.patientReceivable, try key(patient))
    case .payer(let payer, _): (.payerReceivable, try key(payer))
    }
  }

  mutating func key(_ party: Party) throws(PostingError) -> PartyKey {
    switch party {
    case .patient(let patient): try key(patient)
    case .payer(let payer): try key(payer)
    case .other(let other): try key(other)
    case .walkIn: .walkIn
    }
  }

  mutating func key(_ patient: PatientID) throws(PostingError) -> PartyKey {
    guard let key = PartyKey(patient) else { throw ledger.error(.identifierTooLarge) }
    return key
  }

  mutating func key(_ party: PartyID) throws(PostingError) -> PartyKey {
    guard let key = PartyKey(party) else { throw ledger.error(.identifierTooLarge) }
    return key
  }

  /// The number of a tax code as postings have it; 0 for none.
  mutating func taxNumber(_ code: TaxCodeID?) throws(PostingError) -> UInt16 {
    guard let code else { return 0 }
    guard let number = UInt16(exactly: code.number) else {
      throw ledger.error(.identifierTooLarge)
    }
    return number
  }

  /// The tax code of a charge; 0 where it has none, or is not known.
  mutating func taxNumber(ofCharge number: UInt32) -> UInt16 {
    charges.row(ofCharge: number)?.taxCode ?? 0
  }

  mutating func short(_ number: UInt64) throws(PostingError) -> UInt32 {
    guard let short = UInt32(exactly: number) else { throw ledger.error(.identifierTooLarge) }
    return short
  }
}
