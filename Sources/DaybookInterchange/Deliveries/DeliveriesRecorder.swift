import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookValues

/// Records deliveries, each order before its first receipt.
final class DeliveriesRecorder<Submitter: ActionSubmitter> {
  typealias Recorder = ActionRecorder<Submitter>

  private let recorder: Recorder
  private let tally: ImportTally
  private let index: DeliveryIndex
  private let site: ImportSite
  private var file = ""

  private var clinic: ClinicID?
  private var vendors: [String: PartyID] = [:]
  private var items: [String: ItemID] = [:]
  private var orders: [String: OrderID] = [:]
  /// Orders that the Desk refused, and the row that says why.
  private var refusedOrders: [String: Int] = [:]

  init(_ recorder: Recorder, _ index: DeliveryIndex, at site: ImportSite) {
    self.recorder = recorder
    self.index = index
    self.site = site
    tally = recorder.tally
  }

  /// Records every row.
  func record(_ table: consuming ImportTable<DeliveryRow>) async throws {
    file = table.name
    try await table.forEach(
      tally, "recording \(file)", after: table.size,
      broken: { try self.tally.refuse($0.error) },
      { row in try await self.record(row) })
    tally.read(file, rows: table.rowsRead)
  }

  private func record(_ row: DeliveryRow) async throws {
    if let fault = index.faults[row.row] {
      return try tally.refuse(
        RowPlace(file, row: row.row, column: fault.column), "badValue", fault.reason)
    }
    guard let order = index.orders[row.order] else { return }
    if let blocker = order.blocker {
      return try refuse(row, "its order \(row.order) is not recorded: row \(blocker) is refused")
    }
    guard let value = exact(row.value) else {
      return try tally.refuse(
        RowPlace(file, row: row.row, column: "Line Item Value"), "badValue",
        "\(row.value) has more decimals than \(site.currency)")
    }
    guard let id = try await placed(order, row) else { return }
    var command = ReceiveGoods()
    command.order = id
    if row.scheduled != order.scheduled.upperBound { command.due = row.scheduled }
    var line = GoodsLine()
    line.item = items[row.item] ?? ItemID()
    line.quantity = row.quantity
    line.unitCost = row.price
    line.value = value
    command.lines = [line]
    _ = try await recorder.submit(
      command, source(row, "deliveries/\(row.id)", rows: 1), clinic: clinic,
      effective: site.instant(row.delivered))
  }

  /// The amount, where the currency can express it.
  private func exact(_ value: UnitPrice) -> Amount? {
    guard let amount = try? value.times(.one, in: site.currency),
      let back = try? UnitPrice(amount), back == value
    else { return nil }
    return amount
  }

  private func refuse(_ row: DeliveryRow, _ reason: String) throws {
    try tally.refuse(RowPlace(file, row: row.row), unknown: reason)
  }

  private func source(_ row: DeliveryRow, _ reference: String, rows: Int = 0) -> Recorder.Source {
    Recorder.Source(reference: reference, place: RowPlace(file, row: row.row), rows: rows)
  }

  // MARK: - Orders

  /// The order of a row, which is placed with its first; nil, and the row refused, where it is refused.
  private func placed(
    _ order: DeliveryIndex.Order, _ row: DeliveryRow
  ) async throws -> OrderID? {
    if let known = orders[row.order] { return known }
    if let first = refusedOrders[row.order] {
      try refuse(row, "its order \(row.order) is not recorded: row \(first) is refused")
      return nil
    }
    orders[row.order] = try await place(order, row)
    if orders[row.order] == nil { refusedOrders[row.order] = row.row }
    return orders[row.order]
  }

  /// Places an order; nil, and `row`, its first, refused, where the Desk refuses it or what it names.
  private func place(_ order: DeliveryIndex.Order, _ row: DeliveryRow) async throws -> OrderID? {
    let time = site.instant(order.placed)
    if clinic == nil {
      clinic = try await recorder.clinic(of: site, since: time, RowPlace(file, row: row.row))
    }
    guard let supplier = try await vendor(row, time) else { return nil }
    var command = PlacePurchaseOrder()
    command.supplier = supplier
    command.due = order.scheduled.upperBound
    for line in order.lines {
      guard let item = try await item(line.item, row, time) else { return nil }
      var ordered = OrderRequest()
      ordered.item = item
      ordered.quantity = line.quantity
      ordered.unitCost = line.price
      command.lines.append(ordered)
    }
    let receipt = try await recorder.submit(
      command, source(row, row.order), clinic: clinic, effective: time)
    return receipt?.first(.order).map { OrderID($0) }
  }

  private func vendor(_ row: DeliveryRow, _ time: Instant) async throws -> PartyID? {
    if let known = vendors[row.vendor] { return known }
    var command = RegisterParty()
    command.type = .supplier
    command.name = row.vendor
    let receipt = try await recorder.submit(
      command, source(row, "deliveries/vendors/\(Importer.hash(of: row.vendor))"),
      effective: time, other: .found)
    vendors[row.vendor] = receipt?.first(.party).map { PartyID($0) }
    return vendors[row.vendor]
  }

  private func item(
    _ name: String, _ row: DeliveryRow, _ time: Instant
  ) async throws -> ItemID? {
    if let known = items[name] { return known }
    var command = DefineItem()
    command.name = name
    command.baseUnit = "pack"
    let receipt = try await recorder.submit(
      command, source(row, Importer.reference("deliveries", "items", name)), effective: time,
      other: .found)
    items[name] = receipt?.first(.item).map { ItemID($0) }
    return items[name]
  }
}
