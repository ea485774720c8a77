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

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .numberTaken: .duplicateSource
    case .oneSide: .fieldRequired
    case .otherSupplier, .openingStock, .otherInvoice, .otherItem, .method: .invalidState
    case .noSuchReceiptLine: .unknownReference
    case .aboveReceived: .quantityExceeded
    case .priceOff: .needsSecondPerson
    case .signs: .outOfRange
    case .withheldAboveTotal, .aboveOpen: .overAllocated
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
    }
  }
}
