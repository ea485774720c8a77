import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookReporting
import DaybookValues

// Ledgers beneath the accounts, and registers.
extension ReportTies {
  var receivables: Check {
    let report = AccountingReports.receivables(view, query)
    var buckets = MoneySums()
    for name in ["current", "d30", "d60", "d90", "over90"] { buckets.add(report.sums(name)) }
    let owed = trial.sum(isOf(.patientReceivable, .payerReceivable), \.balance)
    return check(
      "receivables are their accounts",
      [
        ("total", report.sums("total"), owed), ("by age", buckets, owed),
        ("credit", report.sums("credit"), trial.sum(isOf(.deposit, .credit)) { -$0.balance }),
      ])
  }

  /// Deposits and credits are on accounts of their own.
  var credits: Check {
    let report = AccountingReports.credits(view, query)
    let isCredit = isOf(.deposit, .credit)
    var (found, wanted): ([TiePlace: Int64], [TiePlace: Int64]) = ([:], [:])
    for row in report.rows {
      guard let place = report.place(row) else { continue }
      found[place, default: 0] -= report.minor(row, "open")
    }
    for (place, row) in trial.rows where isCredit(place.account) { wanted[place] = row.balance }
    return check("deposits and credits are their accounts", found, wanted)
  }

  var payables: Check {
    let report = AccountingReports.payables(view, query)
    var buckets = MoneySums()
    for name in ["current", "d30", "d60", "d90", "over90"] { buckets.add(report.sums(name)) }
    let owed = trial.sum(isOf(.payables)) { -$0.balance }
    return check(
      "payables are their account",
      [("total", report.sums("total"), owed), ("by age", buckets, owed)])
  }

  /// The page of control accounts has the balances of the trial balance, and no difference.
  var control: Check {
    let report = AccountingReports.control(view, query)
    var (found, wanted): ([TiePlace: Int64], [TiePlace: Int64]) = ([:], [:])
    var differences: [String] = []
    // Rows of parties have no balance of their own.
    for row in report.rows where !report.words(row, "ledger").isEmpty {
      guard let place = report.place(row),
        report.words(row, "party").isEmpty && report.words(row, "ref").isEmpty,
        Set(["open items", "documents", "packages", "parties"]).contains(
          report.words(row, "ledger"))
      else { continue }
      found[place] = report.minor(row, "balance")
      wanted[place] = trial.rows[place]?.balance ?? 0
      if report.minor(row, "difference") != 0 { differences.append(place.account) }
    }
    let balances = check("control accounts are their ledgers", found, wanted)
    guard let first = differences.first, balances.passed else { return balances }
    return Check(
      balances.name, passed: false, detail: "\(first) differs from the ledger beneath it")
  }

  /// The general ledger opens, moves and closes as the trial balance does.
  var ledger: Check {
    get throws {
      let report = try AccountingReports.ledger(JournalFilter(), view, query)
      return ends(of: report, "the general ledger is the trial balance") { _ in true }
    }
  }

  var moneyBooks: Check {
    get throws {
      let name = "the cash book and the bank book are their accounts"
      for (book, slots) in [
        (MoneyBook.cash, isOf(.till, .safe, .cashInTransit)), (.bank, isOf(.bank, .cardClearing)),
      ] {
        let report = try AccountingReports.moneyBook(book, view, query)
        let check = ends(of: report, name, slots)
        guard check.passed else { return check }
      }
      return Check(name, passed: true, detail: "both")
    }
  }

  /// Openings, turnover and closings of a ledger, and the last of its running balances.
  private func ends(
    of report: Report, _ name: String, _ isMeant: (String) -> Bool
  ) -> Check {
    var found: [String: [TiePlace: Int64]] = [:]
    for row in report.rows {
      guard let place = report.place(row) else { continue }
      switch report.words(row, "event") {
      case "opening": found["opening", default: [:]][place] = report.minor(row, "running")
      case "closing":
        found["balance", default: [:]][place] = report.minor(row, "running")
        found["turnover", default: [:]][place] =
          report.minor(row, "debit") - report.minor(row, "credit")
      default:
        found["lines", default: [:]][place, default: 0] +=
          report.minor(row, "debit") - report.minor(row, "credit")
      }
    }
    for (part, figure) in [
      ("opening", \TrialFigures.Row.opening), ("balance", \.balance), ("turnover", \.turnover),
      ("lines", \.turnover),
    ] as [(String, KeyPath<TrialFigures.Row, Int64>)] {
      var wanted: [TiePlace: Int64] = [:]
      for (place, row) in trial.rows where isMeant(place.account) {
        wanted[place] = row[keyPath: figure]
      }
      let check = check("\(name), \(part)", found[part] ?? [:], wanted)
      guard check.passed else { return check }
    }
    return Check(name, passed: true, detail: "\(report.rows.count) rows")
  }

