public import DaybookBytes
import DaybookClinicEvents
public import DaybookEvents
import DaybookValues

/// What the Desk must know to accept or refuse: one value, rebuilt from the log.
///
/// One writer per log makes rules that cross streams exact: what a charge still owes, what is on
/// hand of a lot, who is where at a time. Everything is found by its dense number; nothing here is
/// for reports.
public struct DeskState: DecisionState {
  /// Clinics, staff, roles, parties, services.
  package internal(set) var administration = AdministrationState()
  /// Accounts, posting rules, prices, tax codes, resources.
  package internal(set) var catalogue = CatalogueState()
  /// Patients and who covers them.
  package internal(set) var patients = PatientState()
  /// Appointments and who is free.
  package internal(set) var scheduling = SchedulingState()
  /// Visits and encounters.
  package internal(set) var care = CareState()
  /// Charges, who owes them, and payments.
  package internal(set) var billing = BillingState()
  /// Tills, and what should be in them.
  package internal(set) var tills = TillState()
  /// Sales, and what came back of them.
  package internal(set) var sales = SaleState()
  /// Invoices, and the numbers of all series.
  package internal(set) var invoices = InvoiceState()
  /// Claims and their answers.
  package internal(set) var claims = ClaimState()
  /// Treatment plans and packages.
  package internal(set) var packages = PackageState()
  /// What suppliers have sent, asked for, and were paid.
  package internal(set) var purchasing = PurchasingState()
  /// The bank, and entries made by hand.
  package internal(set) var ledger = LedgerState()
  /// Items, lots and what is on hand; orders, receipts, transfers and counts.
  package internal(set) var stock = StockState()
  /// Contracts, credentials, shifts, time, absences and pay.
  package internal(set) var people = PeopleState()
  /// Which days are closed.
  package internal(set) var periods = PeriodState()
  /// Which events have been reversed.
  package internal(set) var corrections = CorrectionState()
  /// Whether equipment may be used, and what the sterilisers ran.
  package internal(set) var equipment = EquipmentState()
  /// The last number given to a human being.
  package internal(set) var lastPerson: UInt64 = 0

  /// The state before everything.
  public init() {}

  /// The person as given, or the next one for somebody whom the book does not know yet.
  func person(_ given: UInt64) -> UInt64 { given == 0 ? lastPerson + 1 : given }

  /// Takes an event in; what is in no family of the clinic is not the Desk's.
  public mutating func evolve(_ event: borrowing Event) throws(WireError) {
    notePeriods(event.header)
    switch event.header.family {
    case .administration: try takeAdministration(event, try Self.tag(event))
    case .frontOffice: try takeFrontOffice(event, try Self.tag(event))
    case .accounting: try takeAccounting(event, try Self.tag(event))
    case .humanResources: try takeHumanResources(event, try Self.tag(event))
    case .logistics: try takeLogistics(event, try Self.tag(event))
    case .corrections: try takeCorrection(event, try Self.tag(event))
    default: break
    }
    if people.hasCommission { try takeCommission(event) }
  }

  /// Commission follows from charges, from what is paid of them, and from what becomes of both.
  public func supplement(
    _ decision: inout Decision, in context: DecisionContext
  ) throws(Refusal) {
    guard people.hasCommission, !decision.proposals.isEmpty else { return }
    var draft = CommissionDraft(self)
    do throws(WireError) {
      try decision.forEachEvent { (event, index) throws(WireError) in
        try draft.take(event, index: index)
      }
    } catch {
      throw Refusal(GeneralRefusal.notWritable(error), field: error.field)
    }
    try draft.append(to: &decision)
  }

  /// The event's tag; one that this program does not know may change what the Desk must refuse.
  private static func tag<Tag: FamilyTag>(_ event: borrowing Event) throws(WireError) -> Tag {
    guard let tag = Tag(rawValue: event.header.tag) else {
      throw WireError(.unknownCase(UInt64(event.header.tag)), at: 0, field: "tag")
    }
    return tag
  }

  private mutating func takeAdministration(
    _ event: borrowing Event, _ tag: AdministrationTag
  ) throws(WireError) {
    switch tag {
    case .clinicDefined:
      let clinic = try event.payload(ClinicDefined.self)
      try administration.define(clinic)
      periods.open(clinic.clinic)
    case .rolesSet: try administration.set(try event.payload(), event.header)
    case .accountDefined: try catalogue.define(try event.payload())
    case .postingRuleSet: try catalogue.set(try event.payload(PostingRuleSet.self))
    case .serviceDefined: try administration.define(try event.payload(), event.header)
    case .priceSet: try catalogue.set(try event.payload(PriceSet.self), event.header)
    case .taxCodeSet: try catalogue.set(try event.payload(TaxCodeSet.self))
    case .resourceDefined:
      try catalogue.define(try event.payload(ResourceDefined.self), event.header)
    case .partyRegistered:
      let party = try event.payload(PartyRegistered.self)
      try administration.register(party)
      note(person: party.person?.person)
    }
  }

