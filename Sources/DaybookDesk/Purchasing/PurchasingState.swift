package import DaybookBytes
package import DaybookClinicEvents
package import DaybookEvents
package import DaybookValues

/// What the Desk knows of a supplier's invoice.
package struct SupplierInvoiceRecord: Sendable {
  package var supplier = PartyID()
  package var clinic = ClinicID()
  package var number = ""
  package var due = Day()
  /// Minor units that are not paid yet; below zero what a credit note still gives back.
  package var open: Int64 = 0
  /// Whether it has been undone, and its number is free again.
  package var isReversed = false
}

/// What the Desk knows of a receipt: who sent it, and where its lines stand.
package struct ReceiptRecord: Sendable {
  package var supplier: PartyID?
  package var clinic = ClinicID()
  /// The index of the first of its lines.
  package var firstLine: Int = 0
  package var lineCount: Int = 0
  /// Whether no invoice is to come for it.
  package var isOpening = false
}

/// What of a line of a receipt is not invoiced yet, what is, and what went back after it was.
package struct ReceiptLineRecord: Sendable {
  /// Thousandths and minor units that no invoice has asked for.
  package var openQuantity: Int64 = 0
  package var openValue: Int64 = 0
  /// Thousandths and minor units that an invoice has asked for.
  package var invoicedQuantity: Int64 = 0
  package var invoicedValue: Int64 = 0
  /// Thousandths and minor units that went back after they were invoiced, or of what was there when
  /// the books began, and that the supplier has not credited yet: an open item of the supplier's.
  package var returnedQuantity: Int64 = 0
  package var returnedValue: Int64 = 0
}

/// What a run of the payroll owes, by where its lines stand.
package struct WageRunRecord: Sendable {
  package var clinic = ClinicID()
  /// The index of the first of its lines.
  package var firstLine: Int = 0
  package var lineCount: Int = 0
}

/// What a run of the payroll owes one person.
package struct WageRecord: Sendable {
  package var staff = StaffID()
  /// Minor units that are not paid yet.
  package var open: Int64 = 0
  /// The commission that the run states for a contractor, and what no invoice has asked for of it; an
  /// employee's is in the pay.
  package var commission: Int64 = 0
  package var commissionLeft: Int64 = 0
}

