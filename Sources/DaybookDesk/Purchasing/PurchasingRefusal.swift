public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about suppliers' invoices and payments made.
public enum PurchasingRefusal: RefusalCase, Hashable {
  /// The supplier's number stands on another invoice.
  case numberTaken(String, SupplierInvoiceID)
  /// A line is for goods received or for an account, not for both and not for neither.
  case oneSide
  /// Goods of another supplier.
  case otherSupplier(ReceiptID, PartyID?)
  /// Stock that was there when the books began is on no invoice.
  case openingStock(ReceiptID)
  /// The receipt has no such line.
  case noSuchReceiptLine(ReceiptID, line: UInt32)
  /// More than was received and not invoiced, or more credited than was invoiced.
  case aboveReceived(ReceiptID, line: UInt32, left: Quantity)
  /// The price is further off than the tolerance.
  case priceOff(ReceiptID, line: UInt32, received: Amount, invoiced: Amount)
  /// Tax and price, or price and quantity, have different signs.
  case signs
  /// More is withheld than is asked for.
  case withheldAboveTotal
  /// The stated total is not the sum.
  case total(stated: Amount, sum: Amount)
  /// The invoice is of somebody else than who is paid.
  case otherInvoice(SupplierInvoiceID, PartyID)
  /// More than the item still has open, or of the wrong sign.
  case aboveOpen(String, open: Amount)
  /// The open item is of somebody else than who is paid.
  case otherItem(String)
  /// What is settled is not what is paid.
  case settles(sum: Amount, amount: Amount)
  /// A voucher pays nobody.
  case method
  /// A line on commission payable says not whose it is.
  case whoseCommission(String)
  /// A person or a run stands on a line that is not for commission.
  case noCommission(String)
  /// More commission than the person is owed.
  case aboveCommission(StaffID, owed: Amount)
  /// More commission given back than was invoiced.
  case aboveInvoiced(StaffID, invoiced: Amount)
  /// The run stated no commission for the person that is invoiced.
  case notOfRun(PayrollItem)

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .numberTaken: .duplicateSource
    case .oneSide, .whoseCommission: .fieldRequired
    case .noCommission, .otherSupplier, .openingStock, .otherInvoice, .otherItem, .method:
      .invalidState
    case .noSuchReceiptLine, .notOfRun: .unknownReference
    case .aboveReceived: .quantityExceeded
    case .priceOff: .needsSecondPerson
    case .signs: .outOfRange
    case .withheldAboveTotal, .aboveOpen, .aboveCommission, .aboveInvoiced: .overAllocated
    case .total, .settles: .unbalanced
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .numberTaken(let number, let invoice):
      "\(number) of this supplier is \(invoice) already; correct the number, or leave it out"
    case .oneSide: "a line is for goods received or for an account; name one of them"
    case .otherSupplier(let receipt, let supplier):
      "\(receipt) came from \(supplier.map { "\($0)" } ?? "nobody"); name its own supplier"
    case .openingStock(let receipt):
      "\(receipt) is stock from before the books; invoice an account instead"
    case .noSuchReceiptLine(let receipt, let line):
      "\(receipt) has no line \(line); name one of its lines"
    case .aboveReceived(let receipt, let line, let left):
      "line \(line) of \(receipt) has \(left) left to invoice; receive the rest first"
    case .priceOff(let receipt, let line, let received, let invoiced):
      "line \(line) of \(receipt) came in at \(received) and is invoiced at \(invoiced); "
        + "name who approves it"
    case .signs: "price, tax and quantity of a line are all above or all below zero; correct them"
    case .withheldAboveTotal: "more is withheld than the invoice asks for; correct it"
    case .total(let stated, let sum): "the lines add up to \(sum), not \(stated); correct either"
    case .otherInvoice(let invoice, let supplier): "\(invoice) is of \(supplier); pay that party"
    case .aboveOpen(let item, let open): "\(item) has \(open) open; settle at most that"
    case .otherItem(let item): "\(item) is of somebody else; pay that one"
    case .settles(let sum, let amount):
      "\(sum) is settled and \(amount) is paid; name what the rest is for"
    case .method: "a voucher pays nobody; name how it was paid"
    case .whoseCommission(let account):
      "\(account) is owed to a person; name as staff whose commission the line asks for"
    case .noCommission(let account):
      "a line names staff and run for commission, on \(account), alone; leave them out"
    case .aboveCommission(let staff, let owed):
      "\(staff) has \(owed) of commission to invoice, and an employee's is paid with the payroll; "
        + "ask for at most that, or use an account of expenses"
    case .aboveInvoiced(let staff, let invoiced):
      "\(invoiced) of the commission of \(staff) was invoiced; give back at most that"
    case .notOfRun(let item):
      "\(item.run) states no commission that \(item.staff) invoices; name another run, or none"
    }
  }
}
