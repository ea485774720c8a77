import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// What a reversal takes back. `ReversibleEvent` says which events may be reversed. Each area has, for
// each of them, a question and a change: what still stands and rests on the event, and the state
// without it. The Desk asks the one before it decides, and both live and replayed the other follows.
extension DeskState {
  mutating func takeCorrection(
    _ event: borrowing Event, _ tag: CorrectionsTag
  ) throws(WireError) {
    switch tag {
    case .reversed: try undo(try event.payload(Reversed.self), event.header)
    }
  }

  /// What still stands and rests on the event that `reversed` undoes, in words; nil for nothing.
  ///
  /// - Parameter header: Clinic and time of the reversal.
  func dependents(
    of reversed: Reversed, _ header: RecordHeader
  ) throws(WireError) -> String? {
    switch try ReversibleEvent(of: reversed) {
    // Nothing can rest on these.
    case .treatmentPerformed, .bankLineReconciled, .yearClosed, .shiftScheduled: nil
    case .packageSold: packages.dependents(of: try reversed.original(PackageSold.self))
    case .chargePosted:
      dependents(of: try reversed.original(ChargePosted.self), reversed)
    case .responsibilityTransferred:
      billing.dependents(of: try reversed.original(ResponsibilityTransferred.self))
    case .adjustmentPosted: billing.dependents(of: try reversed.original(AdjustmentPosted.self))
    case .paymentReceived:
      dependents(of: try reversed.original(PaymentReceived.self), reversed)
    case .supplierInvoiceRecorded:
      purchasing.dependents(of: try reversed.original(SupplierInvoiceRecorded.self))
    case .paymentMade: ledger.dependents(ofMoneyAt: reversed.of)
    case .journalPosted:
      dependents(of: try reversed.original(JournalPosted.self))
        ?? ledger.dependents(ofMoneyAt: reversed.of)
    case .paymentAllocated: billing.dependents(of: try reversed.original(PaymentAllocated.self))
    case .refundPaid, .tillCashMoved: ledger.dependents(ofMoneyAt: reversed.of)
    case .saleCompleted:
      sales.dependents(of: try reversed.original(SaleCompleted.self))
        ?? ledger.dependents(ofMoneyAt: reversed.of)
    case .saleReturned:
      stock.dependents(of: try reversed.original(SaleReturned.self), header)
        ?? ledger.dependents(ofMoneyAt: reversed.of)
    case .claimSubmitted: claims.dependents(of: try reversed.original(ClaimSubmitted.self))
    case .claimAdjudicated:
      billing.dependents(
        ofAnswerTo: try reversed.original(ClaimAdjudicated.self).claim, claims)
    case .absenceRecorded: people.dependents(of: try reversed.original(AbsenceRecorded.self))
    case .payrollApproved: purchasing.dependents(of: try reversed.original(PayrollApproved.self))
    case .goodsReceived:
      dependents(of: try reversed.original(GoodsReceived.self), reversed, header)
    case .goodsReturned: purchasing.dependents(of: try reversed.original(GoodsReturned.self))
    case .stockIssued: dependents(of: try reversed.original(StockIssued.self), reversed)
    case .stockCounted:
      stock.dependents(of: try reversed.original(StockCounted.self), reversed.of, header)
    }
  }

