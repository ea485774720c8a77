import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

/// The registers of what was sold on paper.
public enum DocumentsReport {
  /// The sorts of a register that is asked for none: invoices and credit notes.
  public static let usual: Set<SalesDocumentType> = [.invoice, .creditNote]

  /// Every document dated from `from` to D as known at S: a row for each rule of tax, under its clinic and
  /// series in the order of the numbers.
  ///
  /// What credit notes and returns take off is below zero, so that the columns add up. A document that was
  /// undone keeps its number: a second row, dated when it was, takes it back. `due` is the first day on
  /// which some of it is. Of deposits that were invoiced before, an invoice has what is left. The notes say
  /// what each rate comes to, and for each series whether its numbers follow each other without a hole.
  ///
  /// Source: READ-MODELS section 2, "gapless document numbers"; EU VAT Directive, art. 226.
  ///
  /// - Parameters:
  ///   - types: The sorts that are listed.
  ///   - party: The only customer; nil for all.
  ///   - form: What rows are summed up by, and the only values of those: dimensions of
  ///     `GroupedReport.documents`.
  /// - Complexity: O(documents).
  public static func register(
    of types: Set<SalesDocumentType> = usual, to party: PartyKey? = nil,
    _ view: Snapshot<DocumentsModel>,
    _ query: AccountingQuery, form: RowForm = RowForm()
  ) -> Report {
    let scope = DocumentScope(view, query)
    var report = Report(
      name: "invoices", title: title(types), book: query.book, on: scope.isRange ? nil : scope.last,
      from: query.from, to: scope.isRange ? scope.last : nil, knownAt: scope.known, columns: columns
    )
    report.headingColumns = 2
    report.mayHaveSeveralCurrencies = scope.hasSeveralCurrencies
    var rows = GroupedRows(report, form, sums: ["base", "tax", "total"], figure: "total", scope)
    let sieve = RowSieve(form, scope)
    let wanted = party.map { view.model.current($0.rawValue, at: scope.known) }
    var rates: [RateKey: MoneyPair] = [:]
    var listed = 0
    for series in scope.series(types) {
      var sums = MoneyPair()
      let currency = view.model.currency(ofClinic: series.clinic)
      var last = Position.start
      for row in series.rows {
        let customer = view.model.current(row.party, at: scope.known)
        guard wanted ?? customer == customer,
          sieve.takes({ scope.key($0, row, customer, series) })
        else { continue }
        let cells = scope.cells(row, PartyKey(rawValue: customer), currency)
        if form.by == nil {
          report.append(cells)
        } else {
          rows.append({ scope.key($0, row, customer, series) }, cells)
        }
        sums.add(row)
        rates[RateKey(currency: currency, rate: row.rate), default: MoneyPair()].add(row)
        if row.position != last { listed += 1 }
        last = row.position
      }
      guard last != .start, form.by == nil else { continue }
      report.endSection(
        series.title, label: "total \(series.name)",
        totals: Array(repeating: .empty, count: 8) + sums.cells(currency, rate: .empty)
          + [.empty, .empty])
    }
    if form.by == nil { report.total("base", "tax", "total") } else { report = rows.finished() }
    for (key, sum) in rates.sorted(by: { $0.key < $1.key }) {
      report.notes.append(sum.words(key))
    }
    report.notes += scope.series(types).map(\.words)
    if party == nil, form.terms.isEmpty, let others = scope.others(than: types) {
      report.notes.append(others)
    }
    report.footer = Footer(
      position: scope.known, entries: listed, skipped: view.skipped,
      digest: { [model = view.model, known = scope.known] in model.digest(knownAt: known) })
    return report
  }

  private static func title(_ types: Set<SalesDocumentType>) -> String {
    let words = SalesDocumentType.allCases.filter { types.contains($0) }.map { "\($0.words)s" }
    guard let last = words.last, words.count > 1 else { return "Register of \(words.last ?? "")" }
    return "Register of \(words.dropLast().joined(separator: ", ")) and \(last)"
  }

  private static let columns = [
    Column("clinic", .identifier), Column("series", .identifier), Column("number", .count),
    Column("date", .day), Column("due", .day), Column("customer", .identifier),
    Column("ref", .text), Column("taxCode", .identifier), Column("base", .amount),
    Column("rate", .rate), Column("tax", .amount), Column("total", .amount),
    Column("rectifies", .identifier), Column("position", .position),
  ]
}

extension DocumentScope: GroupNames {
  func reference(of stream: StreamID) -> String {
    model.references.text(of: stream, knownAt: known) ?? ""
  }

  func current(_ party: UInt32) -> UInt32 { model.current(party, at: known) }

  fileprivate func key(
    _ dimension: ReportDimension, _ row: DocumentRow, _ customer: UInt32,
    _ series: DocumentSeries
  ) -> GroupKey {
    switch dimension {
    // A series is of its clinic.
    case .series: .words(Int(clamping: series.clinic), series.title)
    case .kind: GroupKey(row.type, row.type.words)
    case .party: GroupKey(customer)
    case .clinic: GroupKey(row.clinic)
    case .month: GroupKey(monthOf: row.day.daysSince1970)
    case .taxCode: GroupKey(row.taxCode)
    default: .none
    }
  }
}

extension DocumentScope {
  /// The cells of a row, in the order of the columns.
  fileprivate func cells(
    _ row: DocumentRow, _ customer: PartyKey, _ currency: Currency
  ) -> [Cell] {
    var sums = MoneyPair()
    sums.add(row)
    let undone = row.undoes == .start ? nil : "\(row.printedNumber) undone"
    return [
      .identifier(ClinicID(row.clinic)), .identifier(row.series),
      .count(Int64(clamping: row.number)), .day(row.day), .day(row.due),
      .identifier(customer.description),
      .text(customer.stream.flatMap { model.references.text(of: $0, knownAt: known) }),
      .identifier(TaxCodeID(row.taxCode)),
    ] + sums.cells(currency, rate: .rate(row.rate)) + [
      .text(undone ?? model.original(of: row)?.printedNumber), .position(row.position),
    ]
  }
}

/// A rate of tax and the currency of what it is on.
struct RateKey: Hashable, Comparable {
  let currency: Currency
  let rate: Rate

  static func < (left: RateKey, right: RateKey) -> Bool {
    (left.currency, left.rate) < (right.currency, right.rate)
  }
}

/// Base and tax, added up in 128 bits.
struct MoneyPair {
  private(set) var base: Int128 = 0
  private(set) var tax: Int128 = 0

  mutating func add(_ row: DocumentRow) {
    base += Int128(row.base)
    tax += Int128(row.tax)
  }

  /// Base, rate, tax and both together; empty where a sum leaves the range of money.
  func cells(_ currency: Currency, rate: Cell) -> [Cell] {
    [cell(base, currency), rate, cell(tax, currency), cell(base + tax, currency)]
  }

  /// `21%: base 100.00, tax 21.00, total 121.00 EUR`.
  func words(_ key: RateKey) -> String {
    let figures = [base, tax, base + tax].map {
      Int64(exactly: $0).map { Amount(minorUnits: $0, key.currency).decimal } ?? "beyond 64 bits"
    }
    return "\(key.rate): base \(figures[0]), tax \(figures[1]), total \(figures[2])"
      + " \(key.currency.code)"
  }

  private func cell(_ sum: Int128, _ currency: Currency) -> Cell {
    .amount(Int64(exactly: sum).map { Amount(minorUnits: $0, currency) })
  }
}
