package import DaybookBytes
package import DaybookClinicEvents
package import DaybookEvents
import DaybookValues

/// What the Desk knows of a claim.
package struct ClaimRecord: Sendable {
  package var payer = PartyID()
  package var patient = PatientID()
  package var clinic = ClinicID()
  package var charges: Few<ChargeID> = []
  /// Whether the payer has yet to answer.
  package var isLive = true
  /// The claim that takes its place.
  package var replacedBy: ClaimID?
}

/// Claims and their answers.
package struct ClaimState: Sendable {
  package private(set) var claims = Dense<ClaimKind, ClaimRecord>()

  mutating func submit(_ event: ClaimSubmitted, _ header: RecordHeader) throws(WireError) {
    let record = ClaimRecord(
      payer: event.payer, patient: event.patient, clinic: ClinicID(header.clinic),
      charges: Few(event.charges.map(\.charge)))
    try claims.append(record, as: event.claim)
    if let old = event.replaces {
      try claims.update(old) {
        $0.isLive = false
        $0.replacedBy = event.claim
      }
    }
  }

  /// Ends a claim.
  ///
  /// - Returns: The charges that stood on it.
  mutating func adjudicate(_ event: ClaimAdjudicated) throws(WireError) -> Few<ChargeID> {
    try claims.update(event.claim) { $0.isLive = false }
    return claims[event.claim]?.charges ?? []
  }
}

extension ClaimState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("claims", &claims)
  }
}

extension ClaimRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&payer)
    try fields.visit(&patient)
    try fields.visit(&clinic)
    try fields.visit(&charges)
    try fields.visit(&isLive)
    try fields.visit(&replacedBy)
  }
}
