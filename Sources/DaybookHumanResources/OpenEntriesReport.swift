import DaybookClinicEvents
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// Entries of time that count nothing yet: `staff open-entries`.
///
/// They are open, or too long to be believed; nobody ends them by a guess.
public enum OpenEntriesReport {
  /// The report.
  ///
  /// - Complexity: O(events of time and shifts).
  public static func report(
    from model: HumanResourcesModel, asOf: Position, skipped: Int = 0, _ query: StaffQuery
  ) -> Report {
    let scope = Scope(query, model, asOf: asOf)
    let shifts = model.shifts(knownAt: scope.known)
    var report = Report(
      name: "staff-open-entries", title: "Open clock entries", book: query.book, on: scope.last,
      knownAt: scope.known, columns: columns)
    for entry in model.entries(knownAt: scope.known)
    where entry.entry > 0 && (entry.end == nil || entry.needsCorrection)
      && query.staff ?? entry.staff == entry.staff
      && query.clinic ?? entry.clinic.number == entry.clinic.number
      && scope.last.map({ entry.day <= $0 }) ?? true
    {
      let shift = shifts.first { $0.staff == entry.staff && $0.day == entry.day }
      report.append([
        .identifier(entry.staff),
        .text(model.references.text(of: entry.staff.stream, knownAt: scope.known)),
        .identifier(TimeEntryID(entry.entry)), .identifier(entry.clinic), .instant(entry.start),
        entry.end.map { .instant($0) } ?? .empty, shift.map { .instant($0.end) } ?? .empty,
      ])
    }
    report.footer = Footer(
      position: scope.known, entries: report.rows.count, skipped: skipped,
      digest: { [model, known = scope.known] in model.digest(knownAt: known) })
    return report
  }

  private static let columns = [
    Column("staff", .identifier), Column("ref", .text), Column("entry", .identifier),
    Column("clinic", .identifier), Column("since", .instant), Column("until", .instant),
    Column("shiftEnd", .instant),
  ]
}
