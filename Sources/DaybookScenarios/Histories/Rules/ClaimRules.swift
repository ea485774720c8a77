import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// A charge stands on one claim that waits for its answer; the parts of an answer add up.
struct ClaimRules: HistoryRule {
  private struct Claim {
    var charges: [ChargeID]
    var replaces: ClaimID?
    var isAnswered = false
    var isReplaced = false
    var isReversed = false
    var isLive: Bool { !isAnswered && !isReplaced && !isReversed }
  }

  private var claims: [ClaimID: Claim] = [:]
  /// The claims on which a charge ever stood.
  private var ofCharges: [ChargeID: [ClaimID]] = [:]

  mutating func take(_ event: borrowing Event, _ faults: inout Faults) throws {
    guard event.header.family == .accounting else { return }
    switch AccountingTag(rawValue: event.header.tag) {
    case .claimSubmitted:
      let submitted = try event.payload(ClaimSubmitted.self)
      if let old = submitted.replaces { claims[old]?.isReplaced = true }
      let charges = submitted.charges.map(\.charge)
      claims[submitted.claim] = Claim(charges: charges, replaces: submitted.replaces)
      for charge in charges { ofCharges[charge, default: []].append(submitted.claim) }
      requireAlone(submitted.claim, &faults)
      faults.require(
        submitted.charges.reduce(0) { $0 + $1.amount.minorUnits } == submitted.total.minorUnits,
        "\(submitted.claim) does not add up")
    case .claimAdjudicated:
      let answer = try event.payload(ClaimAdjudicated.self)
      faults.require(claims[answer.claim]?.isLive == true, "\(answer.claim) is answered, and over")
      claims[answer.claim]?.isAnswered = true
      for line in answer.lines {
        let parts = [line.paid, line.contractual, line.patientDue, line.other]
        faults.require(
          parts.reduce(0) { $0 + $1.minorUnits } == line.billed.minorUnits,
          "the answer for \(line.charge) does not add up")
      }
    default: break
    }
  }

  mutating func undo(
    _ reversed: Reversed, _ header: RecordHeader, _ faults: inout Faults
  ) throws {
    if reversed.isOf(ClaimSubmitted.self) {
      let submitted = try reversed.original(ClaimSubmitted.self)
      faults.require(claims[submitted.claim]?.isLive == true, "a claim is undone that is over")
      claims[submitted.claim]?.isReversed = true
      guard let old = submitted.replaces else { return }
      claims[old]?.isReplaced = false
      requireAlone(old, &faults)
    } else if reversed.isOf(ClaimAdjudicated.self) {
      let claim = try reversed.original(ClaimAdjudicated.self).claim
      faults.require(claims[claim]?.isReplaced == false, "the answer of a replaced claim is undone")
      claims[claim]?.isAnswered = false
      requireAlone(claim, &faults)
    }
  }

  private func requireAlone(_ id: ClaimID, _ faults: inout Faults) {
    guard let claim = claims[id], claim.isLive else { return }
    for charge in claim.charges {
      for other in ofCharges[charge] ?? [] where other != id && claims[other]?.isLive == true {
        faults.add("\(charge) stands on \(id) and \(other)")
      }
    }
  }
}
