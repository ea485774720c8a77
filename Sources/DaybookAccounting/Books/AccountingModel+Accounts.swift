import DaybookEvents

extension AccountingModel {
  /// The indexes of the accounts that slots mean or have meant, with their parts. Ascending by index.
  func accounts(of slots: [Slot]) -> [Int] {
    let meant = slots.flatMap { accountRules.meanings(of: $0) }.map { Int($0) }
    return Set(meant + ownParts(of: meant)).sorted()
  }

  /// The accounts of the clinic's own that are parts of some of `indexes`: of the same kind, and their
  /// codes begin with that of the whole, as `11001` does with `1100`. Ascending by index.
  func ownParts(of indexes: [Int]) -> [Int] {
    let accounts = chart.accounts
    // A country's pack gives built-in accounts other codes; their indexes stay.
    return accounts.indices.dropFirst(Chart.standard.accounts.count).filter { part in
      indexes.contains {
        accounts[part].kind == accounts[$0].kind
          && accounts[part].code.hasPrefix(accounts[$0].code)
      }
    }
  }

  /// Calls `body` with each account that a slot means, has meant, or that is a part of one, and with what
  /// belongs to the slot: what a slot means by itself comes after the parts of others.
  func forEachAccount<Role>(of slots: [(Role, [Slot])], _ body: (Int, Role) -> Void) {
    let meant = slots.map { role, slots in
      (role, slots.flatMap { accountRules.meanings(of: $0) }.map { Int($0) })
    }
    for (role, accounts) in meant { for part in ownParts(of: accounts) { body(part, role) } }
    for (role, accounts) in meant { for account in accounts { body(account, role) } }
  }
}
