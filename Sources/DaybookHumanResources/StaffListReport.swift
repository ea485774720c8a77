import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// Who works where and since when, on a day: `staff list`.
///
/// One row for each member of staff and clinic; names stay in the log, `ref` leads to them.
public enum StaffListReport {
  /// The report.
  ///
  /// - Parameters:
  ///   - model: The department's read model.
  ///   - asOf: The position that it stands at.
  ///   - skipped: Records that were skipped on the way there.
  ///   - query: What is asked; a range stands for its last day.
  /// - Complexity: O(staff).
  public static func report(
    from model: HumanResourcesModel, asOf: Position, skipped: Int = 0, _ query: StaffQuery
  ) -> Report {
    let scope = Scope(query, model, asOf: asOf)
    let members = model.members(knownAt: scope.known)
    var report = Report(
      name: "staff-list", title: "Staff", book: query.book, on: scope.last, knownAt: scope.known,
      columns: columns)
    let reference = { model.references.text(of: $0, knownAt: scope.known) }
    var listed = 0
    for (staff, member) in members.sorted(by: { $0.key < $1.key })
    where query.staff ?? staff == staff {
      let day = scope.last ?? member.engagement.start
      guard member.engagement.covers(day) else { continue }
      let terms = member.engagement.terms(on: day)
      let clinics = terms.clinics.filter { query.clinic ?? $0.number == $0.number }
      if clinics.isEmpty, query.clinic != nil { continue }
      listed += 1
      for clinic in clinics.isEmpty ? [ClinicID()] : clinics {
        report.append([
          .identifier(staff), .text(reference(staff.stream)),
          .text(member.positions(on: day).joined(separator: ", ")), .text("\(terms.contract)"),
          .identifier(clinic), .text(reference(clinic.stream)), .day(member.engagement.start),
        ])
      }
    }
    report.footer = Footer(
      position: scope.known, entries: listed, skipped: skipped,
      digest: { [model, known = scope.known] in model.digest(knownAt: known) })
    return report
  }

  private static let columns = [
    Column("staff", .identifier), Column("ref", .text), Column("position", .text),
    Column("contract", .text), Column("clinic", .identifier), Column("clinicRef", .text),
    Column("since", .day),
  ]
}
