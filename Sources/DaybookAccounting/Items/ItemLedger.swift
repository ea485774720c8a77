import DaybookEvents

/// The accounts that are kept item by item, by what their items are.
enum ItemLedger: UInt8, CaseIterable, StoredValue {
  /// What patients and payers owe.
  case receivable
  /// What parties have to their credit, or as a deposit.
  case credit
  /// What is owed to suppliers.
  case payable

  static var blank: ItemLedger { .receivable }

  /// The slots of its control accounts.
  var slots: [Slot] {
    switch self {
    case .receivable: [.patientReceivable, .payerReceivable]
    case .credit: [.credit, .deposit]
    case .payable: [.payables]
    }
  }

  /// A posting's amount as its items count it: above zero is what is open.
  func owed(_ amount: Int64) -> Int64 {
    // The smallest number has no counterpart, and no posting has it: the debits would not fit.
    self == .receivable ? amount : -amount
  }
}

/// The ledger of items that each account of the chart belongs to.
struct ItemAccounts: Sendable {
  private static let none = UInt8.max
  private var ledgers: [UInt8]

  init(_ model: AccountingModel) {
    ledgers = Array(repeating: Self.none, count: model.chart.accounts.count)
    for ledger in ItemLedger.allCases {
      for slot in ledger.slots { ledgers[Int(model.accounts[slot])] = ledger.rawValue }
    }
  }

  /// The ledger of that account; nil for one that is not kept item by item.
  subscript(account: UInt16) -> ItemLedger? {
    let number = ledgers[Int(account)]
    return number == Self.none ? nil : ItemLedger(rawValue: number)
  }

  /// The accounts of a ledger, by their index in the chart.
  func accounts(of ledgers: [ItemLedger]) -> [UInt16] {
    self.ledgers.indices.compactMap { index in
      self[UInt16(index)].map { ledgers.contains($0) } == true ? UInt16(index) : nil
    }
  }
}