  private mutating func takeFrontOffice(
    _ event: borrowing Event, _ tag: FrontOfficeTag
  ) throws(WireError) {
    switch tag {
    case .patientRegistered:
      let patient = try event.payload(PatientRegistered.self)
      try patients.register(patient)
      note(person: patient.person.person)
    case .patientAmended: try patients.amend(try event.payload())
    case .patientsMerged:
      let merged = try event.payload(PatientsMerged.self)
      try patients.merge(merged)
      try scheduling.merge(merged.from, into: merged.into)
      try billing.merge(merged.from, into: merged.into)
    case .coverageSet: try patients.set(try event.payload())
    case .appointmentRequested: try scheduling.request(try event.payload(), event.header)
    case .appointmentBooked: try scheduling.book(try event.payload(), event.header)
    case .appointmentMoved: try scheduling.move(try event.payload())
    case .appointmentCancelled: try scheduling.cancel(try event.payload())
    case .appointmentMissed: try scheduling.miss(try event.payload())
    case .patientCheckedIn:
      let checkedIn = try event.payload(PatientCheckedIn.self)
      try care.checkIn(checkedIn, event.header)
      if let appointment = checkedIn.appointment {
        try scheduling.keep(appointment, visit: checkedIn.visit)
      }
    case .encounterStarted: try care.start(try event.payload(), event.header)
    case .treatmentPerformed:
      let performed = try event.payload(TreatmentPerformed.self)
      try care.perform(performed)
      try packages.perform(performed)
    case .encounterCompleted: try care.complete(try event.payload())
    case .treatmentPlanAccepted: try packages.accept(try event.payload())
    case .packageSold:
      try administration.notePosting(ClinicID(event.header.clinic))
      try packages.sell(try event.payload(), event.header)
    case .packageCancelled:
      let cancelled = try event.payload(PackageCancelled.self)
      try packages.cancel(cancelled)
      try billing.cancel(cancelled)
    }
  }

  private mutating func takeAccounting(
    _ event: borrowing Event, _ tag: AccountingTag
  ) throws(WireError) {
    try administration.notePosting(ClinicID(event.header.clinic))
    switch tag {
    case .chargePosted:
      let charge = try event.payload(ChargePosted.self)
      try billing.post(charge, event.header)
      try packages.charge(charge)
      notePeriods(event.header, of: charge)
    case .responsibilityTransferred: try billing.transfer(try event.payload())
    case .adjustmentPosted: try billing.adjust(try event.payload())
    case .paymentReceived:
      let received = try event.payload(PaymentReceived.self)
      try billing.receive(received, event.header)
      notePeriods(event.header, of: received.allocations)
      try noteBank(received, event.header)
      try tills.count(
        received.method, received.amount.minorUnits, tip: received.tip?.minorUnits ?? 0,
        in: received.tillSession)
      try tills.noteReceipt(in: received.tillSession)
    case .paymentAllocated:
      let allocated = try event.payload(PaymentAllocated.self)
      try billing.allocate(allocated)
      notePeriods(event.header, of: [allocated.allocation])
    case .allocationReleased:
      let part = try event.payload(AllocationReleased.self).part
      try billing.release(part)
      notePeriods(event.header, of: [part.allocation])
    case .paymentReturned:
      let returned = try event.payload(PaymentReturned.self)
      try billing.takeBack(returned)
      notePeriods(event.header, of: returned.reopened)
      try noteBank(returned, event.header)
    case .refundPaid:
      let paid = try event.payload(RefundPaid.self)
      try billing.refund(paid, event.header)
      try tills.count(paid.method, 0 &- paid.amount.minorUnits, in: paid.tillSession)
      try tills.noteReceipt(in: paid.tillSession)
      ledger.note(
        0 &- paid.amount.minorUnits, paid.method.bankSide, of: paid.refund, event.header)
    case .invoiceIssued, .invoiceRectified: try takeInvoice(event, tag)
    case .tillOpened: try tills.open(try event.payload(), event.header)
    case .tillCashMoved:
      let moved = try event.payload(TillCashMoved.self)
      try tills.move(moved)
      if moved.type == .bank {
        let amount = moved.amount.minorUnits
        ledger.note(
          moved.direction == .out ? amount : 0 &- amount, .cashInTransit, event.header)
      }
    case .tillClosed: try tills.close(try event.payload(), event.header)
    case .saleCompleted, .saleReturned: try takeSale(event, tag)
    case .claimSubmitted:
      let submitted = try event.payload(ClaimSubmitted.self)
      if let old = submitted.replaces {
        for charge in claims.claims[old]?.charges ?? [] { try billing.release(charge, from: old) }
      }
      try claims.submit(submitted, event.header)
      try billing.claim(submitted)
    case .claimAdjudicated:
      let adjudicated = try event.payload(ClaimAdjudicated.self)
      let charges = try claims.adjudicate(adjudicated)
      for charge in charges { try billing.release(charge, from: adjudicated.claim) }
    case .remittanceReceived:
      let remitted = try event.payload(RemittanceReceived.self)
      try billing.remit(remitted, event.header)
      try claims.remit(remitted, event.header)
      notePeriods(event.header, of: remitted)
      ledger.note(
        remitted.total.minorUnits, .booked, of: remitted.payment, event.header)
    case .supplierInvoiceRecorded:
      let recorded = try event.payload(SupplierInvoiceRecorded.self)
      try purchasing.record(recorded, event.header)
      try takeCommission(of: recorded, event.header)
      try catalogue.noteUse(of: recorded.lines.map(\.account))
    case .paymentMade:
      let made = try event.payload(PaymentMade.self)
      try billing.pay(made, event.header)
      try tills.count(made.method, 0 &- made.amount.minorUnits, in: made.tillSession)
      try tills.noteReceipt(in: made.tillSession)
      try purchasing.pay(made)
      try ledger.pay(made)
      try takeCommission(of: made, event.header)
      try catalogue.noteUse(of: made.settles.compactMap(\.item.accountCode))
      // Paid by card or transfer alike: the bank shows it.
      ledger.note(
        0 &- made.amount.minorUnits, made.method.bankSide.map { _ in .booked }, of: made.payment,
        event.header)
    case .bankLineReconciled:
      let reconciled = try event.payload(BankLineReconciled.self)
      try ledger.reconcile(reconciled, event.header)
      try catalogue.noteUse(of: reconciled.matches.compactMap(\.with.accountCode))
    case .journalPosted:
      let posted = try event.payload(JournalPosted.self)
      for line in posted.lines {
        if let clinic = line.clinic { try administration.notePosting(clinic) }
      }
      try catalogue.noteUse(of: posted.lines.map(\.account))
      try billing.open(posted)
      try ledger.post(posted, event.header, catalogue)
      try takeCommission(of: posted, event.header)
      notePeriods(event.header, of: posted)
    case .periodClosed: try periods.close(try event.payload(PeriodClosed.self), event.header)
    case .periodReopened: try periods.reopen(try event.payload())
    case .yearClosed: try periods.close(try event.payload(YearClosed.self), event.header)
    }
  }

