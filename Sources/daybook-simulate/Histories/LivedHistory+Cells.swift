import Daybook

// Cells of reports that are no balance of an account: the events that explain each sum to it.
extension LivedHistory {
  /// - Precondition: The books are in one currency.
  func explainCells(_ view: Snapshot<AccountingModel>, _ question: BookQuestion) throws {
    try explainPayables(view, question)
    try explainRevenue(view, question)
    try explainTax(view, question)
    try explainDeferred(view, question)
  }

  private func explainPayables(
    _ view: Snapshot<AccountingModel>, _ question: BookQuestion
  ) throws {
    var query = question.query
    query.from = nil
    let report = AccountingReports.payables(view, query)
    func expect(_ subject: ExplainSubject, _ wanted: Int64) throws {
      let explained = try AccountingReports.explain(subject, view, query)
      guard sum(explained, "credit") - sum(explained, "debit") == wanted else {
        throw broken(.explain, "\(subject) \(question.words) is not what explains it")
      }
    }
    for row in report.rows {
      guard let party = PartyKey(parsing: Report.text(row[0])) else { continue }
      for age in AgeBucket.allCases {
        try expect(.payables(party: party, age: age), report.minor(row, age.name))
      }
      try expect(.payables(party: party), report.minor(row, "total"))
    }
    for age in AgeBucket.allCases {
      try expect(.payables(age: age), sum(report, age.name))
    }
  }

  /// Holds every cell of a column of a report in sums to what explains it.
  private func expect(
    _ column: String, of report: Report, _ question: BookQuestion, _ what: String,
    _ explain: (String) throws -> Report
  ) throws {
    guard report.columns.contains(where: { $0.name == column }) else { return }
    for row in report.rows {
      let explained = try explain(Report.text(row[0]))
      let events = explained.rows.reduce(Int64(0)) {
        $0 + Report.number($1[explained.column("amount")])
      }
      guard events == Report.number(row[report.column(column)]) else {
        throw broken(
          .explain,
          "\(what), \(column) of \(Report.text(row[0])), \(question.words) is not \(events), "
            + "which explains it")
      }
    }
  }

  private func explainRevenue(
    _ view: Snapshot<AccountingModel>, _ question: BookQuestion
  ) throws {
    for dimension in RevenueDimension.allCases {
      let report = AccountingReports.revenue(by: dimension, view, question.query)
      for figure in RevenueFigure.allCases {
        try expect(figure.rawValue, of: report, question, "revenue by \(dimension)") {
          AccountingReports.explain(revenue: figure, in: $0, by: dimension, view, question.query)
        }
      }
    }
  }

  private func explainTax(_ view: Snapshot<AccountingModel>, _ question: BookQuestion) throws {
    for dimension in GroupedReport.tax.dimensions {
      let report = try AccountingReports.tax(view, question.query, form: RowForm(by: dimension))
      for figure in TaxFigure.allCases {
        try expect(figure.rawValue, of: report, question, "tax by \(dimension)") {
          try AccountingReports.explain(tax: figure, in: $0, by: dimension, view, question.query)
        }
      }
    }
  }

  private func explainDeferred(
    _ view: Snapshot<AccountingModel>, _ question: BookQuestion
  ) throws {
    // Without a first day the report is of sessions, and has no movements.
    guard question.query.from != nil else { return }
    for dimension in [nil] + GroupedReport.deferred.dimensions.map(Optional.some) {
      let report = AccountingReports.deferred(view, question.query, form: RowForm(by: dimension))
      for figure in DeferredFigure.allCases {
        try expect(figure.rawValue, of: report, question, "deferred income") {
          AccountingReports.explain(
            deferred: figure, in: $0, by: dimension, view, question.query)
        }
      }
    }
  }
}

extension Report {
  fileprivate static func number(_ cell: Cell) -> Int64 {
    if case .count(let count) = cell { count } else { minor(cell) }
  }
}
