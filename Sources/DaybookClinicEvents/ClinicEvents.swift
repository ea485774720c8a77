public import DaybookEvents
import DaybookValues

/// The published language: every family, every event and every kind of stream of a clinic.
///
/// Printing, the schema and the tests go through these lists; an event that is missing here is
/// missing there, and a test says so.
public enum ClinicEvents {
  /// All families, by number.
  public static let families = [
    administration, frontOffice, accounting, humanResources, logistics, corrections,
  ]

  /// Clinics, roles, accounts, services, prices, parties, resources.
  public static let administration = FamilyDescription(
    "administration", .administration,
    events: [
      EventDescription(ClinicDefined.self),
      EventDescription(RolesSet.self),
      EventDescription(AccountDefined.self),
      EventDescription(PostingRuleSet.self),
      EventDescription(ServiceDefined.self),
      EventDescription(PriceSet.self),
      EventDescription(TaxCodeSet.self),
      EventDescription(PartyRegistered.self),
      EventDescription(ResourceDefined.self),
    ])

  /// Patients, appointments, visits, encounters.
  public static let frontOffice = FamilyDescription(
    "frontOffice", .frontOffice,
    events: [
      EventDescription(PatientRegistered.self),
      EventDescription(PatientAmended.self),
      EventDescription(PatientsMerged.self),
      EventDescription(CoverageSet.self),
      EventDescription(AppointmentRequested.self),
      EventDescription(AppointmentBooked.self),
      EventDescription(AppointmentMoved.self),
      EventDescription(AppointmentCancelled.self),
      EventDescription(AppointmentMissed.self),
      EventDescription(PatientCheckedIn.self),
      EventDescription(EncounterStarted.self),
      EventDescription(TreatmentPerformed.self),
      EventDescription(EncounterCompleted.self),
      EventDescription(TreatmentPlanAccepted.self),
      EventDescription(PackageSold.self),
      EventDescription(PackageCancelled.self),
    ])

  /// Charges, invoices, payments, claims, tills, sales.
  public static let accounting = FamilyDescription(
    "accounting", .accounting,
    events: [
      EventDescription(ChargePosted.self),
      EventDescription(ResponsibilityTransferred.self),
      EventDescription(AdjustmentPosted.self),
      EventDescription(InvoiceIssued.self),
      EventDescription(InvoiceRectified.self),
      EventDescription(PaymentReceived.self),
      EventDescription(PaymentAllocated.self),
      EventDescription(AllocationReleased.self),
      EventDescription(PaymentReturned.self),
      EventDescription(RemittanceReceived.self),
      EventDescription(RefundPaid.self),
      EventDescription(ClaimSubmitted.self),
      EventDescription(ClaimAdjudicated.self),
      EventDescription(TillOpened.self),
      EventDescription(TillCashMoved.self),
      EventDescription(TillClosed.self),
      EventDescription(SaleCompleted.self),
      EventDescription(SaleReturned.self),
      EventDescription(SupplierInvoiceRecorded.self),
      EventDescription(PaymentMade.self),
      EventDescription(BankLineReconciled.self),
      EventDescription(JournalPosted.self),
      EventDescription(PeriodClosed.self),
      EventDescription(PeriodReopened.self),
      EventDescription(YearClosed.self),
    ])

  /// Staff, their time, their absences and their pay.
  public static let humanResources = FamilyDescription(
    "humanResources", .humanResources,
    events: [
      EventDescription(StaffHired.self),
      EventDescription(ContractAmended.self),
      EventDescription(StaffLeft.self),
      EventDescription(CredentialRecorded.self),
      EventDescription(ShiftScheduled.self),
      EventDescription(ClockedIn.self),
      EventDescription(ClockedOut.self),
      EventDescription(TimeEntryCorrected.self),
      EventDescription(AbsenceRecorded.self),
      EventDescription(AbsenceDecided.self),
      EventDescription(CommissionRuleSet.self),
      EventDescription(CommissionAccrued.self),
      EventDescription(HoursRecorded.self),
      EventDescription(PayrollApproved.self),
    ])

  /// Items, orders, receipts, stock, transfers, counts, equipment.
  public static let logistics = FamilyDescription(
    "logistics", .logistics,
    events: [
      EventDescription(ItemDefined.self),
      EventDescription(PurchaseOrderPlaced.self),
      EventDescription(PurchaseOrderClosed.self),
      EventDescription(GoodsReceived.self),
      EventDescription(GoodsReturned.self),
      EventDescription(StockIssued.self),
      EventDescription(StockTransferDispatched.self),
      EventDescription(StockTransferReceived.self),
      EventDescription(StockCounted.self),
      EventDescription(LotStatusSet.self),
      EventDescription(SterilisationRecorded.self),
      EventDescription(EquipmentServiced.self),
    ])

  /// What undoes events of any family.
  public static let corrections = FamilyDescription(
    "corrections", .corrections,
    events: [
      EventDescription(Reversed.self)
    ])

  /// All kinds of streams, by number.
  public static let streamKinds = [
    describe(ClinicKind.self), describe(StaffKind.self), describe(StaffRoleKind.self),
    describe(PartyKind.self), describe(ServiceKind.self), describe(ItemKind.self),
    describe(ResourceKind.self), describe(TaxCodeKind.self), describe(PatientKind.self),
    describe(AppointmentKind.self), describe(VisitKind.self), describe(EncounterKind.self),
    describe(PlanKind.self), describe(PackageKind.self), describe(RequestKind.self),
    describe(ChargeKind.self),
    describe(PaymentKind.self), describe(ClaimKind.self), describe(TillSessionKind.self),
    describe(TillKind.self), describe(SaleKind.self), describe(InvoiceKind.self),
    describe(JournalKind.self), describe(PeriodKind.self), describe(BankAccountKind.self),
    describe(ReceiptKind.self),
    describe(StockKind.self), describe(OrderKind.self), describe(TransferKind.self),
    describe(CountKind.self), describe(CycleKind.self), describe(SupplierInvoiceKind.self),
    describe(SaleReturnKind.self), describe(ShiftKind.self), describe(TimeEntryKind.self),
    describe(AbsenceKind.self), describe(CommissionRuleKind.self), describe(PayrollRunKind.self),
    describe(LedgerAccountKind.self), describe(PostingRuleKind.self), describe(PriceKind.self),
  ]

  private static func describe<Kind: StreamedKind>(_ kind: Kind.Type) -> StreamKindDescription {
    StreamKindDescription(kind.name, kind.streamKind, prefix: kind.prefix)
  }
}
