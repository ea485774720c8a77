public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Sets what is asked for a service or an item, from a day on, at the envelope's clinic; without a
/// clinic, in the whole book.
///
/// Answers with `PriceSet`, effective on its first day. A line of the list goes forward in time.
public struct SetPrice: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// What has the price.
  public var priced = Priced()
  /// Whose list it is; nil for everybody's.
  public var payer: PartyID?
  /// What a unit costs, not below zero.
  public var unitPrice = UnitPrice()
  /// The first day; nil for that on which it takes effect.
  public var from: Day?
  /// Whether a treatment for this payer is charged at everybody's price, and what the contract takes
  /// off posted with it, instead of when the payer answers a claim.
  public var allowance = false

  /// No price: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "priced", &priced)
    try fields.visit(2, "payer", &payer)
    try fields.visit(3, "unitPrice", &unitPrice)
    try fields.visit(4, "from", &from)
    try fields.visit(5, "allowance", &allowance)
  }
}

extension SetPrice {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.admin, .accountant])
    switch priced {
    case .service(let service):
      review.requireKnown(service, in: state.administration.services, "priced")
    case .item(let item): review.requireKnown(item, in: state.stock.items, "priced")
    }
    if let payer { review.requirePayer(payer, state, "payer") }
    if unitPrice.isNegative {
      review.refuse(CatalogueRefusal.priceNegative(unitPrice), "unitPrice")
    }
    if allowance { checkAllowance(&review) }
    let clinic = ClinicID(context.clinic)
    if clinic.isNone, state.administration.hasSeveralCurrencies {
      review.refuse(CatalogueRefusal.severalCurrencies, "clinic")
    }
    let effective = review.beginning(of: from, "from")
    let line = state.catalogue.priceLine(PriceKey(priced, payer: payer, clinic: clinic))
    if let last = line.flatMap(state.catalogue.lastPriceDay), effective.day < last {
      review.refuse(CatalogueRefusal.beforeLastPrice(last), "from")
    }
    try review.conclude(into: &decision)

    let id = line ?? PriceID(decision.nextNumber(PriceKind.streamKind))
    let set = PriceSet.with {
      $0.price = id
      $0.priced = priced
      $0.payer = payer
      $0.unitPrice = unitPrice
      $0.from = effective.day
      $0.allowance = allowance
    }
    try decision.append(
      set, to: id.number, expecting: line == nil ? .noStream : .any, effective: effective)
  }

  /// Only a contract with a payer takes anything off, and only of what is done to patients.
  private func checkAllowance(_ review: inout Review) {
    if payer == nil { review.refuse(CatalogueRefusal.allowanceOfNobody, "allowance") }
    if case .item = priced { review.refuse(CatalogueRefusal.allowanceOfItem, "allowance") }
  }
}
