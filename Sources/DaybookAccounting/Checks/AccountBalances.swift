package import DaybookClinicEvents
import DaybookEvents
package import DaybookValues

/// What accounts come to at each clinic, as the books have it: for proofs that need another department.
package struct AccountBalances: Sendable {
  private let model: AccountingModel
  private let sums: Turnovers
  private let position: Position
  // The codes of built-in accounts that have another in the country's chart.
  private let ownCodes: [String: String]

  /// The balances of all days that `model` knows at `position`.
  package init(_ model: AccountingModel, at position: Position) {
    self.model = model
    self.position = position
    sums = model.turnovers(through: .max, at: position)
    var own: [String: String] = [:]
    for (code, builtIn) in model.builtInCodes { own[builtIn] = code }
    ownCodes = own
  }

  /// The clinics, by number, that the books have met.
  package var clinics: [UInt64] { (0..<model.slots.count).map { model.slots.rows[$0].number } }

  /// The currency of a clinic's books.
  package func currency(ofClinic number: UInt64) -> Currency { model.currency(ofClinic: number) }

  /// The code of a built-in account in the book's chart.
  package func ownCode(_ builtIn: String) -> String { ownCodes[builtIn] ?? builtIn }

  /// Debits less credits of these built-in accounts together, in the clinic's currency.
  package func balance(_ codes: [String], atClinic number: UInt64) -> Int128 {
    guard let clinic = model.slots.find(number) else { return 0 }
    return codes.reduce(0) { sum, code in
      guard let account = model.chart.index(of: ownCode(code)) else { return sum }
      return sum + Int128(sums[account, Int(clinic)].balance)
    }
  }

  /// Debits less credits of a built-in account by currency and member of staff; under no number what
  /// stands there without one.
  ///
  /// - Complexity: O(postings).
  package func staffBalances(_ code: String) -> [Currency: [StaffID: Int128]] {
    var sums: [Currency: [StaffID: Int128]] = [:]
    guard let account = model.chart.index(of: ownCode(code)) else { return sums }
    model.ledger.postings.forEachSlice(model.postingCount(at: position)) { slice in
      for row in slice where Int(row.account) == account {
        let staff = PartyKey(rawValue: row.party).staff ?? StaffID()
        let currency = model.slots.currencies[Int(row.clinic)]
        sums[currency, default: [:]][staff, default: 0] += Int128(row.amount)
      }
    }
    return sums
  }
}
