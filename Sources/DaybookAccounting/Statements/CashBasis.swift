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
///
/// Source: BOOKS, section 2, "cash-basis result".
struct CashBasis {
  /// What an account is to a statement on this basis.
  private enum Role {
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
    for (role, slots) in others {
      for slot in slots {
        for account in model.accountRules.meanings(of: slot) { roles[Int(account)] = role }
      }
    }
    self.roles = roles
    payables = model.accountRules.meanings(of: .payables)
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
    var settling = Settling(scope)
    var (rows, sorted) = ([Posting](), SortedLines())
    var (debits, credits) = (MinorSum(), MinorSum())
    // Taken out of the scope, which is too large to be held by what is called for every posting.
    let clinic = scope.clinic
    func give(_ row: Posting) {
      guard clinic ?? row.clinic == row.clinic else { return }
      if row.amount > 0 { debits.add(row.amount) } else { credits.add(row.amount) }
      // Told after the entry.
      if max(debits.total, -credits.total) <= Int128(Int64.max) { body(row) }
    }
    func end() throws(ValueError) {
      try take(rows, &settling, &sorted, give)
      _ = try debits.narrowed()
      _ = try MinorSum(-credits.total).narrowed()
    }
    try scope.ofAllClinics.forEachPosting(in: .min...last) { (line) throws(ValueError) in
      if line.row.position != rows.last?.position {
        try end()
        rows.removeAll(keepingCapacity: true)
      }
      rows.append(line.row)
    }
    try end()
  }

  /// Takes one entry.
  private func take(
    _ rows: [Posting], _ settling: inout Settling, _ sorted: inout SortedLines,
    _ body: (Posting) -> Void
  ) throws(ValueError) {
    guard let first = rows.first else { return }
    var (money, owed, withheld): (Int64, Int64, Int64) = (0, 0, 0)
    var isPurchase = false
    sorted.removeAll()
    settling.begin(first.position)
    for row in rows {
      switch roles[Int(row.account)] {
      case .money: money += row.amount
      case .item:
        settling.add(row)
        owed += row.amount
        if payables.contains(row.account) { isPurchase = true }
      case .income, .expense, .wages: sorted.lines.append(row)
      case .withheld:
        sorted.others.append(row)
        withheld += row.amount
      case .inventory: sorted.goods.append(row)
      case .goods, .other: break
      }
    }
    if settling.hasNoItem {
      // Nobody owes any of it: it is paid, or never will be.
      guard money != 0 else { return }
      for row in sorted.lines { body(row) }
      for row in sorted.others { body(row) }
    } else if settling.begins {
      if isPurchase { sorted.lines += sorted.goods }
      try settling.keep(sorted.lines, paid: money, withheld: withheld, body)
    } else if money > 0 && owed < 0 || money < 0 && owed > 0 {
      try settling.settle(first, body)
      // A fee or interest beside it, or wages in the same payment.
      for row in sorted.lines { body(row) }
      for row in sorted.others { body(row) }
    } else if money != 0 {
      // Less is earned, and what was paid of it goes back to somebody's credit.
      for row in sorted.lines {
        body(row.with(amount: try Settling.share(row.amount, money, of: money + owed)))
      }
    } else if sorted.lines.isEmpty {
      // A cent of tax that the whole document has.
      settling.grow()
    }
  }
}

/// The lines of an entry by what they are on this basis; lent to one entry after the other.
private struct SortedLines {
  /// Earned or incurred.
  var lines: [Posting] = []
  /// Withheld for an authority.
  var others: [Posting] = []
  var goods: [Posting] = []

  mutating func removeAll() {
    lines.removeAll(keepingCapacity: true)
    others.removeAll(keepingCapacity: true)
    goods.removeAll(keepingCapacity: true)
  }
}

/// The items that wait to be settled, and those that the entry at hand changes.
private struct Settling {
  private struct Item {
    /// What it earned or cost, by account: a range of `lines`.
    var start: Int
    var end: Int
    /// What it came to, and what of that is settled.
    var whole: Int64 = 0
    var settled: Int64 = 0
  }

  private struct Change {
    var key: UInt64
    var amount: Int64
  }

  private let reversals: History<ReversalRow>
  private let settledItems: History<SettledItem>
  private var items: [Item] = []
  // Of all items one after the other, and what of each line has counted: no item has arrays of its own.
  private var lines: [Posting] = []
  private var counted: [Int64] = []
  // Only asked for a key, never iterated.
  private var places: [UInt64: Int] = [:]
  private var charges = DenseIndex()
  private var changes: [Change] = []
  private var cursor = SettledCursor()

  init(_ scope: Scope) {
    reversals = scope.model.reversals
    settledItems = scope.model.notes.settled
  }

