public import DaybookValues

/// The invoices of a shop as its till writes them, made from a seed: for trying an import.
///
/// The rows have what such files have: invoices whose rows stand among those of others, cancellations
/// with and without their signs, write-offs and finds at no price, things given along for nothing, a
/// bad debt, prices in tenths of a cent, carriage and fees, walk-ins, quotes in names.
public struct RetailFile: Sendable {
  /// What the invoices come to.
  public struct Figures: Hashable, Sendable {
    /// Rows of the file.
    public var rows = 0
    /// Rows that say nothing.
    public var emptyRows = 0
    /// Quantity times price of all that does not stand in a cancellation, in ten-thousandths.
    public var gross: Int64 = 0
    /// Quantity times price of all cancellations, in ten-thousandths; what comes back to the cent.
    public var returns: Int64 = 0
    /// What is sold, each line rounded to the cent.
    public var sold: Int64 = 0
    /// What comes back, each line rounded to the cent.
    public var takenBack: Int64 = 0
    /// What is posted to bad debts, in cents.
    public var badDebts: Int64 = 0
    /// Tickets of what is sold.
    public var sales = 0
    /// Tickets of what comes back.
    public var saleReturns = 0
    /// Entries of the journal.
    public var entries = 0
    /// Invoices that tell of goods found.
    public var counts = 0
    /// Lines that tell of goods missing.
    public var writeOffs = 0
    /// Customers with a number.
    public var customers = 0
  }

  /// The file.
  public private(set) var text = ""
  /// What it comes to.
  public private(set) var figures = Figures()

  private static let goods: [(code: String, name: String, price: Int64)] = [
    ("21232", "STRAWBERRY TRINKET BOX", 12_500), ("22041", "RECORD FRAME 7\" SINGLE", 21_000),
    ("79323P", "PINK, CHERRY LIGHTS", 67_500), ("79323p", "PINK CHERRY LIGHTS ", 67_500),
    ("85048", "15CM GLASS BALL", 69_500), ("DCGS0058", "  MISO PRETTY GUM", 8_300),
    ("PADS", "PADS TO MATCH ALL CUSHIONS", 10), ("84879", "ASSORTED BIRD ORNAMENT", 16_900),
  ]
  private static let charges: [(code: String, name: String, price: Int64)] = [
    ("POST", "POSTAGE", 180_000), ("m", "Manual", 3_735_700), ("BANK CHARGES", "", 150_000),
    ("C2", "CARRIAGE", 500_000),
  ]
  private static let notes = ["damaged", "", "?", "lost in space", "wet & rotting"]

  private var dice: Dice
  private var file = FileText()
  private var day: Day
  private var minute = 480
  private var number: Int
  private var seen: Set<String> = []
  /// Rows of an invoice that is still open, to be written among those of the next.
  private var held: [[String]] = []

  /// The file of `seed` with so many invoices, from `day` on.
  public init(seed: UInt64, invoices: Int, from day: Day) {
    dice = Dice(seed: seed)
    self.day = day
    number = 400_000 + dice.below(100_000)
    file.append([
      "Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price", "Customer ID",
      "Country",
    ])
    for _ in 0..<invoices { invoice() }
    for row in held { file.append(row) }
    text = file.text
    figures.rows = file.rowCount - 1
    figures.customers = seen.count
  }

  // MARK: - Invoices

  private mutating func invoice() {
    number += 1 + dice.below(3)
    minute += 1 + dice.below(40)
    if minute >= 1_200 {
      day = day.advanced(by: 1)
      minute = 480 + dice.below(60)
    }
    switch dice.below(100) {
    case ..<64: sale()
    case ..<80: cancellation()
    case ..<88: writeOff()
    case ..<95: find()
    case ..<97: badDebt()
    default: empty()
    }
  }

  private mutating func sale() {
    let customer = customer()
    var rows: [[String]] = []
    for _ in 0..<(1 + dice.below(6)) {
      let line = dice.chance(85) ? Self.goods[dice.below(8)] : Self.charges[dice.below(4)]
      let quantity = Int64(line.code.utf8.count > 4 ? 1 + dice.below(48) : 1)
      rows.append(row("\(number)", line, quantity, line.price, customer))
      sell(quantity, line.price)
    }
    if dice.chance(10) {
      rows.append(row("\(number)", Self.goods[0], 1 + Int64(dice.below(12)), 0, customer))
    }
    figures.sales += 1
    // Every fifth invoice has its last row among those of the next.
    if dice.chance(20), rows.count > 1 {
      for row in rows.dropLast() { file.append(row) }
      write()
      held = [rows[rows.count - 1]]
    } else {
      write(rows)
    }
  }

  private mutating func sell(_ quantity: Int64, _ price: Int64) {
    figures.gross += quantity * price
    figures.sold += Self.cents(quantity * price)
  }

  private mutating func cancellation() {
    let customer = customer()
    if dice.chance(5) {
      // A cancellation that takes nothing back.
      let line = Self.charges[1]
      write([row("C\(number)", line, 1, line.price, customer)])
      figures.returns += line.price
      figures.sold += Self.cents(line.price)
      figures.sales += 1
      return
    }
    var rows: [[String]] = []
    for _ in 0..<(1 + dice.below(2)) {
      let line = Self.goods[dice.below(8)]
      let quantity = 1 + Int64(dice.below(12))
      rows.append(row("C\(number)", line, 0 - quantity, line.price, customer))
      figures.returns -= Self.cents(quantity * line.price) * 100
      figures.takenBack += Self.cents(quantity * line.price)
    }
    figures.saleReturns += 1
    write(rows)
  }

  private mutating func writeOff() {
    var line = Self.goods[dice.below(8)]
    line.name = Self.notes[dice.below(Self.notes.count)]
    write([row("\(number)", line, -1 - Int64(dice.below(200)), 0, "")])
    figures.writeOffs += 1
  }

  private mutating func find() {
    var line = Self.goods[dice.below(8)]
    line.name = ""
    write([row("\(number)", line, 1 + Int64(dice.below(200)), 0, "")])
    figures.counts += 1
  }

  private mutating func badDebt() {
    let price = 0 - Int64(1 + dice.below(90_000)) * 100
    write([row("A\(number)", ("B", "Adjust bad debt", 0), 1, price, "")])
    figures.gross += price
    figures.badDebts += Self.cents(0 - price)
    figures.entries += 1
  }

  private mutating func empty() {
    write([row("\(number)", Self.goods[dice.below(8)], 0, 0, "")])
    figures.emptyRows += 1
  }

  private mutating func customer() -> String {
    if dice.chance(25) { return "" }
    let customer = "\(13_000 + dice.below(40))"
    seen.insert(customer)
    return customer
  }

  // MARK: - Rows

  private func row(
    _ invoice: String, _ line: (code: String, name: String, price: Int64), _ quantity: Int64,
    _ price: Int64, _ customer: String
  ) -> [String] {
    [
      invoice, line.code, line.name, "\(quantity)", "\(day)T\(FileText.time(minute: minute))",
      FileText.decimal(price), customer, "United Kingdom",
    ]
  }

  /// Writes rows, and behind the first of them what an earlier invoice left.
  private mutating func write(_ rows: [[String]] = []) {
    for (index, row) in rows.enumerated() {
      file.append(row)
      if index == 0 { writeHeld() }
    }
    if rows.isEmpty { writeHeld() }
  }

  private mutating func writeHeld() {
    for row in held { file.append(row) }
    held = []
  }

  /// Rounded half away from zero; not below zero.
  private static func cents(_ tenThousandths: Int64) -> Int64 { (tenThousandths + 50) / 100 }
}
