public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// Defines what is stocked, or a new version of it, from the effective time on.
///
/// Answers with `ItemDefined`. Base unit and tracking are fixed once anything has moved.
public struct DefineItem: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The item to change; nil for a new one.
  public var item: ItemID?
  /// The code it is known by.
  public var code = ""
  /// The name it goes by.
  public var name = ""
  /// The number on its bar code (GTIN); empty where it has none.
  public var gtin = ""
  /// What one of it is: `piece`, `ml`, `g`.
  public var baseUnit = ""
  /// Units in which it is bought or counted.
  public var packs: Few<Pack> = []
  /// Whether each movement names a lot.
  public var lotTracked = false
  /// Whether each lot has an expiry.
  public var expiryTracked = false
  /// At which quantity on hand it is to be ordered again.
  public var reorderPoint = Quantity.zero
  /// How much is then ordered.
  public var reorderQuantity = Quantity.zero
  /// Days from order to delivery.
  public var leadDays: UInt32 = 0
  /// Whether it is used again after sterilisation.
  public var sterilisable = false
  /// Whether it stays in the patient.
  public var implant = false
  /// Whether the law asks to account for each one.
  public var controlled = false
  /// The rule of its tax when it is sold; nil where it is not taxed.
  public var taxCode: TaxCodeID?

  /// No item: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "code", &code)
    try fields.visit(3, "name", &name)
    try fields.visit(4, "gtin", &gtin)
    try fields.visit(5, "baseUnit", &baseUnit)
    try fields.visit(6, "packs", &packs)
    try fields.visit(7, "lotTracked", &lotTracked)
    try fields.visit(8, "expiryTracked", &expiryTracked)
    try fields.visit(9, "reorderPoint", &reorderPoint)
    try fields.visit(10, "reorderQuantity", &reorderQuantity)
    try fields.visit(11, "leadDays", &leadDays)
    try fields.visit(12, "sterilisable", &sterilisable)
    try fields.visit(13, "implant", &implant)
    try fields.visit(14, "controlled", &controlled)
    try fields.visit(16, "taxCode", &taxCode)
  }
}

extension DefineItem {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.admin, .buyer])
    review.requireFact()
    review.requireText(name, "name")
    review.requireText(baseUnit, "baseUnit")
    checkPacks(&review)
    for (quantity, field) in [
      (reorderPoint, "reorderPoint"), (reorderQuantity, "reorderQuantity"),
    ] where quantity.isNegative {
      review.refuse(DeskRefusal.outOfRange("\(quantity)", "a quantity from 0"), field)
    }
    if expiryTracked, !lotTracked {
      review.refuse(StockRefusal.expiryWithoutLots, "expiryTracked")
    }
    if let item, let known = review.known(item, in: state.stock.items, "item"), known.hasMoved,
      known.baseUnit != baseUnit.trimmed || known.lotTracked != lotTracked
        || known.expiryTracked != expiryTracked
    {
      review.refuse(StockRefusal.itemFixed(item), "item")
    }
    try review.conclude(into: &decision)

    let id = item ?? ItemID(decision.nextNumber(ItemKind.streamKind))
    let defined = ItemDefined.with {
      $0.item = id
      $0.code = code.trimmed
      $0.name = name
      $0.gtin = gtin.trimmed
      $0.baseUnit = baseUnit.trimmed
      $0.packs = Few(packs.map { Pack($0.unit.trimmed, $0.factor) })
      $0.lotTracked = lotTracked
      $0.expiryTracked = expiryTracked
      $0.reorderPoint = reorderPoint
      $0.reorderQuantity = reorderQuantity
      $0.leadDays = leadDays
      $0.sterilisable = sterilisable
      $0.implant = implant
      $0.controlled = controlled
      $0.taxCode = taxCode
    }
    try decision.append(
      defined, to: id.number, expecting: item == nil ? .noStream : .any,
      effective: review.effective)
  }
  /// Each pack has a name of its own, and holds something.
  private func checkPacks(_ review: inout Review) {
    var seen: Set<String> = []
    for pack in packs {
      let unit = pack.unit.trimmed
      review.requireText(unit, "packs.unit")
      review.requirePositive(pack.factor, "packs.factor")
      if unit.isEmpty { continue }
      if unit == baseUnit.trimmed {
        review.refuse(StockRefusal.packIsBaseUnit(unit), "packs.unit")
      }
      if !seen.insert(unit).inserted {
        review.refuse(DeskRefusal.namedTwice("pack \(unit)"), "packs.unit")
      }
    }
  }
}
