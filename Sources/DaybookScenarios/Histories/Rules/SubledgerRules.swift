import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

/// What the Desk keeps item by item comes to the accounts that control it, in every currency.
struct SubledgerRules {
  private let balances: AccountBalances

  init(_ books: AccountingModel, at position: Position) {
    balances = AccountBalances(books, at: position)
  }

  func compare(
    with state: DeskState, carried: [ClinicID: Int64], _ faults: inout Faults
  ) {
    for ledger in Subledger.allCases {
      var sums = state.sums(of: ledger)
      if ledger == .credits { for (clinic, sum) in carried { sums.carry(0 - sum, clinic) } }
      var off: [Currency: Int128] = [:]
      for clinic in sums.clinics {
        off[balances.currency(ofClinic: clinic.number), default: 0] += sums[clinic]
      }
      for clinic in balances.clinics {
        off[balances.currency(ofClinic: clinic), default: 0] -=
          balances.balance(ledger.accounts, atClinic: clinic)
      }
      for (currency, difference) in off.sorted(by: { $0.key < $1.key }) {
        faults.require(
          difference == 0,
          "\(ledger) differ from \(ledger.accounts) by \(difference) \(currency.code)")
      }
    }
  }
}
