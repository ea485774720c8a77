import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// What each event makes of stock.
extension StockState {
  mutating func define(_ event: ItemDefined) throws(WireError) {
    var record = ItemRecord(
      baseUnit: event.baseUnit, packs: event.packs, lotTracked: event.lotTracked,
      expiryTracked: event.expiryTracked, sterilisable: event.sterilisable,
      implant: event.implant, controlled: event.controlled, taxCode: event.taxCode)
    guard let known = items[event.item] else {
      try items.append(record, as: event.item)
      return
    }
    record.hasMoved = known.hasMoved
    try items.update(event.item) { $0 = record }
  }

  mutating func order(_ event: PurchaseOrderPlaced) throws(WireError) {
    let lines = event.lines.map {
      OrderLineRecord(item: $0.item, ordered: $0.quantity.thousandths, unitCost: $0.unitCost)
    }
    let record = OrderRecord(
      clinic: event.clinic, supplier: event.supplier, tolerance: event.tolerance, lines: lines)
    try orders.append(record, as: event.order)
  }

  /// A closed order keeps what returns and invoices may ask for, and no lines.
  mutating func close(_ event: PurchaseOrderClosed) throws(WireError) {
    try orders.update(event.order) {
      $0.isOpen = false
      $0.lines = []
    }
  }

  mutating func receive(_ event: GoodsReceived, _ header: RecordHeader) throws(WireError) {
    for line in event.lines {
      let key = StockKey(clinic: event.clinic, item: line.item)
      let (quantity, value) = (line.quantity.thousandths, line.value.minorUnits)
      try come(line.lot, expiry: line.expiry, at: key)
      try move(line.lot, at: key, quantity, worth: value, header)
      noteCost(line.lot, at: key, quantity, worth: value)
    }
    if let order = event.order { try note(event.lines, on: order, sign: 1) }
    let lines = event.lines.map {
      GoodsLineRecord(item: $0.item, lot: $0.lot, quantity: $0.quantity.thousandths)
    }
    let record = GoodsRecord(
      clinic: event.clinic, supplier: event.supplier, order: event.order, lines: lines)
    try receipts.append(record, as: event.receipt)
  }

  /// What came in of an order, or with a sign of -1 did not after all.
  mutating func note(
    _ lines: Few<ReceiptLine>, on order: OrderID, sign: Int64
  ) throws(WireError) {
    try orders.update(order) { (record) throws(WireError) in
      for line in lines {
        guard let place = record.lines.firstIndex(where: { $0.item == line.item }) else { continue }
        try record.lines[place].received.increase(
          by: sign * line.quantity.thousandths, "received")
      }
    }
  }

  mutating func giveBack(_ event: GoodsReturned, _ header: RecordHeader) throws(WireError) {
    for line in event.lines {
      let key = StockKey(clinic: event.clinic, item: line.item)
      try move(
        line.lot, at: key, 0 &- line.quantity.thousandths, worth: 0 &- line.value.minorUnits,
        header)
      try noteReturned(line, of: event.receipt, sign: 1)
    }
  }

  mutating func noteReturned(
    _ line: GoodsReturnLine, of receipt: ReceiptID, sign: Int64
  ) throws(WireError) {
    try receipts.update(receipt) { (record) throws(WireError) in
      guard line.receiptLine > 0, line.receiptLine <= record.lines.count else {
        throw WireError(.outOfRange, at: 0, field: "receiptLine")
      }
      try record.lines[Int(line.receiptLine) - 1].returned.increase(
        by: sign * line.quantity.thousandths, "returned")
    }
  }

  mutating func issue(_ event: StockIssued, _ header: RecordHeader) throws(WireError) {
    guard items.contains(event.item) else {
      throw WireError(.outOfRange, at: 0, field: ItemKind.name)
    }
    let key = StockKey(clinic: event.clinic, item: event.item)
    update(key) { $0.pair = StockID(header.stream.number) }
    try items.update(event.item) { $0.hasMoved = true }
    for line in event.lines {
      try move(
        line.lot, at: key, 0 &- line.quantity.thousandths, worth: 0 &- line.value.minorUnits,
        header)
      if event.late {
        settle(line.quantity.thousandths, at: key) {
          $0.isOf(event, header.effective.instant)
        }
      }
    }
    if let short = event.short, short.isPositive {
      try fallShort(
        OpenShorts.Short(event, short.thousandths, at: header.effective), at: key)
    }
  }

