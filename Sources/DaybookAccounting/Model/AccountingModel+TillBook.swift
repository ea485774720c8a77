import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// What the books remember of tills beside their entries: for day-end reports alone. An event outside
// of a till costs one comparison.
extension AccountingModel {
  mutating func note(_ opened: TillOpened, _ header: RecordHeader) throws(PostingError) {
    var row = TillOpeningRow()
    row.position = header.position
    row.session = try number(opened.session.number, header)
    row.till = try number(opened.till.number, header)
    row.clinic = try slots.index(of: header.clinic, at: header.position)
    row.day = header.effective.day.daysSince1970
    row.milliseconds = header.effective.instant.milliseconds
    row.offset = header.effective.offset.seconds
    row.staff = try number(header.actor.staffNumber ?? 0, header)
    row.float = opened.float.minorUnits
    row.held = opened.held.minorUnits
    row.brought = opened.brought.minorUnits
    tills.open(row)
  }

  mutating func note(_ closed: TillClosed, _ header: RecordHeader) throws(PostingError) {
    var row = TillClosingRow()
    row.position = header.position
    row.session = try number(closed.session.number, header)
    row.number = try number(closed.number, header)
    row.day = header.effective.day.daysSince1970
    row.milliseconds = header.effective.instant.milliseconds
    row.offset = header.effective.offset.seconds
    row.staff = try number(header.actor.staffNumber ?? 0, header)
    row.left = closed.left.minorUnits
    row.receipts = closed.receiptCount
    for count in closed.counts {
      var counted = TillCountRow()
      counted.position = header.position
      counted.session = row.session
      counted.method = UInt8(count.method.rawValue)
      counted.isCounted = count.counted == nil ? 0 : 1
      counted.expected = count.expected.minorUnits
      counted.counted = count.counted?.minorUnits ?? 0
      tills.counts.append(counted)
    }
    tills.closings.append(row)
  }

  mutating func note(_ moved: TillCashMoved, _ header: RecordHeader) throws(PostingError) {
    guard let type = TillRowType(moved.type) else { return }
    let isOut = moved.direction == .out
    var row = try till(moved.session, type, header)
    row.method = UInt8(MethodType.cash.rawValue)
    row.amount = isOut ? 0 &- moved.amount.minorUnits : moved.amount.minorUnits
    row.part = isOut ? 0 &- moved.tax.minorUnits : moved.tax.minorUnits
    tills.rows.append(row)
    if let other = moved.toSession {
      row.session = try number(other.number, header)
      row.amount = 0 &- row.amount
      tills.rows.append(row)
    }
  }

  mutating func note(_ payment: PaymentReceived, _ header: RecordHeader) throws(PostingError) {
    guard let session = payment.tillSession else { return }
    let row = try till(session, .payment, header)
    take(payment.method, payment.amount, tip: payment.tip, sign: 1, row)
  }

  mutating func note(_ refund: RefundPaid, _ header: RecordHeader) throws(PostingError) {
    guard let session = refund.tillSession else { return }
    let row = try till(session, .refund, header)
    take(refund.method, refund.amount, tip: nil, sign: -1, row)
  }

  mutating func note(_ made: PaymentMade, _ header: RecordHeader) throws(PostingError) {
    guard let session = made.tillSession else { return }
    let row = try till(session, .paidOut, header)
    take(made.method, made.amount, tip: nil, sign: -1, row)
  }

  mutating func note(_ sale: SaleCompleted, _ header: RecordHeader) throws(PostingError) {
    guard let session = sale.tillSession else { return }
    let row = try till(session, .sale, header)
    for tender in sale.tenders { take(tender.method, tender.amount, tip: tender.tip, sign: 1, row) }
    if sale.tenders.isEmpty { tills.rows.append(row) }
    add(sale.lines.map { ($0.rate, $0.amount, $0.tax) }, sign: 1, row)
    var discount: Int64 = 0
    for line in sale.lines { discount &+= line.discount.minorUnits }
    guard discount != 0 else { return }
    var taken = row
    taken.type = TillRowType.discount.rawValue
    taken.amount = discount
    tills.rows.append(taken)
  }

  mutating func note(_ returned: SaleReturned, _ header: RecordHeader) throws(PostingError) {
    guard let session = returned.tillSession else { return }
    let row = try till(session, .saleReturn, header)
    for tender in returned.tenders {
      take(tender.method, tender.amount, tip: tender.tip, sign: -1, row)
    }
    if returned.tenders.isEmpty { tills.rows.append(row) }
    add(returned.lines.map { ($0.rate, $0.amount, $0.tax) }, sign: -1, row)
  }

  // MARK: - Parts

  private mutating func till(
    _ session: TillSessionID, _ type: TillRowType, _ header: RecordHeader
  ) throws(PostingError) -> TillRow {
    var row = TillRow()
    row.position = header.position
    row.document = DocumentKey(header.stream)?.rawValue ?? 0
    row.session = try number(session.number, header)
    row.day = header.effective.day.daysSince1970
    row.type = type.rawValue
    return row
  }

  /// Money changes hands: the amount, the tip, and what the coins round, each by itself.
  private mutating func take(
    _ method: PaymentMethod, _ amount: Amount, tip: Amount?, sign: Int64, _ row: TillRow
  ) {
    var row = row
    row.method = UInt8(method.type.rawValue)
    row.amount = sign &* amount.minorUnits
    if case .cash(let cash) = method { row.part = cash.change?.minorUnits ?? 0 }
    tills.rows.append(row)
    row.part = 0
    if let tip, !tip.isZero {
      row.type = TillRowType.tip.rawValue
      row.amount = sign &* tip.minorUnits
      tills.rows.append(row)
    }
    if let rounding = method.rounding, !rounding.isZero {
      row.type = TillRowType.rounding.rawValue
      row.amount = sign &* rounding.minorUnits
      tills.rows.append(row)
    }
  }

  /// The lines of a ticket, rate by rate.
  private mutating func add(
    _ lines: [(rate: Rate, amount: Amount, tax: Amount)], sign: Int64, _ first: TillRow
  ) {
    var row = first
    row.type = TillRowType.taxed.rawValue
    row.part = 0
    for (index, line) in lines.enumerated()
    where !lines[..<index].contains(where: { $0.rate == line.rate }) {
      row.rate = Int32(clamping: line.rate.basisPoints)
      (row.amount, row.part) = (0, 0)
      for other in lines[index...] where other.rate == line.rate {
        row.amount &+= sign &* other.amount.minorUnits
        row.part &+= sign &* other.tax.minorUnits
      }
      tills.rows.append(row)
    }
  }

  private mutating func number(
    _ number: UInt64, _ header: RecordHeader
  ) throws(PostingError) -> UInt32 {
    guard let short = UInt32(exactly: number) else { throw tooLarge(header) }
    return short
  }
}
