package import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// What is kept item by item, and the accounts that control it.
package enum Subledger: CaseIterable, Hashable, Sendable {
  /// What patients and payers owe of charges.
  case receivables
  /// What is left of what was paid.
  case credits
  /// What suppliers are owed, less what they owe.
  case payables
  /// What was received and not invoiced.
  case receivedGoods
  /// Sessions that were paid and not used.
  case packages
  /// Net pay that was not paid.
  case wages

  /// The accounts whose balance it is.
  package var accounts: [String] {
    switch self {
    case .receivables: ["1200", "1210"]
    case .credits: ["2100", "2150"]
    case .payables: ["2000"]
    case .receivedGoods: ["2010"]
    case .packages: ["2110"]
    case .wages: ["2300"]
    }
  }
}

/// What the items of a sub-ledger come to.
package struct SubledgerSums: Sendable {
  /// How many items there are.
  package private(set) var count = 0
  // By clinic; what is owed to the clinic is positive.
  private var sums: [ClinicID: Int128] = [:]

  /// What the items of a clinic come to.
  package subscript(clinic: ClinicID) -> Int128 { sums[clinic] ?? 0 }

  /// The clinics that have any.
  package var clinics: [ClinicID] { sums.keys.sorted() }

  mutating func add(_ amount: Int64, _ clinic: ClinicID) {
    count += 1
    sums[clinic, default: 0] += Int128(amount)
  }

  /// What belongs to no item.
  package mutating func carry(_ amount: Int64, _ clinic: ClinicID) {
    sums[clinic, default: 0] += Int128(amount)
  }
}

extension DeskState {
  /// What the items of a sub-ledger come to, each as it stands by what the Desk has decided.
  ///
  /// The Desk keeps items to decide by, and knows nothing of accounts: so they prove the balances that
  /// the books have.
  ///
  /// - Complexity: O(items).
  package func sums(of subledger: Subledger) -> SubledgerSums {
    var sums = SubledgerSums()
    switch subledger {
    case .receivables:
      forEach(billing.charges) { charge in
        if !charge.isReversed { sums.add(charge.owed, charge.clinic) }
      }
    case .credits:
      forEach(billing.payments) { payment in
        guard !payment.isReversed, !payment.isRefund else { return }
        // The tax in what is left of a taxable deposit is owed to the state.
        let tax = payment.tax &- payment.usedTax
        sums.add(tax &- payment.unapplied, payment.clinic)
      }
    case .payables:
      forEach(purchasing.invoices) { invoice in
        if !invoice.isReversed { sums.add(0 &- invoice.open, invoice.clinic) }
      }
      purchasing.forEachLine { line, receipt in
        if line.returnedValue != 0 { sums.add(line.returnedValue, receipt.clinic) }
      }
      addOpenItems("2000", to: &sums)
    case .receivedGoods:
      purchasing.forEachLine { line, receipt in
        if !receipt.isOpening { sums.add(0 &- line.openValue, receipt.clinic) }
      }
    case .packages:
      forEach(packages.packages) { package in
        if package.isLive { sums.add(0 &- package.rest, package.clinic) }
      }
    case .wages:
      purchasing.forEachWage { wage, run in sums.add(0 &- wage.open, run.clinic) }
      addOpenItems("2300", to: &sums)
    }
    return sums
  }

  private func addOpenItems(_ account: String, to sums: inout SubledgerSums) {
    ledger.forEachOpenItem { item in
      if catalogue.builtInCode(item.account) == account { sums.add(0 &- item.open, item.clinic) }
    }
  }

  private func forEach<Kind: IdentifierKind, Record: StoredValue>(
    _ table: Dense<Kind, Record>, _ body: (Record) -> Void
  ) {
    for number in 0..<UInt64(table.count) {
      if let record = table[Identifier<Kind>(number + 1)] { body(record) }
    }
  }
}
