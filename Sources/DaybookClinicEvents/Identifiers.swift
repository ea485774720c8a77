public import DaybookValues

// A kind of thing has one number, for its identifiers and for its streams, and one printed prefix.
// Neither is ever reused.

/// The kind of an identifier such as `L17`: a clinic or site.
public enum ClinicKind: IdentifierKind {
  public static var prefix: String { "L" }
  public static var name: String { "clinic" }
  public static var number: UInt16 { 1 }
}

/// The identifier of a clinic or site.
public typealias ClinicID = Identifier<ClinicKind>

/// The kind of an identifier such as `H17`: a human being.
///
/// It stands in personal groups only, and has no stream.
public enum PersonKind: IdentifierKind {
  public static var prefix: String { "H" }
  public static var name: String { "person" }
  public static var number: UInt16 { 2 }
}

/// The identifier of a human being.
public typealias PersonID = Identifier<PersonKind>

/// The kind of an identifier such as `D17`: a member of staff, practitioners among them.
public enum StaffKind: IdentifierKind {
  public static var prefix: String { "D" }
  public static var name: String { "staff" }
  public static var number: UInt16 { 3 }
}

/// The identifier of a member of staff, practitioners among them.
public typealias StaffID = Identifier<StaffKind>

/// The kind of an identifier such as `W17`: a pair: the roles of one member of staff at one clinic.
public enum StaffRoleKind: IdentifierKind {
  public static var prefix: String { "W" }
  public static var name: String { "staffRole" }
  public static var number: UInt16 { 4 }
}

/// The identifier of a pair: the roles of one member of staff at one clinic.
public typealias StaffRoleID = Identifier<StaffRoleKind>

/// The kind of an identifier such as `Y17`: a payer, a supplier or another outside party.
public enum PartyKind: IdentifierKind {
  public static var prefix: String { "Y" }
  public static var name: String { "party" }
  public static var number: UInt16 { 5 }
}

/// The identifier of a payer, a supplier or another outside party.
public typealias PartyID = Identifier<PartyKind>

/// The kind of an identifier such as `X17`: a service: what is done and charged.
public enum ServiceKind: IdentifierKind {
  public static var prefix: String { "X" }
  public static var name: String { "service" }
  public static var number: UInt16 { 6 }
}

/// The identifier of a service: what is done and charged.
public typealias ServiceID = Identifier<ServiceKind>

/// The kind of an identifier such as `I17`: an item: what is stocked.
public enum ItemKind: IdentifierKind {
  public static var prefix: String { "I" }
  public static var name: String { "item" }
  public static var number: UInt16 { 7 }
}

/// The identifier of an item: what is stocked.
public typealias ItemID = Identifier<ItemKind>

/// The kind of an identifier such as `Q17`: a room, chair, device or steriliser.
public enum ResourceKind: IdentifierKind {
  public static var prefix: String { "Q" }
  public static var name: String { "resource" }
  public static var number: UInt16 { 8 }
}

/// The identifier of a room, chair, device or steriliser.
public typealias ResourceID = Identifier<ResourceKind>

/// The kind of an identifier such as `TX17`: a rule of tax.
public enum TaxCodeKind: IdentifierKind {
  public static var prefix: String { "TX" }
  public static var name: String { "taxCode" }
  public static var number: UInt16 { 9 }
}

/// The identifier of a rule of tax.
public typealias TaxCodeID = Identifier<TaxCodeKind>

/// The kind of an identifier such as `P17`: a patient.
public enum PatientKind: IdentifierKind {
  public static var prefix: String { "P" }
  public static var name: String { "patient" }
  public static var number: UInt16 { 10 }
}

/// The identifier of a patient.
public typealias PatientID = Identifier<PatientKind>

/// The kind of an identifier such as `A17`: a booked appointment.
public enum AppointmentKind: IdentifierKind {
  public static var prefix: String { "A" }
  public static var name: String { "appointment" }
  public static var number: UInt16 { 11 }
}

/// The identifier of a booked appointment.
public typealias AppointmentID = Identifier<AppointmentKind>

/// The kind of an identifier such as `V17`: a visit, from arrival to leaving.
///
/// The correlation of a header is a visit's number.
public enum VisitKind: IdentifierKind {
  public static var prefix: String { "V" }
  public static var name: String { "visit" }
  public static var number: UInt16 { 12 }
}

/// The identifier of a visit, from arrival to leaving.
public typealias VisitID = Identifier<VisitKind>

/// The kind of an identifier such as `E17`: an encounter: one practitioner's part of a visit.
public enum EncounterKind: IdentifierKind {
  public static var prefix: String { "E" }
  public static var name: String { "encounter" }
  public static var number: UInt16 { 13 }
}

/// The identifier of an encounter: one practitioner's part of a visit.
public typealias EncounterID = Identifier<EncounterKind>

/// The kind of an identifier such as `PL17`: a treatment plan.
public enum PlanKind: IdentifierKind {
  public static var prefix: String { "PL" }
  public static var name: String { "plan" }
  public static var number: UInt16 { 14 }
}

/// The identifier of a treatment plan.
public typealias PlanID = Identifier<PlanKind>

