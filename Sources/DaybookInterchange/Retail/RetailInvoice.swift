import DaybookValues

/// The lines of one invoice, as they come in.
struct RetailInvoice {
  /// What a line of an invoice becomes.
  enum Use: Hashable {
    /// A line of a sale.
    case sold
    /// A line of what comes back.
    case returned
    /// An entry of the journal.
    case posted
    /// Goods that were there beyond what the books had.
    case found
    /// Goods that were written off.
    case missing
    /// Nothing.
    case none
  }

  let number: String
  var lines: [RetailRow] = []
  /// Rows of it that are still to come.
  var left: Int
  /// A row of it that cannot be taken as it is.
  var blocker: RowPlace?

  init(number: String, rows: Int) {
    self.number = number
    left = rows
  }

  /// The lines by what becomes of them, each in the order of the file.
  func lines(_ use: Use) -> [RetailRow] {
    let isSale = lines.contains { $0.price.tenThousandths > 0 && $0.quantity.isPositive }
    return lines.filter { Self.use(of: $0, isSale: isSale) == use }
  }

  /// What becomes of a line: in a sale what is handed over for nothing is a line of the sale.
  private static func use(of line: RetailRow, isSale: Bool) -> Use {
    if line.quantity.isZero { return .none }
    if line.price.isNegative { return .posted }
    if line.price.isZero {
      if line.quantity.isNegative { return .missing }
      return isSale ? .sold : .found
    }
    return line.quantity.isPositive ? .sold : .returned
  }
}

extension RetailRow {
  /// Whether the line is about goods: its code is one of goods, or some of it was found or is missing.
  var isGoods: Bool { price.isZero || RetailCode.isGoods(code) }
}

/// The codes of a shop.
enum RetailCode {
  /// Codes of what is charged or given and is no goods, in capital letters: postage and carriage,
  /// discounts, amounts entered by hand, fees, samples, gifts to a charity, corrections.
  private static let charges: Set<String> = [
    "POST", "DOT", "D", "M", "S", "B", "C2", "C3", "BANK CHARGES", "AMAZONFEE", "ADJUST",
    "ADJUST2", "CRUK",
  ]

  /// Whether the code is one of goods, which have a stock.
  static func isGoods(_ code: String) -> Bool {
    // Most codes begin with a digit.
    if let first = code.utf8.first, first < 0x41 { return true }
    return !charges.contains(code.uppercased())
  }

  /// Whether what is written of missing goods says that they were damaged.
  static func saysDamaged(_ note: String) -> Bool {
    let note = note.lowercased()
    return ["damag", "broke", "smash", "crush", "crack", "wet", "damp", "rust", "rot", "dirty"]
      .contains { note.contains($0) }
  }
}
