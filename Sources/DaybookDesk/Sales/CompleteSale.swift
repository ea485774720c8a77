public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Sells goods and services over the counter, on one ticket.
///
/// Answers with `SaleCompleted`, with the `ChargePosted` of what a patient does not pay at once, and
/// with the `StockIssued` of each line: first to expire first; of items that are not tracked by lot
/// what is on hand, and the rest is short. Prices are those of the lists unless a line says another;
/// a line is quantity times price, rounded once, tax included, and the ticket is their sum. A price
/// of a list for a service has no tax in it, and gets it here. Change is worked out from the cash
/// handed over. The ticket's number is the next of its series, `T` unless another is named.
public struct CompleteSale: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The patient who buys; nil for a walk-in.
  public var patient: PatientID?
  /// What is sold.
  public var lines: Few<TicketItem> = []
  /// How it is paid.
  public var tenders: Few<TicketTender> = []
  /// The till; nil for the only one that is open here.
  public var till: TillID?
  /// The series of its number; empty for `T`.
  public var series = ""
  /// Its number; nil for the next one, which it must be.
  public var number: UInt64?
  /// Who approves a discount above the clinic's limit.
  public var approver: StaffID?

  /// No sale: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "patient", &patient)
    try fields.visit(2, "lines", &lines)
    try fields.visit(3, "tenders", &tenders)
    try fields.visit(4, "till", &till)
    try fields.visit(5, "series", &series)
    try fields.visit(6, "number", &number)
    try fields.visit(7, "approver", &approver)
    try fields.currency()
  }
}

/// One line of a ticket that is being made.
public struct TicketItem: Payload, Hashable {
  /// The item; nil for a service.
  public var item: ItemID?
  /// The service; nil for an item.
  public var service: ServiceID?
  /// How much.
  public var quantity = Quantity.one
  /// The price of one unit, tax included; nil for that of the list.
  public var unitPrice: UnitPrice?
  /// What is taken off the line.
  public var discount = Amount.zero
  /// The rule of its tax; nil for that of the item or service.
  public var taxCode: TaxCodeID?
  /// The lot; empty takes the one that expires first.
  public var lot = ""
  /// Why another lot is taken than the one that expires first.
  public var lotOverride: LotOverride?

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "service", &service)
    try fields.visit(3, "quantity", &quantity)
    try fields.visit(4, "unitPrice", &unitPrice)
    try fields.visit(5, "discount", &discount)
    try fields.visit(6, "taxCode", &taxCode)
    try fields.visit(7, "lot", &lot)
    try fields.visit(8, "lotOverride", &lotOverride)
  }
}

extension CompleteSale {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.cashier, .reception, .accountant], needsClinic: true)
    review.requireFact()
    review.requireLines(lines.count + tenders.count, "lines")
    if let patient { review.patient(patient, state, "patient") }
    let session = review.session(of: till, for: review.method(of: tenders), state, "till")
    if lines.isEmpty { review.refuse(DeskRefusal.missing("a line"), "lines") }
    // Nothing of the sale stands in the log yet, so its number can be given before the rules are
    // through: a refusal takes it back.
    let sale = SaleID(decision.nextNumber(SaleKind.streamKind))
    var ticket = TicketDraft(sale: sale, patient: patient, state)
    for (index, line) in lines.enumerated() {
      ticket.add(line, UInt32(index) + 1, approver: approver, state, &review)
    }
    let total = review.sum(ticket.lines.map(\.amount.minorUnits), "lines")
    let (paid, left) = review.tenders(tenders, of: total, "tenders")
    if left > 0, patient == nil {
      review.refuse(SaleRefusal.notPaid(review.amount(left)), "tenders")
    }
    let number = review.number(number, in: series, .ticket, state, "number")
    try review.conclude(into: &decision)

    let charge = left > 0 ? ChargeID(decision.nextNumber(ChargeKind.streamKind)) : nil
    let completed = SaleCompleted.with {
      $0.sale = sale
      $0.tillSession = session
      $0.patient = patient
      $0.series = SeriesType.ticket.name(series)
      $0.number = number
      $0.lines = Few(ticket.lines)
      $0.total = Amount(minorUnits: total)
      $0.tenders = paid
      $0.charge = charge
      $0.approver = approver
    }
    let index = try decision.append(
      completed, to: sale.number, expecting: .noStream, effective: review.effective)
    if let charge, let patient {
      try decision.append(
        rest(left, of: sale, patient, charge), to: charge.number, expecting: .noStream,
        effective: review.effective, cause: .event(index))
    }
    try ticket.picking.append(
      ticket.issues, effective: review.effective, cause: index, into: &decision)
  }

  /// The charge of what is not paid at once.
  private func rest(
    _ left: Int64, of sale: SaleID, _ patient: PatientID, _ charge: ChargeID
  ) -> ChargePosted {
    .with {
      $0.charge = charge
      $0.patient = patient
      $0.units = 1
      $0.list = Amount(minorUnits: left)
      $0.net = Amount(minorUnits: left)
      $0.responsible = .patient(patient)
      $0.sale = sale
    }
  }
}
