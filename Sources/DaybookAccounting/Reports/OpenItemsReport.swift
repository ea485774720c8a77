public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// Every receivable that is open on D as known at S, and every credit, by document.
  ///
  /// `amount` is what the party was asked for: what the charge, or the transfer, put on it. Open and
  /// credit sum to what `receivables` says of the party; credit is never netted.
  ///
  /// - Parameters:
  ///   - party: The only party; nil for all.
  ///   - form: The only values of dimensions of `GroupedReport.receivables`.
  public static func openReceivables(
    _ view: Snapshot<AccountingModel>, _ query: AccountingQuery, of party: PartyKey? = nil,
    form: RowForm = RowForm()
  ) -> Report {
    openItems(
      "receivables", "Open receivables", [.receivable, .credit],
      [Column("party", .identifier), Column("ref", .text), Column("kind", .text)], view, query,
      party, form)
  }

  /// Every supplier's invoice that is open on D as known at S, by document.
  ///
  /// - Parameters:
  ///   - supplier: The only supplier; nil for all.
  ///   - form: The only values of dimensions of `GroupedReport.payables`.
  public static func openPayables(
    _ view: Snapshot<AccountingModel>, _ query: AccountingQuery, of supplier: PartyKey? = nil,
    form: RowForm = RowForm()
  ) -> Report {
    openItems(
      "payables", "Open payables", [.payable],
      [Column("supplier", .identifier), Column("ref", .text)], view, query, supplier, form)
  }

  private static func openItems(
    _ name: String, _ title: String, _ ledgers: [ItemLedger], _ columns: [Column],
    _ view: Snapshot<AccountingModel>, _ query: AccountingQuery, _ party: PartyKey?,
    _ form: RowForm
  ) -> Report {
    let scope = Scope(view, query)
    let hasCredit = ledgers.contains(.credit)
    var columns = columns
    columns += [
      Column("document", .identifier), Column("invoice", .text), Column("date", .day),
      Column("due", .day), Column("amount", .amount), Column("open", .amount),
      Column("age", .text),
    ]
    if hasCredit { columns.append(Column("credit", .amount)) }
    var report = scope.report(name, title, columns)
    let items = OpenItems(scope)
    let (keys, sieve) = (RowKeys(scope), RowSieve(form, scope))
    for line in OpenItemLine.lines(items, ledgers, of: party)
    where sieve.takes({ keys.key($0, line.item) }) {
      let party = line.item.party
      var row = hasCredit ? scope.cellsAndKind(party) : scope.cells(party)
      row += [
        .identifier(line.document), .text(line.invoice), .day(Day(daysSince1970: line.began)),
      ]
      let open = Cell.amount(Amount(minorUnits: line.item.state.open, line.currency))
      let asked = Cell.amount(Amount(minorUnits: line.asked, line.currency))
      if line.item.key.ledger == .credit {
        row += [.empty, asked, .empty, .empty, open]
      } else {
        row += [.day(Day(daysSince1970: line.due)), asked, open, .text(line.bucket.words)]
        if hasCredit { row.append(.empty) }
      }
      report.append(row)
    }
    report.total("open")
    if hasCredit { report.total("credit") }
    report.footer = scope.footer(ledgers, items)
    return report
  }
}

/// An open item with what is printed of it.
struct OpenItemLine {
  let item: OpenAmount
  let currency: Currency
  /// The thing that the debt is of, printed: `C311`.
  let document: String
  /// The number of the invoice that asks for it; empty where none does.
  let invoice: String
  /// When it began, and when it is due.
  let began: Int32
  let due: Int32
  /// What was asked for.
  let asked: Int64
  let bucket: AgeBucket

  /// The open items of `ledgers`: by party, currency, due day and document.
  static func lines(
    _ items: OpenItems, _ ledgers: [ItemLedger], of party: PartyKey? = nil
  ) -> [OpenItemLine] {
    let aging = Aging(items.scope)
    var lines: [OpenItemLine] = []
    if let party {
      let current = items.scope.model.current(party.rawValue, at: items.scope.position)
      items.forEach(ledgers, of: PartyKey(rawValue: current)) {
        lines.append(OpenItemLine($0, items, aging))
      }
    } else {
      items.forEach(ledgers) { lines.append(OpenItemLine($0, items, aging)) }
    }
    return lines.sorted {
      let (left, right) = ($0.item, $1.item)
      if left.party != right.party { return left.party < right.party }
      if $0.currency != $1.currency { return $0.currency < $1.currency }
      return (left.key.ledger.rawValue, $0.due, left.key.document.rawValue, left.key.line)
        < (right.key.ledger.rawValue, $1.due, right.key.document.rawValue, right.key.line)
    }
  }

  private init(_ item: OpenAmount, _ items: OpenItems, _ aging: Aging) {
    self.item = item
    let model = items.scope.model
    currency = model.slots.currencies[Int(item.clinic)]
    document = DocumentNames.name(item.key.document)
    let paper = item.state.paper == 0 ? nil : model.notes.papers[Int(item.state.paper) - 1]
    invoice = paper?.number ?? ""
    var began = items.scope.through
    var asked: Int64 = 0
    var first: Position?
    _ = items.replayed(item.place, item.others) { row, isUndoing in
      if first == nil { (first, began) = (row.position, row.day) }
      let isTransfer =
        row.rule == PostingRule.Index.transfer && row.amount > 0 && !isUndoing
      if row.position == first || isTransfer { asked += item.key.ledger.owed(row.amount) }
    }
    self.began = item.key.ledger == .payable ? paper?.date ?? began : began
    self.asked = asked
    due = Int32(clamping: aging.due(item))
    bucket = AgeBucket(daysSinceDue: Int(items.scope.through) - Int(due))
  }
}
