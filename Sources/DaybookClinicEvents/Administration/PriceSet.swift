public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// What is asked for a service or an item, from a day on.
///
/// Plan, on the stream of the list's line: what is sold, whose list, which clinic. A price holds at
/// the clinic of its header, or of the whole book where no clinic has one of its own, each in its
/// clinic's currency. That of a service has no tax in it; that of an item, as the counter asks it, has.
public struct PriceSet: EventPayload, Hashable {
  /// The line of the list.
  public var price = PriceID()
  /// What has the price.
  public var priced = Priced()
  /// Whose list it is: what this payer pays by contract; nil for everybody's list.
  public var payer: PartyID?
  /// What a unit costs, not below zero.
  public var unitPrice = UnitPrice()
  /// The first day.
  public var from = Day()
  /// Whether everybody's price is charged all the same, and what this payer's is below it is taken
  /// off at once as what its contract allows; else this payer's price is charged.
  public var allowance = false

  /// No price: to be filled in.
  public init() {}

  public static var tag: AdministrationTag { .priceSet }
  public static var nature: Nature { .plan }
  public static var areas: Areas { [.accounting] }
  public static var streamKind: StreamKind { .price }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "price", &price)
    try fields.visit(2, "priced", &priced)
    try fields.visit(3, "payer", &payer)
    try fields.visit(4, "unitPrice", &unitPrice)
    try fields.visit(5, "from", &from)
    try fields.visit(6, "allowance", &allowance)
  }
}

/// What has a price.
public enum Priced: RequiredGroup, Hashable {
  /// A service: done, and charged.
  case service(ServiceID)
  /// An item: handed over at the counter.
  case item(ItemID)

  /// No service: to be filled in.
  public init() { self = .service(ServiceID()) }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.alternative(
      1, "service", &self,
      get: { if case .service(let service) = $0 { service } else { nil } },
      set: { .service($0) })
    try fields.alternative(
      2, "item", &self,
      get: { if case .item(let item) = $0 { item } else { nil } },
      set: { .item($0) })
    try fields.endAlternatives("priced")
  }
}
