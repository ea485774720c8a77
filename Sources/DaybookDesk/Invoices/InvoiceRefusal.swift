public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about invoices and numbers.
public enum InvoiceRefusal: RefusalCase, Hashable {
  /// A number does not follow the last one of its series.
  case numberGap(series: String, next: UInt64)
  /// The series numbers another sort of document.
  case otherSeries(String)
  /// It is dated before the last one of its series.
  case dateBefore(series: String, last: Day)
  /// Less of the charge is to be invoiced.
  case aboveInvoiceable(ChargeID, left: Amount)
  /// An invoice is written to a customer who has a name.
  case customerName
  /// The thing is invoiced already.
  case alreadyInvoiced(String)
  /// The payment is no deposit.
  case notADeposit(PaymentID)
  /// The customer has nothing to do with it.
  case otherCustomer(String)
  /// The dates of payment do not come to the total.
  case due(total: Amount, found: Amount)
  /// What is taken off for advances is more than the lines come to.
  case deductionsAbove(Amount)
  /// A rectifying invoice is not rectified.
  case rectifying(InvoiceID)
  /// The invoice has no such line.
  case noSuchLine(InvoiceID, UInt32)
  /// Less of the line is left to take off.
  case aboveOriginal(InvoiceID, line: UInt32, left: Amount)
  /// The charge owes and has been paid less, since something else was taken off.
  case aboveDebt(ChargeID, left: Amount)
  /// Goods of a ticket come back by a return.
  case ticket(InvoiceID)

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .numberGap: .numberGap
    case .otherSeries, .dateBefore, .alreadyInvoiced, .notADeposit, .otherCustomer, .rectifying,
      .ticket:
      .invalidState
    case .aboveInvoiceable: .overAllocated
    case .customerName: .fieldRequired
    case .due, .deductionsAbove: .unbalanced
    case .noSuchLine: .unknownReference
    case .aboveOriginal, .aboveDebt: .quantityExceeded
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .numberGap(let series, let next):
      "the next number of series \(series) is \(next); give that one, or none"
    case .otherSeries(let series):
      "series \(series) numbers other documents; choose another series"
    case .dateBefore(let series, let last):
      "the last one of series \(series) is of \(last); date it then or later"
    case .aboveInvoiceable(let charge, let left):
      "\(left) of \(charge) is not invoiced there yet; invoice at most that"
    case .customerName: "the customer has no name; fill it in"
    case .alreadyInvoiced(let what): "\(what) is invoiced already; leave it out"
    case .notADeposit(let payment): "\(payment) is no deposit; name one that is"
    case .otherCustomer(let what): "\(what) is not the customer's; leave it out"
    case .due(let total, let found):
      "the dates of payment come to \(found), the invoice to \(total); correct them"
    case .deductionsAbove(let lines):
      "advances come to more than the lines, which are \(lines); invoice more of what they are for"
    case .rectifying(let invoice):
      "\(invoice) rectifies another one; rectify that, or write a new invoice"
    case .noSuchLine(let invoice, let line):
      "\(invoice) has no line \(line); correct the number"
    case .aboveOriginal(let invoice, let line, let left):
      "line \(line) of \(invoice) has \(left) left; take off at most that"
    case .aboveDebt(let charge, let left):
      "\(left) of \(charge) is owed or paid there; take off at most that"
    case .ticket(let invoice):
      "\(invoice) takes the place of a ticket; take the goods back by a return"
    }
  }
}

extension Review {
  /// The next number of a series, without gaps; dates never go back.
  mutating func number(
    _ given: UInt64?, in series: String, _ type: SeriesType, on day: Day? = nil,
    _ state: DeskState, _ field: String
  ) -> UInt64 {
    let name = type.name(series)
    let record = state.invoices.series(name, at: ClinicID(context.clinic))
    let next = (record?.last ?? 0) + 1
    if let given, given != next {
      refuse(InvoiceRefusal.numberGap(series: name, next: next), field)
    }
    guard let record else { return next }
    if record.type != type { refuse(InvoiceRefusal.otherSeries(name), "series") }
    if (day ?? effective.day) < record.lastDay {
      refuse(InvoiceRefusal.dateBefore(series: name, last: record.lastDay), "date")
    }
    return next
  }
}
