public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// An item that is stocked, or a new version of it, from the effective time on.
///
/// Fact, on the item's stream. Base unit and tracking are fixed once anything has moved.
public struct ItemDefined: EventPayload, Hashable {
  /// The item.
  public var item = ItemID()
  /// The code it is known by, in the clinic's or a public code system.
  public var code = ""
  /// The name it goes by.
  public var name = ""
  /// The number on its bar code (GTIN); empty where it has none.
  public var gtin = ""
  /// What one of it is: `piece`, `ml`, `g`. Quantities are thousandths of it.
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
  /// Whether it stays in the patient: its use is refused without stock on hand.
  public var implant = false
  /// Whether the law asks to account for each one: its use is refused without stock on hand.
  public var controlled = false
  /// The rule of its tax when it is sold; nil where it is not taxed.
  public var taxCode: TaxCodeID?

  /// No item: to be filled in.
  public init() {}

  public static var tag: LogisticsTag { .itemDefined }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .item }
  public static var areas: Areas { [.logistics] }

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
    // Field 15 is kept for a currency.
    try fields.visit(16, "taxCode", &taxCode)
  }
}

/// A unit in which an item is bought or counted.
public struct Pack: Payload, Hashable {
  /// The unit's name: `box`.
  public var unit = ""
  /// How much of the base unit it holds.
  public var factor = Quantity.zero

  /// No pack: to be filled in.
  public init() {}

  /// `unit` holds `factor` of the base unit.
  public init(_ unit: String, _ factor: Quantity) {
    self.unit = unit
    self.factor = factor
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "unit", &unit)
    try fields.visit(2, "factor", &factor)
  }
}
