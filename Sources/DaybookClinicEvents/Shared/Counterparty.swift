public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Whom an entry or a payment of the clinic concerns: a patient, a registered party, or somebody
/// of the staff.
public enum Counterparty: RequiredGroup, Hashable {
  /// A patient.
  case patient(PatientID)
  /// A payer, a supplier, an authority, a lender or any other registered party.
  case party(PartyID)
  /// A member of staff, an owner among them.
  case staff(StaffID)

  /// No patient: to be filled in.
  public init() { self = .patient(PatientID()) }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.alternative(
      1, "patient", &self,
      get: { if case .patient(let patient) = $0 { patient } else { nil } },
      set: { .patient($0) })
    try fields.alternative(
      2, "party", &self,
      get: { if case .party(let party) = $0 { party } else { nil } },
      set: { .party($0) })
    try fields.alternative(
      3, "staff", &self,
      get: { if case .staff(let staff) = $0 { staff } else { nil } },
      set: { .staff($0) })
    try fields.endAlternatives("counterparty")
  }
}
