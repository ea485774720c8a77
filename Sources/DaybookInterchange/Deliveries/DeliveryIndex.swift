import DaybookValues

/// The orders of a file of deliveries, gathered from their rows.
struct DeliveryIndex {
  /// Some of one item that was ordered.
  struct Line {
    var item: String
    var quantity: Quantity
    var price: UnitPrice
  }

  /// An order.
  struct Order {
    var row: Int
    var vendor: String
    var lines: [Line] = []
    /// When it was sent, where the file knows.
    var sent: Day?
    /// The first and the last day for which something of it was scheduled.
    var scheduled: ClosedRange<Day>
    /// The day of its first delivery.
    var delivered: Day
    /// The row that keeps it from being recorded.
    var blocker: Int?

    /// When it was placed.
    var placed: Day {
      if let sent, sent <= delivered { return sent }
      return min(delivered, scheduled.lowerBound)
    }
  }

  /// The orders, by number.
  private(set) var orders: [String: Order] = [:]
  /// Rows that are wrong beside others, with the reason.
  private(set) var faults: [Int: (column: String, reason: String)] = [:]

  /// Goes through the file once.
  mutating func read(
    _ table: consuming ImportTable<DeliveryRow>, _ tally: ImportTally
  ) async throws {
    let place = table.columns.order.index
    var gathered = self
    var blockers: [String: Int] = [:]
    var seen: Set<String> = []
    try await table.forEach(
      tally, "looking through \(table.name)",
      broken: { broken in
        guard broken.texts.indices.contains(place) else { return }
        let order = trimmed(broken.texts[place])
        blockers[order] = blockers[order] ?? broken.error.row
      },
      { row in
        if let fault = gathered.take(row, isNew: seen.insert(row.id).inserted) {
          gathered.faults[row.row] = fault
          blockers[row.order] = blockers[row.order] ?? row.row
        }
      })
    for (order, row) in blockers { gathered.orders[order]?.blocker = row }
    self = gathered
  }

  /// Adds a row to its order.
  ///
  /// - Returns: What is wrong with it beside the others; nil where nothing is.
  private mutating func take(
    _ row: DeliveryRow, isNew: Bool
  ) -> (column: String, reason: String)? {
    var order =
      orders[row.order]
      ?? Order(
        row: row.row, vendor: row.vendor, scheduled: row.scheduled...row.scheduled,
        delivered: row.delivered)
    defer { orders[row.order] = order }
    if !isNew { return ("ID", "\(row.id) stands above already; number one of them anew") }
    if order.vendor != row.vendor {
      return ("Vendor", "order \(row.order) went to another vendor in row \(order.row)")
    }
    order.sent = order.sent ?? row.sent
    order.delivered = min(order.delivered, row.delivered)
    order.scheduled =
      min(
        order.scheduled.lowerBound, row.scheduled)...max(
        order.scheduled.upperBound, row.scheduled)
    guard let line = order.lines.firstIndex(where: { $0.item == row.item }) else {
      order.lines.append(Line(item: row.item, quantity: row.quantity, price: row.price))
      return nil
    }
    guard let sum = try? order.lines[line].quantity.adding(row.quantity) else {
      return ("Line Item Quantity", "the order's packs do not fit")
    }
    order.lines[line].quantity = sum
    return nil
  }
}
