import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// What was withheld for an authority from `from` to D as known at S, of whom and on what base: of
  /// wages by payrolls, of suppliers by their invoices.
  ///
  /// The base of wages is what was earned, with an employee's commission; that of an invoice its net. What
  /// moved the account otherwise, as its payment does, stands in the notes with the balances, so that all of
  /// it is what the account moved.
  ///
  /// - Parameter form: What it is summed up by in the place of kind and party: a dimension of
  ///   `GroupedReport.withholding`.
  /// - Throws: `UnknownAccount` for an account that the chart does not have.
  /// - Complexity: O(postings up to D).
  public static func withholding(
    _ view: Snapshot<AccountingModel>, _ query: AccountingQuery,
    filter: JournalFilter = JournalFilter(),
    form: RowForm = RowForm()
  ) throws(UnknownAccount) -> Report {
    let scope = Scope(view, query)
    let sums = WithholdingSums(scope, try PostingSieve(filter, scope))
    var report = form.by == nil ? lines(of: sums, scope) : groups(of: sums, form, scope)
    for roll in sums.rolls where !roll.isNothing {
      let figures = [
        ("opening", roll.opening), ("withheld", roll.withheld), ("paid and other", -roll.other),
        ("owed", roll.opening + roll.withheld + roll.other),
      ]
      report.notes.append(
        "Account of tax withheld, \(roll.currency.code): "
          + figures.map { "\($0) \(Amount(minorUnits: $1, roll.currency).decimal)" }
          .joined(separator: ", "))
    }
    report.footer = scope.footer(entries: sums.entries, debits: CurrencySum())
    return report
  }

  private static func lines(of sums: WithholdingSums, _ scope: Scope) -> Report {
    var report = scope.report(
      "withholding", "Tax withheld",
      [
        Column("kind", .text), Column("party", .identifier), Column("ref", .text),
        Column("documents", .count), Column("base", .amount), Column("withheld", .amount),
        Column("rate", .rate),
      ])
    report.headingColumns = 1
    for kind in WithheldFrom.allCases {
      for line in sums.sorted() where line.kind == kind {
        report.append(
          [.text(kind.words)] + scope.cells(PartyKey(rawValue: line.party)) + [
            .count(line.documents), .amount(Amount(minorUnits: line.base, line.currency)),
            .amount(Amount(minorUnits: line.withheld, line.currency)), line.rate,
          ])
      }
      report.endSection(kind.words)
    }
    report.total("documents", "base", "withheld")
    return report
  }

  private static func groups(
    of sums: WithholdingSums, _ form: RowForm, _ scope: Scope
  ) -> Report {
    let (keys, names) = (RowKeys(scope), ["documents", "base", "withheld"])
    let plain = scope.report(
      "withholding", "Tax withheld",
      [Column("documents", .count), Column("base", .amount), Column("withheld", .amount)])
    var rows = GroupedRows(plain, form, sums: names, figure: "withheld", scope)
    for part in sums.parts {
      let currency = scope.currency(part.row.clinic)
      rows.append(
        { $0 == .kind ? GroupKey(part.kind, part.kind.words) : keys.key($0, part.row) },
        [
          .count(part.documents), .amount(Amount(minorUnits: part.base, currency)),
          .amount(Amount(minorUnits: part.withheld, currency)),
        ])
    }
    return rows.finished()
  }
}

/// Of what something is withheld.
private enum WithheldFrom: Int, CaseIterable {
  case wages
  case invoices

  var words: String { self == .wages ? "wages" : "suppliers' invoices" }

  init?(_ rule: UInt16) {
    let rule = PostingRule.builtIn[Int(rule)]
    if rule.isOf(PayrollApproved.self) {
      self = .wages
    } else if rule.isOf(SupplierInvoiceRecorded.self) {
      self = .invoices
    } else {
      return nil
    }
  }
}

private struct WithholdingSums {
  struct Line {
    let kind: WithheldFrom
    let party: UInt32
    let currency: Currency
    var documents: Int64 = 0
    var base: Int64 = 0
    var withheld: Int64 = 0