  /// Takes the event that `reversed` undoes out of the state.
  ///
  /// - Throws: `WireError` where it cannot have been undone: nothing of the kind stands, or something
  ///   rests on it that leaves its range then.
  mutating func undo(_ reversed: Reversed, _ header: RecordHeader) throws(WireError) {
    try corrections.reverse(reversed.of, by: header.position)
    switch try ReversibleEvent(of: reversed) {
    // Its line is never given again; what it charged and used is reversed beside it.
    case .treatmentPerformed:
      try packages.undo(try reversed.original(TreatmentPerformed.self))
    case .packageSold: try packages.undo(try reversed.original(PackageSold.self))
    case .chargePosted:
      let charge = try reversed.original(ChargePosted.self)
      try billing.undo(charge)
      try packages.undo(charge)
      notePeriods(header, of: charge)
    case .responsibilityTransferred:
      try billing.undo(try reversed.original(ResponsibilityTransferred.self))
    case .adjustmentPosted: try billing.undo(try reversed.original(AdjustmentPosted.self))
    case .paymentReceived:
      let received = try reversed.original(PaymentReceived.self)
      try billing.undo(received)
      try tills.uncount(
        received.method, received.amount.minorUnits, tip: received.tip?.minorUnits ?? 0,
        in: received.tillSession)
      notePeriods(header, of: received.allocations)
      ledger.undo(moneyAt: reversed.of)
    case .supplierInvoiceRecorded:
      let recorded = try reversed.original(SupplierInvoiceRecorded.self)
      try purchasing.undo(recorded)
      try takeCommission(of: recorded, header, sign: -1)
    case .paymentMade:
      let made = try reversed.original(PaymentMade.self)
      try billing.undo(made)
      try tills.uncount(made.method, 0 &- made.amount.minorUnits, in: made.tillSession)
      try purchasing.undo(made)
      try ledger.undo(made)
      try takeCommission(of: made, header, sign: -1)
      ledger.undo(moneyAt: reversed.of)
    case .bankLineReconciled: try ledger.undo(try reversed.original(BankLineReconciled.self))
    case .journalPosted:
      let posted = try reversed.original(JournalPosted.self)
      try billing.undo(posted)
      try ledger.undo(posted)
      try takeCommission(of: posted, header, sign: -1)
      ledger.undo(moneyAt: reversed.of)
      notePeriods(header, of: posted)
    case .refundPaid:
      let paid = try reversed.original(RefundPaid.self)
      try billing.undo(paid)
      try tills.uncount(paid.method, 0 &- paid.amount.minorUnits, in: paid.tillSession)
      ledger.undo(moneyAt: reversed.of)
    case .tillCashMoved:
      try tills.undo(try reversed.original(TillCashMoved.self))
      ledger.undo(moneyAt: reversed.of)
    case .saleCompleted:
      try undo(try reversed.original(SaleCompleted.self))
      ledger.undo(moneyAt: reversed.of)
    case .saleReturned:
      try undo(try reversed.original(SaleReturned.self), header)
      ledger.undo(moneyAt: reversed.of)
    case .paymentAllocated:
      let allocated = try reversed.original(PaymentAllocated.self)
      try billing.undo(allocated)
      notePeriods(header, of: [allocated.allocation])
    case .yearClosed: try periods.undo(try reversed.original())
    case .claimSubmitted:
      let submitted = try reversed.original(ClaimSubmitted.self)
      try billing.undo(submitted)
      try claims.undo(submitted)
      if let old = submitted.replaces { try reopen(old) }
    case .claimAdjudicated:
      let adjudicated = try reversed.original(ClaimAdjudicated.self)
      try claims.undo(adjudicated)
      try reopen(adjudicated.claim)
    case .shiftScheduled: try people.undo(try reversed.original(ShiftScheduled.self))
    case .absenceRecorded: try people.undo(try reversed.original(AbsenceRecorded.self))
    case .payrollApproved:
      let approved = try reversed.original(PayrollApproved.self)
      try people.undo(approved)
      try purchasing.undo(approved)
    case .goodsReceived:
      let receipt = try reversed.original(GoodsReceived.self)
      try stock.undo(receipt, header)
      try purchasing.undo(receipt)
    case .goodsReturned:
      let returned = try reversed.original(GoodsReturned.self)
      try stock.undo(returned, header, corrections)
      try purchasing.undo(returned)
    case .stockIssued:
      let issued = try reversed.original(StockIssued.self)
      try stock.undo(issued, header, reversed.originalEffective, corrections)
      try sales.undo(issued)
    case .stockCounted:
      try stock.undo(try reversed.original(StockCounted.self), header, corrections)
    }
  }

  // MARK: - What concerns several areas

  private func dependents(of charge: ChargePosted, _ reversed: Reversed) -> String? {
    billing.dependents(of: charge) ?? dependentSale(of: charge, reversed)
      ?? packages.dependents(of: charge, takenAlong: reversed.takenAlongBy != nil)
  }

  /// What of a ticket was not paid at once is undone with the sale alone.
  private func dependentSale(of charge: ChargePosted, _ reversed: Reversed) -> String? {
    guard let sale = charge.sale, reversed.takenAlongBy == nil else { return nil }
    return "it holds what of \(sale) was not paid"
  }

  private func dependents(of issue: StockIssued, _ reversed: Reversed) -> String? {
    if let sold = issue.soldLine, reversed.takenAlongBy == nil {
      return "it was handed over for \(sold.sale)"
    }
    return stock.dependents(of: issue, reversed.originalAt)
  }

  private func dependents(of payment: PaymentReceived, _ reversed: Reversed) -> String? {
    billing.dependents(of: payment) ?? ledger.dependents(ofMoneyAt: reversed.of)
  }

  private func dependents(of entry: JournalPosted) -> String? {
    billing.dependents(of: entry) ?? ledger.dependents(of: entry)
  }

  private func dependents(
    of receipt: GoodsReceived, _ reversed: Reversed, _ header: RecordHeader
  ) -> String? {
    purchasing.dependents(of: receipt) ?? stock.dependents(of: receipt, reversed.of, header)
  }

  /// A claim waits for its answer again, and its charges stand on it.
  private mutating func reopen(_ claim: ClaimID) throws(WireError) {
    guard claims.claims[claim]?.isLive == true else { return }
    for charge in claims.claims[claim]?.charges ?? [] { try billing.hold(charge, on: claim) }
  }
}
