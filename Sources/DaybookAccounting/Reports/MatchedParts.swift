import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// What settles what: the lines on receivables that come to nothing together, on D as known at S.
///
/// Lines belong together where they change what one party owes of one charge; where they are of no
/// charge, those of one document, as the lines of a ticket that is paid at once.
struct MatchedParts {
  private struct Key: Hashable {
    var party: UInt32
    var charge: UInt32
    var document: UInt64
  }

  private struct Part {
    var amount: Int64 = 0
    var lastDay = Int32.min
  }

  private let scope: Scope
  private let accounts: [UInt16]
  private var parts: [Part] = []
  // Only asked for a key, never iterated.
  private var places: [Key: Int] = [:]

  /// The parts of `rows`, added up over all that is known of them.
  ///
  /// - Complexity: O(postings known at S).
  init(of rows: some Sequence<Posting>, _ scope: Scope) {
    self.scope = scope
    let slots = scope.model.accounts
    accounts = [slots[.patientReceivable], slots[.payerReceivable]]
    for row in rows {
      guard let key = key(row), places[key] == nil else { continue }
      places[key] = parts.count
      parts.append(Part())
    }
    guard !parts.isEmpty else { return }
    scope.forEachPosting(in: .min...scope.through) { line in
      let row = line.row
      guard let key = key(row), let place = places[key] else { return }
      parts[place].amount += row.amount
      parts[place].lastDay = max(parts[place].lastDay, row.day)
    }
  }

  private func key(_ row: Posting) -> Key? {
    guard accounts.contains(row.account) else { return nil }
    return Key(
      party: row.party, charge: row.charge, document: row.charge == 0 ? row.document.rawValue : 0)
  }

  /// The code of the lines that a posting is settled with, and the day of the last of them; nil where
  /// something is open, or the account keeps no items.
  func match(_ row: Posting) -> (code: String, day: Day)? {
    guard let key = key(row), let place = places[key], parts[place].amount == 0 else { return nil }
    let code =
      row.charge == 0
      ? DocumentNames.name(row.document) : ChargeID(UInt64(row.charge)).description
    return (code, Day(daysSince1970: parts[place].lastDay))
  }
}
