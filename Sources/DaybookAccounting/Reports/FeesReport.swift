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
  /// - Complexity: O(patients and the postings of their items), and once what items cost to be made.
  public static func fees(_ view: Snapshot<AccountingModel>, _ query: AccountingQuery) -> Report {
    let scope = Scope(view, query)
    var report = scope.report(
      "fees", "Fees by patient",
      [
        Column("patient", .identifier), Column("ref", .text), Column("opening", .amount),
        Column("charged", .amount), Column("discount", .amount), Column("adjusted", .amount),
        Column("paid", .amount), Column("payerPaid", .amount), Column("refunded", .amount),
        Column("open", .amount), Column("payerOpen", .amount),
      ])
    let fees = Fees(scope)
    let items = OpenItems(scope)
    var debits = CurrencySum()
    var entries = 0
    for key in fees.patients {
      for sum in fees.sums(of: fees.lines(of: key, items)) where !sum.isNothing {
        entries += sum.entries
        debits.add(sum.charged, sum.currency)
        report.append(scope.cells(key) + sum.figures.map { fees.cell($0, sum.currency) })
      }
    }
    report.total(
      "opening", "charged", "discount", "adjusted", "paid", "payerPaid", "refunded", "open",
      "payerOpen")
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
    let fees = Fees(scope)
    let lines = fees.lines(of: key, OpenItems(scope))
    var debits = CurrencySum()
    for line in lines {
      let sum = fees.sum(of: line)
      debits.add(sum.charged, line.currency)
      let figures = sum.figures.dropFirst().map { fees.cell($0, line.currency) }
      let open = [line.balance, line.payerOpen].map { fees.cell($0, line.currency) }
      report.append(
        line.isOpening
          ? [.day(query.from), .empty, .text("opening")] + Array(repeating: .empty, count: 9)
            + open
          : [
            .day(Day(daysSince1970: line.day)), .position(line.position), .text(scope.event(line)),
            .identifier(DocumentNames.name(line.document)),
          ] + fees.service(of: line) + figures.dropLast(2) + open)
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

/// What patients were charged and paid, out of the lines of their statements.
private struct Fees {
  /// Sums of one currency, in minor units.
  struct Sum {
    var currency: Currency
    var entries = 0
    var opening: Int64 = 0
    var charged: Int64 = 0
    var discount: Int64 = 0
    var adjusted: Int64 = 0
    var paid: Int64 = 0
    var payerPaid: Int64 = 0
    var refunded: Int64 = 0
    var open: Int64 = 0
    var payerOpen: Int64 = 0

    /// In the order of the columns.
    var figures: [Int64] {
      [opening, charged, discount, adjusted, paid, payerPaid, refunded, open, payerOpen]
    }

    var isNothing: Bool { figures.allSatisfy { $0 == 0 } }
  }

  private let scope: Scope
  private let discounts: Set<UInt16>
  /// The rules by which charges are and were posted.
  private let isOfCharges: [Bool]
  private let postings: History<Posting>

  init(_ scope: Scope) {
    self.scope = scope
    discounts = scope.model.accountRules.meanings(of: .discount)
    isOfCharges = PostingRule.builtIn.map { $0.isOf(ChargePosted.self) }
    postings = scope.model.ledger.postings
  }

  /// All patients known at S, each once, by number.
  var patients: [PartyKey] {
    let hasMerges = scope.model.hasMerges(at: scope.position)
    return scope.model.partyRegistry.list(at: scope.position).compactMap { row in
      guard let raw = UInt32(exactly: row.key), PartyKey(rawValue: raw).patient != nil,
        !hasMerges || scope.model.current(raw, at: scope.position) == raw
      else { return nil }
      return PartyKey(rawValue: raw)
    }.sorted()
  }

  /// The lines of a patient's statement.
  func lines(of key: PartyKey, _ items: OpenItems) -> [StatementLines.Line] {
    var lines = StatementLines(scope, key)
    lines.add(
      items,
      items.places(of: key).filter { items.index.items[$0].key.ledger != .payable }
        + items.places(ofPatient: key))
    return lines.sorted()
  }

  /// What a line comes to; the opening is what was open before it.
  func sum(of line: StatementLines.Line) -> Sum {
    var sum = Sum(currency: line.currency)
    sum.open = line.balance
    sum.payerOpen = line.payerOpen
    if line.isOpening {
      sum.opening = line.balance + line.payerOpen
      return sum
    }
    sum.entries = 1
    sum.discount = line.index.map { discount(of: $0) } ?? 0
    sum.charged = line.charge + sum.discount
    sum.adjusted = line.adjusted
    sum.paid = line.ownPaid + line.refunded
    sum.payerPaid = line.payerPaid
    sum.refunded = line.refunded
    return sum
  }

  /// What lines come to, currency by currency.
  func sums(of lines: [StatementLines.Line]) -> [Sum] {
    var sums: [Sum] = []
    for line in lines {
      let more = sum(of: line)
      if sums.last?.currency != line.currency { sums.append(Sum(currency: line.currency)) }
      let last = sums.count - 1
      sums[last].entries += more.entries
      sums[last].opening += more.opening
      sums[last].charged += more.charged
      sums[last].discount += more.discount
      sums[last].adjusted += more.adjusted
      sums[last].paid += more.paid
      sums[last].payerPaid += more.payerPaid
      sums[last].refunded += more.refunded
      (sums[last].open, sums[last].payerOpen) = (more.open, more.payerOpen)
    }
    return sums
  }

  /// The service of a charge, and what it is called; empty for any other entry.
  func service(of line: StatementLines.Line) -> [Cell] {
    let stream = line.document.stream
    guard stream.kind == .charge, let number = UInt32(exactly: stream.number),
      let index = scope.model.charges.index(ofCharge: number),
      case let service = UInt64(scope.model.charges[index].service), service != 0
    else { return [.empty, .empty] }
    return [
      .identifier(ServiceID(service)),
      .text(scope.model.serviceRegistry.find(service, at: scope.position)?.facts.name),
    ]
  }

  func cell(_ minorUnits: Int64, _ currency: Currency) -> Cell {
    .amount(Amount(minorUnits: minorUnits, currency))
  }

  /// What a charge, or what undoes one, posted as discount.
  ///
  /// - Parameter index: One of its postings.
  private func discount(of index: Int) -> Int64 {
    let known = postings[index]
    guard isOfCharges[Int(known.rule)] else { return 0 }
    var (sum, next) = (Int64(0), index - Int(known.line) + 1)
    while next < postings.count, case let row = postings[next], row.position == known.position {
      if discounts.contains(row.account), scope.includes(clinic: row.clinic) { sum += row.amount }
      next += 1
    }
    return sum
  }
}
