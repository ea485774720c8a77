import DaybookClinicEvents
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// What came in and went out, item by item: `stock movements`.
///
/// Rows of an item stand in the order of effective time and position. `running` is what is on hand
/// of the item after the row, over all clinics and lots that are asked for, what was there before
/// the range included. `reference` is the receipt, the transfer, the count or the encounter, `visit`
/// the visit. `short` is what was used beyond what was on hand; below zero what settles that.
public enum StockMovementsReport {
  /// The report.
  ///
  /// - Parameters:
  ///   - model: The department's read model.
  ///   - asOf: The position that it stands at.
  ///   - skipped: Records that were skipped on the way there.
  ///   - query: What is asked.
  /// - Throws: `.overflow` where a sum does not fit 64 bits.
  /// - Complexity: O(movements up to the position), and sorting those asked for.
  public static func report(
    from model: LogisticsModel, asOf: Position, skipped: Int = 0, _ query: StockQuery
  ) throws(ValueError) -> Report {
    let scope = Scope(query, model, asOf: asOf)
    let reversals = Reversals(scope)
    let asked = scope.shelves
    var lines: [ItemID: [Line]] = [:]
    for (index, row) in model.movements.rows(through: scope.known).enumerated()
    where asked[row.shelf] && scope.reaches(row.occasion.day) && !row.movesNothing {
      lines[model.lots[model.shelves[row.shelf].lot].item, default: []].append(
        Line(index: index, row: row))
    }
    let isRange = query.from != nil || query.to != nil
    var report = Report(
      name: "stock-movements", title: "Stock movements", book: query.book,
      on: isRange ? nil : scope.last, from: query.from, to: isRange ? scope.last : nil,
      knownAt: scope.known, columns: columns)
    let items = lines.keys.sorted { scope.order($0) < scope.order($1) }
    for item in items {
      var running = MinorSum()
      for line in (lines[item] ?? []).sorted(by: <) {
        running.add(line.row.quantity)
        if let from = query.from, line.row.occasion.day < from { continue }
        report.append(try cells(line.row, running, scope, reversals))
      }
    }
    report.footer = scope.footer(entries: report.rows.count, skipped: skipped)
    return report
  }

  private struct Line {
    var index: Int
    var row: Movement

    static func < (left: Line, right: Line) -> Bool {
      if left.row.occasion < right.row.occasion { return true }
      if right.row.occasion < left.row.occasion { return false }
      return left.index < right.index
    }
  }

  private static func cells(
    _ row: Movement, _ running: MinorSum, _ scope: Scope, _ reversals: Reversals
  ) throws(ValueError) -> [Cell] {
    let shelf = scope.model.shelves[row.shelf]
    let lot = scope.model.lots[shelf.lot]
    let item = scope.item(lot.item)
    let quantity = Quantity(thousandths: row.quantity)
    let inward = row.isInward
    return [
      .day(row.occasion.day), .position(row.position),
      .text(reversals.isReversal(row.position) ? Reversed.typeName : row.event),
      .text(row.purpose),
      .identifier(shelf.clinic), scope.reference(shelf.clinic),
      .identifier(lot.item), scope.reference(lot.item), .text(item?.code), .text(lot.text),
      inward ? .quantity(quantity) : .empty,
      inward ? .empty : .quantity(try quantity.negated()),
      row.short == 0 ? .empty : .quantity(Quantity(thousandths: row.short)),
      .quantity(Quantity(thousandths: try running.narrowed())),
      row.reference, .identifier(row.use.visit),
    ]
  }

  private static let columns = [
    Column("date", .day), Column("position", .position), Column("event", .text),
    Column("purpose", .text), Column("clinic", .identifier), Column("clinicRef", .text),
    Column("item", .identifier), Column("ref", .text), Column("code", .identifier),
    Column("lot", .identifier), Column("in", .quantity), Column("out", .quantity),
    Column("short", .quantity), Column("running", .quantity), Column("reference", .identifier),
    Column("visit", .identifier),
  ]
}

extension Movement {
  /// The event's name.
  var event: String {
    switch kind {
    case .received: GoodsReceived.typeName
    case .issued: StockIssued.typeName
    case .returned: GoodsReturned.typeName
    case .restocked: SaleReturned.typeName
    case .dispatched: StockTransferDispatched.typeName
    case .arrived, .explained: StockTransferReceived.typeName
    case .counted: StockCounted.typeName
    }
  }

  /// What it came in as or went out for.
  var purpose: String {
    switch kind {
    case .received(let opening): opening ? "opening" : "delivery"
    case .issued(let purpose): "\(purpose)"
    case .returned: "return"
    case .restocked: "saleReturn"
    case .dispatched: "transferOut"
    case .arrived: transit == 0 ? "transferIn" : "transferOut"
    case .explained(let explanation): "\(explanation)"
    case .counted(let late): late ? "lateMovement" : "count"
    }
  }

  /// Whether it only ends that something is on its way.
  var movesNothing: Bool {
    switch kind {
    case .arrived, .explained: quantity == 0
    case .counted: quantity == 0 && short == 0
    case .received, .issued, .returned, .restocked, .dispatched: false
    }
  }

  /// Whether it is shown as what came in: by what it was, not by how much.
  var isInward: Bool {
    switch kind {
    case .received, .arrived, .restocked: true
    case .issued, .returned, .dispatched: false
    case .explained, .counted: quantity >= 0
    }
  }

  /// The receipt, the transfer, the count, or the encounter.
  var reference: Cell {
    switch kind {
    case .received, .returned: .identifier(ReceiptID(document))
    case .dispatched, .arrived, .explained: .identifier(TransferID(document))
    case .counted: .identifier(CountID(document))
    case .restocked: .identifier(SaleReturnID(document))
    case .issued: .identifier(use.encounter)
    }
  }
}
