public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Writes an invoice to a customer: for shares of charges, for advances, or in place of tickets.
///
/// Answers with `InvoiceIssued`, which has the next number of its series (`A` unless another is
/// named) and the day of the action as its date, never before that of the number before. A share of
/// a charge is invoiced once, with its running share of the charge's tax. Advances that were
/// invoiced before and have settled these charges are taken off. Due at once unless it is said. Where
/// the clinic rounds the tax of the whole document, rate by rate, the difference from the lines is in
/// the tax of the largest one, and the charge owes so much more or less.
public struct IssueInvoice: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Who it is written to, as they are called.
  public var customer = InvoiceCustomer()
  /// Which shares of which charges it asks for.
  public var charges: Few<InvoiceShare> = []
  /// The deposits that it confirms, each as a whole.
  public var deposits: Few<PaymentID> = []
  /// The sales whose tickets it takes the place of.
  public var sales: Few<SaleID> = []
  /// The series of its number; empty for `A`.
  public var series = ""
  /// Its number; nil for the next one, which it must be.
  public var number: UInt64?
  /// When it is to be paid; nothing for at once.
  public var due: Few<DueDate> = []

  /// No invoice: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "customer", &customer)
    try fields.visit(2, "charges", &charges)
    try fields.visit(3, "deposits", &deposits)
    try fields.visit(4, "sales", &sales)
    try fields.visit(5, "series", &series)
    try fields.visit(6, "number", &number)
    try fields.visit(7, "due", &due)
    try fields.currency()
  }
}

/// A share of a charge that is to be invoiced.
public struct InvoiceShare: Payload, Hashable {
  /// The charge.
  public var charge = ChargeID()
  /// Whose share; nil for the customer's.
  public var owedBy: Debtor?
  /// How much, tax included; nil for all that no invoice asks for.
  public var amount: Amount?

  /// Nothing: to be filled in.
  public init() {}

  /// All of the customer's share of `charge`, or `amount` of it.
  public init(_ charge: ChargeID, _ amount: Amount? = nil) {
    self.charge = charge
    self.amount = amount
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "charge", &charge)
    try fields.visit(2, "owedBy", &owedBy)
    try fields.visit(3, "amount", &amount)
  }
}

extension IssueInvoice {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.accountant, .reception, .cashier], needsClinic: true)
    review.requireFact()
    checkCustomer(state, &review)
    if charges.isEmpty, deposits.isEmpty, sales.isEmpty {
      review.refuse(DeskRefusal.missing("a charge, a deposit or a sale"), "charges")
    }
    var draft = InvoiceDraft(for: customer.party, state)
    for share in charges { draft.add(share, &review) }
    for deposit in deposits { draft.add(deposit, &review) }
    for sale in sales { draft.add(sale, &review) }
    if review.clinic?.taxRounding == .perDocument { draft.roundAsDocument(&review) }
    draft.deductAdvances(&review)
    let total = draft.total(&review)
    let due = checkedDue(total, &review)
    let number = review.number(number, in: series, .invoice, state, "number")
    try review.conclude(into: &decision)

    decision.correlation = context.correlation(draft.first)
    let invoice = InvoiceID(decision.nextNumber(InvoiceKind.streamKind))
    let issued = InvoiceIssued.with {
      $0.invoice = invoice
      $0.series = SeriesType.invoice.name(series)
      $0.number = number
      $0.date = review.effective.day
      $0.customer = customer
      $0.issuer = review.clinic?.issuer ?? InvoiceIssuer()
      $0.lines = Few(draft.lines)
      $0.deductions = Few(draft.deductions)
      $0.taxes = draft.taxes
      $0.total = Amount(minorUnits: total)
      $0.due = due
      $0.released = Few(draft.released)
    }
    try decision.append(
      issued, to: invoice.number, expecting: .noStream, effective: review.effective,
      otherClinics: draft.released.otherClinics)
  }

  private func checkCustomer(_ state: DeskState, _ review: inout Review) {
    review.requireParty(customer.party, state, "customer.party")
    if let person = customer.person {
      review.requirePerson(person.person, state, "customer.person")
      review.requirePlain(person.sealed, "customer.person")
    }
    if (customer.person?.name ?? customer.name).trimmed.isEmpty {
      review.refuse(InvoiceRefusal.customerName, "customer")
    }
  }

  /// The days of payment, in the clinic's currency, which is not named.
  private func checkedDue(_ total: Int64, _ review: inout Review) -> Few<DueDate> {
    func date(_ day: Day, _ minor: Int64) -> DueDate {
      .with {
        $0.date = day
        $0.amount = Amount(minorUnits: minor)
      }
    }
    if due.isEmpty { return total > 0 ? [date(review.effective.day, total)] : [] }
    var parts: [Int64] = []
    for part in due { parts.append(review.positive(part.amount, "due.amount")) }
    let sum = review.sum(parts, "due")
    if sum != total, review.violations.isEmpty {
      review.refuse(
        InvoiceRefusal.due(total: review.amount(total), found: review.amount(sum)), "due")
    }
    return Few(zip(due, parts).map { date($0.date, $1) })
  }
}
