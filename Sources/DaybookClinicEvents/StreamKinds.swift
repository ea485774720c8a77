public import DaybookEvents
public import DaybookValues

/// A kind of identifier whose things have streams of their own.
///
/// The stream's kind has the number and the name of the identifier's kind.
public protocol StreamedKind: IdentifierKind {}

extension StreamedKind {
  /// The kind of the streams of such things.
  public static var streamKind: StreamKind { StreamKind(Self.number) }
}

extension Identifier where Kind: StreamedKind {
  /// The stream that tells what happened to this thing.
  public var stream: StreamID { StreamID(Kind.streamKind, number) }
}

extension ClinicKind: StreamedKind {}
extension StaffKind: StreamedKind {}
extension StaffRoleKind: StreamedKind {}
extension PartyKind: StreamedKind {}
extension ServiceKind: StreamedKind {}
extension ItemKind: StreamedKind {}
extension ResourceKind: StreamedKind {}
extension TaxCodeKind: StreamedKind {}
extension PatientKind: StreamedKind {}
extension AppointmentKind: StreamedKind {}
extension VisitKind: StreamedKind {}
extension EncounterKind: StreamedKind {}
extension PlanKind: StreamedKind {}
extension PackageKind: StreamedKind {}
extension RequestKind: StreamedKind {}
extension ChargeKind: StreamedKind {}
extension PaymentKind: StreamedKind {}
extension ClaimKind: StreamedKind {}
extension TillSessionKind: StreamedKind {}
extension TillKind: StreamedKind {}
extension SaleKind: StreamedKind {}
extension InvoiceKind: StreamedKind {}
extension JournalKind: StreamedKind {}
extension PeriodKind: StreamedKind {}
extension BankAccountKind: StreamedKind {}
extension ReceiptKind: StreamedKind {}
extension StockKind: StreamedKind {}
extension OrderKind: StreamedKind {}
extension SupplierInvoiceKind: StreamedKind {}
extension SaleReturnKind: StreamedKind {}
extension ShiftKind: StreamedKind {}
extension TimeEntryKind: StreamedKind {}
extension AbsenceKind: StreamedKind {}
extension CommissionRuleKind: StreamedKind {}
extension PayrollRunKind: StreamedKind {}
extension LedgerAccountKind: StreamedKind {}
extension PostingRuleKind: StreamedKind {}
extension PriceKind: StreamedKind {}
extension TransferKind: StreamedKind {}
extension CountKind: StreamedKind {}
extension CycleKind: StreamedKind {}

extension StreamKind {
  /// The stream of a clinic: its definitions.
  public static var clinic: StreamKind { ClinicKind.streamKind }
  /// The stream of a member of staff: hired, amended, left, credentials.
  public static var staff: StreamKind { StaffKind.streamKind }
  /// The stream of a pair of staff and clinic: the roles held there.
  public static var staffRole: StreamKind { StaffRoleKind.streamKind }
  /// The stream of a payer, supplier or other party.
  public static var party: StreamKind { PartyKind.streamKind }
  /// The stream of a service: its definitions.
  public static var service: StreamKind { ServiceKind.streamKind }
  /// The stream of an item: its definitions, and what its lots may be used for.
  public static var item: StreamKind { ItemKind.streamKind }
  /// The stream of a room, chair, device or steriliser.
  public static var resource: StreamKind { ResourceKind.streamKind }
  /// The stream of a tax code.
  public static var taxCode: StreamKind { TaxCodeKind.streamKind }
  /// The stream of a patient: registered, amended, merged, covered.
  public static var patient: StreamKind { PatientKind.streamKind }
  /// The stream of an appointment, from booking to its end.
  public static var appointment: StreamKind { AppointmentKind.streamKind }
  /// The stream of a visit: checked in.
  public static var visit: StreamKind { VisitKind.streamKind }
  /// The stream of an encounter: started, treatments, completed.
  public static var encounter: StreamKind { EncounterKind.streamKind }
  /// The stream of a treatment plan.
  public static var plan: StreamKind { PlanKind.streamKind }
  /// The stream of a package of sessions.
  public static var package: StreamKind { PackageKind.streamKind }
  /// The stream of a request on the waiting list.
  public static var request: StreamKind { RequestKind.streamKind }
  /// The stream of a charge: posted, transferred, adjusted.
  public static var charge: StreamKind { ChargeKind.streamKind }
  /// The stream of a payment: received, allocated, returned.
  public static var payment: StreamKind { PaymentKind.streamKind }
  /// The stream of a claim: submitted, adjudicated.
  public static var claim: StreamKind { ClaimKind.streamKind }
  /// The stream of a till session.
  public static var tillSession: StreamKind { TillSessionKind.streamKind }
  /// The stream of a till.
  public static var till: StreamKind { TillKind.streamKind }
  /// The stream of a sale: completed.
  public static var sale: StreamKind { SaleKind.streamKind }
  /// The stream of an invoice: issued, or rectifying another.
  public static var invoice: StreamKind { InvoiceKind.streamKind }
  /// The stream of an entry made by hand.
  public static var journal: StreamKind { JournalKind.streamKind }
  /// The stream of a bank account: its reconciled lines.
  public static var bankAccount: StreamKind { BankAccountKind.streamKind }
  /// The stream of a receipt of goods: received, returned.
  public static var receipt: StreamKind { ReceiptKind.streamKind }
  /// The stream of a pair of clinic and item: its issues.
  public static var stock: StreamKind { StockKind.streamKind }
  /// The stream of a purchase order: placed, closed.
  public static var order: StreamKind { OrderKind.streamKind }
  /// The stream of a supplier's invoice.
  public static var supplierInvoice: StreamKind { SupplierInvoiceKind.streamKind }
  /// The stream of a return of what was sold.
  public static var saleReturn: StreamKind { SaleReturnKind.streamKind }
  /// The stream of a shift.
  public static var shift: StreamKind { ShiftKind.streamKind }
  /// The stream of a time entry: clocked in, clocked out, corrected.
  public static var timeEntry: StreamKind { TimeEntryKind.streamKind }
  /// The stream of an absence: recorded, decided.
  public static var absence: StreamKind { AbsenceKind.streamKind }
  /// The stream of a rule of commission: set, accrued.
  public static var commissionRule: StreamKind { CommissionRuleKind.streamKind }
  /// The stream of a payroll run.
  public static var payrollRun: StreamKind { PayrollRunKind.streamKind }
  /// The stream of a ledger account of the clinic's own: its definitions.
  public static var account: StreamKind { LedgerAccountKind.streamKind }
  /// The stream of a rule that says which accounts an event's entries go to.
  public static var postingRule: StreamKind { PostingRuleKind.streamKind }
  /// The stream of a line of a price list: its prices.
  public static var price: StreamKind { PriceKind.streamKind }
  /// The stream of a transfer between clinics: dispatched, received, explained.
  public static var transfer: StreamKind { TransferKind.streamKind }
  /// The stream of a stock count: counted, and what was recorded late.
  public static var count: StreamKind { CountKind.streamKind }
  /// The stream of a run of a steriliser.
  public static var cycle: StreamKind { CycleKind.streamKind }
  /// The stream of a pair of clinic and area: its periods, closed and opened, and years.
  public static var period: StreamKind { PeriodKind.streamKind }
}
