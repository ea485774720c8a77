package import DaybookBytes
package import DaybookClinicEvents
package import DaybookEvents
package import DaybookValues

/// Some of a lot that was handed over for a line of a sale.
package struct SoldLot: Sendable {
  package var lot = ""
  package var quantity: Int64 = 0
  /// What it had cost, in minor units.
  package var value: Int64 = 0
  /// What of it came back to the shelf.
  package var restocked: Int64 = 0
}

/// What the Desk knows of a line of a sale.
package struct SoldLineRecord: Sendable {
  package var item: ItemID?
  package var service: ServiceID?
  /// Thousandths.
  package var quantity: Int64 = 0
  package var amount: Int64 = 0
  package var taxCode: TaxCodeID?
  package var rate = Rate()
  package var tax: Int64 = 0
  /// Thousandths that came back.
  package var returned: Int64 = 0
  package var lots: Few<SoldLot> = []
}

/// What the Desk knows of a sale.
package struct SaleRecord: Sendable {
  package var clinic = ClinicID()
  package var patient: PatientID?
  package var effective = Moment()
  package var tillSession: TillSessionID?
  package var total: Int64 = 0
  package var charge: ChargeID?
  package var lines: Few<SoldLineRecord> = []
  /// Whether an invoice took the place of the ticket.
  package var isInvoiced = false
  /// Whether it has been undone.
  package var isReversed = false
}

/// Sales, and what came back of them.
package struct SaleState: Sendable {
  package private(set) var sales = Dense<SaleKind, SaleRecord>()

  mutating func complete(_ event: SaleCompleted, _ header: RecordHeader) throws(WireError) {
    var record = SaleRecord(
      clinic: ClinicID(header.clinic), patient: event.patient, effective: header.effective,
      tillSession: event.tillSession, total: event.total.minorUnits, charge: event.charge)
    for line in event.lines {
      record.lines.append(
        SoldLineRecord(
          item: line.item, service: line.service, quantity: line.quantity.thousandths,
          amount: line.amount.minorUnits, taxCode: line.taxCode, rate: line.rate,
          tax: line.tax.minorUnits))
    }
    try sales.append(record, as: event.sale)
  }

  /// Goods were taken from the shelf for a line of a sale.
  mutating func hand(_ event: StockIssued) throws(WireError) {
    guard let sold = event.soldLine else { return }
    try sales.update(sold.sale) { (sale) throws(WireError) in
      let index = Int(sold.line) - 1
      guard sale.lines.indices.contains(index) else {
        throw WireError(.outOfRange, at: 0, field: "soldLine")
      }
      // What a service uses up stays used when the service is undone.
      guard sale.lines[index].item == event.item else { return }
      for line in event.lines {
        sale.lines[index].lots.append(
          SoldLot(
            lot: line.lot, quantity: line.quantity.thousandths, value: line.value.minorUnits))
      }
    }
  }

  /// What was handed over for a line of a sale was not.
  mutating func undo(_ event: StockIssued) throws(WireError) {
    guard let sold = event.soldLine else { return }
    try sales.update(sold.sale) { (sale) throws(WireError) in
      let index = Int(sold.line) - 1
      guard sale.lines.indices.contains(index) else {
        throw WireError(.outOfRange, at: 0, field: "soldLine")
      }
      for line in event.lines {
        let lots = sale.lines[index].lots
        let place = lots.lastIndex {
          $0.lot == line.lot && $0.quantity == line.quantity.thousandths
            && $0.value == line.value.minorUnits
        }
        guard let place else { continue }
        sale.lines[index].lots = Few(
          lots.enumerated().filter { $0.offset != place }.map(\.element))
      }
    }
  }

  mutating func takeBack(_ event: SaleReturned) throws(WireError) {
    guard let id = event.sale else { return }
    for line in event.lines {
      try sales.update(id) { (sale) throws(WireError) in
        let index = Int(line.line) - 1
        guard sale.lines.indices.contains(index) else {
          throw WireError(.outOfRange, at: 0, field: "line")
        }
        try sale.lines[index].returned.increase(by: line.quantity.thousandths, "quantity")
        for part in line.restocked { try Self.restock(part, in: &sale.lines[index]) }
      }
    }
  }

  private static func restock(
    _ part: IssueLine, in line: inout SoldLineRecord
  ) throws(WireError) {
    var left = part.quantity.thousandths
    for index in line.lots.indices where line.lots[index].lot == part.lot {
      let cut = min(left, line.lots[index].quantity - line.lots[index].restocked)
      try line.lots[index].restocked.increase(by: cut, "restocked")
      left -= cut
    }
  }

  /// What rests on a sale: a return, or an invoice.
  func dependents(of event: SaleCompleted) -> String? {
    guard let sale = sales[event.sale] else { return nil }
    if sale.isInvoiced { return "an invoice took the place of the ticket" }
    return sale.lines.contains { $0.returned > 0 } ? "some of it came back" : nil
  }

  mutating func undo(_ event: SaleCompleted) throws(WireError) {
    try sales.update(event.sale) { $0.isReversed = true }
  }

  mutating func undo(_ event: SaleReturned) throws(WireError) {
    guard let id = event.sale else { return }
    for line in event.lines {
      try sales.update(id) { (sale) throws(WireError) in
        let index = Int(line.line) - 1
        guard sale.lines.indices.contains(index) else {
          throw WireError(.outOfRange, at: 0, field: "line")
        }
        try sale.lines[index].returned.increase(
          by: 0 &- line.quantity.thousandths, "quantity")
        for part in line.restocked {
          var left = part.quantity.thousandths
          for lot in sale.lines[index].lots.indices
          where sale.lines[index].lots[lot].lot == part.lot {
            let cut = min(left, sale.lines[index].lots[lot].restocked)
            sale.lines[index].lots[lot].restocked -= cut
            left -= cut
          }
        }
      }
    }
  }

  /// An invoice took the place of the ticket.
  mutating func invoice(_ sale: SaleID) throws(WireError) {
    try sales.update(sale) { $0.isInvoiced = true }
  }
}

extension SaleState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("sales", &sales)
  }
}

// How checkpoints keep what the Desk knows of sales.

extension SoldLot: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&lot)
    try fields.visit(&quantity)
    try fields.visit(&value)
    try fields.visit(&restocked)
  }
}

extension SoldLineRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&item)
    try fields.visit(&service)
    try fields.visit(&quantity)
    try fields.visit(&amount)
    try fields.visit(&taxCode)
    try fields.visit(&rate)
    try fields.visit(&tax)
    try fields.visit(&returned)
    try fields.visit(&lots)
  }
}

extension SaleRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&clinic)
    try fields.visit(&patient)
    try fields.visit(&effective)
    try fields.visit(&tillSession)
    try fields.visit(&total)
    try fields.visit(&charge)
    try fields.visit(&lines)
    try fields.visit(&isInvoiced)
    try fields.visit(&isReversed)
  }
}