/// The kind of an identifier such as `PK17`: a package: sessions paid in advance.
public enum PackageKind: IdentifierKind {
  public static var prefix: String { "PK" }
  public static var name: String { "package" }
  public static var number: UInt16 { 15 }
}

/// The identifier of a package: sessions paid in advance.
public typealias PackageID = Identifier<PackageKind>

/// The kind of an identifier such as `AR17`: a request on the waiting list.
public enum RequestKind: IdentifierKind {
  public static var prefix: String { "AR" }
  public static var name: String { "request" }
  public static var number: UInt16 { 16 }
}

/// The identifier of a request on the waiting list.
public typealias RequestID = Identifier<RequestKind>

/// The kind of an identifier such as `AS17`: a series of appointments.
///
/// Its appointments name it; it has no stream.
public enum SeriesKind: IdentifierKind {
  public static var prefix: String { "AS" }
  public static var name: String { "series" }
  public static var number: UInt16 { 17 }
}

/// The identifier of a series of appointments.
public typealias SeriesID = Identifier<SeriesKind>

/// The kind of an identifier such as `C17`: a charge.
public enum ChargeKind: IdentifierKind {
  public static var prefix: String { "C" }
  public static var name: String { "charge" }
  public static var number: UInt16 { 20 }
}

/// The identifier of a charge.
public typealias ChargeID = Identifier<ChargeKind>

/// The kind of an identifier such as `M17`: a payment: money received or paid.
public enum PaymentKind: IdentifierKind {
  public static var prefix: String { "M" }
  public static var name: String { "payment" }
  public static var number: UInt16 { 21 }
}

/// The identifier of a payment: money received or paid.
public typealias PaymentID = Identifier<PaymentKind>

/// The kind of an identifier such as `K17`: a claim sent to a payer.
public enum ClaimKind: IdentifierKind {
  public static var prefix: String { "K" }
  public static var name: String { "claim" }
  public static var number: UInt16 { 22 }
}

/// The identifier of a claim sent to a payer.
public typealias ClaimID = Identifier<ClaimKind>

/// The kind of an identifier such as `TS17`: a till session, from opening to closing.
public enum TillSessionKind: IdentifierKind {
  public static var prefix: String { "TS" }
  public static var name: String { "tillSession" }
  public static var number: UInt16 { 23 }
}

/// The identifier of a till session, from opening to closing.
public typealias TillSessionID = Identifier<TillSessionKind>

/// The kind of an identifier such as `T17`: a till.
public enum TillKind: IdentifierKind {
  public static var prefix: String { "T" }
  public static var name: String { "till" }
  public static var number: UInt16 { 24 }
}

/// The identifier of a till.
public typealias TillID = Identifier<TillKind>

/// The kind of an identifier such as `S17`: a sale over the counter: one ticket.
public enum SaleKind: IdentifierKind {
  public static var prefix: String { "S" }
  public static var name: String { "sale" }
  public static var number: UInt16 { 25 }
}

/// The identifier of a sale over the counter: one ticket.
public typealias SaleID = Identifier<SaleKind>

/// The kind of an identifier such as `IV17`: an invoice, rectifying ones among them.
public enum InvoiceKind: IdentifierKind {
  public static var prefix: String { "IV" }
  public static var name: String { "invoice" }
  public static var number: UInt16 { 26 }
}

/// The identifier of an invoice, rectifying ones among them.
public typealias InvoiceID = Identifier<InvoiceKind>

/// The kind of an identifier such as `J17`: an entry made by hand.
public enum JournalKind: IdentifierKind {
  public static var prefix: String { "J" }
  public static var name: String { "journal" }
  public static var number: UInt16 { 27 }
}

/// The identifier of an entry made by hand.
public typealias JournalID = Identifier<JournalKind>

/// The kind of an identifier such as `PD17`: a pair: the periods of one area of one clinic.
public enum PeriodKind: IdentifierKind {
  public static var prefix: String { "PD" }
  public static var name: String { "period" }
  public static var number: UInt16 { 28 }
}

/// The identifier of a pair: the periods of one area of one clinic.
public typealias PeriodID = Identifier<PeriodKind>

/// The kind of an identifier such as `BA17`: a bank account of the clinic.
public enum BankAccountKind: IdentifierKind {
  public static var prefix: String { "BA" }
  public static var name: String { "bankAccount" }
  public static var number: UInt16 { 29 }
}

/// The identifier of a bank account of the clinic.
public typealias BankAccountID = Identifier<BankAccountKind>

/// The kind of an identifier such as `R17`: a receipt of goods.
public enum ReceiptKind: IdentifierKind {
  public static var prefix: String { "R" }
  public static var name: String { "receipt" }
  public static var number: UInt16 { 30 }
}

/// The identifier of a receipt of goods.
public typealias ReceiptID = Identifier<ReceiptKind>

/// The kind of an identifier such as `B17`: a pair: the stock of one item at one clinic.
public enum StockKind: IdentifierKind {
  public static var prefix: String { "B" }
  public static var name: String { "stock" }
  public static var number: UInt16 { 31 }
}

