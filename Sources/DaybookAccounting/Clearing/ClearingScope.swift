import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookReporting
import DaybookValues

/// A query resolved against the books and what clears what in them: both as known at one position.
///
/// By reference, as `Scope` is: closures that are called for every row hold it.
final class ClearingScope {
  let scope: Scope
  let model: ClearingModel
  private let skipped: Int
  /// The effective days on which events were undone, by their positions. Only asked for a key.
  private let undone: [Position: Day]
  private let slots: ClinicSlots

  init(
    _ clearing: Snapshot<ClearingModel>, _ view: Snapshot<AccountingModel>, _ query: AccountingQuery
  ) {
    let scope = Scope(view, query)
    self.scope = Scope(scope, knownAt: min(scope.position, clearing.asOf))
    model = clearing.model
    skipped = clearing.skipped
    slots = scope.model.slots
    var undone: [Position: Day] = [:]
    for row in model.undone.prefix(model.undone.count(through: self.scope.position)) {
      undone[row.of] = row.day
    }
    self.undone = undone
  }

  var position: Position { scope.position }

  /// Whether something with effect on `day` counts on D.
  func counts(_ day: Day) -> Bool { day.daysSince1970 <= scope.through }

  /// Whether the event at `position` is undone by D.
  func isUndone(_ position: Position) -> Bool { undone[position].map(counts) ?? false }

  /// Whether the event at `position` is known to be undone, whatever the day.
  func isKnownUndone(_ position: Position) -> Bool { undone[position] != nil }

  /// Whether it happened by D and is not undone by then.
  func stands(_ position: Position, _ day: Day) -> Bool { counts(day) && !isUndone(position) }

  /// Whether the clinic of that number is asked for.
  func includes(_ clinic: UInt64) -> Bool {
    scope.query.clinic == nil || scope.query.clinic == clinic
  }

  /// The currency of the books of the clinic of that number.
  func currency(ofClinic number: UInt64) -> Currency {
    slots.find(number).map { slots.currencies[Int($0)] } ?? .unspecified
  }

  func amount(_ minorUnits: Int128, _ clinic: UInt64) -> Amount {
    Amount(minorUnits: Int64(clamping: minorUnits), currency(ofClinic: clinic))
  }

  /// How many days ago `day` was on D.
  func age(_ day: Day) -> Cell {
    scope.day.map { .count(Int64($0.daysSince1970) - Int64(day.daysSince1970)) } ?? .empty
  }

  /// The identifier and the reference of a party, for two columns.
  func cells(_ party: PartyID) -> [Cell] { scope.cells(PartyKey(party) ?? .none) }

  /// The same of a patient, under whom it goes on.
  func cells(_ patient: PatientID) -> [Cell] {
    scope.cells(PartyKey(scope.model.current(patient, at: position)) ?? .none)
  }

  /// A footer of a report that rests on `entries` events.
  func footer(entries: Int) -> Footer {
    Footer(
      position: position, entries: entries, skipped: max(skipped, scope.skipped),
      digest: { [model, position] in model.digest(knownAt: position) })
  }

  /// What accounts come to on D, by currency: of the only clinic where one is asked for.
  func balance(of accounts: [Int]) -> MoneySums {
    var sums = MoneySums()
    let count = scope.model.postingCount(at: position)
    for account in accounts {
      let figures = scope.model.figures(
        of: UInt16(account), clinic: scope.clinic, through: scope.through, in: count)
      for (clinic, turnover) in figures.turnovers.enumerated() where turnover != Turnover() {
        sums.add(turnover.balance, scope.currency(UInt16(clinic)))
      }
    }
    return sums
  }
}

extension ClearingScope: GroupNames {
  func reference(of stream: StreamID) -> String {
    let known = scope.reference(of: stream)
    // Items are registered with what clears, not with the books.
    return known.isEmpty ? model.references.text(of: stream, knownAt: position) ?? "" : known
  }

  func current(_ party: UInt32) -> UInt32 { scope.current(party) }

  /// The group of a patient, under whom it goes on.
  func key(_ patient: PatientID) -> GroupKey {
    GroupKey(PartyKey(scope.model.current(patient, at: position))?.rawValue ?? 0)
  }
}

extension History {
  /// The rows of the event at `position`.
  ///
  /// - Complexity: O(log rows).
  func rows(of position: Position) -> Range<Int> {
    count(through: position.previous)..<count(through: position)
  }
}

/// Goes along with events in the order of the log and tells the rows of each: nothing is searched for.
struct RowsCursor<Row: HistoryRow> {
  private let rows: History<Row>
  private let count: Int
  private var next = 0

  /// The rows known at `position`.
  init(_ rows: History<Row>, through position: Position) {
    self.rows = rows
    count = rows.count(through: position)
  }

  /// The rows of the event at `position`, which is behind the one asked for last.
  mutating func rows(of position: Position) -> Range<Int> {
    while next < count, rows[next].position < position { next += 1 }
    let first = next
    while next < count, rows[next].position == position { next += 1 }
    return first..<next
  }
}
