public import DaybookBytes
public import DaybookEvents

/// A postal address of an organisation; a person's address stands in the person's group.
public struct Address: Payload, Hashable {
  /// Street and number, building, floor.
  public var street = ""
  /// City or town.
  public var city = ""
  /// State, province or region.
  public var region = ""
  /// Postal code.
  public var postalCode = ""
  /// ISO 3166-1 alpha-2 code of the country.
  public var country = ""

  /// No address.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "street", &street)
    try fields.visit(2, "city", &city)
    try fields.visit(3, "region", &region)
    try fields.visit(4, "postalCode", &postalCode)
    try fields.visit(5, "country", &country)
  }
}