/// The identifier of a pair: the stock of one item at one clinic.
public typealias StockID = Identifier<StockKind>

/// The kind of an identifier such as `PO17`: a purchase order.
public enum OrderKind: IdentifierKind {
  public static var prefix: String { "PO" }
  public static var name: String { "order" }
  public static var number: UInt16 { 32 }
}

/// The identifier of a purchase order.
public typealias OrderID = Identifier<OrderKind>

/// The kind of an identifier such as `SI17`: a supplier's invoice or credit note.
public enum SupplierInvoiceKind: IdentifierKind {
  public static var prefix: String { "SI" }
  public static var name: String { "supplierInvoice" }
  public static var number: UInt16 { 36 }
}

/// The identifier of a supplier's invoice or credit note.
public typealias SupplierInvoiceID = Identifier<SupplierInvoiceKind>

/// The kind of an identifier such as `SR17`: a return of what was sold over the counter.
public enum SaleReturnKind: IdentifierKind {
  public static var prefix: String { "SR" }
  public static var name: String { "saleReturn" }
  public static var number: UInt16 { 37 }
}

/// The identifier of a return of what was sold over the counter.
public typealias SaleReturnID = Identifier<SaleReturnKind>

/// The kind of an identifier such as `SH17`: a shift: when somebody is to work.
public enum ShiftKind: IdentifierKind {
  public static var prefix: String { "SH" }
  public static var name: String { "shift" }
  public static var number: UInt16 { 40 }
}

/// The identifier of a shift.
public typealias ShiftID = Identifier<ShiftKind>

/// The kind of an identifier such as `TE17`: a time entry: from clocking in to clocking out.
public enum TimeEntryKind: IdentifierKind {
  public static var prefix: String { "TE" }
  public static var name: String { "timeEntry" }
  public static var number: UInt16 { 41 }
}

/// The identifier of a time entry.
public typealias TimeEntryID = Identifier<TimeEntryKind>

/// The kind of an identifier such as `AB17`: an absence of a member of staff.
public enum AbsenceKind: IdentifierKind {
  public static var prefix: String { "AB" }
  public static var name: String { "absence" }
  public static var number: UInt16 { 42 }
}

/// The identifier of an absence of a member of staff.
public typealias AbsenceID = Identifier<AbsenceKind>

/// The kind of an identifier such as `CR17`: a rule of commission.
public enum CommissionRuleKind: IdentifierKind {
  public static var prefix: String { "CR" }
  public static var name: String { "commissionRule" }
  public static var number: UInt16 { 43 }
}

/// The identifier of a rule of commission.
public typealias CommissionRuleID = Identifier<CommissionRuleKind>

/// The kind of an identifier such as `PR17`: a payroll run.
public enum PayrollRunKind: IdentifierKind {
  public static var prefix: String { "PR" }
  public static var name: String { "payrollRun" }
  public static var number: UInt16 { 44 }
}

/// The identifier of a payroll run.
public typealias PayrollRunID = Identifier<PayrollRunKind>

/// The kind of an identifier such as `AC17`: a ledger account of the clinic's own.
public enum LedgerAccountKind: IdentifierKind {
  public static var prefix: String { "AC" }
  public static var name: String { "account" }
  public static var number: UInt16 { 50 }
}

/// The identifier of a ledger account of the clinic's own.
public typealias LedgerAccountID = Identifier<LedgerAccountKind>

/// The kind of an identifier such as `RU17`: a rule that says which accounts an event's entries go to.
public enum PostingRuleKind: IdentifierKind {
  public static var prefix: String { "RU" }
  public static var name: String { "postingRule" }
  public static var number: UInt16 { 51 }
}

/// The identifier of a rule that says which accounts an event's entries go to.
public typealias PostingRuleID = Identifier<PostingRuleKind>

/// The kind of an identifier such as `PX17`: a line of a price list.
public enum PriceKind: IdentifierKind {
  public static var prefix: String { "PX" }
  public static var name: String { "price" }
  public static var number: UInt16 { 52 }
}

/// The identifier of a line of a price list.
public typealias PriceID = Identifier<PriceKind>

/// The kind of an identifier such as `TR17`: a transfer of stock between clinics.
public enum TransferKind: IdentifierKind {
  public static var prefix: String { "TR" }
  public static var name: String { "transfer" }
  public static var number: UInt16 { 33 }
}

/// The identifier of a transfer of stock between clinics.
public typealias TransferID = Identifier<TransferKind>

/// The kind of an identifier such as `CN17`: a stock count.
public enum CountKind: IdentifierKind {
  public static var prefix: String { "CN" }
  public static var name: String { "count" }
  public static var number: UInt16 { 34 }
}

/// The identifier of a stock count.
public typealias CountID = Identifier<CountKind>

/// The kind of an identifier such as `SC17`: a run of a steriliser.
public enum CycleKind: IdentifierKind {
  public static var prefix: String { "SC" }
  public static var name: String { "cycle" }
  public static var number: UInt16 { 35 }
}

/// The identifier of a run of a steriliser.
public typealias CycleID = Identifier<CycleKind>
