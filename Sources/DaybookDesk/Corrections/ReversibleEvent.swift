import DaybookBytes
import DaybookClinicEvents
import DaybookEvents

/// An event that can be undone, of whichever family: the list of the catalogue, "Any stream".
///
/// Every tag is decided on here, so that the compiler names the place to whoever adds an event; and
/// every question about a reversal is then a switch over these cases, without a default.
enum ReversibleEvent: Hashable, Sendable {
  case treatmentPerformed, packageSold
  case chargePosted, responsibilityTransferred, adjustmentPosted
  case paymentReceived, paymentAllocated, refundPaid, tillCashMoved, saleCompleted, saleReturned
  case claimSubmitted, claimAdjudicated
  case supplierInvoiceRecorded, paymentMade, bankLineReconciled, journalPosted, yearClosed
  case shiftScheduled, absenceRecorded, payrollApproved
  case goodsReceived, goodsReturned, stockIssued, stockCounted

  /// Nil for events that are amended or ended, and never undone.
  init?(_ family: FamilyNumber, tag: UInt16) {
    let known: ReversibleEvent? =
      switch family {
      case .frontOffice: FrontOfficeTag(rawValue: tag).flatMap(Self.of)
      case .accounting: AccountingTag(rawValue: tag).flatMap(Self.of)
      case .humanResources: HumanResourcesTag(rawValue: tag).flatMap(Self.of)
      case .logistics: LogisticsTag(rawValue: tag).flatMap(Self.of)
      // What was defined is defined anew, and a correction stands.
      default: nil
      }
    guard let known else { return nil }
    self = known
  }

  /// What `reversed` undoes.
  ///
  /// - Throws: `.outOfRange` for an event that cannot have been undone.
  init(of reversed: Reversed) throws(WireError) {
    guard let tag = UInt16(exactly: reversed.tag),
      let known = ReversibleEvent(reversed.originalFamily, tag: tag)
    else { throw WireError(.outOfRange, at: 0, field: "tag") }
    self = known
  }

  private static func of(_ tag: FrontOfficeTag) -> ReversibleEvent? {
    switch tag {
    case .treatmentPerformed: .treatmentPerformed
    case .packageSold: .packageSold
    case .patientRegistered, .patientAmended, .patientsMerged, .coverageSet, .appointmentRequested,
      .appointmentBooked, .appointmentMoved, .appointmentCancelled, .appointmentMissed,
      .patientCheckedIn, .encounterStarted, .encounterCompleted, .treatmentPlanAccepted,
      .packageCancelled:
      nil
    }
  }

  private static func of(_ tag: AccountingTag) -> ReversibleEvent? {
    switch tag {
    case .chargePosted: .chargePosted
    case .responsibilityTransferred: .responsibilityTransferred
    case .adjustmentPosted: .adjustmentPosted
    case .paymentReceived: .paymentReceived
    case .paymentAllocated: .paymentAllocated
    case .refundPaid: .refundPaid
    case .claimSubmitted: .claimSubmitted
    case .claimAdjudicated: .claimAdjudicated
    case .tillCashMoved: .tillCashMoved
    case .saleCompleted: .saleCompleted
    case .saleReturned: .saleReturned
    case .supplierInvoiceRecorded: .supplierInvoiceRecorded
    case .paymentMade: .paymentMade
    case .bankLineReconciled: .bankLineReconciled
    case .journalPosted: .journalPosted
    case .yearClosed: .yearClosed
    case .invoiceIssued, .invoiceRectified, .allocationReleased, .paymentReturned,
      .remittanceReceived, .tillOpened, .tillClosed, .periodClosed, .periodReopened:
      nil
    }
  }

  private static func of(_ tag: HumanResourcesTag) -> ReversibleEvent? {
    switch tag {
    case .shiftScheduled: .shiftScheduled
    case .absenceRecorded: .absenceRecorded
    case .payrollApproved: .payrollApproved
    case .staffHired, .contractAmended, .staffLeft, .credentialRecorded, .clockedIn, .clockedOut,
      .timeEntryCorrected, .absenceDecided, .commissionRuleSet, .commissionAccrued, .hoursRecorded:
      nil
    }
  }

  private static func of(_ tag: LogisticsTag) -> ReversibleEvent? {
    switch tag {
    case .goodsReceived: .goodsReceived
    case .goodsReturned: .goodsReturned
    case .stockIssued: .stockIssued
    case .stockCounted: .stockCounted
    case .itemDefined, .purchaseOrderPlaced, .purchaseOrderClosed, .stockTransferDispatched,
      .stockTransferReceived, .lotStatusSet, .sterilisationRecorded, .equipmentServiced:
      nil
    }
  }
}
