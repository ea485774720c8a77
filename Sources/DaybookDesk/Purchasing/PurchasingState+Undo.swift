import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// What rests on receipts, invoices and pay, and the state without them.
extension PurchasingState {
  // MARK: - Questions

  /// What rests on a receipt: an invoice for it.
  func dependents(of event: GoodsReceived) -> String? {
    let lines = event.lines.indices.compactMap { line(UInt32($0) + 1, of: event.receipt) }
    return lines.contains { $0.invoicedQuantity != 0 || $0.invoicedValue != 0 }
      ? "\(event.receipt) was invoiced" : nil
  }

  /// What rests on goods that went back after they were invoiced: that the supplier has credited them.
  func dependents(of event: GoodsReturned) -> String? {
    for returned in event.lines where returned.invoiced {
      let lines = event.lines.filter {
        $0.invoiced && $0.receiptLine == returned.receiptLine
      }
      let quantity = lines.reduce(0 as Int64) { $0 &+ $1.quantity.thousandths }
      let value = lines.reduce(0 as Int64) { $0 &+ $1.received.minorUnits }
      guard let line = line(returned.receiptLine, of: event.receipt) else { continue }
      if line.returnedQuantity < quantity || line.returnedValue < value {
        return "the supplier has credited the goods of \(event.receipt)"
      }
    }
    return nil
  }

  /// What rests on an invoice: a payment of it, or a credit note for its goods.
  func dependents(of event: SupplierInvoiceRecorded) -> String? {
    let asked = event.total.minorUnits &- (event.withheld?.amount.minorUnits ?? 0)
    if let open = invoices[event.invoice]?.open, open != asked {
      return "\(event.invoice) was paid or set off"
    }
    for match in event.lines.compactMap(\.received) where !match.returned {
      guard let line = line(match.line, of: match.receipt) else { continue }
      let quantity = match.quantity.thousandths
      if quantity > 0 ? line.invoicedQuantity < quantity : line.openQuantity < 0 &- quantity {
        return "the goods of \(match.receipt) went back, or were credited or invoiced since"
      }
    }
    return nil
  }

  /// What rests on a run of the payroll: a payment of it, or an invoice for its commission.
  func dependents(of event: PayrollApproved) -> String? {
    for line in event.lines {
      let item = PayrollItem(event.run, line.staff)
      if let open = wage(item), open != line.net.minorUnits { return "\(line.staff) was paid" }
      if let commission = commission(item), commission.left != commission.stated {
        return "the commission of \(line.staff) was invoiced"
      }
    }
    return nil
  }

  // MARK: - Changes

  mutating func undo(_ event: GoodsReceived) throws(WireError) {
    try receipts.update(event.receipt) { $0.lineCount = 0 }
  }

  mutating func undo(_ event: SupplierInvoiceRecorded) throws(WireError) {
    try invoices.update(event.invoice) { invoice in
      invoice.open = 0
      invoice.isReversed = true
    }
    for line in event.lines { try invoice(line, sign: -1) }
  }

  mutating func undo(_ event: PaymentMade) throws(WireError) {
    try pay(event, sign: -1)
  }

  mutating func undo(_ event: PayrollApproved) throws(WireError) {
    try wageRuns.update(event.run) { $0.lineCount = 0 }
  }
}
