import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// What each event adds: a row for itself, and one for each of its lines.
extension ClearingModel {
  mutating func applyAccounting(_ event: borrowing Event) throws {
    guard let tag = AccountingTag(rawValue: event.header.tag) else { return }
    let header = event.header
    switch tag {
    case .claimSubmitted: submit(try event.payload(), header)
    case .claimAdjudicated: answer(try event.payload(), header)
    case .remittanceReceived: try remit(try event.payload(), header)
    case .paymentReceived:
      // Most are of patients, at the desk.
      var payment = PaymentReceived()
      try event.read(into: &payment)
      guard !payment.remittance.isEmpty, case .payer(let payer) = payment.from else { return }
      try remit(payment, payer, header)
    case .bankLineReconciled: try reconcile(try event.payload(), header)
    case .supplierInvoiceRecorded: invoice(try event.payload(), header)
    case .journalPosted:
      guard try event.payload(JournalPosted.self).opening else { return }
      openings.append(OpeningRow(position: header.position))
    case .chargePosted, .responsibilityTransferred, .adjustmentPosted, .invoiceIssued,
      .invoiceRectified, .paymentAllocated, .allocationReleased, .paymentReturned, .refundPaid,
      .tillOpened, .tillCashMoved, .tillClosed, .saleCompleted, .saleReturned, .paymentMade,
      .periodClosed, .periodReopened, .yearClosed:
      break
    }
  }