  /// A bank statement will show what was received, with the tip.
  private mutating func noteBank(
    _ received: PaymentReceived, _ header: RecordHeader
  ) throws(WireError) {
    var amount = received.amount.minorUnits
    try amount.increase(by: received.tip?.minorUnits ?? 0, "tip")
    ledger.note(amount, received.method.bankSide, of: received.payment, header)
  }

  /// A bank statement, or an acquirer's, will show what was taken back, with its fee.
  private mutating func noteBank(
    _ returned: PaymentReturned, _ header: RecordHeader
  ) throws(WireError) {
    var amount = returned.amount.minorUnits
    try amount.increase(by: returned.fee?.minorUnits ?? 0, "fee")
    ledger.note(0 &- amount, returned.method.bankSide, header)
  }

  private mutating func takeHumanResources(
    _ event: borrowing Event, _ tag: HumanResourcesTag
  ) throws(WireError) {
    switch tag {
    case .staffHired:
      let hired = try event.payload(StaffHired.self)
      try administration.hire(hired)
      try people.hire(hired)
      note(person: hired.person.person)
    case .contractAmended: try people.amend(try event.payload())
    case .staffLeft: try people.leave(try event.payload())
    case .credentialRecorded:
      try people.record(try event.payload(CredentialRecorded.self))
    case .shiftScheduled: try people.schedule(try event.payload(), event.header)
    case .clockedIn: try people.clockIn(try event.payload(), event.header)
    case .clockedOut: try people.clockOut(try event.payload())
    case .timeEntryCorrected: try people.correct(try event.payload(), event.header)
    case .absenceRecorded: try people.record(try event.payload(AbsenceRecorded.self))
    case .absenceDecided: try people.decide(try event.payload())
    case .commissionRuleSet: try people.set(try event.payload())
    case .commissionAccrued: try people.commission.accrue(try event.payload(), event.header)
    case .hoursRecorded: try people.record(try event.payload(HoursRecorded.self))
    case .payrollApproved:
      let approved = try event.payload(PayrollApproved.self)
      try administration.notePosting(approved.clinic)
      try people.approve(approved)
      try purchasing.approve(approved)
    }
  }

  mutating func note(person: UInt64?) {
    if let person { lastPerson = max(lastPerson, person) }
  }
}

// What a checkpoint keeps. Raise `version` with every change of a part, or of what events make of it.
extension DeskState {
  public static var version: UInt32 { 10 }

  public mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("administration", &administration)
    try parts.visit("catalogue", &catalogue)
    try parts.visit("patients", &patients)
    try parts.visit("scheduling", &scheduling)
    try parts.visit("care", &care)
    try parts.visit("billing", &billing)
    try parts.visit("tills", &tills)
    try parts.visit("sales", &sales)
    try parts.visit("invoices", &invoices)
    try parts.visit("claims", &claims)
    try parts.visit("packages", &packages)
    try parts.visit("purchasing", &purchasing)
    try parts.visit("ledger", &ledger)
    try parts.visit("stock", &stock)
    try parts.visit("people", &people)
    try parts.visit("periods", &periods)
    try parts.visit("corrections", &corrections)
    try parts.visit("equipment", &equipment)
    try parts.visit("lastPerson", &lastPerson)
  }
}
