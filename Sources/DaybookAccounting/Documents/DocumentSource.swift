public import DaybookBytes
import DaybookClinicEvents
public import DaybookEvents
import DaybookValues

/// What the log says of one document of sales: its own event, and what that event names.
///
/// Begun with the document itself, and filled in by whoever reads the log, with `take` of all events before
/// it in position order. What was recorded later is never in it, so that a document prints the same for
/// ever.
public struct DocumentSource: Sendable {
  /// A charge that a line asks for.
  struct Charge {
    var event: ChargePosted
    var day: Day
  }

  /// The event that is the document.
  enum Body {
    case invoice(InvoiceIssued)
    case creditNote(InvoiceRectified)
    case ticket(SaleCompleted)
    case saleReturn(SaleReturned)
  }

  private(set) var body: Body?
  private(set) var day = Day()
  private(set) var position = Position.start
  private(set) var clinic = ClinicDefined()
  private(set) var charges: [ChargeID: Charge] = [:]
  private(set) var payments: [PaymentID: Day] = [:]
  private(set) var services: [ServiceID: String] = [:]
  private(set) var items: [ItemID: ItemDefined] = [:]
  private(set) var taxes: [TaxCodeID: [TaxCodeSet]] = [:]
  /// The invoice that a credit note corrects.
  private(set) var original: InvoiceIssued?
  private(set) var sales: [SaleID: SaleCompleted] = [:]

  // What the document names: nothing else is kept.
  private var wantedCharges: Set<ChargeID> = []
  private var wantedPayments: Set<PaymentID> = []
  private var wantedSales: Set<SaleID> = []
  private var wantedInvoice: InvoiceID?
  private let clinicNumber: UInt64

  /// What has to be found for the document that `event` is.
  ///
  /// - Throws: `WireError` where the bytes are not its payload.
  public init(of event: borrowing Event) throws(WireError) {
    clinicNumber = event.header.clinic
    day = event.header.effective.day
    position = event.header.position
    guard event.header.family == .accounting else { return }
    switch AccountingTag(rawValue: event.header.tag) {
    case .invoiceIssued: want(try event.payload(InvoiceIssued.self))
    case .invoiceRectified:
      let rectified = try event.payload(InvoiceRectified.self)
      day = rectified.date
      wantedInvoice = rectified.original
      wantedCharges = Set(rectified.lines.compactMap(\.charge))
      wantedPayments = Set(rectified.lines.compactMap(\.deposit))
      body = .creditNote(rectified)
    case .saleCompleted:
      let sold = try event.payload(SaleCompleted.self)
      body = .ticket(sold)
    case .saleReturned:
      let returned = try event.payload(SaleReturned.self)
      if let sale = returned.sale { wantedSales = [sale] }
      body = .saleReturn(returned)
    default: break
    }
  }

  private mutating func want(_ issued: InvoiceIssued) {
    day = issued.date
    wantedCharges = Set(issued.lines.compactMap(\.charge))
    wantedPayments = Set(
      issued.lines.compactMap(\.deposit) + issued.deductions.map(\.payment))
    wantedSales = Set(issued.lines.compactMap(\.sale))
    body = .invoice(issued)
  }

  /// Keeps what the document names of an event before it.
  ///
  /// - Throws: `WireError` where the bytes are not the event's payload.
  public mutating func take(_ event: borrowing Event) throws(WireError) {
    switch event.header.family {
    case .administration: try takeAdministration(event)
    case .accounting: try takeAccounting(event)
    case .logistics:
      guard LogisticsTag(rawValue: event.header.tag) == .itemDefined else { return }
      let item = try event.payload(ItemDefined.self)
      items[item.item] = item
    default: break
    }
  }

  private mutating func takeAdministration(_ event: borrowing Event) throws(WireError) {
    switch AdministrationTag(rawValue: event.header.tag) {
    case .clinicDefined:
      let defined = try event.payload(ClinicDefined.self)
      if defined.clinic.number == clinicNumber, event.header.effective.day <= day {
        clinic = defined
      } else if clinic.clinic.number == 0, defined.clinic.number == clinicNumber {
        clinic = defined
      }
    case .serviceDefined:
      let service = try event.payload(ServiceDefined.self)
      services[service.service] = service.name
    case .taxCodeSet:
      let tax = try event.payload(TaxCodeSet.self)
      taxes[tax.taxCode, default: []].append(tax)
    default: break
    }
  }

  private mutating func takeAccounting(_ event: borrowing Event) throws(WireError) {
    let stream = event.header.stream
    switch AccountingTag(rawValue: event.header.tag) {
    case .chargePosted where wantedCharges.contains(ChargeID(stream.number)):
      let charge = try event.payload(ChargePosted.self)
      charges[charge.charge] = Charge(event: charge, day: event.header.effective.day)
    case .paymentReceived where wantedPayments.contains(PaymentID(stream.number)):
      payments[PaymentID(stream.number)] = event.header.effective.day
    case .invoiceIssued where wantedInvoice?.number == stream.number:
      original = try event.payload(InvoiceIssued.self)
    case .saleCompleted where wantedSales.contains(SaleID(stream.number)):
      sales[SaleID(stream.number)] = try event.payload(SaleCompleted.self)
    default: break
    }
  }

  /// The rule of tax that held on a day; nil where none did.
  func tax(_ code: TaxCodeID?, on day: Day) -> TaxCodeSet? {
    code.flatMap { taxes[$0] }?.filter { $0.from <= day }
      .enumerated().max { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }?.element
  }
}
