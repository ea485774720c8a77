public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Who gives or takes money.
public enum Party: RequiredGroup, Hashable {
  /// A patient.
  case patient(PatientID)
  /// An insurer or another payer of patients' charges.
  case payer(PartyID)
  /// Any other registered party: a guarantor, a supplier, an employer.
  case other(PartyID)
  /// Somebody at the counter who is not registered.
  case walkIn

  /// Somebody who is not registered.
  public init() { self = .walkIn }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.alternative(
      1, "patient", &self,
      get: { if case .patient(let patient) = $0 { patient } else { nil } },
      set: { .patient($0) })
    try fields.alternative(
      2, "payer", &self,
      get: { if case .payer(let payer) = $0 { payer } else { nil } },
      set: { .payer($0) })
    try fields.alternative(
      3, "other", &self,
      get: { if case .other(let other) = $0 { other } else { nil } },
      set: { .other($0) })
    try fields.alternative(
      4, "walkIn", &self,
      get: { if case .walkIn = $0 { Nothing() } else { nil } },
      set: { _ in .walkIn })
    try fields.endAlternatives("party")
  }
}
