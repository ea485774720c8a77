import DaybookAccounting
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// What the books make of the events: at every position debits are credits at each clinic; what the
/// clinics owe each other is nothing in all; and the accounts of open items are what the events say is
/// open.
struct BookRules {
  private struct Place: Hashable {
    var account: String
    var clinic: UInt64
  }

  private var balances: [Place: Int64] = [:]
  private var fault: String?

  init(_ books: AccountingModel) {
    var sums: [UInt64: Int64] = [:]
    var position = Position.start
    var fault: String?
    var balances: [Place: Int64] = [:]
    books.forEachPosting { posting in
      if posting.position != position {
        if fault == nil, let off = sums.first(where: { $0.value != 0 }) {
          fault = "after \(position) the books of clinic \(off.key) are \(off.value) off"
        }
        position = posting.position
      }
      sums[posting.clinic, default: 0] += posting.amount.minorUnits
      let place = Place(account: posting.account.code, clinic: posting.clinic)
      balances[place, default: 0] += posting.amount.minorUnits
    }
    if fault == nil, sums.contains(where: { $0.value != 0 }) { fault = "the books are off" }
    self.balances = balances
    self.fault = fault
  }

  private func balance(_ codes: String..., at clinic: UInt64? = nil) -> Int64 {
    balances.reduce(0) { sum, balance in
      codes.contains(balance.key.account) && clinic ?? balance.key.clinic == balance.key.clinic
        ? sum + balance.value : sum
    }
  }

  func compare(
    _ billing: BillingRules, _ stock: StockRules, _ purchasing: PurchasingRules,
    _ faults: inout Faults
  ) {
    if let fault { faults.add(fault) }
    faults.require(balance("1990") == 0, "between clinics stands \(balance("1990"))")
    let transit = balance("1410")
    faults.require(transit == stock.transitValue, "in transit is \(transit)")
    let payables = 0 - balance("2000")
    faults.require(
      payables == purchasing.owedToSuppliers,
      "payables are \(payables), open is \(purchasing.owedToSuppliers)")
    for clinic in Set(balances.keys.map(\.clinic)).sorted() {
      compare(billing, at: clinic, &faults)
      let worth = stock.shelves.reduce(0) {
        $1.key.clinic.number == clinic ? $0 + $1.value.value : $0
      }
      let inventory = balance("1400", at: clinic)
      faults.require(
        inventory == worth, "inventory of \(clinic) is \(inventory), the lots are worth \(worth)")
    }
  }

  private func compare(
    _ billing: BillingRules, at clinic: UInt64, _ faults: inout Faults
  ) {
    let owed = billing.charges.values.reduce(0) {
      $1.clinic.number == clinic ? $0 + $1.allOwed : $0
    }
    let receivables = balance("1200", "1210", at: clinic)
    faults.require(
      receivables == owed, "receivables of \(clinic) are \(receivables), owed is \(owed)")
    let carried = billing.carried[ClinicID(clinic)] ?? 0
    let left = billing.payments.values.reduce(carried) {
      $1.clinic.number == clinic && !$1.isDeposit ? $0 + $1.unapplied : $0
    }
    let credit = 0 - balance("2150", at: clinic)
    faults.require(credit == left, "credit of \(clinic) is \(credit), \(left) settles nothing")
  }
}
