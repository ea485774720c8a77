public import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
public import DaybookValues

extension AccountingReports {
  /// What each patient was charged in the days from `from` to D as known at S, and what became of it.
  ///
  /// `charged` is before discounts, which are told without their tax; `paid` is what the patient paid,
  /// and `refunded` what of credit went back. Opening and charged, less discount, adjusted, paid and
  /// payerPaid, and refunded on top, are what is open of the patient's own less credit, and what payers
  /// owe, at the end. Charged less discount, paid less refunded, payerPaid and adjusted are the totals of
  /// the patient's statement of the same days.
  /// Patients of whom the days know nothing are left out.
  ///
  /// - Parameter form: What of it is asked for, or what it is summed up by instead: a dimension of
  ///   `GroupedReport.fees`. What no charge is behind, such as a deposit, is of no practitioner.
  /// - Complexity: O(postings up to D).
  public static func fees(
    _ view: Snapshot<AccountingModel>, _ query: AccountingQuery, form: RowForm = RowForm()
  ) -> Report {
    let scope = Scope(view, query)
    var report = scope.report(
      "fees", "Fees by patient",
      [
        Column("patient", .identifier), Column("ref", .text), Column("opening", .amount),
        Column("charged", .amount), Column("discount", .amount), Column("adjusted", .amount),
        Column("paid", .amount), Column("payerPaid", .amount), Column("refunded", .amount),
        Column("open", .amount), Column("payerOpen", .amount),
      ])
    var debits = CurrencySum()
    var entries = 0
    var pass = FeePass(scope, form)
    if form.by != nil {
      report.title = "Fees"
      var rows = GroupedRows(
        report, form, sums: report.columns.dropFirst(2).map(\.name), figure: "charged", scope,
        countsRows: false)
      let keys = RowKeys(scope)
      pass.forEachLine { line in
        let sum = line.sum
        rows.add({ line.key($0, keys) }, sum.currency) { sums in
          for (index, figure) in sum.figures.enumerated() { sums[index].add(figure) }
        }
        entries += sum.entries
        debits.add(sum.charged, sum.currency)
      }
      report = rows.finished()
    } else {
      pass.forEachSum { key, sum in
        entries += sum.entries
        debits.add(sum.charged, sum.currency)
        report.append(scope.cells(key) + sum.figures.map { sum.cell($0) })
      }
      report.total(
        "opening", "charged", "discount", "adjusted", "paid", "payerPaid", "refunded", "open",
        "payerOpen")
    }
    report.footer = scope.footer(entries: entries, debits: debits)
    return report
  }

  /// The fees of one patient, entry by entry: what was done, what it cost, who paid.
  ///
  /// The columns are those of all patients, with `open` and `payerOpen` as they stood after each entry.
  ///
  /// - Complexity: O(postings of the patient's items), and once what items cost to be made.
  public static func fees(
    of patient: PatientID, _ view: Snapshot<AccountingModel>, _ query: AccountingQuery
  ) -> Report {
    let scope = Scope(view, query)
    let patient = scope.model.current(patient, at: scope.position)
    var report = scope.report(
      "fees", "Fees of \(patient)",
      [
        Column("date", .day), Column("position", .position), Column("event", .text),
        Column("document", .identifier), Column("service", .identifier), Column("text", .text),
        Column("charged", .amount), Column("discount", .amount), Column("adjusted", .amount),
        Column("paid", .amount), Column("payerPaid", .amount), Column("refunded", .amount),
        Column("open", .amount), Column("payerOpen", .amount),
      ])
    guard let key = PartyKey(patient) else { return report }
    let lines = StatementLines(feesOf: key, scope).sorted()
    let discounts = ChargeDiscounts(scope)
    var debits = CurrencySum()
    for line in lines {
      var sum = FeeSum(currency: line.currency)
      sum.add(line, discount: line.index.map { discounts.discount(at: $0) } ?? 0)
      debits.add(sum.charged, line.currency)
      let open = [line.balance, line.payerOpen].map { sum.cell($0) }
      report.append(
        line.isOpening
          ? [.day(query.from), .empty, .text("opening")] + Array(repeating: .empty, count: 9)
            + open
          : [
            .day(Day(daysSince1970: line.day)), .position(line.position), .text(scope.event(line)),
            .identifier(DocumentNames.name(line.document)),
          ] + scope.service(of: line) + sum.figures[1...6].map { sum.cell($0) } + open)
    }
    report.total("charged", "discount", "adjusted", "paid", "payerPaid", "refunded")
    if let last = report.rows.last, Set(lines.map(\.currency)).count == 1 {
      report.setTotal("open", last[12])
      report.setTotal("payerOpen", last[13])
    }
    if case .text(let reference) = scope.cells(key)[1], !reference.isEmpty {
      report.notes.append("ref \(reference)")
    }
    report.footer = scope.footer(
      entries: lines.filter { !$0.isOpening }.count, debits: debits)
    return report
  }
}

extension StatementLines {
  /// Those of what a patient owes and has to its credit, and of what others owe for its charges.
  fileprivate init(feesOf key: PartyKey, _ scope: Scope) {
    self.init(scope, key)
    let items = OpenItems(scope)
    add(
      items,
      items.places(of: key).filter { items.index.items[$0].key.ledger != .payable }
        + items.places(ofPatient: key))
  }
}

extension Scope {
  /// The service of a charge, and what it is called; empty for any other entry.
  fileprivate func service(of line: StatementLines.Line) -> [Cell] {
    let stream = line.document.stream
    guard stream.kind == .charge, let number = UInt32(exactly: stream.number),
      let service = model.charges.row(ofCharge: number).map({ UInt64($0.service) }), service != 0
    else { return [.empty, .empty] }
    return [
      .identifier(ServiceID(service)),
      .text(model.serviceRegistry.find(service, at: position)?.facts.name),
    ]
  }
}
