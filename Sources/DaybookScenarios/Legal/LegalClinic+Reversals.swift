import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// What was done is undone.
  static let reversals: Makers = [
    (.slip, { clinic, state, _ in clinic.slip(state) }),
    (.oldMistake, { clinic, state, _ in clinic.oldMistake(state) }),
  ]

  /// The last thing done, on which nothing can rest yet; but a claim on a payer to whom a charge came
  /// back counts as resting on that.
  private mutating func slip(_ state: DeskState) -> LegalCommand? {
    guard let last, !state.corrections.isReversed(last.event.position) else { return nil }
    var made = reversal(of: last)
    if last.event.family == .accounting,
      AccountingTag(rawValue: last.event.tag) == .responsibilityTransferred
    {
      made.tolerated = [.hasDependents]
    }
    return made
  }

  /// Something of the last weeks: only the log knows whether anything rests on it.
  private mutating func oldMistake(_ state: DeskState) -> LegalCommand? {
    guard let event = one(of: recent) else { return nil }
    var made = reversal(of: event)
    made.tolerated = [
      .hasDependents, .alreadyReversed, .invalidState, .periodClosed, .quantityExceeded,
    ]
    return made
  }

  func reversal(of undoable: Undoable) -> LegalCommand {
    let reverse = ReverseEvent.with {
      $0.of = undoable.event.position
      $0.reason = "a mistake"
      $0.approver = other
    }
    return LegalCommand(reverse, undoable.role, at: undoable.clinic)
  }
}

/// An event of a type that may be undone.
struct Undoable: Sendable {
  var event: ActionReceipt.Appended
  var clinic: ClinicID
  /// Who may undo it.
  var role: ClinicRole

  /// Nil for an event that is never undone.
  init?(_ event: ActionReceipt.Appended, at clinic: ClinicID) {
    guard let role = Self.role(of: event) else { return nil }
    self.event = event
    self.clinic = clinic
    self.role = role
  }

  /// The list of the catalogue, "Any stream".
  private static func role(of event: ActionReceipt.Appended) -> ClinicRole? {
    switch event.family {
    case .frontOffice:
      switch FrontOfficeTag(rawValue: event.tag) {
      case .treatmentPerformed, .packageSold: .reception
      default: nil
      }
    case .accounting:
      switch AccountingTag(rawValue: event.tag) {
      case .chargePosted, .responsibilityTransferred, .adjustmentPosted, .paymentReceived,
        .paymentAllocated, .refundPaid, .paymentMade, .journalPosted, .bankLineReconciled,
        .claimSubmitted, .claimAdjudicated, .supplierInvoiceRecorded, .tillCashMoved,
        .saleCompleted, .saleReturned:
        .accountant
      default: nil
      }
    case .humanResources:
      switch HumanResourcesTag(rawValue: event.tag) {
      case .shiftScheduled, .absenceRecorded, .payrollApproved: .payroll
      default: nil
      }
    case .logistics:
      switch LogisticsTag(rawValue: event.tag) {
      case .goodsReceived, .goodsReturned, .stockCounted, .stockIssued: .buyer
      default: nil
      }
    default: nil
    }
  }
}
