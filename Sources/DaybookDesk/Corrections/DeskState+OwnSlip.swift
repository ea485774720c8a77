import DaybookClinicEvents
import DaybookEvents
import DaybookValues

extension DeskState {
  /// Whether the event is a slip of the same person, in a till session that is open still: whoever
  /// made it may undo it alone, since the session is yet to be counted.
  func isOwnSlip(_ event: RecalledEvent, _ context: DecisionContext) -> Bool {
    guard event.header.actor == context.actor, context.actor.staffNumber != nil,
      let session = Self.tillSession(of: event)
    else { return false }
    return tills.openRecord(session) != nil
  }

  /// The till session that an event stands in; nil outside of a till.
  private static func tillSession(of event: RecalledEvent) -> TillSessionID? {
    guard let kind = ReversibleEvent(event.header.family, tag: event.header.tag) else { return nil }
    switch kind {
    case .paymentReceived: return (try? event.decoded(as: PaymentReceived.self))?.tillSession
    case .paymentMade: return (try? event.decoded(as: PaymentMade.self))?.tillSession
    case .refundPaid: return (try? event.decoded(as: RefundPaid.self))?.tillSession
    case .tillCashMoved: return (try? event.decoded(as: TillCashMoved.self))?.session
    case .saleCompleted: return (try? event.decoded(as: SaleCompleted.self))?.tillSession
    case .saleReturned: return (try? event.decoded(as: SaleReturned.self))?.tillSession
    case .treatmentPerformed, .packageSold, .chargePosted, .responsibilityTransferred,
      .adjustmentPosted, .paymentAllocated, .claimSubmitted, .claimAdjudicated,
      .supplierInvoiceRecorded, .bankLineReconciled, .journalPosted, .yearClosed, .shiftScheduled,
      .absenceRecorded, .payrollApproved, .goodsReceived, .goodsReturned, .stockIssued,
      .stockCounted:
      return nil
    }
  }
}
