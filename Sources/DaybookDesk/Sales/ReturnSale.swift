public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Takes goods of a ticket back, and gives their price back.
///
/// Answers with `SaleReturned`: at most what was sold and is not back yet, at the prices and rates of
/// the sale, the last part taking the remainder. What goes back to the shelf goes to its lots at
/// what it had cost. A patient who has not paid all of the ticket owes less first. Where the
/// original is not known the lines say what came back and for how much; the goods join their lot at
/// its cost as it stands. Above the clinic's limit a second person approves.
public struct ReturnSale: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The sale.
  public var sale: SaleID?
  /// Whether the sale is not known.
  public var unknownOriginal = false
  /// What comes back.
  public var lines: Few<ReturnedItem> = []
  /// How the money is given back.
  public var tenders: Few<TicketTender> = []
  /// The till; nil for the only one that is open here.
  public var till: TillID?
  /// The series of its number; empty for `R`.
  public var series = ""
  /// Its number; nil for the next one, which it must be.
  public var number: UInt64?
  /// Why, about the goods and never about a person.
  public var reason = ""
  /// Who approves it, above the clinic's limit.
  public var approver: StaffID?

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "sale", &sale)
    try fields.visit(2, "unknownOriginal", &unknownOriginal)
    try fields.visit(3, "lines", &lines)
    try fields.visit(4, "tenders", &tenders)
    try fields.visit(5, "till", &till)
    try fields.visit(6, "series", &series)
    try fields.visit(7, "number", &number)
    try fields.visit(8, "reason", &reason)
    try fields.visit(9, "approver", &approver)
    try fields.currency()
  }
}

/// Something that comes back.
public struct ReturnedItem: Payload, Hashable {
  /// The line of the sale, from 1; 0 where the sale is not known.
  public var line: UInt32 = 0
  /// How much comes back.
  public var quantity = Quantity.one
  /// Whether it goes back to the shelf.
  public var restock = false
  /// The item, where the sale is not known.
  public var item: ItemID?
  /// The service, where the sale is not known.
  public var service: ServiceID?
  /// The price of one unit, tax included, where the sale is not known.
  public var unitPrice = UnitPrice()
  /// The rule of its tax, where the sale is not known; nil for that of the item.
  public var taxCode: TaxCodeID?
  /// The lot that it goes back to, where the sale is not known.
  public var lot = ""

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "line", &line)
    try fields.visit(2, "quantity", &quantity)
    try fields.visit(3, "restock", &restock)
    try fields.visit(4, "item", &item)
    try fields.visit(5, "service", &service)
    try fields.visit(6, "unitPrice", &unitPrice)
    try fields.visit(7, "taxCode", &taxCode)
    try fields.visit(8, "lot", &lot)
  }
}

extension ReturnSale {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.cashier, .reception, .accountant], needsClinic: true)
    review.requireFact()
    review.requireLines(lines.count + tenders.count, "lines")
    if reason.trimmed.isEmpty { review.refuse(BillingRefusal.reason, "reason") }
    let session = review.session(of: till, for: review.method(of: tenders), state, "till")
    if lines.isEmpty { review.refuse(DeskRefusal.missing("a line"), "lines") }
    let known = checkedSale(state, &review)
    var found: [ReturnLine] = []
    for (index, line) in lines.enumerated() {
      let field = "lines[\(index + 1)]."
      if unknownOriginal {
        found.append(review.unknownReturn(line, state, field))
      } else if let sale, let known {
        let isTwice = lines.prefix(index).contains { $0.line == line.line }
        if isTwice { review.refuse(DeskRefusal.namedTwice("line"), field + "line") }
        found.append(review.returned(line, of: sale, known, field))
      }
    }
    let total = review.sum(found.map(\.amount.minorUnits), "lines")
    let charge = known?.charge.flatMap { state.billing.charges[$0] }
    // What somebody else owes by now stays owed.
    let forgiven = min(total, charge.map { $0.owed(by: .patient($0.patient)) } ?? 0)
    let (paid, left) = review.tenders(tenders, of: total - forgiven, "tenders")
    if left > 0 { review.refuse(SaleRefusal.notPaid(review.amount(left)), "tenders") }
    review.requireCash(paid.cash, in: session, state, "tenders")
    review.requireSecondPerson(
      total, limit: review.clinic?.limits.refund, approver: approver, state, "approver")
    let number = review.number(number, in: series, .saleReturn, state, "number")
    try review.conclude(into: &decision)

    let id = SaleReturnID(decision.nextNumber(SaleReturnKind.streamKind))
    let returned = SaleReturned.with {
      $0.saleReturn = id
      $0.tillSession = session
      $0.series = SeriesType.saleReturn.name(series)
      $0.number = number
      $0.clinic = ClinicID(context.clinic)
      $0.sale = sale
      $0.lines = Few(found)
      $0.total = Amount(minorUnits: total)
      $0.tenders = paid
      $0.patient = known?.patient
      $0.charge = forgiven > 0 ? known?.charge : nil
      $0.forgiven = Amount(minorUnits: forgiven)
      $0.reason = reason
      $0.approver = approver
    }
    let index = try decision.append(
      returned, to: id.number, expecting: .noStream, effective: review.effective)
    // What was counted since stays as it was counted.
    var picking = StockPicking(state.stock)
    try picking.keepCounts(
      StockMove.moves(of: returned), at: review.effective, cause: index, into: &decision)
  }

  private func checkedSale(_ state: DeskState, _ review: inout Review) -> SaleRecord? {
    guard let sale else {
      if !unknownOriginal { review.refuse(SaleRefusal.noOriginal, "sale") }
      return nil
    }
    if unknownOriginal { review.refuse(SaleRefusal.noOriginal, "unknownOriginal") }
    guard let known = review.known(sale, in: state.sales.sales, "sale") else { return nil }
    review.requireHere(known.clinic, "sale \(sale)", "sale")
    if known.isReversed { review.refuse(SaleRefusal.reversed(sale), "sale") }
    if review.effective.instant < known.effective.instant {
      review.refuse(SaleRefusal.beforeSale(sale, known.effective), "effective")
    }
    return known
  }
}
