import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// What is left of everybody's leave on a day: `staff leave`.
///
/// Entitled is all leave since the first day up to the end of the day's year, taken what fell on days
/// up to the day, booked what is approved or asked for after it. A day is a fifth of the agreed week.
public enum LeaveReport {
  /// The report.
  ///
  /// - Complexity: O(contracts and absences).
  public static func report(
    from model: HumanResourcesModel, asOf: Position, skipped: Int = 0, _ query: StaffQuery
  ) -> Report {
    let scope = Scope(query, model, asOf: asOf)
    var report = Report(
      name: "staff-leave", title: "Leave", book: query.book, on: scope.last,
      knownAt: scope.known, columns: columns)
    let absences = model.absences(knownAt: scope.known)
    guard let day = scope.last else { return report }
    for (staff, member) in model.members(knownAt: scope.known).sorted(by: { $0.key < $1.key })
    where query.staff ?? staff == staff && member.engagement.start <= day {
      let terms = member.engagement.terms(on: day)
      guard terms.contract == .employee,
        query.clinic.map({ terms.clinics.contains(ClinicID($0)) }) ?? true
      else { continue }
      let entitled = Leave.entitled(member.engagement, throughYear: day.year)
      var taken: Int64 = 0
      var booked: Int64 = 0
      for absence in absences
      where absence.staff == staff && absence.span.type == .holiday
        && (absence.outcome == .approved || absence.outcome == .unspecified)
      {
        let before =
          absence.outcome == .approved ? absence.span.seconds(from: .min, to: day) : 0
        taken += before
        booked += Int64(absence.span.seconds) - before
      }
      report.append([
        .identifier(staff), .text(model.references.text(of: staff.stream, knownAt: scope.known)),
        .seconds(entitled), .seconds(taken), .seconds(booked), .seconds(entitled - taken - booked),
      ])
    }
    report.footer = Footer(
      position: scope.known, entries: report.rows.count, skipped: skipped,
      digest: { [model, known = scope.known] in model.digest(knownAt: known) })
    return report
  }

  private static let columns = [
    Column("staff", .identifier), Column("ref", .text), Column("entitled", .seconds),
    Column("taken", .seconds), Column("booked", .seconds), Column("left", .seconds),
  ]
}
