public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Who owes a charge, or a part of it.
///
/// Who pays is state: a charge has a balance for its patient and for each payer of its coverage,
/// and amounts move between them by `ResponsibilityTransferred`. A patient's debt stands in the
/// patients' receivables, a payer's in the insurers'.
public enum Debtor: RequiredGroup, Hashable {
  /// The patient.
  case patient(PatientID)
  /// A payer of the patient, with the priority of that coverage.
  case payer(PartyID, CoveragePriority)

  /// No patient: to be filled in.
  public init() { self = .patient(PatientID()) }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.alternative(
      1, "patient", &self,
      get: { if case .patient(let patient) = $0 { patient } else { nil } },
      set: { .patient($0) })
    try fields.alternative(
      2, "primaryPayer", &self,
      get: { if case .payer(let payer, .primary) = $0 { payer } else { nil } },
      set: { .payer($0, .primary) })
    try fields.alternative(
      3, "secondaryPayer", &self,
      get: { if case .payer(let payer, .secondary) = $0 { payer } else { nil } },
      set: { .payer($0, .secondary) })
    try fields.alternative(
      4, "tertiaryPayer", &self,
      get: { if case .payer(let payer, .tertiary) = $0 { payer } else { nil } },
      set: { .payer($0, .tertiary) })
    try fields.endAlternatives("debtor")
  }
}

extension Debtor {
  /// The same one as a party to a payment.
  public var party: Party {
    switch self {
    case .patient(let patient): .patient(patient)
    case .payer(let payer, _): .payer(payer)
    }
  }
}