  var journal: Check {
    let report = AccountingReports.journal(view, query)
    var (found, wanted): ([TiePlace: Int64], [TiePlace: Int64]) = ([:], [:])
    for row in report.rows {
      guard let place = report.place(row) else { continue }
      found[place, default: 0] += report.minor(row, "debit") - report.minor(row, "credit")
    }
    for (place, row) in trial.rows { wanted[place] = row.turnover }
    return check("the journal is the turnover of the trial balance", found, wanted)
  }

  /// By whatever it is grouped, revenue is the same.
  var revenue: Check {
    get throws {
      let whole = AccountingReports.revenue(by: .month, view, query)
      var pairs: [Pair] = []
      for dimension in RevenueDimension.allCases {
        let report = AccountingReports.revenue(by: dimension, view, query)
        for column in ["gross", "discount", "net", "collected"] {
          pairs.append(
            ("\(column) by \(dimension.rawValue)", report.sums(column), whole.sums(column)))
        }
      }
      return check("revenue is the same by whatever it is grouped", pairs)
    }
  }

  /// What payers owe on claims and beside, goods that nobody has invoiced, and the bank.
  func clearing(_ clearing: Snapshot<ClearingModel>) throws -> Check {
    let goods = AccountingReports.goodsNotInvoiced(clearing, view, query)
    let bank = try AccountingReports.bankReconciliation(clearing, view, query)
    let debts = AccountingReports.payersDebts(clearing, view, query)
    var owed = MoneySums()
    for amount in debts.claimed + debts.beside { owed.add(amount.minorUnits, amount.currency) }
    func part(_ name: String) -> MoneySums {
      bank.sums("amount") { bank.words($0, "part") == name }
    }
    return check(
      "claims, goods not invoiced and the bank are their accounts",
      [
        ("payers owe", owed, trial.sum(isOf(.payerReceivable), \.balance)),
        ("goods", goods.sums("open"), trial.sum(isOf(.goodsNotInvoiced)) { -$0.balance }),
        ("bank", part("book balance"), trial.sum(isOf(.bank), \.balance)),
        ("difference of the bank", part("difference"), MoneySums()),
      ])
  }

  /// What is owed to practitioners, and what their treatments came to.
  func settlement(_ earnings: Snapshot<EarningsModel>) throws -> Check {
    let report = AccountingReports.settlement(earnings, view, query)
    let margin = try AccountingReports.margin(earnings, view, query)
    let byPerson = try AccountingReports.margin(
      earnings, view, query, form: RowForm(by: .practitioner))
    return check(
      "settlements and margins are commission payable and income",
      [
        (
          "owed", report.sums("owed"), trial.sum(isOf(.commissionPayable)) { -$0.balance }
        ),
        ("net of services", margin.sums("net"), earned),
        ("net of practitioners", byPerson.sums("net"), earned),
        ("margin", margin.sums("contribution"), byPerson.sums("contribution")),
      ])
  }

  /// What charges, and packages that were given up, posted on the accounts of income.
  private var earned: MoneySums {
    let (scope, income) = (
      Scope(view, query),
      isOf(.exemptIncome, .taxableIncome, .feeIncome, .discount, .packageBreakage)
    )
    var sums = MoneySums()
    scope.forEachPosting { row, _ in
      let rule = PostingRule.builtIn[Int(row.rule)]
      guard rule.isOf(ChargePosted.self) || rule.isOf(PackageCancelled.self), row.day >= scope.from,
        income(model.chart.accounts[Int(row.account)].code)
      else { return }
      sums.add(0 &- row.amount, scope.currency(row.clinic))
    }
    return sums
  }
}

extension TrialFigures.Row {
  /// With the entries that close a year.
  fileprivate var turnover: Int64 { moved + closing }
}
