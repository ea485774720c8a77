public import DaybookBytes
import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// The numbered documents of sales: invoices, credit notes, tickets and returns, each with what it comes
/// to by rule of tax.
///
/// A model of its own, so that the replay of the books does not wait for it. It keeps no names and no
/// texts: a document is printed from its event. At any position it answers for every one before: rows
/// stand in position order.
public struct DocumentsModel: ReadModel {
  /// `documents`
  public static let name = "documents"
  /// Raised with every change of what is computed.
  public static let version: UInt32 = 1

  var documents: History<DocumentRow>
  var merges: History<DocumentMerge>
  var references = References()
  var days = LatestDays()
  /// The currencies of the clinics: those of every amount of theirs.
  var currencies: [UInt64: Currency] = [:]
  /// The first row of each invoice, and of each sale, by its number.
  var invoicePlaces = DenseIndex()
  var salePlaces = DenseIndex()

  /// No documents.
  public init() { self.init(chunkRows: 16_384) }

  /// No documents; chunks are smaller in tests only.
  package init(chunkRows: Int) {
    documents = History(chunkRows: chunkRows)
    merges = History(chunkRows: chunkRows)
  }

  /// Takes an event in; events come in position order, each once.
  ///
  /// - Throws: `WireError` where the bytes are not the event's payload, `ValueError` where a sum leaves
  ///   its range; then nothing of it was taken in.
  public mutating func apply(_ event: borrowing Event) throws {
    switch event.header.family {
    case .accounting: try applyAccounting(event)
    case .corrections: try applyCorrections(event)
    case .administration: try applyAdministration(event)
    case .frontOffice: try applyFrontOffice(event)
    default: break
    }
    if days.isMoved(by: event.header), ClinicEvents.isFact(event.header.family, event.header.tag) {
      days.note(event.header)
    }
  }

  public mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("documents", &documents)
    try parts.visit("merges", &merges)
    try parts.visit("references", &references)
    try parts.visit("days", &days)
    try parts.visit("currencies", &currencies)
    try parts.visit("invoicePlaces", &invoicePlaces)
    try parts.visit("salePlaces", &salePlaces)
  }

  public var digest: String { digest(knownAt: Position(.max)) }

  /// The digest that the model had at `position`, inclusive.
  public func digest(knownAt position: Position) -> String {
    var writer = ByteWriter(capacity: 128)
    writer.append(utf8: Self.name)
    writer.appendLittleEndian(Self.version)
    documents.digest(through: position).append(to: &writer)
    merges.digest(through: position).append(to: &writer)
    references.digest(through: position).append(to: &writer)
    days.digest(through: position).append(to: &writer)
    return writer.withSpan { SHA256.hash($0) }.description
  }

  /// The currency of a clinic's documents; unspecified where no such clinic was met.
  func currency(ofClinic clinic: UInt64) -> Currency { currencies[clinic] ?? .unspecified }

  /// Under whom a party goes on at `position`: itself, unless it was merged.
  ///
  /// - Complexity: O(merges).
  func current(_ party: UInt32, at position: Position) -> UInt32 {
    var party = party
    let known = merges.rows(through: position)
    while let next = known.last(where: { $0.from == party })?.into { party = next }
    return party
  }
}

extension DocumentsModel {
  private mutating func applyAdministration(_ event: borrowing Event) throws {
    switch AdministrationTag(rawValue: event.header.tag) {
    case .clinicDefined:
      let clinic = try event.payload(ClinicDefined.self)
      currencies[clinic.clinic.number] = clinic.currency
      references.note(event)
    case .partyRegistered: references.note(event)
    default: break
    }
  }

  private mutating func applyFrontOffice(_ event: borrowing Event) throws {
    switch FrontOfficeTag(rawValue: event.header.tag) {
    case .patientRegistered: references.note(event)
    case .patientsMerged:
      let merged = try event.payload(PatientsMerged.self)
      guard let from = PartyKey(merged.from), let into = PartyKey(merged.into),
        current(into.rawValue, at: event.header.position) != from.rawValue
      else { return }
      merges.append(
        DocumentMerge(
          position: event.header.position, from: from.rawValue, into: into.rawValue))
    default: break
    }
  }

  private mutating func applyAccounting(_ event: borrowing Event) throws {
    switch AccountingTag(rawValue: event.header.tag) {
    case .invoiceIssued: try note(try event.payload(InvoiceIssued.self), event.header)
    case .invoiceRectified: try note(try event.payload(InvoiceRectified.self), event.header)
    case .saleCompleted: try note(try event.payload(SaleCompleted.self), event.header)
    case .saleReturned: try note(try event.payload(SaleReturned.self), event.header)
    default: break
    }
  }

