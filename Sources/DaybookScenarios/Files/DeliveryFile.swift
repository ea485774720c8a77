public import DaybookValues

/// Deliveries of a warehouse as its list has them, made from a seed: for trying an import.
///
/// Orders whose rows stand apart and were scheduled for several days, the same item twice in one,
/// days in three forms and words instead of days and amounts, prices that do not give the value.
public struct DeliveryFile: Sendable {
  /// What the deliveries come to.
  public struct Figures: Hashable, Sendable {
    /// Rows of the file, each a receipt.
    public var rows = 0
    /// Orders.
    public var orders = 0
    /// Cents.
    public var value: Int64 = 0
    /// Rows that came after the day for which they were scheduled.
    public var late = 0
    /// Vendors.
    public var vendors = 0
    /// Items.
    public var items = 0
  }

  /// The file.
  public private(set) var text = ""
  /// What it comes to.
  public private(set) var figures = Figures()

  private static let vendors = ["RDC, Central", "Aurobindo", "Orgenics, Ltd", "Ärzte \"Plus\""]
  private static let items: [(name: String, price: Int64)] = [
    ("HIV, Reveal G3 Rapid Test, 30 Tests", 290_000), ("Nevirapine 10mg/ml, 240 ml", 62_000),
    ("Lamivudine 150mg, tablets, 60 Tabs", 39_900), ("Efavirenz 600mg, 30 Tabs", 31_333),
    ("Zidovudine 300mg", 500),
  ]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  private static let freight = ["780.34", "See ASN-93 (ID#:1281)", "Freight Included", ""]

  /// The file of `seed` with so many orders, from `day` on.
  public init(seed: UInt64, orders: Int, from day: Day) {
    var dice = Dice(seed: seed)
    var file = FileText()
    file.append([
      "ID", "PO / SO #", "PO Sent to Vendor Date", "Scheduled Delivery Date",
      "Delivered to Client Date", "Vendor", "Item Description", "Line Item Quantity",
      "Line Item Value", "Pack Price", "Freight Cost (USD)",
    ])
    var rows: [(order: Int, fields: [String])] = []
    var vendors: Set<String> = []
    var items: Set<String> = []
    for order in 0..<orders {
      let vendor = Self.vendors[dice.below(Self.vendors.count)]
      vendors.insert(vendor)
      let sentOn = day.advanced(by: order + dice.below(20))
      let sent = [
        Self.short(sentOn), "\(sentOn)", "Date Not Captured", "N/A - From RDC",
        "\(sentOn.month)/\(sentOn.day)/\(Self.two(sentOn.year % 100))",
      ][dice.below(5)]
      let scheduled = sentOn.advanced(by: 30 + dice.below(60))
      for _ in 0..<(1 + dice.below(4)) {
        let item = Self.items[dice.below(Self.items.count)]
        items.insert(item.name)
        let packs = Int64(1 + dice.below(900))
        // The price is rounded, the value is not: they differ by some cents.
        let value = packs * item.price / 100 + Int64(dice.below(7))
        let due = dice.chance(20) ? scheduled.advanced(by: 7) : scheduled
        let delivered = due.advanced(by: dice.chance(30) ? 1 + dice.below(40) : 0 - dice.below(9))
        if delivered > due { figures.late += 1 }
        figures.value += value
        rows.append(
          (
            order,
            [
              "SCMS-\(order + 1)", sent, Self.short(due), Self.short(delivered), vendor, item.name,
              "\(packs)", FileText.decimal(value * 100), FileText.decimal(item.price),
              Self.freight[dice.below(Self.freight.count)],
            ]
          ))
      }
    }
    // Some rows stand apart from the others of their order.
    for place in rows.indices.dropFirst(4) where dice.chance(20) { rows.swapAt(place, place - 4) }
    for (index, row) in rows.enumerated() { file.append(["\(index + 1)"] + row.fields) }
    figures.rows = rows.count
    figures.orders = orders
    figures.vendors = vendors.count
    figures.items = items.count
    text = file.text
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func short(_ day: Day) -> String {
    "\(two(day.day))-\(months[day.month - 1])-\(two(day.year % 100))"
  }
}
