import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

extension DocumentsReport {
  /// One document, as its event has it: who writes it, to whom, line by line, with the tax of each rate.
  ///
  /// Of an invoice issuer and customer are those that it recorded; of a credit note those of the invoice
  /// that it corrects; a ticket has the clinic as it was then. What the event does not say is not printed.
  /// Of a line that asks for a share of a charge, quantity and price would be those of the whole charge:
  /// they are left out.
  ///
  /// Source: EU VAT Directive, art. 226 (what an invoice says), 226b (simplified), 219 (credit notes).
  ///
  /// - Parameters:
  ///   - source: What the log says of it.
  ///   - view: The registers, for the numbers that it names.
  ///   - book: The name of the book, for programs and for the title of a page.
  /// - Returns: nil where the event is no document.
  public static func document(
    _ source: DocumentSource, _ view: Snapshot<DocumentsModel>, book: String = ""
  ) -> Report? {
    guard let body = source.body,
      let row = view.model.rows(at: source.position).first, row.undoes == .start
    else { return nil }
    var page = DocumentPage(source, view.model, row, book: book)
    switch body {
    case .invoice(let issued): page.write(issued)
    case .creditNote(let rectified): page.write(rectified)
    case .ticket(let sold): page.write(sold)
    case .saleReturn(let returned): page.write(returned)
    }
    page.end()
    page.report.footer = Footer(
      position: source.position, entries: 1, skipped: view.skipped,
      digest: { [model = view.model, known = source.position] in model.digest(knownAt: known) })
    return page.report
  }
}

/// The columns of a document: the first four are for programs alone.
enum DocumentColumns {
  static let hidden = 4
  static let all = [
    Column("line", .count), Column("document", .identifier), Column("date", .day),
    Column("taxCode", .identifier), Column("text", .text),
    Column("quantity", .quantity, title: "qty"),
    Column("price", .unitPrice), Column("discount", .amount), Column("net", .amount),
    Column("rate", .rate), Column("tax", .amount), Column("total", .amount),
  ]
}

/// A line of a document before it is printed.
struct DocumentLine {
  var number: Int64?
  var document = ""
  var day: Day?
  var taxCode: TaxCodeID?
  var text = ""
  var quantity: Quantity?
  var price: UnitPrice?
  var discount: Amount?
  var net = Amount.zero
  var rate = Rate()
  var tax = Amount.zero

  func cells(_ currency: Currency) -> [Cell] {
    func amount(_ amount: Amount?) -> Cell {
      .amount(amount.map { Amount(minorUnits: $0.minorUnits, currency) })
    }
    return [
      number.map { .count($0) } ?? .empty, document.isEmpty ? .empty : .identifier(document),
      .day(day), taxCode.map { .identifier($0) } ?? .empty, .text(text),
      quantity.map { .quantity($0) } ?? .empty, price.map { .unitPrice($0) } ?? .empty,
      amount(discount), amount(net), .rate(rate), amount(tax), amount(try? net.adding(tax)),
    ]
  }
}
