import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// What is owed of taxes on sales from `from` to D as known at S, and what is deducted: for each tax
  /// code the bases and the tax, by what was taxed.
  ///
  /// Deposits stand apart: taxed when they are received, and deducted where they settle a supply that is
  /// taxed then. What is not deducted stands beside what is, and its share, the pro-rata, in a note. The
  /// total is what is to be paid. What moved the accounts of taxes without a code, such as the return
  /// itself, stands in a note, so that all of it is what they moved.
  ///
  /// Source: Directive 2006/112/EC, articles 63 to 65 (when tax is due), 90 (credit notes), 173 to 175
  /// (pro-rata), 194 to 199 (reverse charge).
  ///
  /// A rate is that of the day on which a thing was taxed first: a credit note and a return are at the
  /// rates of what they take back, which `documents` say, and a deposit that is deducted at its own.
  ///
  /// A filter asks for a part of it, such as what concerns one party: bases and tax that bear it.
  ///
  /// - Parameters:
  ///   - form: What it is summed up by: a dimension of `GroupedReport.tax`, with output beside input.
  ///   - documents: The documents of sales, where a tax code has had several rates; see
  ///     `hasChangedRates`.
  /// - Throws: `UnknownAccount` for an account that the chart does not have.
  /// - Complexity: O(postings of the chunks that touch the days).
  public static func tax(
    _ view: Snapshot<AccountingModel>, _ query: AccountingQuery,
    filter: JournalFilter = JournalFilter(), form: RowForm = RowForm(),
    documents: Snapshot<DocumentsModel>? = nil
  ) throws(UnknownAccount) -> Report {
    let scope = Scope(view, query)
    if form.by != nil { return try taxSums(scope, filter, form, documents) }
    var report = scope.report(
      "tax", "Tax return",
      [
        Column("side", .text), Column("taxCode", .identifier), Column("ref", .text),
        Column("rate", .rate), Column("kind", .text), Column("base", .amount),
        Column("tax", .amount), Column("notDeductible", .amount),
      ])
    report.headingColumns = 1
    let sums = try TaxSums(scope, filter, documents: documents)
    var payable: [Currency: Int64] = [:]
    for side in TaxSide.allCases {
      var totals: [Currency: (base: Int64, tax: Int64, lost: Int64)] = [:]
      let title = side == .output ? "output" : "input"
      for line in sums.lines where line.key.side == side {
        report.append([.text(title)] + scope.cells(line))
        let sum = totals[line.key.currency] ?? (0, 0, 0)
        totals[line.key.currency] = (
          sum.base + line.base, sum.tax + line.tax, sum.lost + line.notDeductible
        )
        payable[line.key.currency, default: 0] += side == .output ? line.tax : -line.tax
      }
      guard !totals.isEmpty else { continue }
      report.endSection(
        title, label: "total \(title)",
        totals: totals.count == 1
          ? totals.flatMap { currency, sum in
            [.empty, .empty, .empty, .empty, .empty]
              + side.cells(sum.base, sum.tax, sum.lost, currency)
          } : [])
      if side == .input {
        for (currency, sum) in totals.sorted(by: { $0.key < $1.key }) {
          if let note = scope.proRata(sum.tax, sum.lost, currency) { report.notes.append(note) }
        }
      }
    }
    if payable.count == 1, let (currency, amount) = payable.first {
      report.setTotal("side", .text(amount < 0 ? "to be refunded" : "to be paid"))
      report.setTotal("tax", .amount(Amount(minorUnits: amount, currency)))
    }
    for settled in sums.settled {
      report.notes.append(
        "Posted without a tax code to the account of \(settled.side == .output ? "output" : "input") "
          + "tax, as a return is: \(Amount(minorUnits: settled.amount, settled.currency).decimal) "
          + settled.currency.code)
    }
    report.footer = scope.footer(entries: sums.entries, debits: sums.debits)
    return report
  }
}

extension AccountingReports {
  /// The tax return in sums: a column each for what output and input come to.
  private static func taxSums(
    _ scope: Scope, _ filter: JournalFilter, _ form: RowForm, _ documents: Snapshot<DocumentsModel>?
  ) throws(UnknownAccount) -> Report {
    let names = [
      "outputBase", "outputTax", "inputBase", "inputTax", "notDeductible", "payable",
    ]
    var rows = GroupedRows(
      scope.report("tax", "Tax return", names.map { Column($0, .amount) }), form, sums: names,
      figure: "payable", scope, countsRows: false)
    let sums = try TaxSums(
      scope, filter, documents: documents, byDay: form.mentions(.month),
      byClinic: form.mentions(.clinic))
    for line in sums.lines {
      let key = { scope.key($0, line.key) }
      rows.add(key, line.key.currency) { figures in
        let first = line.key.side == .output ? 0 : 2
        figures[first].add(line.base)
        figures[first + 1].add(line.tax)
        figures[4].add(line.notDeductible)
        figures[5].total += Int128(line.tax) * (line.key.side == .output ? 1 : -1)
      }
    }
    var report = rows.finished()
    report.footer = scope.footer(entries: sums.entries, debits: sums.debits)
    return report
  }
}

extension TaxSide {
  /// The figures of a line or of its side; of tax that is owed nothing could be deducted.
  fileprivate func cells(
    _ base: Int64, _ tax: Int64, _ notDeductible: Int64, _ currency: Currency
  ) -> [Cell] {
    let figures = [base, tax] + (self == .input ? [notDeductible] : [])
    let cells: [Cell] = figures.map { .amount(Amount(minorUnits: $0, currency)) }
    return self == .input ? cells : cells + [.empty]
  }
}

