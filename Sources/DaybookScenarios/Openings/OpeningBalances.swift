public import DaybookValues

/// The balances with which a business moves in, as its old books have them on the last day: drawn
/// from a seed, as rows of a CSV file that the importer of journals reads.
///
/// It has what such files have: items long overdue, due today, tomorrow and in a month, a supplier's
/// credit note, a patient who owes on two documents and has a credit too, a payer and a supplier of one
/// name, accounts without a balance, amounts without decimals, names with commas, quotes and accents,
/// and accounts that are written with their names. Capital is what is left.
public struct OpeningBalances: Sendable {
  /// A row.
  public struct Row: Hashable, Sendable {
    /// The account as the file writes it.
    public var account: String
    /// Whom the row concerns; empty for nobody.
    public var party = ""
    /// The document of an open item.
    public var document = ""
    /// When an open item is due.
    public var due: Day?
    /// Minor units; positive is a debit.
    public var balance: Int64
  }

  /// The day of the balances.
  public let day: Day
  /// The rows, in the file's order.
  public private(set) var rows: [Row] = []

  private static let patients = [
    "Ana Soler", "Núñez, Íñigo", "Bea \"Bea\" Costa", "Carla Ruiz", "Dai Jones", "Lin 李",
    "Marta Vidal", "Oskar Ähre",
  ]
  private static let payers = ["Sanitas Norte", "Mutua del Mar"]
  private static let suppliers = ["Dental Depot, S.L.", "Mutua del Mar", "Papelería Añil"]
  /// Days from the day of the balances to the due day: on both sides of every limit of aging.
  private static let terms = [-400, -91, -90, -61, -60, -31, -30, -1, 0, 1, 30]

  /// The balances of a seed.
  ///
  /// - Parameters:
  ///   - day: The day of the balances.
  ///   - items: How many open items there are.
  public init(seed: UInt64, on day: Day, items: Int = 40) {
    self.day = day
    var dice = Dice(seed: seed)
    rows.append(Row(account: "1010 Cash, till", balance: Int64(dice.from(5_000...60_000))))
    rows.append(Row(account: "Assets:1100-Bank", balance: Int64(dice.from(400_000...9_000_000))))
    rows.append(Row(account: "1500", balance: Int64(dice.from(10...90)) * 100_000))
    rows.append(Row(account: "1590", balance: -Int64(dice.from(1...9)) * 100_000))
    rows.append(
      Row(account: "2500", party: "Caja del Río", balance: -Int64(dice.from(1...50)) * 100_000))
    rows.append(Row(account: "6100", balance: 0))
    for number in 1...max(items, 1) { rows.append(Self.item(number, on: day, &dice)) }
    rows.append(Row(account: "3000", balance: 0 - rows.reduce(0) { $0 + $1.balance }))
  }

  private static func item(_ number: Int, on day: Day, _ dice: inout Dice) -> Row {
    let amount = Int64(dice.chance(20) ? dice.from(1...99) * 100 : dice.from(100...90_000))
    let due = day.advanced(by: terms[dice.below(terms.count)])
    func row(_ account: String, _ names: [String], _ sign: Int64) -> Row {
      Row(
        account: account, party: names[dice.below(names.count)], document: "F-\(100 + number)",
        due: due, balance: sign * amount)
    }
    switch dice.below(10) {
    case 0..<5: return row("1200", patients, 1)
    case 5: return row("1210", payers, 1)
    case 6, 7: return row("2000", suppliers, dice.chance(20) ? 1 : -1)
    case 8: return row("2150", patients, -1)
    default: return row("2100", patients, -1)
    }
  }

  /// The file.
  public var text: String {
    var text = "account,date,party,document,due,debit,credit\r\n"
    for row in rows {
      let amount = Self.decimal(row.balance.magnitude)
      let fields = [
        row.account, "\(day)", row.party, row.document, row.due.map { "\($0)" } ?? "",
        row.balance > 0 ? amount : "", row.balance < 0 ? amount : "",
      ]
      text += fields.map(Self.quoted).joined(separator: ",") + "\r\n"
    }
    return text
  }

  /// The code of a row's account, without its name.
  public static func code(of row: Row) -> String {
    String(row.account.drop { !$0.isNumber }.prefix { $0.isNumber })
  }

  /// What every account comes to, by its code; those without a balance are left out.
  public var balances: [String: Int64] {
    var balances: [String: Int64] = [:]
    for row in rows { balances[Self.code(of: row), default: 0] += row.balance }
    return balances.filter { $0.value != 0 }
  }

  /// What is owed by patients and payers, by how long it is overdue on the day of the balances: not yet,
  /// then up to 30, 60 and 90 days, and longer.
  public var aging: [Int64] {
    var buckets: [Int64] = [0, 0, 0, 0, 0]
    for row in rows {
      guard let due = row.due, ["1200", "1210"].contains(row.account) else { continue }
      let age = Int(day.daysSince1970) - Int(due.daysSince1970)
      buckets[age <= 0 ? 0 : min((age - 1) / 30 + 1, 4)] += row.balance
    }
    return buckets
  }

  private static func decimal(_ minorUnits: UInt64) -> String {
    // Whole amounts are written without decimals, as people do.
    if minorUnits % 100 == 0 { return "\(minorUnits / 100)" }
    let cents = minorUnits % 100
    return "\(minorUnits / 100).\(cents < 10 ? "0" : "")\(cents)"
  }

  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { $0 == "," || $0 == "\"" }) else { return field }
    let doubled = field.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"")
    return "\"\(doubled)\""
  }
}
