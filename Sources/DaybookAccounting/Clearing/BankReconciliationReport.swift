import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

/// An account is asked for that is none of a bank.
public struct NoBankAccount: Error, Hashable, Sendable, CustomStringConvertible {
  /// The code that was asked for.
  public let code: String
  /// The codes of the bank's accounts.
  public let known: [String]

  /// `code` is none of `known`.
  public init(code: String, known: [String]) {
    self.code = code
    self.known = known
  }

  /// What is wrong, and which accounts are the bank's.
  public var description: String {
    "there is no account \(code) of a bank; give one of \(known.joined(separator: ", "))"
  }
}

extension AccountingReports {
  /// Each bank account on D as known at S: what its statements come to, what is outstanding, and that
  /// both together are its balance in the books.
  ///
  /// Statement balance + outstanding receipts - outstanding payments = book balance; what a statement
  /// shows and the books have later than D stands between them, with the other sign. Amounts are as
  /// the account has them: payments are below zero. Lines of statements carry no balance of their own,
  /// so that the statement's is the balance with which the books began and the sum of all lines; a line
  /// counts from the bank's day of it. `unidentified` are lines, already in the books, that nobody could
  /// explain.
  ///
  /// - Parameters:
  ///   - account: The code of the only account; nil for all of the bank's.
  ///   - isDetailed: Whether every line of a statement has a row, and all that is outstanding; else what
  ///     is outstanding of the months before the first line, of which no statement was read, is told in
  ///     sums.
  /// - Throws: `NoBankAccount` for an account that is none.
  /// - Complexity: O(postings and bank lines).
  public static func bankReconciliation(
    _ clearing: Snapshot<ClearingModel>, _ view: Snapshot<AccountingModel>,
    _ query: AccountingQuery,
    account: String? = nil, isDetailed: Bool = false
  ) throws(NoBankAccount) -> Report {
    let known = ClearingScope(clearing, view, query)
    let chart = known.scope.model.chart.accounts
    let all = known.scope.model.accounts(of: [.bank])
    let wanted = all.filter { account == nil || chart[$0].code == account }
    if let account, wanted.isEmpty {
      throw NoBankAccount(code: account, known: all.map { chart[$0].code })
    }
    var report = known.scope.report(
      "bank-reconciliation", "Bank reconciliation",
      [
        Column("account", .identifier), Column("name", .text), Column("part", .text),
        Column("date", .day), Column("position", .position), Column("document", .identifier),
        Column("party", .identifier), Column("ref", .text), Column("text", .text),
        Column("amount", .amount),
      ])
    report.headingColumns = 2
    let reconciled = ReconciledBank(known)
    var pages = 0
    for index in wanted {
      for currency in known.scope.currencies {
        guard let page = reconciled.page(index, currency, isDetailed: isDetailed)
        else { continue }
        pages += 1
        let lines = isDetailed ? reconciled.lines(index, currency) : nil
        append(page, lines, chart[index], reconciled, to: &report)
      }
    }
    if pages > 0 {
      report.notes.append(
        "Bank lines carry no balance: the statement's is what the books began with and the sum of its "
          + "lines.")
    }
    report.footer = known.footer(entries: reconciled.events)
    return report
  }

  private static func append(
    _ page: ReconciledBank.Page, _ lines: [ReconciledBank.Item]?, _ account: Account,
    _ reconciled: ReconciledBank, to report: inout Report
  ) {
    func amount(_ minorUnits: Int128) -> Amount {
      Amount(minorUnits: Int64(clamping: minorUnits), page.currency)
    }
    func append(_ part: String, _ items: [ReconciledBank.Item]) -> Int128 {
      var sum: Int128 = 0
      for item in items {
        var row: [Cell] = []
        row.reserveCapacity(report.columns.count)
        row.append(.identifier(account.code))
        row.append(.text(account.name))
        row.append(.text(part))
        reconciled.add(item, to: &row)
        row.append(.amount(amount(item.amount)))
        report.append(row)
        sum += item.amount
      }
      return sum
    }
    func sum(_ part: String, _ minorUnits: Int128, _ text: String = "") {
      report.append([
        .identifier(account.code), .text(account.name), .text(part), .empty, .empty, .empty, .empty,
        .empty, .text(text), .amount(amount(minorUnits)),
      ])
    }
    let opening = append("opening", page.openings)
    if let lines {
      _ = append("bank line", lines)
    } else if page.lineCount > 0 {
      let count = page.lineCount
      sum("bank lines", page.lineSum, "\(count) \(count == 1 ? "line" : "lines")")
    }
    let statement = opening + page.lineSum
    sum("statement balance", statement)
    func append(
      _ part: String, _ word: String,
      _ ofMonth: KeyPath<ReconciledBank.UnreadMonth, (count: Int, sum: Int128)>
    ) -> Int128 {
      var total: Int128 = 0
      for month in page.unread where month[keyPath: ofMonth].count > 0 {
        let (count, amount) = month[keyPath: ofMonth]
        sum(part, amount, "\(month.month), \(count) \(count == 1 ? word : word + "s")")
        total += amount
      }
      return total
    }
    let receipts =
      append("outstanding receipts", "receipt", \.receipts)
      + append("outstanding receipt", page.outstanding.filter { $0.amount > 0 })
    let payments =
      append("outstanding payments", "payment", \.payments)
      + append("outstanding payment", page.outstanding.filter { $0.amount < 0 })
    let later = append("not in the books", page.later)
    sum("book balance", Int128(page.balance))
    let difference = Int128(page.balance) - statement - receipts - payments - later
    sum("difference", difference)
    _ = append("unidentified", page.unidentified)
    report.endSection("\(account.code) \(account.name), \(page.currency.code)")
    let between = later == 0 ? "" : " + not in the books \(amount(later).decimal)"
    report.notes.append(
      "\(account.code): statement balance \(amount(statement).decimal) + outstanding receipts "
        + "\(amount(receipts).decimal) - outstanding payments \(amount(0 - payments).decimal)"
        + "\(between) = \(amount(statement + receipts + payments + later).decimal); book balance "
        + "\(amount(Int128(page.balance)).decimal), difference \(amount(difference).decimal)")
    if !page.unread.isEmpty {
      report.notes.append(
        "\(account.code): of months before the first line of a statement, what is outstanding is added "
          + "up; --lines has it one by one.")
    }
  }
}
