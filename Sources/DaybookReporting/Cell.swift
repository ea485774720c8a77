public import DaybookValues

/// One figure or text of a report, as a typed value: how it is written is each renderer's matter.
public enum Cell: Hashable, Sendable {
  /// Nothing is known or nothing applies: blank in tables, `null` in JSON. Not zero.
  case empty
  /// Words.
  case text(String)
  /// A printed identifier or code: `P17`, `1010`. Never truncated.
  case identifier(String)
  /// Money, written with all the decimals of its currency.
  case amount(Amount)
  /// A quantity, in as few decimals as it needs.
  case quantity(Quantity)
  /// A price of one unit.
  case unitPrice(UnitPrice)
  /// A percentage.
  case rate(Rate)
  /// A civil day.
  case day(Day)
  /// A calendar month.
  case month(Month)
  /// A point of time, written in UTC.
  case instant(Instant)
  /// A point of time, written at its own UTC offset.
  case moment(Moment)
  /// A duration in whole seconds; minutes in text and HTML.
  case seconds(Int64)
  /// How many.
  case count(Int64)
  /// An ordinal in the log.
  case position(Position)

  /// Whether a column of `kind` may hold this cell.
  func fits(_ kind: Column.Kind) -> Bool {
    switch self {
    case .empty: true
    case .text, .identifier: kind == .text || kind == .identifier
    case .amount: kind == .amount
    case .quantity: kind == .quantity
    case .unitPrice: kind == .unitPrice
    case .rate: kind == .rate
    case .day: kind == .day
    case .month: kind == .month
    case .instant: kind == .instant
    case .moment: kind == .moment
    case .seconds: kind == .seconds
    case .count: kind == .count
    case .position: kind == .position
    }
  }
}

extension Cell {
  /// The printed identifier, or empty for the identifier 0, which names nothing.
  public static func identifier<Kind>(_ id: Identifier<Kind>) -> Cell {
    id.number == 0 ? .empty : .identifier(id.description)
  }

  /// The amount, or empty when there is none.
  public static func amount(_ amount: Amount?) -> Cell {
    if let amount { .amount(amount) } else { .empty }
  }

  /// The day, or empty when there is none.
  public static func day(_ day: Day?) -> Cell {
    if let day { .day(day) } else { .empty }
  }

  /// The text, or empty when there is none.
  public static func text(_ text: String?) -> Cell {
    if let text { .text(text) } else { .empty }
  }
}

extension Cell {
  /// What a program reads in CSV: exact, without currency, unit or decoration; blank when empty.
  var plain: String {
    switch self {
    case .empty: ""
    case .text(let text), .identifier(let text): text
    case .amount(let amount): amount.decimal
    case .quantity(let quantity): quantity.description
    case .unitPrice(let price): price.description
    case .rate(let rate): rate.description
    case .day(let day): day.description
    case .month(let month): month.description
    case .instant(let instant): instant.description
    case .moment(let moment): moment.description
    case .seconds(let seconds): String(seconds)
    case .count(let count): String(count)
    case .position(let position): position.description
    }
  }

  /// What a person reads, on one line and without anything that a terminal would obey.
  ///
  /// - Parameter withCurrency: Whether amounts name their currency, since the report holds several.
  func printed(withCurrency: Bool) -> String {
    switch self {
    case .text(let text), .identifier(let text):
      text.printable
    case .amount(let amount) where withCurrency && amount.currency != .unspecified:
      amount.decimal + " " + amount.currency.code
    case .seconds(let seconds):
      Self.minutes(seconds)
    default:
      plain
    }
  }

  /// Writes the cell as a JSON value: numbers only for seconds, counts and positions.
  func write(to json: inout JSONText) {
    switch self {
    case .empty: json.null()
    case .seconds(let number), .count(let number): json.integer(number)
    case .position(let position): json.integer(position.number)
    default: json.string(plain)
    }
  }

  /// Whole minutes as `61m`; the seconds that are left over stay visible, so that columns add up.
  private static func minutes(_ seconds: Int64) -> String {
    let (minutes, rest) = seconds.magnitude.quotientAndRemainder(dividingBy: 60)
    let sign = seconds < 0 ? "-" : ""
    return rest == 0 ? "\(sign)\(minutes)m" : "\(sign)\(minutes)m\(rest)s"
  }
}
