import DaybookBytes
import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

// What invoices and tickets change, in the several areas that they concern.
extension DeskState {
  mutating func takeInvoice(
    _ event: borrowing Event, _ tag: AccountingTag
  ) throws(WireError) {
    if tag == .invoiceIssued {
      let issued = try event.payload(InvoiceIssued.self)
      try invoices.issue(issued, event.header)
      try billing.invoice(issued)
      periods.note(event.header, InvoiceIssued.areas, of: issued.released)
      for line in issued.lines { if let sale = line.sale { try sales.invoice(sale) } }
      note(person: issued.customer.person?.person)
    } else {
      let rectified = try event.payload(InvoiceRectified.self)
      try invoices.rectify(rectified, event.header)
      try billing.rectify(rectified)
      periods.note(event.header, InvoiceRectified.areas, of: rectified.released)
    }
  }

  mutating func takeSale(
    _ event: borrowing Event, _ tag: AccountingTag
  ) throws(WireError) {
    let day = event.header.effective.day
    if tag == .saleCompleted {
      let sold = try event.payload(SaleCompleted.self)
      try sales.complete(sold, event.header)
      invoices.note(.ticket, sold.series, sold.number, on: day, event.header)
      for tender in sold.tenders {
        try tills.count(
          tender.method, tender.amount.minorUnits, tip: tender.tip?.minorUnits ?? 0,
          in: sold.tillSession)
      }
      try tills.noteReceipt(in: sold.tillSession)
      noteBank(sold.tenders, isOut: false, event.header)
    } else {
      let returned = try event.payload(SaleReturned.self)
      try sales.takeBack(returned)
      try stock.restock(returned, event.header)
      invoices.note(.saleReturn, returned.series, returned.number, on: day, event.header)
      if let charge = returned.charge {
        try billing.forgive(charge, returned.forgiven.minorUnits)
      }
      for tender in returned.tenders {
        try tills.count(
          tender.method, 0 &- tender.amount.minorUnits, tip: 0 &- (tender.tip?.minorUnits ?? 0),
          in: returned.tillSession)
      }
      try tills.noteReceipt(in: returned.tillSession)
      noteBank(returned.tenders, isOut: true, event.header)
    }
  }

  /// What a bank statement, or an acquirer's, will show of a ticket: one sum a side.
  private mutating func noteBank(_ tenders: Few<Tender>, isOut: Bool, _ header: RecordHeader) {
    for side in [BankSide.booked, .cardClearing] {
      var sum: Int64 = 0
      for tender in tenders where tender.method.bankSide == side {
        // No more than the ticket and its tips, which the till has taken in.
        sum &+= tender.amount.minorUnits &+ (tender.tip?.minorUnits ?? 0)
      }
      ledger.note(isOut ? 0 &- sum : sum, side, header)
    }
  }

  // MARK: - Undoing

  mutating func undo(_ event: SaleCompleted) throws(WireError) {
    try sales.undo(event)
    for tender in event.tenders {
      try tills.uncount(
        tender.method, tender.amount.minorUnits, tip: tender.tip?.minorUnits ?? 0,
        in: event.tillSession)
    }
  }

  mutating func undo(_ event: SaleReturned, _ header: RecordHeader) throws(WireError) {
    try sales.undo(event)
    try stock.undo(event, header)
    if let charge = event.charge {
      try billing.forgive(charge, 0 &- event.forgiven.minorUnits)
    }
    for tender in event.tenders {
      try tills.uncount(
        tender.method, 0 &- tender.amount.minorUnits, tip: 0 &- (tender.tip?.minorUnits ?? 0),
        in: event.tillSession)
    }
  }

  /// Why what `reversed` undoes cannot be undone in a till: it is closed, or the ticket's session is,
  /// or it does not hold the cash that would be given back.
  func tillRefusal(of reversed: Reversed) throws(WireError) -> TillRefusal? {
    switch try ReversibleEvent(of: reversed) {
    case .paymentReceived:
      let paid = try reversed.original(PaymentReceived.self)
      var tender = Tender(paid.method, paid.amount)
      tender.tip = paid.tip
      return closed(paid.tillSession) ?? empty(paid.tillSession, Few([tender]).cash)
    case .paymentMade: return closed(try reversed.original(PaymentMade.self).tillSession)
    case .refundPaid: return closed(try reversed.original(RefundPaid.self).tillSession)
    case .tillCashMoved:
      let moved = try reversed.original(TillCashMoved.self)
      let amount = moved.amount.minorUnits
      return closed(moved.session) ?? closed(moved.toSession)
        ?? (moved.direction == .into ? empty(moved.session, amount) : nil)
        ?? empty(moved.toSession, amount)
    case .saleCompleted:
      let sold = try reversed.original(SaleCompleted.self)
      return ended(sold.tillSession) ?? empty(sold.tillSession, sold.tenders.cash)
    case .saleReturned: return ended(try reversed.original(SaleReturned.self).tillSession)
    case .treatmentPerformed, .packageSold, .chargePosted, .responsibilityTransferred,
      .adjustmentPosted, .paymentAllocated, .claimSubmitted, .claimAdjudicated,
      .supplierInvoiceRecorded, .bankLineReconciled, .journalPosted, .yearClosed, .shiftScheduled,
      .absenceRecorded, .payrollApproved, .goodsReceived, .goodsReturned, .stockIssued,
      .stockCounted:
      return nil
    }
  }

  private func closed(_ session: TillSessionID?) -> TillRefusal? {
    guard let session, tills.sessionNow(of: session) == nil else { return nil }
    return tills.sessions[session].map { .closedSession($0.till) }
  }

  private func ended(_ session: TillSessionID?) -> TillRefusal? {
    guard let session, tills.openRecord(session) == nil else { return nil }
    return .endedSession(session)
  }

  /// Less cash should be in the till now than `cash`.
  private func empty(_ session: TillSessionID?, _ cash: Int64) -> TillRefusal? {
    guard cash > 0, let session, let now = tills.sessionNow(of: session),
      let record = tills.openRecord(now), record.sums[.cash] < cash
    else { return nil }
    let currency = administration.clinics[record.clinic]?.currency ?? .unspecified
    return .aboveCash(record.till, held: Amount(minorUnits: record.sums[.cash], currency))
  }
}

extension PeriodState {
  /// An event was recorded that leaves credit at other clinics too.
  fileprivate mutating func note(
    _ header: RecordHeader, _ areas: Areas, of released: Few<ReleasedPart>
  ) {
    for part in released { if let clinic = part.clinic { note(header, areas, at: clinic) } }
  }
}
