public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What an event says of its entry that no posting keeps: why, on whose word, and by which document.
///
/// It is read from the log for the events that are printed, and for no others.
public struct EventDetail: Hashable, Sendable {
  /// The event's position.
  public let position: Position
  /// The position of the first event of its action.
  public let action: Position
  /// The role that the actor used.
  public let role: Role
  /// The clock of the clinic: how far it was ahead of UTC.
  public let offset: UTCOffset
  /// The number of the document, of an invoice or a ticket; empty where it has none.
  public private(set) var document = ""
  /// The source reference of the action; empty where it had none.
  public var source = ""
  /// The day on the document; nil where it has none of its own.
  public private(set) var documentDate: Day?
  /// Why, in words; empty where nobody said so.
  public private(set) var reason = ""
  /// Who approved it; nil where nobody had to.
  public private(set) var approver: StaffID?
  /// Whether it brings in what was there before the books.
  public private(set) var isOpening = false
  /// The documents of the entry's lines, where each has its own.
  private var lineDocuments: [String] = []

  /// Reads an event.
  ///
  /// - Throws: `WireError` where the bytes are not the event's payload.
  public init(_ event: borrowing Event) throws {
    let header = event.header
    position = header.position
    action = Position(header.position.number - UInt64(header.actionIndex))
    role = header.role
    offset = header.effective.offset
    source = event.sourceReference ?? ""
    switch header.family {
    case .accounting: try readAccounting(event)
    case .logistics: try readLogistics(event)
    case .frontOffice: try readFrontOffice(event)
    case .humanResources: try readHumanResources(event)
    case .corrections:
      let reversed = try event.payload(Reversed.self)
      (reason, approver) = (reversed.reason, reversed.approver)
    default: break
    }
  }

  /// The document of a line: its own, that of the event, or else the source reference of the action.
  public func reference(ofLine line: UInt16) -> String {
    let index = Int(line) - 1
    if lineDocuments.indices.contains(index), !lineDocuments[index].isEmpty {
      return lineDocuments[index]
    }
    return document.isEmpty ? source : document
  }

  private mutating func readAccounting(_ event: borrowing Event) throws {
    guard let tag = AccountingTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .invoiceIssued:
      let issued = try event.payload(InvoiceIssued.self)
      number(issued.series, issued.number, on: issued.date)
    case .invoiceRectified:
      let rectified = try event.payload(InvoiceRectified.self)
      number(rectified.series, rectified.number, on: rectified.date)
      (reason, approver) = (rectified.reason, rectified.approver)
    case .saleCompleted:
      let sale = try event.payload(SaleCompleted.self)
      number(sale.series, sale.number)
      approver = sale.approver
    case .saleReturned:
      let returned = try event.payload(SaleReturned.self)
      number(returned.series, returned.number)
      (reason, approver) = (returned.reason, returned.approver)
    case .supplierInvoiceRecorded:
      let invoice = try event.payload(SupplierInvoiceRecorded.self)
      (document, documentDate, approver) = (invoice.number, invoice.date, invoice.approver)
    case .remittanceReceived:
      let remitted = try event.payload(RemittanceReceived.self)
      (document, documentDate) = (remitted.reference, remitted.date)
    case .bankLineReconciled:
      let line = try event.payload(BankLineReconciled.self)
      (document, documentDate) = (line.line, line.date)
    case .adjustmentPosted:
      let adjustment = try event.payload(AdjustmentPosted.self)
      approver = adjustment.approver
      reason = words("\(adjustment.type)", adjustment.reasonCode)
    case .responsibilityTransferred:
      let transfer = try event.payload(ResponsibilityTransferred.self)
      reason = words("\(transfer.reason)")
    case .refundPaid:
      let refund = try event.payload(RefundPaid.self)
      (reason, approver) = (refund.reason, refund.approver)
    case .allocationReleased: reason = try event.payload(AllocationReleased.self).reason
    case .paymentReturned:
      let returned = try event.payload(PaymentReturned.self)
      reason = words("\(returned.reason)")
    case .paymentMade: approver = try event.payload(PaymentMade.self).approver
    case .paymentReceived: document = try event.payload(PaymentReceived.self).remittance
    case .tillCashMoved: document = try event.payload(TillCashMoved.self).document
    case .tillClosed: try readTill(event)
    case .journalPosted: try readJournal(event)
    case .yearClosed: approver = try event.payload(YearClosed.self).approver
    default: break
    }
  }

  private mutating func readTill(_ event: borrowing Event) throws {
    let closed = try event.payload(TillClosed.self)
    document = "Z\(closed.number)"
    reason = closed.note
  }

  private mutating func readJournal(_ event: borrowing Event) throws {
    let posted = try event.payload(JournalPosted.self)
    (reason, isOpening) = (posted.memo, posted.opening)
    // A line is a posting for each side that is not zero.
    for line in posted.lines {
      for amount in [line.debit, line.credit] where !amount.isZero {
        lineDocuments.append(line.document)
      }
    }
  }

  private mutating func readLogistics(_ event: borrowing Event) throws {
    guard let tag = LogisticsTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .goodsReceived: isOpening = try event.payload(GoodsReceived.self).opening
    case .goodsReturned: reason = try event.payload(GoodsReturned.self).reason
    case .stockIssued:
      let issued = try event.payload(StockIssued.self)
      reason = words("\(issued.purpose)", issued.lotOverride?.reason ?? "")
      approver = issued.lotOverride?.approver
    default: break
    }
  }

  private mutating func readFrontOffice(_ event: borrowing Event) throws {
    guard let tag = FrontOfficeTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .packageSold:
      let sold = try event.payload(PackageSold.self)
      (isOpening, approver) = (sold.opening, sold.approver)
    case .packageCancelled:
      let cancelled = try event.payload(PackageCancelled.self)
      reason = words("\(cancelled.reason)")
    default: break
    }
  }

  private mutating func readHumanResources(_ event: borrowing Event) throws {
    guard event.header.tag == HumanResourcesTag.payrollApproved.rawValue else { return }
    approver = try event.payload(PayrollApproved.self).approver
  }

  private mutating func number(_ series: String, _ number: UInt64, on date: Day? = nil) {
    guard number > 0 else { return }
    document = series.isEmpty ? "\(number)" : "\(series)-\(number)"
    documentDate = date
  }

  /// Words that say something, side by side.
  private func words(_ words: String...) -> String {
    words.filter { !$0.isEmpty && $0 != "unspecified" }.joined(separator: ": ")
  }
}

/// The details of some events, by position.
public struct EventDetails: Sendable {
  private var list: [EventDetail] = []

  /// Of no event.
  public init() {}

  /// Adds those of an event behind the others.
  public mutating func append(_ detail: EventDetail) { list.append(detail) }

  /// Gives every event the source reference that its action has.
  ///
  /// - Parameter source: The reference of the action that begins at a position; nil for none.
  public mutating func nameSources(_ source: (Position) throws -> String?) rethrows {
    for index in list.indices where list[index].source.isEmpty {
      list[index].source = try source(list[index].action) ?? ""
    }
  }

  /// The details of the event at `position`; nil where they were not read.
  ///
  /// - Complexity: O(log n).
  public subscript(position: Position) -> EventDetail? {
    var (low, high) = (0, list.count)
    while low < high {
      let middle = (low + high) / 2
      if list[middle].position < position { low = middle + 1 } else { high = middle }
    }
    return low < list.count && list[low].position == position ? list[low] : nil
  }
}

/// Reads the details of the events at some positions, which ascend.
public typealias DetailReader = ([Position]) throws -> EventDetails