  mutating func applyLogistics(_ event: borrowing Event) throws {
    guard let tag = LogisticsTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .itemDefined: references.note(event)
    case .goodsReceived: receive(try event.payload(), event.header)
    case .goodsReturned: giveBack(try event.payload(), event.header)
    case .purchaseOrderPlaced, .purchaseOrderClosed, .stockIssued, .stockTransferDispatched,
      .stockTransferReceived, .stockCounted, .lotStatusSet, .sterilisationRecorded,
      .equipmentServiced:
      break
    }
  }

  /// What is undone gets a row that says so: what was known before stays.
  mutating func applyCorrections(_ event: borrowing Event) throws {
    guard let tag = CorrectionsTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .reversed:
      let reversed = try event.payload(Reversed.self)
      guard Self.takesIn(reversed) else { return }
      undone.append(
        UndoneRow(
          position: event.header.position, of: reversed.of, day: event.header.effective.day))
    }
  }

  private static func takesIn(_ reversed: Reversed) -> Bool {
    reversed.isOf(ClaimSubmitted.self) || reversed.isOf(ClaimAdjudicated.self)
      || reversed.isOf(PaymentReceived.self) || reversed.isOf(BankLineReconciled.self)
      || reversed.isOf(GoodsReceived.self) || reversed.isOf(GoodsReturned.self)
      || reversed.isOf(SupplierInvoiceRecorded.self)
  }

  // MARK: - Claims

  private mutating func submit(_ event: ClaimSubmitted, _ header: RecordHeader) {
    claims.append(
      ClaimRow(
        position: header.position, day: header.effective.day, clinic: header.clinic,
        claim: event.claim.number, payer: event.payer, patient: event.patient,
        total: event.total.minorUnits, replaces: event.replaces?.number ?? 0))
    for claimed in event.charges {
      self.claimed.append(
        ClaimedRow(
          position: header.position, charge: claimed.charge.number,
          amount: claimed.amount.minorUnits))
    }
  }

  private mutating func answer(_ event: ClaimAdjudicated, _ header: RecordHeader) {
    answers.append(
      AnswerRow(
        position: header.position, day: header.effective.day, claim: event.claim.number,
        outcome: event.outcome.rawValue))
    for line in event.lines {
      answered.append(
        AnsweredRow(
          position: header.position, charge: line.charge.number,
          contractual: line.contractual.minorUnits, patientDue: line.patientDue.minorUnits,
          other: line.other.minorUnits))
    }
  }

  // MARK: - Money of payers

  private mutating func remit(_ event: RemittanceReceived, _ header: RecordHeader) throws {
    var row = RemittanceRow(
      position: header.position, day: header.effective.day, clinic: header.clinic,
      payment: event.payment.number, payer: event.payer, reference: event.reference,
      date: event.date, total: event.total.minorUnits)
    for line in event.lines {
      let paid = line.paid.minorUnits
      try row.lines.add(paid, "lines")
      if paid < 0 { try row.takenBack.add(paid, "lines") }
    }
    for adjustment in event.providerAdjustments {
      let amount = adjustment.amount.minorUnits
      switch adjustment.type {
      case .interest: try row.interest.add(amount, "providerAdjustments")
      case .fee: try row.fees.add(amount, "providerAdjustments")
      case .balance, .unspecified: try row.carried.add(amount, "providerAdjustments")
      }
    }
    remittances.append(row)
    for line in event.lines {
      remitted.append(
        RemittedRow(
          position: header.position, day: header.effective.day, claim: line.claim.number,
          charge: line.charge.number, paid: line.paid.minorUnits))
    }
  }

  /// A payment that a payer has announced: what settles nothing yet is carried.
  private mutating func remit(
    _ event: PaymentReceived, _ payer: PartyID, _ header: RecordHeader
  ) throws {
    var row = RemittanceRow(
      position: header.position, day: header.effective.day, clinic: header.clinic,
      payment: event.payment.number, payer: payer, reference: event.remittance,
      date: header.effective.day, total: event.amount.minorUnits)
    for allocation in event.allocations {
      try row.lines.add(allocation.amount.minorUnits, "allocations")
    }
    row.carried = row.total
    try row.carried.add(0 &- row.lines, "allocations")
    remittances.append(row)
  }

  // MARK: - The bank

  private mutating func reconcile(_ event: BankLineReconciled, _ header: RecordHeader) throws {
    var own: Int64 = 0
    for match in event.matches {
      if case .booked = match.with { continue }
      try own.add(match.amount.minorUnits, "matches")
    }
    bankLines.append(
      BankLineRow(
        position: header.position, clinic: header.clinic, account: event.bankAccount.number,
        line: event.line, date: event.date, amount: event.amount.minorUnits, own: own))
    for match in event.matches {
      var row = BankMatchRow(position: header.position, amount: match.amount.minorUnits)
      switch match.with {
      case .booked(let of): (row.of, row.isBooked) = (of, true)
      case .cardClearing(let of), .cashInTransit(let of): row.of = of
      case .account(let code): row.account = code
      }
      bankMatches.append(row)
    }
  }

  // MARK: - Goods

  /// Opening stock waits for no invoice.
  private mutating func receive(_ event: GoodsReceived, _ header: RecordHeader) {
    guard !event.opening else { return }
    for (index, line) in event.lines.enumerated() {
      goods.append(
        GoodsRow(
          position: header.position, day: header.effective.day, clinic: header.clinic,
          receipt: event.receipt.number, line: UInt32(index) + 1,
          supplier: event.supplier ?? PartyID(), item: line.item.number,
          quantity: line.quantity.thousandths, value: line.value.minorUnits))
    }
  }

  /// What was invoiced before it went back is the supplier's to credit, and waits for no invoice.
  private mutating func giveBack(_ event: GoodsReturned, _ header: RecordHeader) {
    for line in event.lines where !line.invoiced {
      goodsMoves.append(
        GoodsMoveRow(
          position: header.position, day: header.effective.day, clinic: header.clinic,
          receipt: event.receipt.number, line: line.receiptLine, isInvoice: false,
          quantity: line.quantity.thousandths, value: line.received.minorUnits))
    }
  }

  private mutating func invoice(_ event: SupplierInvoiceRecorded, _ header: RecordHeader) {
    for match in event.lines.compactMap(\.received) where !match.returned {
      goodsMoves.append(
        GoodsMoveRow(
          position: header.position, day: header.effective.day, clinic: header.clinic,
          receipt: match.receipt.number, line: match.line, isInvoice: true,
          quantity: match.quantity.thousandths, value: match.value.minorUnits))
    }
  }
}

extension Int64 {
  /// Adds an amount of an event.
  ///
  /// - Throws: `WireError`, where a log that no Desk has written goes beyond 64 bits.
  fileprivate mutating func add(_ amount: Int64, _ field: StaticString) throws(WireError) {
    let (sum, tooLarge) = addingReportingOverflow(amount)
    guard !tooLarge else { throw WireError(.outOfRange, at: 0, field: "\(field)") }
    self = sum
  }
}
