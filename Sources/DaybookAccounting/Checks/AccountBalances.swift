import DaybookEvents
package import DaybookValues

/// What accounts come to at each clinic, as the books have it: for proofs that need another department.
package struct AccountBalances: Sendable {
  private let model: AccountingModel
  private let sums: Turnovers
  // The codes of built-in accounts that have another in the country's chart.
  private let ownCodes: [String: String]

  /// The balances of all days that `model` knows at `position`.
  package init(_ model: AccountingModel, at position: Position) {
    self.model = model
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
}