extension Scope {
  fileprivate func cells(_ line: TaxSums.Line) -> [Cell] {
    let code = TaxCodeID(UInt64(line.key.code))
    return [
      .identifier(code), .text(model.reference(code.stream, at: position)),
      .rate(Rate(basisPoints: Int64(line.key.rate))), .text(line.key.kind.words),
    ] + line.key.side.cells(line.base, line.tax, line.notDeductible, line.key.currency)
  }

  /// What of the tax that others charged is deducted, in words; nil where there is none.
  fileprivate func proRata(_ deducted: Int64, _ lost: Int64, _ currency: Currency) -> String? {
    let all = Int128(deducted) + Int128(lost)
    guard all != 0, lost != 0,
      let points = try? Rounding.halfAwayFromZero(Int128(deducted) * 10_000, dividedBy: all),
      let narrow = Int64(exactly: points), let whole = Int64(exactly: all)
    else { return nil }
    return "Deducted of input tax: \(Amount(minorUnits: deducted, currency).decimal) of "
      + "\(Amount(minorUnits: whole, currency).decimal) \(currency.code), "
      + Rate(basisPoints: narrow).description
  }
}

/// Bases and taxes by side, code, rate and kind.
struct TaxSums {
  struct Key: Hashable {
    var side: TaxSide
    var code: UInt16
    /// Basis points, as they were on the day.
    var rate: Int32
    var kind: TaxedKind
    var currency: Currency
    /// The day, where each has lines of its own.
    var day: Int32 = 0
    /// The clinic's index among the clinics, where each has lines of its own.
    var clinic: UInt16 = 0
  }

  struct Line {
    var key: Key
    var base: Int64 = 0
    var tax: Int64 = 0
    var notDeductible: Int64 = 0
  }

  struct Settled {
    var side: TaxSide
    var currency: Currency
    var amount: Int64 = 0
  }

  private(set) var lines: [Line] = []
  private(set) var settled: [Settled] = []
  private(set) var debits = CurrencySum()
  var entries: Int { counter.total }

  private var counter = EntryCounter()
  // Only asked for a key, never iterated.
  private var places: [Key: Int] = [:]
  /// Where the last part of each side went, which is where the next one goes as a rule.
  private var last = [Int](repeating: -1, count: TaxSide.allCases.count)

  /// - Parameters:
  ///   - filter: Which postings are asked for; of a tax code, what is under it, also where its posting
  ///     bears none itself.
  ///   - documents: The documents of sales, which say at what rate they are.
  ///   - sides: Which sides are wanted.
  ///   - byDay: Whether each day has lines of its own.
  ///   - byClinic: Whether each clinic has lines of its own.
  /// - Throws: `UnknownAccount` for an account that the chart does not have.
  init(
    _ scope: Scope, _ filter: JournalFilter, documents: Snapshot<DocumentsModel>? = nil,
    sides: [TaxSide] = TaxSide.allCases, byDay: Bool = false, byClinic: Bool = false
  ) throws(UnknownAccount) {
    var filter = filter
    let code = filter.dimensions.removeValue(forKey: .taxCode)
    let sieve = try PostingSieve(filter, scope)
    guard let days = scope.days else { return }
    let posts = TaxPosts(scope.model)
    var rates = TaxRates(scope, documents)
    var entry: [Posting] = []
    var concernsTax = false
    func end() {
      if concernsTax { takeEntry() }
      entry.removeAll(keepingCapacity: true)
      concernsTax = false
    }
    func takeEntry() {
      for row in entry where sieve.takes(row) {
        let currency = scope.currency(row.clinic)
        if let side = posts.settles(row) {
          if code == nil { settle(side, currency, side == .output ? -row.amount : row.amount) }
          continue
        }
        posts.forEachPart(row, of: entry) { part in
          guard sides.contains(part.side), code ?? UInt64(part.code) == UInt64(part.code) else {
            return
          }
          counter.count(row)
          if row.amount > 0 { debits.add(row.amount, currency) }
          add(
            part,
            Key(
              side: part.side, code: part.code, rate: rates.rate(part.code, of: row, posts),
              kind: part.kind, currency: currency, day: byDay ? row.day : 0,
              clinic: byClinic ? row.clinic : 0))
        }
      }
    }
    scope.forEachPosting(in: days) { line in
      if line.row.position != entry.last?.position { end() }
      entry.append(line.row)
      // Most entries have nothing to do with taxes.
      concernsTax = concernsTax || posts.concerns(line.row)
    }
    end()
    lines.removeAll { $0.base == 0 && $0.tax == 0 && $0.notDeductible == 0 }
    lines.sort { Self.order($0.key) < Self.order($1.key) }
    settled.removeAll { $0.amount == 0 }
  }

  private static func order(_ key: Key) -> (Int32, Int, Int32, String, UInt16, Int) {
    (
      key.day, key.side.rawValue * 65_536 + Int(key.code), key.rate, key.currency.code,
      key.clinic, key.kind.rawValue
    )
  }

  private mutating func settle(_ side: TaxSide, _ currency: Currency, _ amount: Int64) {
    let place = settled.firstIndex { $0.side == side && $0.currency == currency } ?? settled.count
    if place == settled.count { settled.append(Settled(side: side, currency: currency)) }
    settled[place].amount += amount
  }

  private mutating func add(_ part: TaxPart, _ key: Key) {
    let place = place(key)
    switch part.figure {
    case .base: lines[place].base += part.amount
    case .tax: lines[place].tax += part.amount
    case .notDeductible: lines[place].notDeductible += part.amount
    }
  }

  private mutating func place(_ key: Key) -> Int {
    let recent = last[key.side.rawValue]
    if recent >= 0, lines[recent].key == key { return recent }
    let place = places[key] ?? lines.count
    if place == lines.count {
      places[key] = place
      lines.append(Line(key: key))
    }
    last[key.side.rawValue] = place
    return place
  }
}
