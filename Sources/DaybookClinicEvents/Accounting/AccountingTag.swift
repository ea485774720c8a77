public import DaybookEvents

/// The events of the family Accounting.
///
/// A case's number stands in every record's header and is never reused.
@nonexhaustive
public enum AccountingTag: UInt16, FamilyTag {
  /// `ChargePosted`
  case chargePosted = 1
  /// `ResponsibilityTransferred`
  case responsibilityTransferred = 2
  /// `AdjustmentPosted`
  case adjustmentPosted = 3
  /// `InvoiceIssued`
  case invoiceIssued = 4
  /// `InvoiceRectified`
  case invoiceRectified = 5
  /// `PaymentReceived`
  case paymentReceived = 6
  /// `PaymentAllocated`
  case paymentAllocated = 7
  /// `AllocationReleased`
  case allocationReleased = 8
  /// `PaymentReturned`
  case paymentReturned = 9
  /// `RemittanceReceived`
  case remittanceReceived = 10
  /// `RefundPaid`
  case refundPaid = 11
  /// `ClaimSubmitted`
  case claimSubmitted = 12
  /// `ClaimAdjudicated`
  case claimAdjudicated = 13
  /// `TillOpened`
  case tillOpened = 14
  /// `TillCashMoved`
  case tillCashMoved = 15
  /// `TillClosed`
  case tillClosed = 16
  /// `SaleCompleted`
  case saleCompleted = 17
  /// `SaleReturned`
  case saleReturned = 18
  /// `SupplierInvoiceRecorded`
  case supplierInvoiceRecorded = 19
  /// `PaymentMade`
  case paymentMade = 20
  /// `BankLineReconciled`
  case bankLineReconciled = 21
  /// `JournalPosted`
  case journalPosted = 22
  /// `PeriodClosed`
  case periodClosed = 23
  /// `PeriodReopened`
  case periodReopened = 24
  /// `YearClosed`
  case yearClosed = 25

  /// Family 3.
  @inlinable public static var family: FamilyNumber { .accounting }
}
