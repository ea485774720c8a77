/// What a posting rule may speak of: the events that make entries, and the slots in their shapes.
///
/// The shapes themselves are the books' own; a test holds these names against them.
public enum PostingSlots {
  /// The names of the events that make entries.
  public static let events: Set<String> = [
    "ChargePosted", "ResponsibilityTransferred", "AdjustmentPosted", "PaymentReceived",
    "PaymentAllocated", "GoodsReceived", "StockIssued",
  ]

  /// The names of the slots.
  public static let names: Set<String> = [
    "till", "safe", "bank", "cardClearing", "voucher", "patientReceivable", "payerReceivable",
    "deposit", "credit", "tips", "outputTax", "betweenClinics", "exemptIncome", "taxableIncome",
    "feeIncome", "packageIncome", "discount", "goodwill", "insurerAdjustment", "writtenOffSmall",
    "badDebt", "rounding", "inventory", "goodsNotInvoiced", "openingBalance", "costOfSales",
    "consumables", "stockLoss",
  ]
}