/// What suppliers have sent, and what they and the staff are owed.
package struct PurchasingState: Sendable {
  package internal(set) var invoices = Dense<SupplierInvoiceKind, SupplierInvoiceRecord>()
  package internal(set) var receipts = Dense<ReceiptKind, ReceiptRecord>()
  private var receiptLines = PagedArray<ReceiptLineRecord>(pageCount: 1024)
  private var numbers = TextIndex()
  package internal(set) var wageRuns = Dense<PayrollRunKind, WageRunRecord>()
  private var wages = PagedArray<WageRecord>(pageCount: 256)

  // MARK: - Questions

  /// The invoice of that supplier with that number; nil where there is none.
  package func invoice(_ number: String, from supplier: PartyID) -> SupplierInvoiceID? {
    let found = numbers.first(Self.key(number, supplier)) { id in
      let invoice = invoices[SupplierInvoiceID(id)]
      return invoice?.number == number && invoice?.supplier == supplier
        && invoice?.isReversed == false
    }
    return found.map { SupplierInvoiceID($0) }
  }

  /// A line of a receipt, from 1; nil where there is none.
  package func line(_ line: UInt32, of receipt: ReceiptID) -> ReceiptLineRecord? {
    index(of: line, receipt).map { receiptLines[$0] }
  }

  private func index(of line: UInt32, _ receipt: ReceiptID) -> Int? {
    guard let known = receipts[receipt], line > 0, Int(line) <= known.lineCount else { return nil }
    return known.firstLine + Int(line) - 1
  }

  /// What is open of a payroll line; nil where the run has none for that person.
  ///
  /// - Complexity: O(people of the run).
  package func wage(_ item: PayrollItem) -> Int64? {
    index(of: item).map { wages[$0].open }
  }

  /// The commission that a run states for a contractor, and what no invoice has asked for of it; nil
  /// where the run has no line for that person.
  ///
  /// - Complexity: O(people of the run).
  package func commission(_ item: PayrollItem) -> (stated: Int64, left: Int64)? {
    index(of: item).map { (wages[$0].commission, wages[$0].commissionLeft) }
  }

  private func index(of item: PayrollItem) -> Int? {
    guard let run = wageRuns[item.run] else { return nil }
    let lines = run.firstLine..<run.firstLine + run.lineCount
    return lines.first { wages[$0].staff == item.staff }
  }

  /// Calls `body` with every line of every receipt that stands.
  func forEachLine(_ body: (ReceiptLineRecord, ReceiptRecord) -> Void) {
    for number in 0..<UInt64(receipts.count) {
      guard let receipt = receipts[ReceiptID(number + 1)] else { continue }
      for index in receipt.firstLine..<receipt.firstLine + receipt.lineCount {
        body(receiptLines[index], receipt)
      }
    }
  }

  /// Calls `body` with what every run of the payroll that stands owes each person.
  func forEachWage(_ body: (WageRecord, WageRunRecord) -> Void) {
    for number in 0..<UInt64(wageRuns.count) {
      guard let run = wageRuns[PayrollRunID(number + 1)] else { continue }
      for index in run.firstLine..<run.firstLine + run.lineCount { body(wages[index], run) }
    }
  }

  private static func key(_ number: String, _ supplier: PartyID) -> String {
    "\(supplier.number)/\(number)"
  }

  // MARK: - Events

  mutating func receive(_ event: GoodsReceived) throws(WireError) {
    let record = ReceiptRecord(
      supplier: event.supplier, clinic: event.clinic, firstLine: receiptLines.count,
      lineCount: event.lines.count, isOpening: event.opening)
    try receipts.append(record, as: event.receipt)
    for line in event.lines {
      receiptLines.append(
        ReceiptLineRecord(
          openQuantity: line.quantity.thousandths, openValue: line.value.minorUnits))
    }
  }

  /// What went back is not to be invoiced, or is to be credited.
  mutating func giveBack(_ event: GoodsReturned) throws(WireError) { try giveBack(event, sign: 1) }

  mutating func undo(_ event: GoodsReturned) throws(WireError) { try giveBack(event, sign: -1) }

  private mutating func giveBack(_ event: GoodsReturned, sign: Int64) throws(WireError) {
    for returned in event.lines {
      guard let index = index(of: returned.receiptLine, event.receipt) else {
        throw WireError(.outOfRange, at: 0, field: "receiptLine")
      }
      var line = receiptLines[index]
      let quantity = 0 &- sign &* returned.quantity.thousandths
      let value = 0 &- sign &* returned.received.minorUnits
      if returned.invoiced {
        try line.returnedQuantity.increase(by: 0 &- quantity, "quantity")
        try line.returnedValue.increase(by: 0 &- value, "value")
      }
      if returned.invoiced, receipts[event.receipt]?.isOpening == false {
        try line.invoicedQuantity.increase(by: quantity, "quantity")
        try line.invoicedValue.increase(by: value, "value")
      } else {
        try line.openQuantity.increase(by: quantity, "quantity")
        try line.openValue.increase(by: value, "value")
      }
      receiptLines[index] = line
    }
  }

  mutating func record(
    _ event: SupplierInvoiceRecorded, _ header: RecordHeader
  ) throws(WireError) {
    var open = event.total.minorUnits
    try open.increase(by: 0 &- (event.withheld?.amount.minorUnits ?? 0), "withheld")
    let record = SupplierInvoiceRecord(
      supplier: event.supplier, clinic: ClinicID(header.clinic), number: event.number,
      due: event.due, open: open)
    try invoices.append(record, as: event.invoice)
    try numbers.insert(Self.key(event.number, event.supplier), event.invoice.number)
    for line in event.lines { try invoice(line, sign: 1) }
  }

  /// Takes what a line of an invoice asks for from what is open, or with -1 gives it back.
  mutating func invoice(_ line: SupplierInvoiceLine, sign: Int64) throws(WireError) {
    if let match = line.received { try invoice(match, sign: sign) }
    guard let staff = line.staff, let run = line.run else { return }
    guard let index = index(of: PayrollItem(run, staff)) else {
      throw WireError(.outOfRange, at: 0, field: "run")
    }
    try wages[index].commissionLeft.increase(by: 0 &- sign &* line.net.minorUnits, "run")
  }

  /// Moves what a line of an invoice matches from open to invoiced, or with -1 back; what went back
  /// and is credited is no longer owed by the supplier.
  private mutating func invoice(_ match: ReceiptMatch, sign: Int64) throws(WireError) {
    guard let index = index(of: match.line, match.receipt) else {
      throw WireError(.outOfRange, at: 0, field: "received")
    }
    var line = receiptLines[index]
    let (quantity, value) = (sign &* match.quantity.thousandths, sign &* match.value.minorUnits)
    if match.returned {
      try line.returnedQuantity.increase(by: quantity, "quantity")
      try line.returnedValue.increase(by: value, "value")
      receiptLines[index] = line
      return
    }
    try line.openQuantity.increase(by: 0 &- quantity, "quantity")
    try line.openValue.increase(by: 0 &- value, "value")
    try line.invoicedQuantity.increase(by: quantity, "quantity")
    try line.invoicedValue.increase(by: value, "value")
    receiptLines[index] = line
  }

  mutating func approve(_ event: PayrollApproved) throws(WireError) {
    let record = WageRunRecord(
      clinic: event.clinic, firstLine: wages.count, lineCount: event.lines.count)
    try wageRuns.append(record, as: event.run)
    for line in event.lines {
      let invoiced = line.contract == .contractor ? line.commission.minorUnits : 0
      wages.append(
        WageRecord(
          staff: line.staff, open: line.net.minorUnits, commission: invoiced,
          commissionLeft: invoiced))
    }
  }

  /// Takes what a payment settles from what is open, or with -1 gives it back.
  mutating func pay(_ event: PaymentMade, sign: Int64 = 1) throws(WireError) {
    for paid in event.settles {
      let left = 0 &- sign &* paid.amount.minorUnits
      switch paid.item {
      case .invoice(let invoice):
        try invoices.update(invoice) { (invoice) throws(WireError) in
          try invoice.open.increase(by: left, "settles")
        }
      case .payrollLine(let line):
        guard let index = index(of: line) else {
          throw WireError(.outOfRange, at: 0, field: "settles")
        }
        try wages[index].open.increase(by: left, "settles")
      case .opening, .account: break
      }
    }
  }
}

extension PurchasingState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("invoices", &invoices)
    try parts.visit("receipts", &receipts)
    try parts.visit("receiptLines", &receiptLines)
    try parts.visit("numbers", &numbers)
    try parts.visit("wageRuns", &wageRuns)
    try parts.visit("wages", &wages)
  }
}

extension SupplierInvoiceRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&supplier)
    try fields.visit(&clinic)
    try fields.visit(&number)
    try fields.visit(&due)
    try fields.visit(&open)
    try fields.visit(&isReversed)
  }
}

extension WageRunRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&clinic)
    try fields.visit(&firstLine)
    try fields.visit(&lineCount)
  }
}

extension WageRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&staff)
    try fields.visit(&open)
    try fields.visit(&commission)
    try fields.visit(&commissionLeft)
  }
}

extension ReceiptRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&supplier)
    try fields.visit(&clinic)
    try fields.visit(&firstLine)
    try fields.visit(&lineCount)
    try fields.visit(&isOpening)
  }
}

extension ReceiptLineRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&openQuantity)
    try fields.visit(&openValue)
    try fields.visit(&invoicedQuantity)
    try fields.visit(&invoicedValue)
    try fields.visit(&returnedQuantity)
    try fields.visit(&returnedValue)
  }
}
