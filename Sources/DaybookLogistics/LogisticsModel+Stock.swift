import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// What moves stock, event by event: a row a line.
extension LogisticsModel {
  mutating func receive(_ received: GoodsReceived, _ header: RecordHeader) throws {
    for line in received.lines {
      movements.append(
        Movement(
          occasion: Occasion(header), kind: .received(opening: received.opening),
          shelf: shelf(received.clinic, line.item, line.lot, header),
          quantity: line.quantity.thousandths,
          value: try minorUnits(line.value, received.clinic), expiry: line.expiry,
          document: received.receipt.number))
    }
  }

  mutating func issue(_ issued: StockIssued, _ header: RecordHeader) throws {
    var used = Use(visit: VisitID(header.correlation))
    if let line = issued.encounterLine { used = use(line, header) }
    if let patient = issued.patient { used.patient = patient }
    for line in issued.lines {
      movements.append(
        Movement(
          occasion: Occasion(header), kind: .issued(issued.purpose),
          shelf: shelf(issued.clinic, issued.item, line.lot, header),
          quantity: try line.quantity.negated().thousandths,
          value: try minorUnits(try line.value.negated(), issued.clinic), use: used))
    }
    // What was short has no lot and no value: a row of its own, which moves nothing; and so has what
    // settles it.
    var short = issued.short ?? .zero
    if issued.late {
      for line in issued.lines { short = try short.subtracting(line.quantity) }
    }
    if !short.isZero {
      movements.append(
        Movement(
          occasion: Occasion(header), kind: .issued(issued.purpose),
          shelf: shelf(issued.clinic, issued.item, "", header), short: short.thousandths,
          use: used))
    }
  }

  /// Of all that accounting tells, goods that were sold and go back to the shelf concern stock, and
  /// periods that are closed.
  mutating func applyAccounting(_ event: borrowing Event) throws {
    switch AccountingTag(rawValue: event.header.tag) {
    case .saleReturned: try restock(try event.payload(), event.header)
    case .periodClosed: try close(try event.payload(), event.header)
    default: break
    }
  }

  private mutating func restock(_ returned: SaleReturned, _ header: RecordHeader) throws {
    for line in returned.lines {
      guard let item = line.item else { continue }
      for part in line.restocked {
        movements.append(
          Movement(
            occasion: Occasion(header), kind: .restocked,
            shelf: shelf(returned.clinic, item, part.lot, header),
            quantity: part.quantity.thousandths,
            value: try minorUnits(part.value, returned.clinic),
            document: returned.saleReturn.number))
      }
    }
  }

  mutating func giveBack(_ returned: GoodsReturned, _ header: RecordHeader) throws {
    for line in returned.lines {
      movements.append(
        Movement(
          occasion: Occasion(header), kind: .returned,
          shelf: shelf(returned.clinic, line.item, line.lot, header),
          quantity: try line.quantity.negated().thousandths,
          value: try minorUnits(try line.value.negated(), returned.clinic),
          document: returned.receipt.number))
    }
  }

  mutating func dispatch(_ dispatched: StockTransferDispatched, _ header: RecordHeader) throws {
    for line in dispatched.lines {
      let value = try minorUnits(line.value, dispatched.from)
      movements.append(
        Movement(
          occasion: Occasion(header), kind: .dispatched,
          shelf: shelf(dispatched.from, line.item, line.lot, header),
          quantity: try line.quantity.negated().thousandths,
          value: try minorUnits(try line.value.negated(), dispatched.from), expiry: line.expiry,
          transit: line.quantity.thousandths, transitValue: value,
          document: dispatched.transfer.number))
    }
  }

  mutating func arrive(_ received: StockTransferReceived, _ header: RecordHeader) throws {
    for line in received.lines {
      // On its way from the sender no more, and on the receiver's shelf.
      try endTransit(
        received, line.item, line.lot, line.quantity, line.value, .arrived, onHand: false, header)
      movements.append(
        Movement(
          occasion: Occasion(header), kind: .arrived,
          shelf: shelf(received.to, line.item, line.lot, header),
          quantity: line.quantity.thousandths,
          value: try minorUnits(line.value, received.to), expiry: line.expiry,
          document: received.transfer.number))
    }
    for line in received.differences {
      try endTransit(
        received, line.item, line.lot, line.quantity, line.value, .explained(line.explanation),
        onHand: line.explanation == .neverLeft, header)
    }
  }

  private mutating func endTransit(
    _ received: StockTransferReceived, _ item: ItemID, _ lot: String, _ quantity: Quantity,
    _ value: Amount, _ kind: Movement.Kind, onHand: Bool, _ header: RecordHeader
  ) throws {
    movements.append(
      Movement(
        occasion: Occasion(header), kind: kind, shelf: shelf(received.from, item, lot, header),
        quantity: onHand ? quantity.thousandths : 0,
        value: onHand ? try minorUnits(value, received.from) : 0,
        transit: try quantity.negated().thousandths,
        transitValue: try minorUnits(try value.negated(), received.from),
        document: received.transfer.number))
  }

  mutating func count(_ counted: StockCounted, _ header: RecordHeader) throws {
    for line in counted.lines {
      movements.append(
        Movement(
          occasion: Occasion(header), kind: .counted(late: counted.late),
          shelf: shelf(counted.clinic, line.item, line.lot, header),
          quantity: line.variance.thousandths,
          value: try minorUnits(line.value, counted.clinic), expiry: line.expiry,
          document: counted.count.number))
      if line.settled.isZero { continue }
      movements.append(
        Movement(
          occasion: Occasion(header), kind: .counted(late: counted.late),
          shelf: shelf(counted.clinic, line.item, "", header),
          short: try line.settled.negated().thousandths, document: counted.count.number))
    }
  }

  mutating func set(_ standing: LotStatusSet, _ header: RecordHeader) {
    standings.append(
      LotStanding(
        occasion: Occasion(header),
        lot: lots.number(of: Lot(item: standing.item, text: standing.lot), at: header.position),
        status: standing.status))
  }

  mutating func shelf(
    _ clinic: ClinicID, _ item: ItemID, _ lot: String, _ header: RecordHeader
  ) -> Int {
    let lot = lots.number(of: Lot(item: item, text: lot), at: header.position)
    return shelves.number(of: Shelf(clinic: clinic, lot: lot), at: header.position)
  }

  /// An event's amounts are in its clinic's currency unless they say otherwise.
  func minorUnits(_ amount: Amount, _ clinic: ClinicID) throws(ValueError) -> Int64 {
    try Amount(minorUnits: 0, currencies[clinic] ?? .unspecified).adding(amount).minorUnits
  }
}
