public import DaybookEngine
import DaybookEvents
import DaybookReporting
public import DaybookValues

/// What a report of the books is asked for.
public struct AccountingQuery: Hashable, Sendable {
  /// The name of the book, for the heading.
  public var book: String
  /// The effective day D, inclusive; nil for the latest day of a fact.
  public var on: Day?
  /// The first effective day of the turnover; nil for all of it.
  public var from: Day?
  /// The last effective day, inclusive; goes before `on`.
  public var to: Day?
  /// The position S; nil for all that the model knows.
  public var knownAt: Position?
  /// The number of the only clinic; nil for all.
  public var clinic: UInt64?

  /// Asks for everything, unless told otherwise.
  public init(
    book: String = "", on: Day? = nil, from: Day? = nil, to: Day? = nil,
    knownAt: Position? = nil, clinic: UInt64? = nil
  ) {
    self.book = book
    self.on = on
    self.from = from
    self.to = to
    self.knownAt = knownAt
    self.clinic = clinic
  }
}

extension Snapshot<AccountingModel> {
  /// Books in memory, as they stand.
  public init(_ model: AccountingModel) { self.init(model, asOf: model.asOf) }
}

/// A query resolved against books: D, S and the clinic as the postings have them.
///
/// By reference: whatever captures it would copy a model otherwise, field by field.
final class Scope: Sendable {
  let model: AccountingModel
  let query: AccountingQuery
  let position: Position
  let skipped: Int
  /// The last effective day; nil where there is no fact and none was asked for.
  let day: Day?
  /// The index of the only clinic; beyond all of them where no such clinic was met.
  let clinic: UInt16?

  init(_ view: Snapshot<AccountingModel>, _ query: AccountingQuery) {
    model = view.model
    self.query = query
    position = min(query.knownAt ?? view.asOf, view.asOf)
    skipped = view.skipped
    day = query.to ?? query.on ?? view.model.latestFactDay(at: position)
    clinic = query.clinic.map { view.model.slots.find($0) ?? .max }
  }

  private init(_ scope: Scope, _ position: Position, _ clinic: UInt16?) {
    (model, query, skipped, day) = (scope.model, scope.query, scope.skipped, scope.day)
    (self.position, self.clinic) = (position, clinic)
  }

  /// The same question, asked of what was known at another position; the day stays.
  convenience init(_ scope: Scope, knownAt position: Position) {
    self.init(scope, min(position, max(scope.model.asOf, scope.position)), scope.clinic)
  }

  /// The same question of all clinics.
  var ofAllClinics: Scope { Scope(self, position, nil) }

  var from: Int32 { query.from?.daysSince1970 ?? .min }
  var through: Int32 { day?.daysSince1970 ?? .min }

  func includes(clinic index: UInt16) -> Bool { clinic == nil || clinic == index }

  func currency(_ clinic: UInt16) -> Currency { model.slots.currencies[Int(clinic)] }

  /// Whether the report is over a range of days.
  var isRange: Bool { query.from != nil || query.to != nil }

  /// Calls `body` with every posting in scope up to D, in position order, and the first line of its entry.
  func forEachPosting(_ body: (Posting, Posting) -> Void) {
    var first = Posting()
    let hasMerges = model.hasMerges(at: position)
    model.ledger.postings.forEachSlice(model.postingCount(at: position)) { slice in
      for row in slice {
        if row.line == 1 { first = row }
        guard row.day <= through, includes(clinic: row.clinic) else { continue }
        if hasMerges {
          body(model.current(row, at: position), model.current(first, at: position))
        } else {
          body(row, first)
        }
      }
    }
  }

  /// An empty report with its heading.
  func report(_ name: String, _ title: String, _ columns: [Column]) -> Report {
    var report = Report(
      name: name, title: title, book: query.book, on: isRange ? nil : day, from: query.from,
      to: isRange ? day : nil, knownAt: position, columns: columns)
    report.mayHaveSeveralCurrencies = currencies.count > 1
    return report
  }

  /// The footer of a report that rests on `entries` entries and `debits`.
  func footer(entries: Int, debits: CurrencySum) -> Footer {
    Footer(
      position: position, entries: entries, debits: debits.only,
      ruleVersion: Int(model.accountRules.latestVersion(on: through, at: position)),
      skipped: skipped,
      digest: { [model, position] in model.digest(at: position) })
  }

  /// The identifier and the reference of a party, for two columns.
  func cells(_ key: PartyKey) -> [Cell] {
    guard key != .none else { return [.empty, .empty] }
    return [
      .identifier(key.description), .text(model.party(key, at: position)?.reference ?? ""),
    ]
  }
}

/// Sums by currency; a report names the sum only where there is but one.
struct CurrencySum {
  private var sums: [Currency: Int64] = [:]

  mutating func add(_ minorUnits: Int64, _ currency: Currency) {
    sums[currency, default: 0] += minorUnits
  }

  /// The sum where all amounts had one currency; nil otherwise.
  var only: Amount? {
    sums.count == 1 ? sums.first.map { Amount(minorUnits: $0.value, $0.key) } : nil
  }
}
