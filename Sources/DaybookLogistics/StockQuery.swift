public import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
public import DaybookValues

/// What a report about stock is asked for.
public struct StockQuery: Hashable, Sendable {
  /// The book's name, for the heading.
  public var book = ""
  /// The effective day, inclusive; the latest day of a fact if nil.
  public var on: Day?
  /// The first effective day of a range.
  public var from: Day?
  /// The last effective day of a range, inclusive.
  public var to: Day?
  /// What the log held then; all that the model holds if nil.
  public var knownAt: Position?
  /// One clinic's number; all clinics if nil.
  public var clinic: UInt64?
  /// One item; all if nil.
  public var item: ItemID?
  /// One lot, as its label has it; all if nil.
  public var lot: String?
  /// Whether lots of which nothing is left are listed too.
  public var includesEmpty = false

  /// Everything that is known, up to the latest day of a fact.
  public init() {}
}

/// A query against a model: the days and the position that it comes to, and what was known then.
struct Scope {
  let model: LogisticsModel
  let query: StockQuery
  let known: Position
  let last: Day?

  init(_ query: StockQuery, _ model: LogisticsModel, asOf: Position) {
    self.model = model
    self.query = query
    known = min(query.knownAt ?? asOf, asOf)
    last = query.to ?? query.on ?? model.days.day(knownAt: known)
  }

  /// Whether `day` is not behind the last one.
  func reaches(_ day: Day) -> Bool { last.map { day <= $0 } ?? true }

  func includes(_ lot: Lot) -> Bool {
    query.item ?? lot.item == lot.item && query.lot?.trimmed ?? lot.text == lot.text
  }

  func includes(_ clinic: ClinicID) -> Bool { query.clinic ?? clinic.number == clinic.number }

  /// Whether each shelf is asked for, by its number.
  var shelves: [Bool] {
    (0..<model.shelves.count).map {
      let shelf = model.shelves[$0]
      return includes(shelf.clinic) && includes(model.lots[shelf.lot])
    }
  }

  func reference<Kind: StreamedKind>(_ id: Identifier<Kind>) -> Cell {
    .text(model.references.text(of: id.stream, knownAt: known))
  }

  /// The item as it was defined on the last day; as first defined if that was later.
  func item(_ item: ItemID) -> ItemVersion? {
    var found: ItemVersion?
    for index in model.itemVersions[item] ?? [] {
      let version = model.items[index]
      if version.position <= known, found == nil || reaches(version.occasion.day) {
        found = version
      }
    }
    return found
  }

  /// The expiry of each lot as far as it was known, by the lot's number.
  func expiries() -> [Day?] {
    var expiries = [Day?](repeating: nil, count: model.lots.count)
    for row in model.movements.rows(through: known) {
      if let expiry = row.expiry { expiries[model.shelves[row.shelf].lot] = expiry }
    }
    for row in model.deviceUses.rows(through: known) where expiries[row.lot] == nil {
      expiries[row.lot] = row.expiry
    }
    return expiries
  }

  /// Whether each lot is held or recalled on the last day, as far as it was known, by its number.
  ///
  /// Of two from the same time the one recorded later holds.
  func blockedLots() -> [Bool] {
    var last = [Occasion?](repeating: nil, count: model.lots.count)
    var blocked = [Bool](repeating: false, count: model.lots.count)
    for row in model.standings.rows(through: known) where reaches(row.occasion.day) {
      if let last = last[row.lot], row.occasion < last { continue }
      last[row.lot] = row.occasion
      blocked[row.lot] = row.status.isBlocked
    }
    return blocked
  }

  /// The order of rows: by the item's code, then item, lot and clinic.
  func order(_ item: ItemID) -> (String, UInt64) { (self.item(item)?.code ?? "", item.number) }

  func footer(entries: Int, skipped: Int) -> Footer {
    Footer(
      position: known, entries: entries, skipped: skipped,
      digest: { [model, known] in model.digest(knownAt: known) })
  }
}
