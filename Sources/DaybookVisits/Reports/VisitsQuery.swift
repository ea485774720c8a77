public import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
public import DaybookValues

/// What a report about appointments and visits is asked for.
public struct VisitsQuery: Hashable, Sendable {
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
  /// One practitioner; all if nil.
  public var practitioner: StaffID?
  /// One room, chair or device; all if nil.
  public var resource: ResourceID?

  /// Everything that is known, on the latest day of a fact.
  public init() {}
}

/// A query against a model: the days and the position that it comes to, and what was known then.
struct Scope {
  let model: VisitsModel
  let query: VisitsQuery
  let known: Position
  let last: Day?
  let isRange: Bool

  init(_ query: VisitsQuery, _ model: VisitsModel, asOf: Position) {
    self.model = model
    self.query = query
    known = min(query.knownAt ?? asOf, asOf)
    last = query.to ?? query.on ?? model.days.day(knownAt: known)
    isRange = query.from != nil || query.to != nil
  }

  /// The first of the days that a list of days is of: of one day, itself.
  var first: Day? { isRange ? query.from : last }

  /// Whether `day` is not behind the last one.
  func reaches(_ day: Day) -> Bool { last.map { day <= $0 } ?? true }

  /// Whether a list of days has `day`.
  func lists(_ day: Day) -> Bool {
    (first.map { $0 <= day } ?? true) && reaches(day)
  }

  /// Whether a sum since the beginning has `day`, or one of a range.
  func counts(_ day: Day) -> Bool {
    (query.from.map { $0 <= day } ?? true) && reaches(day)
  }

  func includes(_ clinic: ClinicID) -> Bool { query.clinic ?? clinic.number == clinic.number }

  func includes(_ practitioner: StaffID) -> Bool {
    query.practitioner ?? practitioner == practitioner
  }

  func includes(_ appointment: Agenda.Appointment) -> Bool {
    includes(appointment.clinic) && includes(appointment.practitioner)
      && query.resource ?? appointment.resource == appointment.resource
  }

  func reference<Kind: StreamedKind>(_ id: Identifier<Kind>) -> Cell {
    .text(model.references.text(of: id.stream, knownAt: known))
  }

  /// The identifier, and the reference of it.
  func cells<Kind: StreamedKind>(_ id: Identifier<Kind>) -> [Cell] {
    [.identifier(id), reference(id)]
  }

  func footer(entries: Int, skipped: Int) -> Footer {
    Footer(
      position: known, entries: entries, skipped: skipped,
      digest: { [model, known] in model.digest(knownAt: known) })
  }

  /// An empty report of this query.
  func report(
    _ name: String, _ title: String, _ columns: [Column]
  ) -> Report {
    Report(
      name: name, title: title, book: query.book, on: isRange ? nil : last,
      from: isRange ? query.from : nil, to: isRange ? last : nil, knownAt: known,
      columns: columns)
  }
}
