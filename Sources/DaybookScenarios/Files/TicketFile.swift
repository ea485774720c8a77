public import DaybookValues

/// The tickets of a counter as its till writes them, made from a seed: for trying an import.
///
/// Days differ in length, one of them crosses a change of the clock, some tickets hold the same thing
/// twice, some things have no size, one is given away, and prices end in fractions of a cent.
public struct TicketFile: Sendable {
  /// What the tickets come to.
  public struct Figures: Hashable, Sendable {
    /// Rows of the file.
    public var rows = 0
    /// Tickets.
    public var tickets = 0
    /// Days on which anything was sold.
    public var days = 0
    /// Cents, each line rounded.
    public var cash: Int64 = 0
    /// Different things that were sold.
    public var products = 0
  }

  /// The file.
  public private(set) var text = ""
  /// What it comes to.
  public private(set) var figures = Figures()

  private static let menu: [(name: String, sizes: [String], type: String, price: Int64)] = [
    ("hawaiian", ["S", "M", "L"], "classic", 105_000), ("five_cheese", ["L"], "veggie", 185_000),
    ("thai, hot", ["S", "M", "L", "XXL"], "chicken", 127_500), ("water", [""], "drink", 0),
    ("mexicana", ["M", "L"], "veggie", 160_000), ("olives \"big\"", [""], "side", 32_345),
  ]

  /// The file of `seed` for so many days from `day` on.
  public init(seed: UInt64, days: Int, from day: Day) {
    var dice = Dice(seed: seed)
    var file = FileText()
    var products: Set<String> = []
    file.append(["id", "date", "time", "name", "size", "type", "price"])
    for offset in 0..<days {
      // Closed on some days.
      if dice.chance(10) { continue }
      figures.days += 1
      let day = day.advanced(by: offset)
      var minute = 30 + dice.below(60)
      for _ in 0..<(1 + dice.below(7)) {
        figures.tickets += 1
        let id = "\(day.year)-\(100_000 + figures.tickets)"
        minute += 1 + dice.below(60)
        let time = FileText.time(minute: minute, second: dice.below(60))
        for _ in 0..<(1 + dice.below(4)) {
          let dish = Self.menu[dice.below(Self.menu.count)]
          let place = dice.below(dish.sizes.count)
          let price = dish.price + Int64(place) * 30_000
          products.insert("\(dish.name)/\(dish.sizes[place])")
          file.append([
            id, "\(day)", time, dish.name, dish.sizes[place], dish.type, FileText.decimal(price),
          ])
          figures.rows += 1
          figures.cash += (price + 50) / 100
        }
      }
    }
    figures.products = products.count
    text = file.text
  }
}
