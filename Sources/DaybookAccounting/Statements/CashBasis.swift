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
  /// By account.
  private var isPayable: [Bool]

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
    isPayable = [Bool](repeating: false, count: accounts.count)
    for account in model.accounts(of: [.payables]) { isPayable[account] = true }
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

  /// What counts up to a day, as postings on the days on which it was paid.
  func paid(_ scope: Scope, through last: Int32) -> PaidPostings {
    PaidPostings(scope, through: last, roles, isPayable)
  }
}

/// What counts on the cash basis, a chunk of the ledger after the other.
///
/// An entry is looked at whole, also where a part of it stands at another clinic. As in the ledger, all
/// debits together fit, and so do all credits, so that no sum of it overflows.
struct PaidPostings {
  private let whole: Scope
  private let days: ClosedRange<Int32>
  private let roles: [CashBasis.Role]
  private let isPayable: [Bool]
  private var entry: PaidEntry
  private var chunk = 0
  private var number = 0

  fileprivate init(
    _ scope: Scope, through last: Int32, _ roles: [CashBasis.Role], _ isPayable: [Bool]
  ) {
    whole = scope.ofAllClinics
    days = .min...last
    entry = PaidEntry(scope)
    (self.roles, self.isPayable) = (roles, isPayable)
  }

  /// What counts of the entries that end in the next chunk; nil behind the last.
  ///
  /// - Throws: `.overflow` where a part that counts does not fit, or all of them together.
  /// - Complexity: O(postings of a chunk).
  mutating func next() throws(ValueError) -> [Posting]? {
    guard chunk <= whole.chunkCount else { return nil }
    entry.forget()
    if chunk == whole.chunkCount {
      try entry.end()
    } else {
      try whole.forEachPosting(ofChunk: chunk, in: days, after: &number) {
        (line) throws(ValueError) in
        if line.row.position != entry.first.position {
          try entry.end()
          entry.begin(line.row)
        }
        let account = Int(line.row.account)
        entry.take(
          LedgerLine(row: line.row, index: line.index), roles[account],
          isPurchase: isPayable[account])
      }
    }
    chunk += 1
    // Sums of either side only grow: what did not fit on the way does not fit now.
    try entry.check()
    return entry.counts
  }
}

/// One entry after the other: its lines by what they are on this basis, and what of them counts.
private struct PaidEntry {
  private(set) var first = Posting()
  private var settling: Settling
  private let clinic: UInt16?
  /// Earned or incurred.
  private var lines: [LedgerLine] = []
  /// Withheld for an authority.
  private var others: [Posting] = []
  private var goods: [LedgerLine] = []
  /// What counts of the entries that have ended.
  private(set) var counts: [Posting] = []
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
    lines.removeFew()
    others.removeFew()
    goods.removeFew()
    settling.begin(row.position)
  }

  mutating func take(
    _ line: LedgerLine, _ role: CashBasis.Role, isPurchase: Bool
  ) {
    let row = line.row
    switch role {
    case .money: money += row.amount
    case .item:
      settling.add(row)
      owed += row.amount
      if isPurchase { self.isPurchase = true }
    case .income, .expense, .wages: lines.append(line)
    case .withheld:
      others.append(row)
      withheld += row.amount
    case .inventory: goods.append(line)
    case .goods, .other: break
    }
  }

  /// Forgets what counts of the entries that have ended: somebody has taken it.
  mutating func forget() { counts.removeAll(keepingCapacity: true) }

  /// Adds what counts of the entry.
  mutating func end() throws(ValueError) {
    guard first.position != .start else { return }
    let start = counts.count
    try count()
    var kept = start
    for index in start..<counts.count where clinic ?? counts[index].clinic == counts[index].clinic {
      let amount = counts[index].amount
      if amount > 0 { debits.add(amount) } else { credits.add(amount) }
      if kept < index { counts[kept] = counts[index] }
      kept += 1
    }
    if kept < counts.count { counts.removeLast(counts.count - kept) }
  }

  /// Whether all that has counted so far fits.
  func check() throws(ValueError) {
    _ = try debits.narrowed()
    _ = try MinorSum(-credits.total).narrowed()
  }

  private mutating func count() throws(ValueError) {
    if settling.hasNoItem {
      // Nobody owes any of it: it is paid, or never will be.
      guard money != 0 else { return }
      countWhole()
    } else if settling.begins {
      if isPurchase { lines += goods }
      try settling.keep(lines, paid: money, withheld: withheld, into: &counts)
    } else if money > 0 && owed < 0 || money < 0 && owed > 0 {
      try settling.settle(first, into: &counts)
      // A fee or interest beside it, or wages in the same payment.
      countWhole()
    } else if money != 0 {
      // Less is earned, and what was paid of it goes back to somebody's credit.
      for line in lines {
        let share = try Settling.share(line.row.amount, money, of: money + owed)
        counts.append(line.row.with(amount: share))
      }
    } else if lines.isEmpty {
      // A cent of tax that the whole document has.
      settling.grow()
    }
  }

  private mutating func countWhole() {
    for line in lines { counts.append(line.row) }
    if !others.isEmpty { counts += others }
  }
}
