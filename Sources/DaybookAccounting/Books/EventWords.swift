/// What a bookkeeper calls an event: `credit applied`, not `PaymentAllocated`.
public enum EventWords {
  /// The words for an event by the name of its type; one that is not known is called by its name's
  /// own words.
  public static func words(for typeName: String) -> String {
    known[typeName] ?? plain(typeName)
  }

  private static let known: [String: String] = [
    "ChargePosted": "charge",
    "ResponsibilityTransferred": "debt transferred",
    "AdjustmentPosted": "adjustment",
    "PaymentReceived": "payment",
    "PaymentAllocated": "credit applied",
    "AllocationReleased": "payment taken off",
    "PaymentReturned": "payment returned",
    "RefundPaid": "refund",
    "RemittanceReceived": "remittance",
    "InvoiceIssued": "invoice",
    "InvoiceRectified": "credit note",
    "SaleCompleted": "sale",
    "SaleReturned": "sale returned",
    "StockIssued": "stock used",
    "StockCounted": "stock count",
    "StockTransferDispatched": "stock sent",
    "StockTransferReceived": "stock arrived",
    "SupplierInvoiceRecorded": "supplier's invoice",
    "PaymentMade": "payment made",
    "BankLineReconciled": "bank line",
    "JournalPosted": "journal entry",
    "CommissionAccrued": "commission",
    "PayrollApproved": "payroll",
    "Reversed": "reversal",
  ]

  /// `TillCashMoved` as `till cash moved`.
  private static func plain(_ name: String) -> String {
    var words = ""
    for character in name {
      if character.isUppercase, !words.isEmpty { words.append(" ") }
      words.append(character.lowercased())
    }
    return words
  }
}
