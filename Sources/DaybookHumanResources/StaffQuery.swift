public import DaybookClinicEvents
import DaybookEvents
public import DaybookValues

/// What a report about staff is asked for.
public struct StaffQuery: Hashable, Sendable {
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
  /// One member of staff; all if nil.
  public var staff: StaffID?

  /// Everything that is known, up to the latest day of a fact.
  public init() {}
}

/// The days and the position that a query comes to.
struct Scope {
  var known: Position
  var first: Day?
  var last: Day?
  var isRange: Bool

  init(_ query: StaffQuery, _ model: HumanResourcesModel, asOf: Position) {
    known = min(query.knownAt ?? asOf, asOf)
    first = query.from
    last = query.to ?? query.on ?? model.days.day(knownAt: known)
    isRange = query.from != nil || query.to != nil
  }

  func contains(_ day: Day) -> Bool {
    (first.map { $0 <= day } ?? true) && (last.map { day <= $0 } ?? true)
  }
}
