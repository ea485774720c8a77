import DaybookClinicEvents
package import DaybookEngine
package import DaybookEvents
import DaybookReporting
import DaybookValues

/// What reports that answer one question have to come to, since the same postings are behind all of
/// them: each is read as it is printed, and held to the trial balance as that is printed.
package struct ReportTies {
  let view: Snapshot<AccountingModel>
  let query: AccountingQuery
  let trial: TrialFigures
  let model: AccountingModel

  private init(_ view: Snapshot<AccountingModel>, _ query: AccountingQuery) {
    (self.view, self.query, model) = (view, query, view.model)
    trial = TrialFigures(view, query)
  }

  /// Ties the reports of a question together.
  ///
  /// - Parameters:
  ///   - clearing: What clears what, where its reports are to be tied too.
  ///   - earnings: What practitioners earned, likewise.
  /// - Returns: One check a tie, always the same ones in the same order.
  /// - Throws: What a report throws.
  /// - Complexity: O(postings) a tie.
  package static func run(
    _ view: Snapshot<AccountingModel>, _ query: AccountingQuery,
    clearing: Snapshot<ClearingModel>? = nil,
    earnings: Snapshot<EarningsModel>? = nil
  ) throws -> [Check] {
    let ties = ReportTies(view, query)
    var checks = [
      ties.trialBalance, try ties.statements, try ties.sides, try ties.cashFlow, try ties.tax,
      try ties.salesTax, ties.deferred, ties.receivables, ties.credits, ties.payables,
      ties.control, try ties.ledger, try ties.moneyBooks, ties.journal, try ties.revenue,
    ]
    if let clearing { checks.append(try ties.clearing(clearing)) }
    if let earnings { checks.append(try ties.settlement(earnings)) }
    return checks
  }

  /// The same of all that the models of a clinic have, with the proofs of the registers of sales.
  package static func run(_ models: ProjectionHost, _ query: AccountingQuery) throws -> [Check] {
    let books: Snapshot<AccountingModel> = models.snapshot()
    let clearing: Snapshot<ClearingModel> = models.snapshot()
    let earnings: Snapshot<EarningsModel> = models.snapshot()
    let documents: Snapshot<DocumentsModel> = models.snapshot()
    return try run(
      books, query, clearing: clearing, earnings: earnings)
      + DocumentsChecks.run(documents.model, books.model, at: query.knownAt)
  }

  /// One side of a tie: what it is, and the two sums that have to be the same.
  typealias Pair = (what: String, found: MoneySums, wanted: MoneySums)

  func check(_ name: String, _ pairs: [Pair]) -> Check {
    let off = pairs.first { !$0.found.isEqual($0.wanted) }
    return Check(
      name,
      found: off.map { "\($0.what): \($0.found.words), by the trial balance \($0.wanted.words)" },
      over: pairs.map { "\($0.what) \($0.found.words)" }.joined(separator: "; "))
  }

  /// Figures account by account.
  func check(
    _ name: String, _ found: [TiePlace: Int64], _ wanted: [TiePlace: Int64]
  ) -> Check {
    let places = Set(found.keys).union(wanted.keys).sorted()
    let off = places.first { found[$0] ?? 0 != wanted[$0] ?? 0 }
    return Check(
      name,
      found: off.map {
        "\($0.account) in \($0.currency.code): \(found[$0] ?? 0) minor units, by the trial balance "
          + "\(wanted[$0] ?? 0)"
      }, over: "\(places.count) accounts")
  }

  /// Whether a code is one of the accounts that slots mean or have meant, or a part of one.
  func isOf(_ slots: Slot...) -> (String) -> Bool {
    let codes = Set(model.accounts(of: slots).map { model.chart.accounts[$0].code })
    return { codes.contains($0) }
  }

  func kind(_ code: String) -> AccountKind? {
    model.chart.accounts.first { $0.code == code }?.kind
  }

  // MARK: - The statements

  private var trialBalance: Check {
    check(
      "the trial balance comes to nothing",
      [
        ("openings", trial.sum({ _ in true }, \.opening), MoneySums()),
        ("turnover", trial.sum({ _ in true }, \.moved), MoneySums()),
        ("closing entries", trial.sum({ _ in true }, \.closing), MoneySums()),
        ("balances", trial.sum({ _ in true }, \.balance), MoneySums()),
        (
          "openings and turnover",
          trial.sum({ _ in true }) { $0.opening + $0.moved + $0.closing - $0.balance },
          MoneySums()
        ),
      ])
  }

  /// Income and expenses are what happened, without closing entries; all else is how it stands.
  private var statements: Check {
    get throws {
      var (found, wanted): ([TiePlace: Int64], [TiePlace: Int64]) = ([:], [:])
      for report in [
        try AccountingReports.incomeStatement(StatementForm(), view, query),
        try AccountingReports.balanceSheet(StatementForm(), view, query),
      ] {
        for row in report.rows {
          guard let place = report.place(row) else { continue }
          let isDebit = ["expenses", "assets"].contains(report.words(row, "group"))
          found[place, default: 0] += report.minor(row, "amount") * (isDebit ? 1 : -1)
        }
      }
      for (place, row) in trial.rows {
        wanted[place] = isResult(place.account) ? row.moved : row.balance
      }
      return check("the statements are the trial balance, account by account", found, wanted)
    }
  }

  private func isResult(_ code: String) -> Bool {
    switch kind(code) {
    case .income, .expense: true
    default: false
    }
  }

  /// What is not closed yet is all that the accounts of income and expenses have.
  private var sides: Check {
    get throws {
      let report = try AccountingReports.balanceSheet(StatementForm(), view, query)
      let assets = report.sums("amount") { report.words($0, "group") == "assets" }
      let sources = report.sums("amount") { report.words($0, "group") != "assets" }
      let result = report.sums("amount") {
        report.words($0, "group") == "equity" && report.words($0, "account").isEmpty
      }
      return check(
        "both sides of the balance sheet are equal",
        [
          ("assets", assets, sources),
          ("result not closed yet", result, trial.sum(isResult, \.balance).negated),
        ])
    }
  }

  private var cashFlow: Check {
    get throws {
      let report = try AccountingReports.cashFlow(StatementForm(), view, query)
      func sum(_ group: String, _ name: String) -> MoneySums {
        report.sums("amount") {
          report.words($0, "group") == group && report.words($0, "name") == name
        }
      }
      let cash = isOf(.till, .safe, .cashInTransit, .bank, .cardClearing)
      let flow = report.sums("amount") { report.words($0, "group") != "cash" }
      var pairs: [Pair] = [("change", flow, trial.sum(cash) { $0.moved + $0.closing })]
      // Nothing is said of cash where there is none.
      if report.rows.contains(where: { report.words($0, "group") == "cash" }) {
        pairs.append(("cash before", sum("cash", "before"), trial.sum(cash, \.opening)))
        pairs.append(("cash after", sum("cash", "after"), trial.sum(cash, \.balance)))
      }
      return check("the cash flow is the change of the accounts of cash", pairs)
    }
  }

  // MARK: - Taxes and packages

  private var tax: Check {
    get throws {
      let report = try AccountingReports.tax(view, query)
      let scope = Scope(view, query)
      let sums = try TaxSums(scope, JournalFilter())
      func said(_ side: TaxSide, _ name: String) -> MoneySums {
        var said = report.sums("tax") { report.words($0, "side") == name }
        // A note says what moved the account without a code.
        for part in sums.settled where part.side == side { said.add(part.amount, part.currency) }
        return said
      }
      return check(
        "the tax return is what the accounts of taxes moved",
        [
          (
            "output", said(.output, "output"),
            trial.sum(isOf(.outputTax)) { -$0.moved - $0.closing }
          ),
          ("input", said(.input, "input"), trial.sum(isOf(.inputTax)) { $0.moved + $0.closing }),
        ])
    }
  }

  private var salesTax: Check {
    get throws {
      let daily = try AccountingReports.salesTax(view, query)
      let report = try AccountingReports.tax(view, query)
      func sold(_ column: String) -> MoneySums {
        report.sums(column) {
          report.words($0, "side") == "output" && report.words($0, "kind") != "reverse charge"
        }
      }
      return check(
        "sales by tax rate are the output side of the tax return",
        [("net", daily.sums("net"), sold("base")), ("tax", daily.sums("tax"), sold("tax"))])
    }
  }

  private var deferred: Check {
    let report = AccountingReports.deferred(view, query)
    let income = isOf(.packageIncome)
    let balance = trial.sum(income) { -$0.balance }
    guard query.from != nil else {
      return check("deferred income is its account", [("value", report.sums("value"), balance)])
    }
    var moved = MoneySums()
    for name in ["new", "used", "expired", "cancelled"] { moved.add(report.sums(name)) }
    return check(
      "deferred income is its account",
      [
        ("opening", report.sums("opening"), trial.sum(income) { -$0.opening }),
        ("what moved", moved, trial.sum(income) { -$0.moved - $0.closing }),
        ("closing", report.sums("closing"), balance),
      ])
  }
}
