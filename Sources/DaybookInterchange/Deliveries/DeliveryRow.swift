public import DaybookValues

/// A line of a delivery: so many packs of something, on an order, from a vendor.
public struct DeliveryRow: ImportRow, Hashable {
  /// Where `DeliveryRow` finds its fields.
  public struct Columns: Sendable {
    var id: CSVColumn
    var order: CSVColumn
    var sent: CSVColumn
    var scheduled: CSVColumn
    var delivered: CSVColumn
    var vendor: CSVColumn
    var item: CSVColumn
    var quantity: CSVColumn
    var value: CSVColumn
    var price: CSVColumn
  }

  /// The row below the header, from 1.
  public var row: Int
  /// `ID`.
  public var id: String
  /// `PO / SO #`.
  public var order: String
  /// `PO Sent to Vendor Date`; nil where it holds words instead.
  public var sent: Day?
  /// `Scheduled Delivery Date`.
  public var scheduled: Day
  /// `Delivered to Client Date`.
  public var delivered: Day
  /// `Vendor`.
  public var vendor: String
  /// `Item Description`.
  public var item: String
  /// `Line Item Quantity`, in packs, above zero.
  public var quantity: Quantity
  /// `Line Item Value`, not below zero: what the whole line cost.
  public var value: UnitPrice
  /// `Pack Price`, not below zero.
  public var price: UnitPrice

  /// Finds the columns of the fields above.
  public static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(
      id: try reader.column("ID"), order: try reader.column("PO / SO #"),
      sent: try reader.column("PO Sent to Vendor Date"),
      scheduled: try reader.column("Scheduled Delivery Date"),
      delivered: try reader.column("Delivered to Client Date"),
      vendor: try reader.column("Vendor"), item: try reader.column("Item Description"),
      quantity: try reader.column("Line Item Quantity"),
      value: try reader.column("Line Item Value"), price: try reader.column("Pack Price"))
  }

  /// Reads a row; all but the day on which the order was sent must be there.
  public init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    id = try reader.identifier(columns.id)
    order = try reader.identifier(columns.order)
    sent = DeliveryDay.read(try reader.trimmedText(columns.sent))
    scheduled = try DeliveryDay.read(reader, columns.scheduled)
    delivered = try DeliveryDay.read(reader, columns.delivered)
    vendor = try reader.identifier(columns.vendor, limit: 512)
    item = try reader.identifier(columns.item, limit: 1_024)
    quantity = try reader.quantity(columns.quantity)
    guard quantity.isPositive else {
      throw reader.error(
        .badValue(text: "\(quantity)", reason: "is not above zero"), columns.quantity)
    }
    let value = try reader.trimmedText(columns.value)
    self.value = try reader.value(columns.value) { () throws(ValueError) in
      try UnitPrice(parsing: value)
    }
    let price = try reader.trimmedText(columns.price)
    self.price = try reader.value(columns.price) { () throws(ValueError) in
      try UnitPrice(parsing: price)
    }
    guard !self.value.isNegative, !self.price.isNegative else {
      let column = self.price.isNegative ? columns.price : columns.value
      throw reader.error(
        .badValue(text: self.price.isNegative ? price : value, reason: "is below zero"), column)
    }
  }
}
