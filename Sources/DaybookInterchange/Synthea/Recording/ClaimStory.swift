import DaybookClinicEvents
import DaybookClinicRules
import DaybookValues

/// Where the telling of a claim has come to: which charge its rows act on, and who owes what of it by
/// the rows alone.
///
/// An action that moves nothing leaves no trace in the book, so that it would be decided again at
/// the next import, when the book says something else. What the rows alone say never changes.
struct ClaimStory {
  let claim: SyntheaExport.Claim
  /// The ledger's entry of the charge that the rows act on.
  private(set) var charge: Int?
  /// The patient of the charge.
  private(set) var patient: PatientID?
  /// Who was made responsible last, whether or not anything moved.
  var current: Debtor?
  /// What each still owes, in minor units; nobody stands twice.
  private var owed: [(debtor: Debtor, amount: Int64)] = []
  /// First rows of transfers whose second has not come, by CHARGEID.
  var opened: [Int64: Int] = [:]

  init(claim: SyntheaExport.Claim) { self.claim = claim }

  /// Closes a transfer whose first row has that CHARGEID; for -1 the last that is open.
  ///
  /// - Returns: The ledger's entry of the first row; nil where none is open.
  mutating func close(_ number: Int64) -> Int? {
    guard number < 0 else { return opened.removeValue(forKey: number) }
    return opened.keys.max().flatMap { opened.removeValue(forKey: $0) }
  }

  /// Goes on to the next charge, owed by `debtor`; without one where that is not known.
  mutating func begin(
    _ charge: Int, _ entry: LedgerIndex.Entry, of patient: PatientID?, owedBy debtor: Debtor?
  ) {
    self.charge = charge
    self.patient = patient
    current = debtor
    owed = debtor.map { [($0, entry.amount)] } ?? []
  }

  /// Moves up to `amount`.
  ///
  /// - Returns: How much moved.
  mutating func move(_ amount: Int64, _ from: Debtor, _ to: Debtor) -> Int64 {
    let moved = lower(amount, from)
    if let index = owed.firstIndex(where: { $0.debtor == to }) {
      owed[index].amount += moved
    } else {
      owed.append((to, moved))
    }
    return moved
  }

  /// Takes up to `amount` off.
  ///
  /// - Returns: How much was taken.
  mutating func lower(_ amount: Int64, _ debtor: Debtor) -> Int64 {
    guard let index = owed.firstIndex(where: { $0.debtor == debtor }) else { return 0 }
    let taken = max(0, min(amount, owed[index].amount))
    owed[index].amount -= taken
    return taken
  }

  /// Lays a payment over what is owed, in the Desk's own order.
  mutating func pay(_ amount: Int64, _ party: Party) {
    for part in SettlementOrder.take(max(0, amount), from: owed, paidBy: party) {
      _ = lower(part.amount, part.debtor)
    }
  }
}
