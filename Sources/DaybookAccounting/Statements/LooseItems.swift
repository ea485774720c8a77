import DaybookEvents
import DaybookValues

/// What is owed on accounts of the clinic's own under those that are kept item by item, to which entries
/// are made by hand: a line that raises one is an item, and a line that lowers it settles the oldest of the
/// same account, clinic and party.
///
/// What is paid before it is owed settles nothing.
struct LooseItems {
  private struct Owner: Hashable {
    let account: UInt16
    let clinic: UInt16
    let party: UInt32
  }

  private struct Item {
    let key: UInt64
    /// Minor units, above zero.
    var left: Int64
  }

  /// The items of one owner, the oldest first.
  private struct Line {
    var items: [Item] = []
    var settled = 0
  }

  /// By account: 1 where a debit raises what is owed, -1 where a credit does; 0 for all other accounts.
  private var signs: [Int64]
  // Only asked for a key, never iterated.
  private var lines: [Owner: Line] = [:]

  init(_ model: AccountingModel) {
    signs = Array(repeating: 0, count: model.chart.accounts.count)
    let slots: [(Int64, [Slot])] = [
      (1, [.patientReceivable, .payerReceivable]), (-1, [.payables]),
    ]
    model.forEachAccount(of: slots) { account, sign in signs[account] = sign }
    // What a slot means itself names its items.
    for slot in slots.flatMap(\.1) {
      for account in model.accountRules.meanings(of: slot) { signs[Int(account)] = 0 }
    }
  }

  func holds(_ account: UInt16) -> Bool { signs[Int(account)] != 0 }

  /// What a line on such an account changes: the items by their keys, and by how much.
  mutating func take(_ row: Posting) -> [(key: UInt64, amount: Int64)] {
    let owner = Owner(account: row.account, clinic: row.clinic, party: row.party)
    let sign = signs[Int(row.account)]
    // No posting has the smallest number: the debits would not fit.
    let raise = sign * row.amount
    guard raise < 0 else {
      // Above every number of a document.
      let key = 1 << 63 | row.position.number << 16 | UInt64(row.line)
      lines[owner, default: Line()].items.append(Item(key: key, left: raise))
      return [(key, row.amount)]
    }
    // Taken out, so that its items are changed in place.
    guard var line = lines.removeValue(forKey: owner) else { return [] }
    var parts: [(key: UInt64, amount: Int64)] = []
    var left = -raise
    while left > 0, line.settled < line.items.count {
      let part = min(left, line.items[line.settled].left)
      parts.append((line.items[line.settled].key, -sign * part))
      left -= part
      line.items[line.settled].left -= part
      if line.items[line.settled].left == 0 { line.settled += 1 }
    }
    lines[owner] = line
    return parts
  }
}
