public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What sort of numbered document of sales something is.
public enum SalesDocumentType: UInt8, CaseIterable, Hashable, Sendable {
  /// `InvoiceIssued`: of charges, of advances, or in place of tickets.
  case invoice = 1
  /// `InvoiceRectified`: an invoice asks for less.
  case creditNote = 2
  /// `SaleCompleted`: a simplified invoice of the counter.
  case ticket = 3
  /// `SaleReturned`: goods of a ticket came back.
  case saleReturn = 4

  /// `invoice`, `credit note`, `ticket`, `return`.
  public var words: String {
    switch self {
    case .invoice: "invoice"
    case .creditNote: "credit note"
    case .ticket: "ticket"
    case .saleReturn: "return"
    }
  }

  /// The kind of streams whose first event is such a document.
  public var streamKind: StreamKind {
    switch self {
    case .invoice, .creditNote: .invoice
    case .ticket: .sale
    case .saleReturn: .saleReturn
    }
  }
}

/// A document of sales, found in the registers: where it stands in the log.
public struct SalesDocument: Hashable, Sendable {
  /// The event that is the document.
  public let position: Position
  /// What sort it is.
  public let type: SalesDocumentType
  /// The clinic that wrote it.
  public let clinic: ClinicID
  /// The number in its series, as it is printed: `A-3`.
  public let number: String
  /// Its date.
  public let day: Day
  /// The document that it takes something off; nil where it takes off nothing, or what is not known.
  public let original: Position?
}

extension DocumentRow {
  /// The number as it is printed: `A-3`.
  var printedNumber: String { "\(series)-\(number)" }
}

extension DocumentsModel {
  /// The document whose event stands at `position`; nil where that is no document, or is not known at
  /// `known`.
  public func document(at position: Position, knownAt known: Position) -> SalesDocument? {
    guard position <= known, let row = rows(at: position).first, row.undoes == .start else {
      return nil
    }
    return document(row)
  }

  /// The documents that a text names: the number as printed, `A-3`, `a3` or `A 3`.
  ///
  /// - Parameter clinic: The only clinic whose series are meant; nil for all.
  /// - Returns: In the order of the log: several where clinics number alike.
  /// - Complexity: O(documents).
  public func documents(
    numbered text: String, clinic: UInt64? = nil, knownAt known: Position
  ) -> [SalesDocument] {
    let wanted = text.uppercased()
    var found: [SalesDocument] = []
    var last = Position.start
    for row in documents.rows(through: known)
    where row.position != last && row.undoes == .start && clinic ?? row.clinic == row.clinic {
      guard row.isNumbered(wanted) else { continue }
      last = row.position
      found.append(document(row))
    }
    return found
  }

  /// The document that began a stream: `invoice/3`, `sale/12`; nil where none did.
  ///
  /// - Complexity: O(documents).
  public func document(of stream: StreamID, knownAt known: Position) -> SalesDocument? {
    documents.rows(through: known).first {
      $0.undoes == .start && $0.type.streamKind == stream.kind && $0.document == stream.number
    }.map(document)
  }

  private func document(_ row: DocumentRow) -> SalesDocument {
    SalesDocument(
      position: row.position, type: row.type, clinic: ClinicID(row.clinic),
      number: row.printedNumber, day: row.day, original: original(of: row)?.position)
  }

  /// The document that `row` takes something off.
  func original(of row: DocumentRow) -> DocumentRow? {
    guard row.original != 0 else { return nil }
    let place =
      row.type == .saleReturn ? salePlaces[row.original] : invoicePlaces[row.original]
    return place.map { documents[$0] }
  }

  /// The rows that the event at `position` made.
  func rows(at position: Position) -> [DocumentRow] {
    let first = documents.count(through: position.previous)
    let end = documents.count(through: position)
    return (first..<end).map { documents[$0] }
  }
}

extension DocumentRow {
  /// Whether the number is so called: the series, then the number, with a sign between them or none.
  fileprivate func isNumbered(_ text: String) -> Bool {
    let name = series.uppercased()
    guard text.hasPrefix(name) else { return false }
    let digits = text.dropFirst(name.count).drop { " -/".contains($0) }
    return !digits.isEmpty && digits.utf8.allSatisfy { 0x30...0x39 ~= $0 }
      && UInt64(digits) == number
  }
}
