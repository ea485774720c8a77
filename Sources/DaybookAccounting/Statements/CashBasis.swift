import DaybookEvents
import DaybookValues

/// Income and expenses when they are paid, made from entries that post them when they are earned.
///
/// A charge, or a supplier's invoice, is an item: what it earned or cost waits until the item is settled,
/// and counts then by its settled part, cumulatively, so that the last settlement takes the remainder.
/// What is written off is never settled and never counts; what is paid back counts against it. Income and
/// expenses of an entry that pays them at once count at once; those that nobody pays (depreciation,
/// goods used, accruals) never do. Goods count when their supplier is paid, wages, commission and what
/// is withheld when they are, and a package when its charge is, not with its sessions. Tax on sales and
/// purchases is neither income nor expense. What was open when the books began has no income to count.
/// On accounts of the clinic's own under those of items, entries by hand name no item: what lowers one
/// settles the oldest of the party (`LooseItems`).
///
/// Source: BOOKS, section 2, "cash-basis result".
struct CashBasis {
  /// What an account is to a statement on this basis.
  fileprivate enum Role {
    /// Cash, or what was paid before and stands to somebody's credit.
    case money
    /// Kept item by item.
    case item
    /// Counts as income.
    case income
    /// Counts as an expense.
    case expense
    /// What people and authorities are owed of wages: an expense when it is paid.
    case wages
    /// What is owed to an authority in somebody's place.
    case withheld
    /// The cost of goods: they count when their supplier is paid.
    case goods
    /// Goods: a supplier is paid less for those that go back.
    case inventory
    case other
  }

  private let roles: [Role]
  private let payables: Set<UInt16>

  init(_ model: AccountingModel) {
    let accounts = model.chart.accounts
    let cash = CashMoves(model)
    var roles = accounts.indices.map { index -> Role in
      if cash.isCash(UInt16(index)) { return .money }
      switch accounts[index].kind {
      case .income: return .income
      case .expense: return .expense
      case .asset, .liability, .equity: return .other
      }
    }
    let others: [(Role, [Slot])] = [
      (.money, [.credit, .deposit, .voucher]), (.income, [.packageIncome]),
      (.item, [.patientReceivable, .payerReceivable, .payables]),
      (.wages, [.wagesPayable, .socialSecurity, .commissionPayable]),
      (.withheld, [.withheldTax]),
      (.goods, [.costOfSales, .consumables, .stockLoss]),
      (.inventory, [.inventory]),
      (.expense, [.goodsNotInvoiced]),
    ]
    model.forEachAccount(of: others) { roles[$0] = $1 }
    self.roles = roles
    payables = Set(model.accounts(of: [.payables]).map { UInt16($0) })
  }

  /// Whether an account stands among income.
  func isIncome(_ account: Int) -> Bool { roles[account] == .income }

  /// Whether an account stands among expenses.
  func isExpense(_ account: Int) -> Bool {
    switch roles[account] {
    case .expense, .wages, .withheld, .goods, .inventory: true
    case .money, .item, .income, .other: false
    }
  }

  /// Calls `body` with what counts, as postings on the days on which it was paid, up to a day.
  ///
  /// An entry is looked at whole, also where a part of it stands at another clinic. As in the ledger, all
  /// debits together fit, and so do all credits, so that no sum of it overflows.
  ///
  /// - Throws: `.overflow` where a part that counts does not fit, or all of them together.
  /// - Complexity: O(postings).
  func forEachPosting(
    _ scope: Scope, through last: Int32, _ body: (Posting) -> Void
  ) throws(ValueError) {
    var entry = PaidEntry(scope)
    try scope.ofAllClinics.forEachPosting(in: .min...last) { (line) throws(ValueError) in
      if line.row.position != entry.first.position {
        try entry.end(body)
        entry.begin(line.row)
      }
      let account = line.row.account
      entry.take(line.row, roles[Int(account)], isPurchase: payables.contains(account))
    }
    try entry.end(body)
  }
}

/// One entry after the other: its lines by what they are on this basis, and what of them counts.
private struct PaidEntry {
  private(set) var first = Posting()
  private var settling: Settling
  private let clinic: UInt16?
  /// Earned or incurred.
  private var lines: [Posting] = []
  /// Withheld for an authority.
  private var others: [Posting] = []
  private var goods: [Posting] = []
  private var (money, owed, withheld): (Int64, Int64, Int64) = (0, 0, 0)
  private var isPurchase = false
  /// Of all entries so far.
  private var (debits, credits) = (MinorSum(), MinorSum())

  init(_ scope: Scope) {
    settling = Settling(scope)
    clinic = scope.clinic
  }

  mutating func begin(_ row: Posting) {
    first = row
    (money, owed, withheld, isPurchase) = (0, 0, 0, false)
    lines.removeAll(keepingCapacity: true)
    others.removeAll(keepingCapacity: true)
    goods.removeAll(keepingCapacity: true)
    settling.begin(row.position)
  }

  mutating func take(_ row: Posting, _ role: CashBasis.Role, isPurchase: @autoclosure () -> Bool) {
    switch role {
    case .money: money += row.amount
    case .item:
      settling.add(row)
      owed += row.amount
      if isPurchase() { self.isPurchase = true }
    case .income, .expense, .wages: lines.append(row)
    case .withheld:
      others.append(row)
      withheld += row.amount
    case .inventory: goods.append(row)
    case .goods, .other: break
    }
  }

  /// Calls `body` with what counts of the entry.
  mutating func end(_ body: (Posting) -> Void) throws(ValueError) {
    guard first.position != .start else { return }
    let clinic = clinic
    var (debits, credits) = (debits, credits)
    try count { row in
      guard clinic ?? row.clinic == row.clinic else { return }
      if row.amount > 0 { debits.add(row.amount) } else { credits.add(row.amount) }
      // Told after the entry.
      if max(debits.total, -credits.total) <= Int128(Int64.max) { body(row) }
    }
    _ = try debits.narrowed()
    _ = try MinorSum(-credits.total).narrowed()
    (self.debits, self.credits) = (debits, credits)
  }

  private mutating func count(_ body: (Posting) -> Void) throws(ValueError) {
    if settling.hasNoItem {
      // Nobody owes any of it: it is paid, or never will be.
      guard money != 0 else { return }
      for row in lines { body(row) }
      for row in others { body(row) }
    } else if settling.begins {
      if isPurchase { lines += goods }
      try settling.keep(lines, paid: money, withheld: withheld, body)
    } else if money > 0 && owed < 0 || money < 0 && owed > 0 {
      try settling.settle(first, body)
      // A fee or interest beside it, or wages in the same payment.
      for row in lines { body(row) }
      for row in others { body(row) }
    } else if money != 0 {
      // Less is earned, and what was paid of it goes back to somebody's credit.
      for row in lines {
        body(row.with(amount: try Settling.share(row.amount, money, of: money + owed)))
      }
    } else if lines.isEmpty {
      // A cent of tax that the whole document has.
      settling.grow()
    }
  }
}
