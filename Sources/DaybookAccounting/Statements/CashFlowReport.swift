public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// What came in and went out in cash from `from` to D as known at S, by the accounts on the other
  /// side: the direct method.
  ///
  /// Cash is what lies in tills, in safes and on the way to the bank, bank balances, and card receipts
  /// on their way. An entry that touches any of them moves so much cash as its other lines come to;
  /// money that only changes its place is none. The total is the change of the cash accounts, and the
  /// last heading says what there was before and after.
  ///
  /// Source: IAS 7.18(a). Investing is what changes equipment, financing what changes loans and
  /// equity, operating all else.
  ///
  /// - Throws: `UnknownAccount` for an account that the chart does not have; `ValueError` where a sum does
  ///   not fit.
  /// - Complexity: O(postings up to D).
  public static func cashFlow(
    _ form: StatementForm, _ view: Snapshot<AccountingModel>, _ query: AccountingQuery
  ) throws -> Report {
    let scope = Scope(view, query)
    let moves = CashMoves(
      scope.model, isByClinic: form.by == .clinic || form.pivot == .clinic)
    let sheet = try StatementSheet(
      scope, form, isStanding: false, closing: .included, source: .moves(moves))
    var draft = StatementDraft(sheet, "cash-flow", "Cash flow")
    for group in sheet.groups {
      var change = sheet.nothing
      for activity in CashActivity.allCases {
        let section = StatementSection(title: activity.rawValue, kind: nil, isCredit: true)
        let block = try draft.accounts(section, group) { moves.activity(of: $0) == activity }
        draft.end(block, group, whole: nil)
        change = try StatementDraft.sum(change, block.sums)
      }
      if form.by != nil { draft.note("change", change, group, whole: nil) }
      try draft.addToTotal(change, whole: nil)
    }
    if form.by == nil, form.pivot == nil, form.filter == JournalFilter() {
      let standing = try StatementSheet(scope, form, isStanding: true, closing: .included)
      try draft.stand(moves, standing)
    }
    return draft.finish(total: "change")
  }
}

extension StatementDraft {
  /// What cash there was before the days of each column and after them.
  fileprivate mutating func stand(
    _ moves: CashMoves, _ standing: StatementSheet
  ) throws(ValueError) {
    for currency in sheet.currencies.indices {
      var (after, change) = (sheet.blank, sheet.blank)
      for account in sheet.scope.model.chart.accounts.indices {
        if moves.isCash(UInt16(account)) {
          after = try Self.sum(after, standing.line(0, account, currency, isCredit: false))
        } else {
          change = try Self.sum(change, sheet.line(0, account, currency, isCredit: true))
        }
      }
      guard after != sheet.blank || change != sheet.blank else { continue }
      apart("cash", "before", try Self.difference(after, change), currency)
      apart("cash", "after", after, currency)
    }
    endApart("cash")
  }
}

/// What a movement of cash is for.
enum CashActivity: String, CaseIterable {
  case operating, investing, financing
}

/// Which accounts are cash, and what a movement of cash against another account is for.
struct CashMoves {
  private let isCash: [Bool]
  private let activities: [CashActivity]
  /// Whether each clinic's part of an entry is looked at alone.
  private let isByClinic: Bool

  /// The slots whose accounts are cash, with their sub-accounts.
  private static let cash: [Slot] = [.till, .safe, .cashInTransit, .bank, .cardClearing]
  /// The built-in accounts whose movements are investing, and those of liabilities that are financing.
  private static let investing = ["1500", "1590"]
  private static let financing = ["2500"]

  init(_ model: AccountingModel, isByClinic: Bool = false) {
    self.isByClinic = isByClinic
    let accounts = model.chart.accounts
    var isCash = [Bool](repeating: false, count: accounts.count)
    for index in model.accounts(of: Self.cash) { isCash[index] = true }
    self.isCash = isCash
    var activities = accounts.map { account in
      account.kind == .equity ? CashActivity.financing : .operating
    }
    // A country's pack gives them other codes; the index stays.
    for (codes, activity) in [
      (Self.investing, CashActivity.investing), (Self.financing, .financing),
    ] {
      let indexes = codes.compactMap { Chart.standard.index(of: $0) }
      for index in indexes + model.ownParts(of: indexes) { activities[index] = activity }
    }
    self.activities = activities
  }

  func isCash(_ account: UInt16) -> Bool { isCash[Int(account)] }

  func activity(of account: Int) -> CashActivity { activities[account] }

  /// Calls `body` with every line that stands in one entry with a line of cash and is none itself,
  /// up to a day.
  func forEachPosting(_ scope: Scope, through last: Int32, _ body: (Posting) -> Void) {
    var entry = CashEntry(isByClinic: isByClinic)
    scope.forEachPosting(in: .min...last) { line in
      if line.row.position != entry.position { entry.end(line.row.position, body) }
      entry.take(line.row, isCash: isCash(line.row.account))
    }
    entry.end(.start, body)
  }
}

/// The lines of an entry, while it is not known yet whether cash is among them.
private struct CashEntry {
  let isByClinic: Bool
  private(set) var position = Position.start
  private var others: [Posting] = []
  /// Where cash was moved.
  private var clinics: [UInt16] = []

  init(isByClinic: Bool) { self.isByClinic = isByClinic }

  mutating func take(_ row: Posting, isCash: Bool) {
    if isCash { clinics.append(row.clinic) } else { others.append(row) }
  }

  /// Calls `body` with what stands beside cash, and begins with the entry at `next`.
  mutating func end(_ next: Position, _ body: (Posting) -> Void) {
    if !clinics.isEmpty {
      for row in others where !isByClinic || clinics.contains(row.clinic) { body(row) }
    }
    others.removeFew()
    clinics.removeFew()
    position = next
  }
}