  /// What the undone event came to is taken back: its number stays.
  private mutating func applyCorrections(_ event: borrowing Event) throws {
    guard CorrectionsTag(rawValue: event.header.tag) == .reversed else { return }
    let reversed = try event.payload(Reversed.self)
    guard reversed.originalFamily == .accounting else { return }
    var taken: [DocumentRow] = []
    for row in rows(at: reversed.of) {
      taken.append(try row.undone(at: event.header.position, on: event.header.effective.day))
    }
    for row in taken { documents.append(row) }
  }

  private mutating func note(_ issued: InvoiceIssued, _ header: RecordHeader) throws {
    var row = row(.invoice, issued.invoice.number, header)
    (row.series, row.number, row.day) = (issued.series, issued.number, issued.date)
    row.due = issued.due.map(\.date).min()
    row.party = PartyKey(issued.customer.party).rawValue
    row.total = issued.total.minorUnits
    var sums = DocumentSums(issued.taxes)
    // An invoice posts nothing but the cents of its rounding: charges, tickets and advances have
    // posted the tax that it asks for.
    for line in issued.lines where line.charge != nil && line.owedBy != nil {
      try sums.post(line.taxCode, line.rate, base: .zero, tax: line.rounding)
    }
    try sums.post(issued.released)
    invoicePlaces[issued.invoice.number] = documents.count
    add(sums, row)
  }

  private mutating func note(_ rectified: InvoiceRectified, _ header: RecordHeader) throws {
    var row = row(.creditNote, rectified.invoice.number, header)
    (row.series, row.number, row.day) = (rectified.series, rectified.number, rectified.date)
    row.original = rectified.original.number
    if let place = invoicePlaces.place(of: rectified.original.number) {
      row.party = documents.row(at: place)?.party ?? 0
    }
    row.total = try rectified.total.minorUnits.opposite
    var sums = try DocumentSums(rectified.taxes).negated()
    for line in rectified.lines where line.charge != nil && line.owedBy != nil {
      try sums.post(
        line.taxCode, line.rate, base: try line.net.negated(), tax: try line.tax.negated())
    }
    try sums.post(rectified.released)
    invoicePlaces[rectified.invoice.number] = documents.count
    add(sums, row)
  }

  private mutating func note(_ sold: SaleCompleted, _ header: RecordHeader) throws {
    var row = row(.ticket, sold.sale.number, header)
    (row.series, row.number) = (sold.series, sold.number)
    row.party = PartyKey(sold.patient.map { Party.patient($0) } ?? .walkIn).rawValue
    row.total = sold.total.minorUnits
    var sums = DocumentSums()
    for line in sold.lines {
      try sums.add(line.taxCode, line.rate, gross: line.amount, tax: line.tax)
    }
    sums.postAll()
    salePlaces[sold.sale.number] = documents.count
    add(sums, row)
  }

  private mutating func note(_ returned: SaleReturned, _ header: RecordHeader) throws {
    var row = row(.saleReturn, returned.saleReturn.number, header)
    (row.series, row.number) = (returned.series, returned.number)
    row.party = PartyKey(returned.patient.map { Party.patient($0) } ?? .walkIn).rawValue
    row.original = returned.sale?.number ?? 0
    row.total = try returned.total.minorUnits.opposite
    var sums = DocumentSums()
    for line in returned.lines {
      try sums.add(
        line.taxCode, line.rate, gross: try line.amount.negated(), tax: try line.tax.negated())
    }
    sums.postAll()
    add(sums, row)
  }

  private func row(
    _ type: SalesDocumentType, _ document: UInt64, _ header: RecordHeader
  ) -> DocumentRow {
    var row = DocumentRow()
    row.position = header.position
    row.type = type
    row.document = document
    row.clinic = header.clinic
    row.day = header.effective.day
    return row
  }

  /// A row for each rule of tax; one of nothing where the document has none, so that its number is there.
  private mutating func add(_ sums: DocumentSums, _ row: DocumentRow) {
    for part in sums.parts.isEmpty ? [DocumentSums.Part()] : sums.parts {
      var row = row
      row.taxCode = part.taxCode?.number ?? 0
      row.rate = part.rate
      (row.base, row.tax) = (part.base.minorUnits, part.tax.minorUnits)
      (row.postedBase, row.postedTax) = (part.postedBase.minorUnits, part.postedTax.minorUnits)
      documents.append(row)
    }
  }
}
