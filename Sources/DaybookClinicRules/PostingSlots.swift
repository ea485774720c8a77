public import DaybookClinicEvents

/// What a posting rule may speak of: the events that make entries, and the slots in their shapes that
/// a business may give accounts of its own.
///
/// Those are income and expenses alone. What is owed, held and deposited stands in the built-in
/// accounts, by which the reports on open items and the proofs of the books find it. The forms that
/// an event takes have slots of their own, and so no other names. The shapes themselves are the books'
/// own; a test holds these names against them. Purchases and stock variation are a pair that goods make
/// where a country keeps its purchases so: both are inventory until a rule says otherwise, and a pair
/// on one account is not made.
public enum PostingSlots {
  /// The names of the events that make entries.
  public static let events: Set<String> = [
    "ChargePosted", "ResponsibilityTransferred", "AdjustmentPosted", "PaymentReceived",
    "PaymentAllocated", "GoodsReceived", "StockIssued", "PackageSold", "PackageCancelled",
    "RemittanceReceived", "SupplierInvoiceRecorded", "PaymentMade", "BankLineReconciled",
    "GoodsReturned", "StockTransferDispatched", "StockTransferReceived", "StockCounted",
    "CommissionAccrued", "PayrollApproved", "AllocationReleased", "PaymentReturned", "RefundPaid",
    "InvoiceRectified", "TillOpened", "TillCashMoved", "TillClosed", "SaleCompleted",
    "SaleReturned", "InvoiceIssued",
  ]

  /// The names of the slots.
  public static let names: Set<String> = [
    "exemptIncome", "taxableIncome", "feeIncome", "discount", "goodwill", "insurerAdjustment",
    "writtenOffSmall", "badDebt", "rounding", "costOfSales", "consumables", "stockLoss",
    "packageBreakage", "otherIncome", "bankFees", "taxNotDeductible", "priceVariance",
    "productSales", "cashOver", "cashShort", "cardFees", "wages", "employerShare", "commission",
    "purchases", "stockVariation",
  ]

  /// Whether a slot may mean an account of that type.
  public static func allows(_ type: LedgerAccountType) -> Bool {
    type == .income || type == .expense
  }
}
