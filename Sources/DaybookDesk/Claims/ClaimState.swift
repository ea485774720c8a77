package import DaybookBytes
package import DaybookClinicEvents
package import DaybookEvents
import DaybookValues

/// What the Desk knows of a claim.
package struct ClaimRecord: Sendable {
  package var payer = PartyID()
  package var patient = PatientID()
  package var clinic = ClinicID()
  package var priority: CoveragePriority = .blank
  package var charges: Few<ChargeID> = []
  /// Whether the payer has answered.
  package var isAnswered = false
  /// The claim that takes its place.
  package var replacedBy: ClaimID?
  /// Whether it has been undone.
  package var isReversed = false

  /// Whether the payer has yet to answer.
  package var isLive: Bool { !isAnswered && replacedBy == nil && !isReversed }
}

/// Claims and their answers.
package struct ClaimState: Sendable {
  package internal(set) var claims = Dense<ClaimKind, ClaimRecord>()
  /// What a payer has carried from one remittance to the next: there are few payers.
  private var carried: [Carrier: Int64] = [:]

  fileprivate struct Carrier: Hashable {
    var payer = PartyID()
    var clinic = ClinicID()
  }

  /// What `payer` has carried to its next remittance at `clinic`.
  package func carried(by payer: PartyID, at clinic: ClinicID) -> Int64 {
    carried[Carrier(payer: payer, clinic: clinic)] ?? 0
  }

  mutating func submit(_ event: ClaimSubmitted, _ header: RecordHeader) throws(WireError) {
    let record = ClaimRecord(
      payer: event.payer, patient: event.patient, clinic: ClinicID(header.clinic),
      priority: event.priority, charges: Few(event.charges.map(\.charge)))
    try claims.append(record, as: event.claim)
    if let old = event.replaces {
      try claims.update(old) { $0.replacedBy = event.claim }
    }
  }

  /// A remittance brings a payer's balance, or carries it on.
  mutating func remit(_ event: RemittanceReceived, _ header: RecordHeader) throws(WireError) {
    let carrier = Carrier(payer: event.payer, clinic: ClinicID(header.clinic))
    for adjustment in event.providerAdjustments where adjustment.type == .balance {
      var balance = carried[carrier] ?? 0
      try balance.increase(by: adjustment.amount.minorUnits, "providerAdjustments")
      carried[carrier] = balance == 0 ? nil : balance
    }
  }

  /// Ends a claim.
  ///
  /// - Returns: The charges that stood on it.
  mutating func adjudicate(_ event: ClaimAdjudicated) throws(WireError) -> Few<ChargeID> {
    try claims.update(event.claim) { $0.isAnswered = true }
    return claims[event.claim]?.charges ?? []
  }

  // MARK: - Reversals

  /// What rests on a claim: its answer, or the claim that has its place.
  func dependents(of event: ClaimSubmitted) -> String? {
    guard let claim = claims[event.claim] else { return nil }
    if let by = claim.replacedBy { return "\(event.claim) was replaced by \(by)" }
    return claim.isAnswered ? "\(event.claim) was answered" : nil
  }

  mutating func undo(_ event: ClaimSubmitted) throws(WireError) {
    try claims.update(event.claim) { $0.isReversed = true }
    if let old = event.replaces { try claims.update(old) { $0.replacedBy = nil } }
  }

  mutating func undo(_ event: ClaimAdjudicated) throws(WireError) {
    try claims.update(event.claim) { $0.isAnswered = false }
  }
}

extension ClaimState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("claims", &claims)
    try parts.visit("carried", &carried)
  }
}

extension ClaimState.Carrier: Comparable {
  static func < (a: Self, b: Self) -> Bool { (a.payer, a.clinic) < (b.payer, b.clinic) }
}

extension ClaimState.Carrier: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&payer)
    try fields.visit(&clinic)
  }
}

extension ClaimRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&payer)
    try fields.visit(&patient)
    try fields.visit(&clinic)
    try fields.visit(&priority)
    try fields.visit(&charges)
    try fields.visit(&isAnswered)
    try fields.visit(&replacedBy)
    try fields.visit(&isReversed)
  }
}
