public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Asks for less than an invoice did, by an invoice of its own.
///
/// Answers with `InvoiceRectified`, at the rates of the original and never for more than is left of
/// it. The charge owes less; what has been paid of it beyond that becomes credit of who paid, the
/// newest payments first: a deposit has done what it was for, so that what of it is overpaid is
/// credit, and no deposit, again. Without lines all that is left of the invoice is taken off. Above the
/// clinic's limit for discounts a second person approves.
public struct RectifyInvoice: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The invoice.
  public var invoice = InvoiceID()
  /// What is asked for less; nothing for all of it.
  public var lines: Few<RectifiedShare> = []
  /// The series of its number; empty for `AR`.
  public var series = ""
  /// Its number; nil for the next one, which it must be.
  public var number: UInt64?
  /// Why, about the invoice and never about a person.
  public var reason = ""
  /// Who approves it, above the clinic's limit.
  public var approver: StaffID?

  /// No invoice: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "invoice", &invoice)
    try fields.visit(2, "lines", &lines)
    try fields.visit(3, "series", &series)
    try fields.visit(4, "number", &number)
    try fields.visit(5, "reason", &reason)
    try fields.visit(6, "approver", &approver)
    try fields.currency()
  }
}

/// What a line of an invoice asks for less.
public struct RectifiedShare: Payload, Hashable {
  /// The line, from 1.
  public var line: UInt32 = 0
  /// How much, tax included; nil for all that is left of the line.
  public var amount: Amount?

  /// Nothing: to be filled in.
  public init() {}

  /// `amount` of line `line`; without an amount, all of it.
  public init(_ line: UInt32, _ amount: Amount? = nil) {
    self.line = line
    self.amount = amount
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "line", &line)
    try fields.visit(2, "amount", &amount)
  }
}

extension RectifyInvoice {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.accountant], needsClinic: true)
    review.requireFact()
    if reason.trimmed.isEmpty { review.refuse(BillingRefusal.reason, "reason") }
    let known = review.known(invoice, in: state.invoices.invoices, "invoice")
    if let known { check(known, &review) }
    var draft = RectificationDraft(state)
    for share in shares(known) { draft.add(share, of: invoice, known, &review) }
    let total = review.sum(
      draft.lines.flatMap { [$0.net.minorUnits, $0.tax.minorUnits] }, "lines")
    if known?.isRectifying == false, draft.lines.isEmpty, review.violations.isEmpty {
      review.refuse(InvoiceRefusal.aboveOriginal(invoice, line: 1, left: review.amount(0)), "lines")
    }
    review.requireSecondPerson(
      total, limit: review.clinic?.limits.discount, approver: approver, state, "approver")
    let number = review.number(number, in: series, .rectification, state, "number")
    try review.conclude(into: &decision)

    decision.correlation = context.correlation(draft.first)
    try draft.openCredits(review, &decision)
    let id = InvoiceID(decision.nextNumber(InvoiceKind.streamKind))
    let rectified = InvoiceRectified.with {
      $0.invoice = id
      $0.series = SeriesType.rectification.name(series)
      $0.number = number
      $0.date = review.effective.day
      $0.original = invoice
      $0.lines = Few(draft.lines)
      $0.taxes = draft.taxes
      $0.total = Amount(minorUnits: total)
      $0.released = Few(draft.released)
      $0.reason = reason
      $0.approver = approver
    }
    try decision.append(
      rectified, to: id.number, expecting: .noStream, effective: review.effective,
      otherClinics: draft.released.otherClinics)
  }

  private func check(_ known: InvoiceRecord, _ review: inout Review) {
    review.requireHere(known.clinic, "invoice \(invoice)", "invoice")
    if known.isRectifying { review.refuse(InvoiceRefusal.rectifying(invoice), "invoice") }
    if review.effective.day < known.date {
      review.refuse(
        InvoiceRefusal.dateBefore(series: "\(invoice)", last: known.date), "effective")
    }
  }

  /// What is said, else every line of which anything is left.
  private func shares(_ known: InvoiceRecord?) -> [RectifiedShare] {
    guard lines.isEmpty, let known else { return Array(lines) }
    return known.lines.indices.filter { known.lines[$0].left > 0 }
      .map { RectifiedShare(UInt32($0) + 1) }
  }
}

extension InvoiceLineRecord {
  /// What is left of the line, tax included.
  var left: Int64 { net + tax - rectifiedNet - rectifiedTax }
}
