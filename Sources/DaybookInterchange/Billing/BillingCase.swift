import DaybookClinicEvents
import DaybookValues

/// What an import knows of a billing case: its charges and its claims, as the book calls them.
struct BillingCase {
  /// A part of the case that can be billed.
  struct Charge {
    var id: ChargeID
    var position: Position
    var isDeleted = false
    /// The claim that it stands on; nil where nothing waits for an answer.
    var claim: Int?
  }

  /// A bill.
  struct Claim {
    enum State { case waits, takenBack, rejected, replaced }

    var id: ClaimID
    var position: Position
    var charges: [Int]
    var state = State.waits
    /// Whether the payer's no has come, before it was taken back or after.
    var isRejected = false
    /// The claim that it took the place of.
    var replaces: Int?
  }

  /// Nil where it could not be registered.
  var patient: PatientID?
  /// How many rows came so far.
  var rows = 0
  var charges: [Charge] = []
  var claims: [Claim] = []
  /// Whether it was opened again since the last bill.
  var isReopened = false

  // What the file says of it, whatever the book takes.
  var wasBilled = false
  var wasDeleted = false
  var wasReopened = false
  /// The numbers of its steps' names, in order.
  var steps: [UInt16] = []

  /// Charges that may be billed, the oldest first.
  var unbilled: [Int] {
    charges.indices.filter { !charges[$0].isDeleted && charges[$0].claim == nil }
  }

  /// Charges that may be deleted, the oldest first.
  var standing: [Int] { charges.indices.filter { !charges[$0].isDeleted } }

  /// The newest claim in a state.
  func last(_ fits: (Claim) -> Bool) -> Int? { claims.lastIndex(where: fits) }

  /// Puts a new claim in the book's order.
  mutating func submit(_ claim: Claim) {
    let index = claims.count
    for charge in claim.charges { charges[charge].claim = index }
    if let old = claim.replaces, claims[old].state == .waits { claims[old].state = .replaced }
    claims.append(claim)
    isReopened = false
  }

  /// The claim is undone; one that it took the place of waits again.
  mutating func takeBack(_ index: Int) {
    claims[index].state = .takenBack
    free(index)
    guard let old = claims[index].replaces, claims[old].state == .replaced else { return }
    claims[old].state = .waits
    for charge in claims[old].charges { charges[charge].claim = old }
  }

  /// The payer's no.
  mutating func reject(_ index: Int) {
    claims[index].isRejected = true
    guard claims[index].state == .waits else { return }
    claims[index].state = .rejected
    free(index)
  }

  private mutating func free(_ index: Int) {
    for charge in claims[index].charges where charges[charge].claim == index {
      charges[charge].claim = nil
    }
  }
}
