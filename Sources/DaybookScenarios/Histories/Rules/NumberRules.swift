import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// Every series is numbered 1, 2, 3 ... at its clinic, for one sort of document, and its dates never go
/// back; so are the runs of a steriliser. No more of a ticket comes back than was sold.
struct NumberRules: HistoryRule {
  private struct Series: Hashable {
    var clinic: UInt64
    var name: String
  }

  private struct Last {
    var number: UInt64
    var day: Day
    var tag: UInt16
  }

  private struct Sold {
    var quantities: [Int64]
    var returned: [Int64]
    var isInvoiced = false
    var isReversed = false
  }

  private var last: [Series: Last] = [:]
  private var cycles: [ResourceID: UInt64] = [:]
  private var sales: [SaleID: Sold] = [:]

  mutating func take(_ event: borrowing Event, _ faults: inout Faults) throws {
    let header = event.header
    if header.family == .logistics, header.tag == LogisticsTag.sterilisationRecorded.rawValue {
      let run = try event.payload(SterilisationRecorded.self)
      faults.require(run.number == (cycles[run.steriliser] ?? 0) + 1, "run \(run.number)")
      cycles[run.steriliser] = run.number
    }
    guard header.family == .accounting else { return }
    switch AccountingTag(rawValue: header.tag) {
    case .saleCompleted:
      let sold = try event.payload(SaleCompleted.self)
      count(sold.series, sold.number, header.effective.day, header, &faults)
      sales[sold.sale] = Sold(
        quantities: sold.lines.map { $0.quantity.thousandths },
        returned: sold.lines.map { _ in 0 })
    case .saleReturned:
      let back = try event.payload(SaleReturned.self)
      count(back.series, back.number, header.effective.day, header, &faults)
      takeBack(back, 1, &faults)
    case .invoiceIssued:
      let issued = try event.payload(InvoiceIssued.self)
      count(issued.series, issued.number, issued.date, header, &faults)
      for sale in issued.lines.compactMap(\.sale) { sales[sale]?.isInvoiced = true }
    case .invoiceRectified:
      let rectified = try event.payload(InvoiceRectified.self)
      count(rectified.series, rectified.number, rectified.date, header, &faults)
    default: break
    }
  }

  mutating func undo(
    _ reversed: Reversed, _ header: RecordHeader, _ faults: inout Faults
  ) throws {
    if reversed.isOf(SaleReturned.self) {
      takeBack(try reversed.original(), -1, &faults)
    } else if reversed.isOf(SaleCompleted.self) {
      let sold = try reversed.original(SaleCompleted.self)
      let known = sales[sold.sale]
      faults.require(known?.isInvoiced == false, "\(sold.sale) is undone, and was invoiced")
      faults.require(known?.returned.allSatisfy { $0 == 0 } == true, "\(sold.sale) came back")
      sales[sold.sale]?.isReversed = true
    } else if reversed.isOf(ChargePosted.self), reversed.takenAlongBy == nil {
      let posted = try reversed.original(ChargePosted.self)
      faults.require(posted.sale == nil, "the rest of \(posted.sale ?? SaleID()) is undone alone")
      faults.require(
        posted.package == nil || posted.recognised != nil,
        "what sells \(posted.package ?? PackageID()) is undone alone")
    }
  }

  private mutating func count(
    _ series: String, _ number: UInt64, _ day: Day, _ header: RecordHeader,
    _ faults: inout Faults
  ) {
    let key = Series(clinic: header.clinic, name: series)
    let known = last[key]
    faults.require(number == (known?.number ?? 0) + 1, "\(series) goes on with \(number)")
    faults.require(day >= known?.day ?? .min, "\(series) \(number) is of \(day)")
    faults.require(known?.tag ?? header.tag == header.tag, "\(series) numbers other documents")
    last[key] = Last(number: number, day: day, tag: header.tag)
  }

  private mutating func takeBack(
    _ back: SaleReturned, _ sign: Int64, _ faults: inout Faults
  ) {
    guard let sale = back.sale else { return }
    for line in back.lines {
      let index = Int(line.line) - 1
      sales[sale]?.returned[index] += sign * line.quantity.thousandths
      guard let known = sales[sale] else { continue }
      faults.require(!known.isReversed, "\(sale) was undone, and comes back")
      faults.require(
        known.returned[index] <= known.quantities[index], "more of \(sale) comes back than was sold"
      )
    }
  }
}