  mutating func dispatch(
    _ event: StockTransferDispatched, _ header: RecordHeader
  ) throws(WireError) {
    for line in event.lines {
      try move(
        line.lot, at: StockKey(clinic: event.from, item: line.item),
        0 &- line.quantity.thousandths, worth: 0 &- line.value.minorUnits,
        header)
    }
    let lines = event.lines.map {
      TransferLineRecord(
        item: $0.item, lot: $0.lot, expiry: $0.expiry, quantity: $0.quantity.thousandths,
        value: $0.value.minorUnits)
    }
    let record = TransferRecord(
      from: event.from, to: event.to, dispatchedAt: header.effective.instant, lines: lines)
    try transfers.append(record, as: event.transfer)
  }

  mutating func receive(
    _ event: StockTransferReceived, _ header: RecordHeader
  ) throws(WireError) {
    for line in event.lines {
      let key = StockKey(clinic: event.to, item: line.item)
      let (quantity, value) = (line.quantity.thousandths, line.value.minorUnits)
      try come(line.lot, expiry: line.expiry, at: key)
      try move(line.lot, at: key, quantity, worth: value, header)
      noteCost(line.lot, at: key, quantity, worth: value)
      try arrive(line.item, line.lot, quantity, worth: value, of: event.transfer)
    }
    for line in event.differences {
      let (quantity, value) = (line.quantity.thousandths, line.value.minorUnits)
      try arrive(line.item, line.lot, quantity, worth: value, of: event.transfer)
      if line.explanation == .neverLeft {
        try move(
          line.lot, at: StockKey(clinic: event.from, item: line.item), quantity, worth: value,
          header)
      }
    }
  }

  /// Some of a transfer is on its way no more.
  private mutating func arrive(
    _ item: ItemID, _ lot: String, _ quantity: Int64, worth value: Int64, of transfer: TransferID
  ) throws(WireError) {
    try transfers.update(transfer) { (record) throws(WireError) in
      guard let place = record.lines.firstIndex(where: { $0.item == item && $0.lot == lot }) else {
        throw WireError(.outOfRange, at: 0, field: "lot")
      }
      try record.lines[place].quantity.increase(by: 0 &- quantity, "quantity")
      try record.lines[place].value.increase(by: 0 &- value, "value")
      if record.lines[place].quantity <= 0 { record.lines.remove(at: place) }
    }
  }

  mutating func count(_ event: StockCounted, _ header: RecordHeader) throws(WireError) {
    if event.late {
      try counts.update(event.count) { $0.lateCount &+= 1 }
    } else {
      try counts.append(
        CountRecord(clinic: event.clinic, countedAt: event.countedAt), as: event.count)
    }
    for line in event.lines {
      let key = StockKey(clinic: event.clinic, item: line.item)
      if !event.late {
        try come(line.lot, expiry: line.expiry, at: key)
      }
      var settled = OpenShorts.none
      if line.settled.isPositive { settled = settleShorts(through: event.countedAt, at: key) }
      if !event.late {
        let mark = LotCounts.Count(
          time: event.countedAt.milliseconds, count: event.count,
          counted: line.counted.thousandths, settled: settled)
        try note(mark, of: line.lot, at: key)
      }
      if !line.variance.isZero {
        try move(
          line.lot, at: key, line.variance.thousandths, worth: line.value.minorUnits, header)
      }
    }
  }

  mutating func set(_ event: LotStatusSet, _ header: RecordHeader) throws(WireError) {
    guard items.contains(event.item) else {
      throw WireError(.outOfRange, at: 0, field: ItemKind.name)
    }
    try update(event.lot, of: event.item) {
      let standing = LotStandingRecord(from: header.effective.instant, status: event.status)
      let place = $0.standings.lastIndex { $0.from <= standing.from }.map { $0 + 1 }
      $0.standings.insert(standing, at: place ?? 0)
    }
  }

  /// A tray is what its last cycle made of it.
  mutating func sterilise(_ event: SterilisationRecorded) throws(WireError) {
    for tray in event.trays {
      guard items.contains(tray.item) else {
        throw WireError(.outOfRange, at: 0, field: ItemKind.name)
      }
      try update(tray.tray, of: tray.item) {
        if let last = $0.cycleEnd, last > event.end { return }
        $0.cycleEnd = event.end
        $0.hasFailed = tray.failed || event.result != .passed
      }
    }
  }
}

extension OpenShorts.Short {
  /// Whether this is what `event` was short of at `time`, or settles.
  func isOf(_ event: StockIssued, _ time: Instant) -> Bool {
    at.instant == time && purpose == event.purpose && encounterLine == event.encounterLine
      && patient == event.patient && soldLine == event.soldLine
  }
}
