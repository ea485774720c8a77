import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// What people took off, paid back, wrote off and undid from `from` to D as known at S: how often and
  /// how much, by person. What was written off is told by the account that bears it.
  ///
  /// - Parameter form: What they are summed up by in the place of person and kind: a dimension of
  ///   `GroupedReport.overrides`.
  /// - Throws: `UnknownAccount` for an account that the chart does not have.
  /// - Complexity: O(postings of the chunks that touch the days).
  public static func overrides(
    _ view: Snapshot<AccountingModel>, _ query: AccountingQuery,
    filter: JournalFilter = JournalFilter(),
    form: RowForm = RowForm()
  ) throws(UnknownAccount) -> Report {
    let scope = Scope(view, query)
    let sieve = try PostingSieve(filter, scope)
    guard form.by == nil else { return summed(scope, sieve, form) }
    var report = scope.report(
      "overrides", "Overrides by person",
      [
        Column("actor", .identifier), Column("ref", .text), Column("kind", .text),
        Column("count", .count), Column("amount", .amount),
      ])
    let sums = OverrideSums(scope, sieve) { _, _, _ in }
    for line in sums.lines {
      report.append(
        scope.cells(scope.model.actors[line.actor]) + [
          .text(line.kind.words), .count(line.count),
          .amount(Amount(minorUnits: line.amount, line.currency)),
        ])
    }
    report.total("count", "amount")
    report.footer = scope.footer(entries: sums.entries, debits: sums.debits)
    return report
  }

  private static func summed(
    _ scope: Scope, _ sieve: PostingSieve, _ form: RowForm
  ) -> Report {
    let keys = RowKeys(scope)
    let plain = scope.report(
      "overrides", "Overrides", [Column("count", .count), Column("amount", .amount)])
    var rows = GroupedRows(plain, form, sums: ["count", "amount"], figure: "amount", scope)
    let sums = OverrideSums(scope, sieve) { row, kind, isNew in
      func key(_ dimension: ReportDimension) -> GroupKey {
        dimension == .kind ? GroupKey(kind, kind.words) : keys.key(dimension, row)
      }
      rows.add(key, scope.currency(row.clinic)) { sums in
        if isNew { sums[0].add(1) }
        sums[1].add(row.amount)
      }
    }
    var report = rows.finished()
    report.footer = scope.footer(entries: sums.entries, debits: sums.debits)
    return report
  }
}

/// What somebody decided to the disadvantage of the books.
private enum Override: Int, CaseIterable {
  /// Taken off a charge when it was posted.
  case discount
  /// Taken off afterwards, as a courtesy.
  case courtesy
  case writeOff
  case badDebt
  case creditNote
  case saleReturned
  case refund
  /// An entry that was undone.
  case void

  var words: String {
    switch self {
    case .discount: "discount"
    case .courtesy: "courtesy"
    case .writeOff: "write-off"
    case .badDebt: "bad debt"
    case .creditNote: "credit note"
    case .saleReturned: "return"
    case .refund: "refund"
    case .void: "void"
    }
  }
}

private struct OverrideSums {
  struct Line {
    let actor: UInt16
    let kind: Override
    let currency: Currency
    var count: Int64 = 0
    var amount: Int64 = 0
  }

  private(set) var lines: [Line] = []
  private(set) var debits = CurrencySum()
  private var counter = EntryCounter()
  var entries: Int { counter.total }

  /// - Parameter body: Called with every debit, and whether it is the first of its entry and kind.
  init(_ scope: Scope, _ sieve: PostingSieve, _ body: (Posting, Override, Bool) -> Void) {
    guard let days = scope.days else { return }
    var kinds = OverrideKinds(scope.model)
    var last = (position: Position.start, kind: Override.void)
    scope.forEachPosting(in: days) { line in
      let row = line.row
      kinds.go(to: row.position)
      guard row.amount > 0, sieve.takes(row), let kind = kinds.kind(row) else { return }
      counter.count(row)
      let currency = scope.currency(row.clinic)
      debits.add(row.amount, currency)
      let isNew = last != (row.position, kind)
      last = (row.position, kind)
      add(row, kind, currency, isNew: isNew)
      body(row, kind, isNew)
    }
    // By the number of the person, and what is not of one first.
    lines.sort {
      let (one, other) = (scope.model.actors[$0.actor], scope.model.actors[$1.actor])
      return (one.rawValue, $0.kind.rawValue, $0.currency.code)
        < (other.rawValue, $1.kind.rawValue, $1.currency.code)
    }
  }

  private mutating func add(_ row: Posting, _ kind: Override, _ currency: Currency, isNew: Bool) {
    let place =
      lines.firstIndex { $0.actor == row.actor && $0.kind == kind && $0.currency == currency }
      ?? lines.count
    if place == lines.count {
      lines.append(Line(actor: row.actor, kind: kind, currency: currency))
    }
    lines[place].amount += row.amount
    if isNew { lines[place].count += 1 }
  }
}

/// Sorts debits by what they took off.
private struct OverrideKinds {
  private let discounts: [Int]
  private let courtesies: [Int]
  private let smallDebts: [Int]
  private let badDebts: [Int]
  private let rules: [Override?]
  private var pass: SettledPass

  init(_ model: AccountingModel) {
    pass = SettledPass(model)
    discounts = model.accounts(of: [.discount])
    courtesies = model.accounts(of: [.goodwill])
    smallDebts = model.accounts(of: [.writtenOffSmall])
    badDebts = model.accounts(of: [.badDebt, .allowance])
    rules = PostingRule.builtIn.map { rule in
      if rule.isOf(InvoiceRectified.self) { return .creditNote }
      if rule.isOf(SaleReturned.self) { return .saleReturned }
      if rule.isOf(RefundPaid.self) { return .refund }
      return nil
    }
  }

  /// Goes on to the entry at `position`.
  mutating func go(to position: Position) { pass.go(to: position) }

  /// What a debit of the entry took off; nil for nearly all. Of one that undoes another, every debit.
  func kind(_ row: Posting) -> Override? {
    if pass.undone != nil { return .void }
    let account = Int(row.account)
    switch rules[Int(row.rule)] {
    case .refund: return .refund
    case .creditNote: return courtesies.contains(account) ? .creditNote : nil
    case .saleReturned: return courtesies.contains(account) ? .saleReturned : nil
    default: break
    }
    if PostingRule.Index.charges.contains(row.rule) {
      return discounts.contains(account) ? .discount : nil
    }
    guard row.rule == PostingRule.Index.adjustment else { return nil }
    if courtesies.contains(account) { return .courtesy }
    if smallDebts.contains(account) { return .writeOff }
    return badDebts.contains(account) ? .badDebt : nil
  }
}
