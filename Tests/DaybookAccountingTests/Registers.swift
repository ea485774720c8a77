import DaybookAccounting
import DaybookBytes
import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

/// The registers of what a desk has decided, event by event as a log would lend them.
struct Registers {
  var model: DocumentsModel
  private(set) var position = Position.start
  private var events: [DecidedEvent] = []
  private let decoder = EventDecoder()

  init(_ events: [DecidedEvent], chunkRows: Int = 16_384) throws {
    model = DocumentsModel(chunkRows: chunkRows)
    for event in events { try take(event) }
  }

  mutating func take(_ event: DecidedEvent) throws {
    position = position.next
    events.append(event)
    try lend(position) { try model.apply($0) }
  }

  /// Calls `body` with the event at `position`.
  private func lend(
    _ position: Position, _ body: (borrowing Event) throws -> Void
  ) throws {
    let event = events[Int(position.number) - 1]
    var header = RecordHeader()
    header.position = position
    header.stream = event.stream
    header.version = 1
    header.family = event.family
    header.tag = event.tag
    header.clinic = event.clinic
    header.effective = event.effective
    try withReader(of: event.payload) { payload in
      try body(Event(RecordView(header: header, payload: payload), EventDecoder()))
    }
  }

  var view: Snapshot<DocumentsModel> { Snapshot(model, asOf: position) }

  /// The document with that number, as it is printed.
  func document(_ number: String) throws -> Report? {
    guard let found = model.documents(numbered: number, knownAt: position).first else { return nil }
    return try document(at: found.position)
  }

  func document(at position: Position) throws -> Report? {
    var source: DocumentSource?
    try lend(position) { source = try DocumentSource(of: $0) }
    for earlier in 1..<position.number {
      try lend(Position(earlier)) { try source?.take($0) }
    }
    return source.flatMap { DocumentsReport.document($0, view, book: "North") }
  }

  func register(
    _ types: Set<SalesDocumentType> = Set(SalesDocumentType.allCases), of party: PartyKey? = nil,
    _ change: (inout AccountingQuery) -> Void = { _ in }
  ) -> Report {
    var query = AccountingQuery(book: "North")
    change(&query)
    return DocumentsReport.register(of: types, to: party, view, query)
  }
}

/// A clinic with all that an invoice says of it, and a month of its documents.
///
/// | day | what | base | tax |
/// |---|---|---|---|
/// | 03-02 | C1: 100.00 less 10.00 at 21 %; C2: 50.00, exempt | | |
/// | 03-02 | A-1 to P1 for both, due 04-01 | 90.00; 50.00 | 18.90 |
/// | 03-10 | AR-1 takes 24.20 off line 1 of A-1: 24.20 x 21 / 121 = 4.20 of tax | -20.00 | -4.20 |
/// | 03-10 | T-1: 2 x 12.10 less 1.21 = 22.99, of which 22.99 x 21 / 121 = 3.99 | 19.00 | 3.99 |
/// | 03-11 | T-2: 12.10 | 10.00 | 2.10 |
/// | 03-11 | T-1 is undone, as of its day, since its month is open | -19.00 | -3.99 |
/// | 03-12 | R-1: T-2 comes back | -10.00 | -2.10 |
struct DocumentMonth {
  var desk: DecidedBooks

  init() throws {
    desk = try DecidedBooks()
    try desk.perform(
      as: .admin,
      DefineClinic.with {
        $0.clinic = ClinicID(1)
        $0.name = "North"
        $0.legalName = "North Dental SL"
        $0.taxID = "B12345678"
        $0.address = Address.with {
          $0.street = "Calle Mayor 1"
          $0.postalCode = "45001"
          $0.city = "Toledo"
          $0.country = "ES"
        }
        $0.timeZone = "UTC"
        $0.transitions = [ZoneTransition()]
        $0.currency = .eur
        $0.fiscalYearStartMonth = 1
      })
    for (code, rate, type, reason) in [
      ("S21", Int64(2_100), TaxClass.standard, ""), ("E", 0, .exempt, "LIVA art. 20.1.3"),
    ] {
      try desk.perform(
        as: .admin,
        SetTaxCode.with {
          $0.code = code
          $0.rate = Rate(basisPoints: rate)
          $0.taxClass = type
          $0.reason = reason
        })
    }
    try desk.see()
    try desk.treat(10_000) {
      $0.taxCode = TaxCodeID(1)
      $0.discount = money(1_000)
    }
    try desk.treat(5_000) { $0.taxCode = TaxCodeID(2) }
    try invoice()
    try desk.on("2026-03-10")
    try desk.perform(
      as: .accountant,
      RectifyInvoice.with {
        $0.invoice = InvoiceID(1)
        $0.lines = [RectifiedShare(1, money(2_420))]
        $0.reason = "agreed less"
      })
    try desk.perform(as: .cashier, OpenTill.with { $0.float = money(0) })
    let ticket = Position(UInt64(desk.taken.count) + 1)
    try sell(2, discount: 121)
    try desk.on("2026-03-11")
    try sell(1)
    try desk.perform(
      as: .accountant,
      ReverseEvent.with {
        $0.of = ticket
        $0.reason = "typed twice"
      })
    try desk.on("2026-03-12")
    try desk.perform(
      as: .cashier,
      ReturnSale.with {
        $0.sale = SaleID(2)
        $0.lines = [ReturnedItem.with { $0.line = 1 }]
        $0.tenders = [TicketTender(.cash(CashTender()))]
        $0.reason = "not wanted"
      })
  }

  private mutating func invoice() throws {
    let due = try Day(parsing: "2026-04-01")
    try desk.perform(
      as: .accountant,
      IssueInvoice.with {
        $0.customer = InvoiceCustomer.with {
          $0.party = .patient(PatientID(1))
          $0.person = InvoicePerson.with {
            $0.name = "Ana Young"
            $0.taxID = "12345678Z"
            $0.address = "Calle Alta 2, Toledo"
          }
        }
        $0.charges = [InvoiceShare(ChargeID(1)), InvoiceShare(ChargeID(2))]
        $0.due = [
          DueDate.with {
            $0.date = due
            $0.amount = money(15_890)
          }
        ]
      })
  }

  mutating func sell(_ units: Int64, discount: Int64 = 0) throws {
    let quantity = try Quantity(units: units)
    try desk.perform(
      as: .cashier,
      CompleteSale.with {
        $0.lines = [
          TicketItem.with {
            $0.service = ServiceID(1)
            $0.quantity = quantity
            $0.unitPrice = UnitPrice(tenThousandths: 121_000)
            $0.discount = money(discount)
            $0.taxCode = TaxCodeID(1)
          }
        ]
        $0.tenders = [TicketTender(.cash(CashTender()))]
      })
  }

  func registers(chunkRows: Int = 16_384) throws -> Registers {
    try Registers(desk.taken, chunkRows: chunkRows)
  }
}
