import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// Goods that were received and not invoiced by D as known at S, line of receipt by line: what came
  /// in, what of it went back or was invoiced, and what is open. The total is the balance of the
  /// account, 2010; a note says both.
  ///
  /// A line whose invoice takes effect before the goods do is open below zero until they come.
  ///
  /// - Parameter form: What they are summed up by, and the only values of those: dimensions of
  ///   `GroupedReport.goodsNotInvoiced`.
  /// - Complexity: O(lines of receipts and what became of them).
  public static func goodsNotInvoiced(
    _ clearing: Snapshot<ClearingModel>, _ view: Snapshot<AccountingModel>,
    _ query: AccountingQuery,
    form: RowForm = RowForm()
  ) -> Report {
    let known = ClearingScope(clearing, view, query)
    var plain = known.scope.report(
      "grir", "Goods received, not invoiced",
      [
        Column("receipt", .identifier), Column("line", .count), Column("date", .day),
        Column("supplier", .identifier), Column("ref", .text), Column("item", .identifier),
        Column("itemRef", .text), Column("quantity", .quantity), Column("value", .amount),
        Column("returned", .amount), Column("invoiced", .amount),
        Column("openQuantity", .quantity), Column("open", .amount), Column("days", .count),
      ])
    plain.repeatedColumns = 2
    var rows = GroupedRows(
      plain, form, sums: ["value", "returned", "invoiced", "open"], figure: "open", known)
    let lines = OpenGoods(known)
    var open = MoneySums()
    for line in lines.lines where line.isOpen {
      rows.append({ known.key($0, line.row) }, known.cells(line))
      open.add(
        Int64(clamping: line.open), known.currency(ofClinic: line.row.clinic))
    }
    var report = rows.finished()
    let accounts = known.scope.model.accounts(of: [.goodsNotInvoiced])
    let codes = accounts.map { known.scope.model.chart.accounts[$0].code }
    // What is owed stands below zero in the books.
    let balance = known.balance(of: accounts).negated
    report.notes.append(
      open.isEqual(balance)
        ? "Open: \(open.words), as on account \(codes.joined(separator: ", "))."
        : "Open: \(open.words), but \(balance.words) on account \(codes.joined(separator: ", "));"
          + " run `daybook verify`.")
    report.footer = known.footer(entries: lines.events)
    return report
  }
}

extension ClearingScope {
  fileprivate func key(_ dimension: ReportDimension, _ row: GoodsRow) -> GroupKey {
    switch dimension {
    case .supplier: GroupKey(row.supplier.number)
    case .item: GroupKey(row.item)
    case .clinic: GroupKey(row.clinic)
    case .month: GroupKey(monthOf: row.day.daysSince1970)
    default: .none
    }
  }

  fileprivate func cells(_ line: OpenGoods.Line) -> [Cell] {
    let row = line.row
    let item = ItemID(row.item)
    return [
      .identifier(ReceiptID(row.receipt).description), .count(Int64(row.line)), .day(row.day),
    ]
      + (row.supplier == PartyID() ? [.empty, .empty] : cells(row.supplier))
      + [
        .identifier(item.description),
        .text(model.references.text(of: item.stream, knownAt: position) ?? ""),
        .quantity(Quantity(thousandths: Int64(clamping: line.quantity))),
        .amount(amount(line.value, row.clinic)), .amount(amount(line.returned, row.clinic)),
        .amount(amount(line.invoiced, row.clinic)),
        .quantity(Quantity(thousandths: Int64(clamping: line.openQuantity))),
        .amount(amount(line.open, row.clinic)), age(row.day),
      ]
  }
}

/// Lines of receipts, and what of them waits for an invoice on D.
struct OpenGoods {
  struct Line {
    let row: GoodsRow
    var quantity: Int128 = 0
    var value: Int128 = 0
    var returned: Int128 = 0
    var invoiced: Int128 = 0
    var openQuantity: Int128 = 0

    var open: Int128 { value - returned - invoiced }
    var isOpen: Bool { open != 0 || openQuantity != 0 }
  }

  private struct Key: Hashable {
    var receipt: UInt64
    var line: UInt32
  }

  private(set) var lines: [Line] = []
  /// The events that the lines come from.
  private(set) var events = 0
  private var last = Position.start

  init(_ known: ClearingScope) {
    // Only asked for a key, never iterated.
    var places: [Key: Int] = [:]
    let (goods, moves) = (known.model.goods, known.model.goodsMoves)
    for row in goods.prefix(goods.count(through: known.position)) where known.includes(row.clinic) {
      places[Key(receipt: row.receipt, line: row.line)] = lines.count
      lines.append(Line(row: row))
      let times = take(row.position, row.day, known)
      lines[lines.count - 1].quantity += times * Int128(row.quantity)
      lines[lines.count - 1].openQuantity += times * Int128(row.quantity)
      lines[lines.count - 1].value += times * Int128(row.value)
    }
    for row in moves.prefix(moves.count(through: known.position)) where known.includes(row.clinic) {
      guard let place = places[Key(receipt: row.receipt, line: row.line)] else { continue }
      let times = take(row.position, row.day, known)
      lines[place].openQuantity -= times * Int128(row.quantity)
      if row.isInvoice {
        lines[place].invoiced += times * Int128(row.value)
      } else {
        lines[place].returned += times * Int128(row.value)
      }
    }
  }

  /// Once if an event has effect by D, and once less if it is undone by then: before the one or the
  /// other where what undoes it is dated earlier.
  private mutating func take(
    _ position: Position, _ day: Day, _ known: ClearingScope
  ) -> Int128 {
    if known.counts(day), position != last {
      events += 1
      last = position
    }
    return (known.counts(day) ? 1 : 0) - (known.isUndone(position) ? 1 : 0)
  }
}

extension MoneySums {
  /// The same on the other side.
  var negated: MoneySums {
    var sums = MoneySums()
    for part in parts { sums.add(0 &- part.minorUnits, part.currency) }
    return sums
  }

  /// Whether both come to the same: a sum of nothing is none.
  func isEqual(_ other: MoneySums) -> Bool {
    (parts + other.parts).allSatisfy { self[$0.currency] == other[$0.currency] }
  }
}
