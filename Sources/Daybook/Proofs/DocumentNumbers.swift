import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// Every series of documents is numbered 1, 2, 3 ... at its clinic, with no hole and no number twice,
/// and its dates never go back.
///
/// Source: EU VAT Directive, art. 226(2); the laws of the countries that follow it.
struct DocumentNumbers {
  private struct Series: Hashable {
    var clinic: UInt64
    var name: String
  }

  private struct Last {
    var number: UInt64 = 0
    var day = Day.min
    var tag: UInt16
  }

  private var last: [Series: Last] = [:]
  private var closings: [TillID: (number: UInt64, day: Day)] = [:]
  private var count = 0
  private var closingCount = 0
  private var found: String?
  private var foundClosing: String?

  mutating func take(_ event: borrowing Event) throws {
    let header = event.header
    switch AccountingTag(rawValue: header.tag) {
    case .saleCompleted:
      let sold = try event.payload(SaleCompleted.self)
      note(sold.series, sold.number, header.effective.day, header)
    case .saleReturned:
      let back = try event.payload(SaleReturned.self)
      note(back.series, back.number, header.effective.day, header)
    case .invoiceIssued:
      let issued = try event.payload(InvoiceIssued.self)
      note(issued.series, issued.number, issued.date, header)
    case .invoiceRectified:
      let rectified = try event.payload(InvoiceRectified.self)
      note(rectified.series, rectified.number, rectified.date, header)
    case .tillClosed: note(try event.payload(TillClosed.self), header)
    default: break
    }
  }

  private mutating func note(
    _ name: String, _ number: UInt64, _ day: Day, _ header: RecordHeader
  ) {
    count += 1
    let series = Series(clinic: header.clinic, name: name)
    let known = last[series] ?? Last(tag: header.tag)
    last[series] = Last(number: number, day: day, tag: header.tag)
    guard found == nil else { return }
    let what = "\(name) \(number) at clinic \(ClinicID(header.clinic)), position \(header.position)"
    if number != known.number &+ 1 {
      found = "\(what), stands behind \(known.number)"
    } else if day < known.day {
      found = "\(what), is of \(day), the one before of \(known.day)"
    } else if known.tag != header.tag {
      found = "\(what), numbers another sort of document"
    }
  }

  private mutating func note(_ closed: TillClosed, _ header: RecordHeader) {
    closingCount += 1
    let day = header.effective.day
    let known = closings[closed.till] ?? (0, .min)
    closings[closed.till] = (closed.number, day)
    guard foundClosing == nil else { return }
    if closed.number != known.number &+ 1 {
      foundClosing =
        "\(closed.till) number \(closed.number) stands behind \(known.number), position "
        + "\(header.position)"
    } else if day < known.day {
      foundClosing = "\(closed.till) number \(closed.number) is of \(day), before \(known.day)"
    }
  }

  /// The claims.
  var checks: [Check] {
    [
      Check(
        "invoices and tickets are numbered without a hole in order of their dates", found: found,
        over: "\(count) documents in \(last.count) series"),
      Check(
        "closings of tills are numbered without a hole in order of their dates",
        found: foundClosing, over: "\(closingCount) closings of \(closings.count) tills"),
    ]
  }
}
