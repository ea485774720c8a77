public import DaybookEvents

/// The events of the family Accounting.
///
/// A case's number stands in every record's header and is never reused. Numbers kept for the rest
/// of the family:
///
/// | number | event |
/// |---|---|
/// | 4 | InvoiceIssued |
/// | 5 | InvoiceRectified |
/// | 8 | AllocationReleased |
/// | 9 | PaymentReturned |
/// | 10 | RemittanceReceived |
/// | 11 | RefundPaid |
/// | 14 | TillOpened |
/// | 15 | TillCashMoved |
/// | 16 | TillClosed |
/// | 17 | SaleCompleted |
/// | 18 | SaleReturned |
/// | 19 | SupplierInvoiceRecorded |
/// | 20 | PaymentMade |
/// | 21 | BankLineReconciled |
/// | 22 | JournalPosted |
/// | 23 | PeriodClosed |
/// | 24 | PeriodReopened |
/// | 25 | YearClosed |
@nonexhaustive
public enum AccountingTag: UInt16, FamilyTag {
  /// `ChargePosted`
  case chargePosted = 1
  /// `ResponsibilityTransferred`
  case responsibilityTransferred = 2
  /// `AdjustmentPosted`
  case adjustmentPosted = 3
  /// `PaymentReceived`
  case paymentReceived = 6
  /// `PaymentAllocated`
  case paymentAllocated = 7
  /// `ClaimSubmitted`
  case claimSubmitted = 12
  /// `ClaimAdjudicated`
  case claimAdjudicated = 13

  /// Family 3.
  public static var family: FamilyNumber { .accounting }
}
