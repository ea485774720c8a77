/// What a legal clinic does, and how often: the weights of random histories stand here and nowhere
/// else.
///
/// Of 397 actions so many are each of these, where they are possible just then; where one is not
/// (nobody waits, nothing is owed), the next one of the list that is possible takes its place. When
/// things are dated, `LegalClinic.lately` says: of four one was up to five days before, and of ten of
/// those one up to six weeks.
package enum LegalAction: String, CaseIterable, Sendable {
  // Patients, coverage, visits and treatments.
  case newPatient, coverage, arrival, encounter, treatment, completion
  // The waiting list, appointments and what becomes of them, and who is who.
  case booking, request, move, cancellation, noShow, leftUnseen, amendment, merging
  // Clinics, roles, parties, services and items.
  case clinicAgain, roles, party, service, item
  // Prices, tax codes, rooms, accounts and rules.
  case price, taxCode, room, account
  // Payments, and who owes how much.
  case payment, prepayment, adjustment, recovery, transfer
  // What becomes of money that settles nothing, or is to settle something no longer.
  case allocation, release, returned, refund
  // Tills that are opened, moved from and into, and counted.
  case tillOpening, cashMove, tillClosing
  // Tickets over the counter, and what comes back of them.
  case sale, saleReturn
  // Invoices for charges, advances and tickets, and those that rectify them.
  case invoice, advanceInvoice, ticketInvoice, rectification
  // Claims, their answers, and the money that comes for many of them.
  case claim, answer, remittance
  // Plans that are accepted, and sessions that are paid in advance.
  case plan, packageSale, packageEnd
  // Goods that are ordered, come in and go back.
  case order, orderEnd, receipt, goodsReturn
  // What is taken from the shelves, counted, sent to the other clinic and called back.
  case issue, count, dispatch, arrivalOfGoods, lotStatus
  // What is serviced, and what the steriliser runs.
  case sterilisation, servicing
  // What suppliers ask for, and what is paid.
  case goodsInvoice, expense, supplierPayment, wages
  // What the bank shows, and entries made by hand.
  case bankLine, entry, openingEntry, openItemPayment
  // Contracts, credentials, absences and what is agreed on commission.
  case hiring, newTerms, leaving, credential, absence, absenceDecision, commissionRule
  // Shifts, and when people come and go.
  case shift, clockIn, clockOut, timeCorrection, hours
  // What people have earned is approved, month by month.
  case payrollRun
  // Periods and years that are closed, and opened again.
  case closing, reopening, yearEnd
  // What was done is undone.
  case slip, oldMistake

  /// How often of 397.
  package var weight: Int {
    switch self {
    case .treatment: 20
    case .payment: 16
    case .booking, .closing: 12
    case .encounter, .sale: 11
    case .arrival, .receipt: 10
    case .tillOpening, .slip, .oldMistake: 9
    case .completion, .tillClosing, .clockOut: 8
    case .allocation, .supplierPayment, .bankLine, .clockIn, .payrollRun: 7
    case .newPatient, .cashMove, .invoice, .claim, .answer, .remittance, .packageSale, .issue,
      .count, .arrivalOfGoods, .goodsInvoice:
      6
    case .coverage, .move, .adjustment, .refund, .saleReturn, .dispatch: 5
    case .prepayment, .transfer, .rectification, .order, .expense, .wages, .absence,
      .absenceDecision, .timeCorrection, .yearEnd:
      4
    case .cancellation, .noShow, .price, .release, .returned, .plan, .goodsReturn, .lotStatus,
      .entry, .commissionRule:
      3
    case .request, .leftUnseen, .amendment, .recovery, .advanceInvoice, .ticketInvoice,
      .packageEnd, .sterilisation, .servicing, .openingEntry, .openItemPayment, .hiring,
      .credential, .shift, .hours:
      2
    case .merging, .clinicAgain, .roles, .party, .service, .item, .taxCode, .room, .account,
      .orderEnd, .newTerms, .leaving, .reopening:
      1
    }
  }
}