    /// What of the base was withheld; empty where that says nothing.
    var rate: Cell {
      guard base > 0, withheld >= 0,
        let points = try? Rounding.halfAwayFromZero(
          Int128(withheld) * 10_000, dividedBy: Int128(base)),
        let narrow = Int64(exactly: points)
      else { return .empty }
      return .rate(Rate(basisPoints: narrow))
    }
  }

  /// What one entry withheld of one party.
  struct Part {
    let kind: WithheldFrom
    /// Its first line of that.
    let row: Posting
    let line: Int
    var documents: Int64 = 0
    var base: Int64 = 0
    var withheld: Int64 = 0
  }

  /// The account in one currency: above zero what is owed.
  struct Roll {
    let currency: Currency
    var opening: Int64 = 0
    var withheld: Int64 = 0
    var other: Int64 = 0

    var isNothing: Bool { opening == 0 && withheld == 0 && other == 0 }
  }

  private var lines: [Line] = []
  private(set) var parts: [Part] = []
  private(set) var rolls: [Roll]
  private(set) var entries = 0
  private let account: Set<Int>
  private let bases: WithholdingBases
  private let sieve: PostingSieve

  init(_ scope: Scope, _ sieve: PostingSieve) {
    self.sieve = sieve
    account = Set(scope.model.accounts(of: [.withheldTax]))
    bases = WithholdingBases(scope.model)
    rolls = scope.currencies.map { Roll(currency: $0) }
    guard scope.through > .min else { return }
    var entry: [Posting] = []
    scope.forEachPosting(in: .min...scope.through) { line in
      if line.row.position != entry.last?.position {
        take(entry, scope)
        entry.removeFew()
      }
      entry.append(line.row)
    }
    take(entry, scope)
  }

  func sorted() -> [Line] {
    lines.sorted { ($0.party, $0.currency) < ($1.party, $1.currency) }
  }

  private mutating func take(_ entry: [Posting], _ scope: Scope) {
    guard entry.contains(where: { account.contains(Int($0.account)) }) else { return }
    let kind = WithheldFrom(entry[0].rule)
    let first = parts.count
    for row in entry where account.contains(Int(row.account)) && sieve.takes(row) {
      let currency = scope.currency(row.clinic)
      guard let roll = rolls.firstIndex(where: { $0.currency == currency }) else { continue }
      guard row.day >= scope.from else {
        rolls[roll].opening -= row.amount
        continue
      }
      guard let kind else {
        rolls[roll].other -= row.amount
        continue
      }
      rolls[roll].withheld -= row.amount
      let line = place(kind, row.party, currency)
      let part = parts[first...].firstIndex { $0.line == line } ?? parts.count
      if part == parts.count { parts.append(Part(kind: kind, row: row, line: line)) }
      parts[part].withheld -= row.amount
    }
    guard let kind, parts.count > first else { return }
    entries += 1
    for part in first..<parts.count {
      let base = bases.base(kind, of: parts[part].row.party, entry)
      (parts[part].base, parts[part].documents) = (base, base < 0 ? -1 : 1)
      let line = parts[part].line
      lines[line].withheld += parts[part].withheld
      lines[line].base += base
      lines[line].documents += parts[part].documents
    }
  }

  private mutating func place(
    _ kind: WithheldFrom, _ party: UInt32, _ currency: Currency
  ) -> Int {
    let found = lines.firstIndex {
      $0.kind == kind && $0.party == party && $0.currency == currency
    }
    if let found { return found }
    lines.append(Line(kind: kind, party: party, currency: currency))
    return lines.count - 1
  }
}

/// On what something is withheld.
private struct WithholdingBases {
  private let earned: Set<Int>
  private let notBase: Set<Int>

  init(_ model: AccountingModel) {
    earned = Set(model.accounts(of: [.wages, .commissionPayable]))
    notBase = Set(
      model.accounts(of: [
        .payables, .withheldTax, .inputTax, .outputTax, .taxNotDeductible, .betweenClinics,
      ]))
  }

  func base(_ kind: WithheldFrom, of party: UInt32, _ entry: [Posting]) -> Int64 {
    switch kind {
    case .wages:
      entry.reduce(0) { sum, row in
        row.party == party && earned.contains(Int(row.account)) ? sum + row.amount : sum
      }
    case .invoices:
      entry.reduce(0) { sum, row in
        notBase.contains(Int(row.account)) ? sum : sum + row.amount
      }
    }
  }
}
