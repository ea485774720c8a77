import DaybookValues

/// Sums by currency, in the order of the currencies.
///
/// No sum of postings overflows: the ledger refuses an entry that takes all debits beyond 64 bits.
struct MoneySums: Hashable, Sendable {
  /// One sum.
  struct Part: Hashable, Sendable {
    let currency: Currency
    var minorUnits: Int64
  }

  private(set) var parts: [Part] = []

  subscript(currency: Currency) -> Int64 {
    parts.first { $0.currency == currency }?.minorUnits ?? 0
  }

  mutating func add(_ minorUnits: Int64, _ currency: Currency) {
    if let place = parts.firstIndex(where: { $0.currency == currency }) {
      parts[place].minorUnits += minorUnits
    } else {
      let place = parts.firstIndex { currency < $0.currency } ?? parts.endIndex
      parts.insert(Part(currency: currency, minorUnits: minorUnits), at: place)
    }
  }

  mutating func add(_ other: MoneySums) {
    for part in other.parts { add(part.minorUnits, part.currency) }
  }

  /// The sum where all amounts had one currency; nil otherwise.
  var only: Amount? {
    parts.count == 1 ? Amount(minorUnits: parts[0].minorUnits, parts[0].currency) : nil
  }

  var isZero: Bool { parts.allSatisfy { $0.minorUnits == 0 } }

  /// `10.00`; where there are several currencies, `10.00 EUR and 5.00 USD`.
  var words: String { words { $0 } }

  /// The same without signs.
  var sizes: String { words { $0 < 0 ? -$0 : $0 } }

  private func words(_ figure: (Int64) -> Int64) -> String {
    let amounts = parts.map { Amount(minorUnits: figure($0.minorUnits), $0.currency) }
    switch amounts.count {
    case 0: return "nothing"
    case 1: return amounts[0].decimal
    default:
      return amounts.map { "\($0.decimal) \($0.currency.code)" }.joined(separator: " and ")
    }
  }
}
