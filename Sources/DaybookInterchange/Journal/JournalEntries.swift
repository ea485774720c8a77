import DaybookValues
import DaybookWorld

/// What a file of opening balances says as a whole: which entries its rows make.
///
/// Where the rows of every day balance among themselves, each day has an entry of its own. Else the
/// file is one entry, dated the last of its days: earlier ones are those of the documents.
struct JournalEntries {
  /// Debits less credits of a day.
  private var sums: [Day: Int128] = [:]
  private(set) var debits: Int128 = 0
  private(set) var credits: Int128 = 0
  /// The last day.
  private(set) var opening = Day(daysSince1970: .min)
  /// How many rows say something.
  private(set) var rows = 0

  /// Takes a row in.
  mutating func add(_ row: JournalRow) {
    if row.isZero { return }
    rows += 1
    debits += Int128(row.debit.minorUnits)
    credits += Int128(row.credit.minorUnits)
    sums[row.date, default: 0] += Int128(row.debit.minorUnits) - Int128(row.credit.minorUnits)
    opening = max(opening, row.date)
  }

  /// Whether debits are credits.
  var isBalanced: Bool { debits == credits }

  /// Whether each day has an entry of its own.
  var isByDay: Bool { sums.allSatisfy { $0.value == 0 } }

  /// The days of the entries, in order.
  var days: [Day] { isByDay ? sums.keys.sorted() : [opening] }

  /// The day of the entry that a row belongs to.
  func day(of row: JournalRow) -> Day { isByDay ? row.date : opening }

  /// A sum in decimals.
  static func text(_ sum: Int128, _ currency: Currency) -> String {
    guard let narrow = Int64(exactly: sum) else { return "\(sum) minor units" }
    return "\(Amount(minorUnits: narrow, currency))"
  }
}