  /// Begins with the entry at `position`.
  mutating func begin(_ position: Position) {
    cursor.go(to: position, reversals)
    changes.removeAll(keepingCapacity: true)
  }

  /// Takes a line on an account of items.
  mutating func add(_ row: Posting) {
    let key = key(row)
    if let place = changes.firstIndex(where: { $0.key == key }) {
      changes[place].amount += row.amount
    } else {
      changes.append(Change(key: key, amount: row.amount))
    }
  }

  /// Whether no item is changed by the entry.
  var hasNoItem: Bool { changes.allSatisfy { $0.amount == 0 } }

  /// Whether an item begins with the entry.
  var begins: Bool { changes.contains { $0.amount != 0 && place($0.key) == nil } }

  /// Keeps what an entry earned or cost with the item that it begins, and counts what is paid at once.
  ///
  /// Of a cost, what is withheld counts when it is paid itself. An item that the entry changes beside is
  /// taken over by the one that begins: goods that went back, by their credit note.
  mutating func keep(
    _ lines: [Posting], paid: Int64, withheld: Int64, _ body: (Posting) -> Void
  ) throws(ValueError) {
    let start = self.lines.count
    let cost = lines.reduce(0) { $0 + $1.amount }
    for line in lines {
      hold(
        withheld == 0 || cost == 0
          ? line : line.with(amount: try Self.share(line.amount, cost + withheld, of: cost)))
    }
    for change in changes where change.amount != 0 {
      guard let place = place(change.key) else { continue }
      var taken: [Posting] = []
      try advance(place, by: -change.amount) { taken.append($0) }
      for line in taken { hold(line) }
    }
    let begun = changes.filter { $0.amount != 0 && place($0.key) == nil }
    // Several at once are opening balances, which earned and cost nothing.
    let end = begun.count == 1 ? self.lines.count : start
    for change in begun {
      let place = items.count
      set(place, change.key)
      items.append(Item(start: start, end: end, whole: paid + change.amount))
      if paid != 0 { try advance(place, by: paid, body) }
    }
  }

  private mutating func hold(_ line: Posting) {
    lines.append(line)
    counted.append(0)
  }

  /// Counts what the entry settles of items, on its day.
  mutating func settle(
    _ entry: Posting, _ body: (Posting) -> Void
  ) throws(ValueError) {
    for change in changes where change.amount != 0 {
      guard let place = place(change.key) else { continue }
      try advance(place, by: -change.amount) { counts in
        var counts = counts
        (counts.day, counts.position) = (entry.day, entry.position)
        body(counts)
      }
    }
  }

  /// The items come to more, or less, than they began with.
  mutating func grow() {
    for change in changes where change.amount != 0 {
      if let place = place(change.key) { items[place].whole += change.amount }
    }
  }

  /// So much more of an item is settled: `body` is given what counts by it.
  private mutating func advance(
    _ place: Int, by amount: Int64, _ body: (Posting) -> Void
  ) throws(ValueError) {
    guard items[place].whole != 0 else { return }
    items[place].settled += amount
    let item = items[place]
    for index in item.start..<item.end {
      let line = lines[index]
      let share =
        item.settled == item.whole
        ? line.amount : try Self.share(line.amount, item.settled, of: item.whole)
      let counts = line.with(
        amount: try Rounding.narrowed(Int128(share) - Int128(counted[index])))
      counted[index] = share
      if counts.amount != 0 { body(counts) }
    }
  }

  /// `amount` times `part` by `whole`, rounded once; nothing of nothing.
  ///
  /// - Throws: `.overflow` where it does not fit, as with more settled than there ever was.
  static func share(
    _ amount: Int64, _ part: Int64, of whole: Int64
  ) throws(ValueError) -> Int64 {
    if whole == 0 { return 0 }
    return try Rounding.narrowed(
      try Rounding.halfAwayFromZero(Int128(amount) * Int128(part), dividedBy: Int128(whole)))
  }

  private mutating func key(_ row: Posting) -> UInt64 {
    if row.charge != 0 { return UInt64(row.charge) }
    return cursor.settled(by: row, among: settledItems)?.document.rawValue ?? row.document.rawValue
  }

  private func place(_ key: UInt64) -> Int? {
    key <= UInt64(UInt32.max) ? charges[key] : places[key]
  }

  private mutating func set(_ place: Int, _ key: UInt64) {
    if key <= UInt64(UInt32.max) { charges[key] = place } else { places[key] = place }
  }
}

extension Posting {
  fileprivate func with(amount: Int64) -> Posting {
    var copy = self
    copy.amount = amount
    return copy
  }
}
