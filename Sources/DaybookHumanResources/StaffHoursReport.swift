import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// Scheduled and worked time of each member of staff over a range of days: `staff hours`.
///
/// A shift and an entry count whole on the day on which they began. Overtime is that of the weeks
/// whose Sunday falls in the range, at all clinics together. Durations are in seconds.
///
/// | column | what it holds |
/// |---|---|
/// | `staff`, `ref` | the printed identifier, and the reference of the hiring |
/// | `scheduled` | the shifts without their breaks |
/// | `worked`, `break` | the entries that count and hours from elsewhere; the breaks of the entries |
/// | `overtime` | beyond the agreed weeks |
/// | `absent` | the time missed by absences that hold |
/// | `difference` | worked less scheduled |
public enum StaffHoursReport {
  /// The report.
  ///
  /// - Throws: `.overflow` where times do not fit 64 bits.
  /// - Complexity: O(events of shifts, time and absences).
  public static func report(
    from model: HumanResourcesModel, asOf: Position, skipped: Int = 0, _ query: StaffQuery
  ) throws(ValueError) -> Report {
    let scope = Scope(query, model, asOf: asOf)
    var sums: [StaffID: Sums] = [:]
    var entries = 0
    func concerns(_ staff: StaffID, _ clinic: UInt64) -> Bool {
      !staff.isNone && query.staff ?? staff == staff && query.clinic ?? clinic == clinic
    }
    for shift in model.shifts(knownAt: scope.known)
    where scope.contains(shift.day) && concerns(shift.staff, shift.clinic) {
      sums[shift.staff, default: Sums()].scheduled += Int64(shift.seconds)
      entries += 1
    }
    let times = model.entries(knownAt: scope.known)
    for time in times where scope.contains(time.day) && concerns(time.staff, time.clinic.number) {
      sums[time.staff, default: Sums()].worked += Int64(time.seconds)
      if time.seconds > 0 { sums[time.staff, default: Sums()].breaks += Int64(time.breakSeconds) }
      entries += 1
    }
    for absence in model.absences(knownAt: scope.known)
    where absence.outcome == .approved && query.staff ?? absence.staff == absence.staff {
      let missed = absence.span.seconds(from: scope.first ?? .min, to: scope.last ?? .max)
      if missed > 0 { sums[absence.staff, default: Sums()].absent += missed }
    }
    let members = model.members(knownAt: scope.known)
    for (staff, weeks) in weeks(of: times) where sums[staff] != nil {
      guard let member = members[staff] else { continue }
      for (monday, seconds) in weeks {
        let sunday = WorkWeek.last(of: monday)
        guard scope.contains(sunday) else { continue }
        sums[staff, default: Sums()].overtime += WorkWeek.overtime(
          worked: seconds, agreed: member.engagement.terms(on: sunday).weekSeconds)
      }
    }
    var report = Report(
      name: "staff-hours", title: "Hours", book: query.book,
      on: scope.isRange ? nil : scope.last, from: scope.first,
      to: scope.isRange ? scope.last : nil, knownAt: scope.known, columns: columns,
      footer: Footer(
        position: scope.known, entries: entries, skipped: skipped,
        digest: { [model, known = scope.known] in model.digest(knownAt: known) }))
    for (staff, sum) in sums.sorted(by: { $0.key < $1.key }) {
      report.append([
        .identifier(staff), .text(model.references.text(of: staff.stream, knownAt: scope.known)),
        .seconds(sum.scheduled), .seconds(sum.worked), .seconds(sum.breaks),
        .seconds(sum.overtime), .seconds(sum.absent), .seconds(sum.worked - sum.scheduled),
      ])
    }
    try report.sumTotals("scheduled", "worked", "break", "overtime", "absent", "difference")
    return report
  }

  /// The time of each week, by its Monday, at all clinics.
  private static func weeks(of times: [KnownTime]) -> [StaffID: [Day: Int64]] {
    var weeks: [StaffID: [Day: Int64]] = [:]
    for time in times where !time.staff.isNone {
      weeks[time.staff, default: [:]][WorkWeek.first(of: time.day), default: 0] +=
        Int64(time.seconds)
    }
    return weeks
  }

  private struct Sums {
    var scheduled: Int64 = 0
    var worked: Int64 = 0
    var breaks: Int64 = 0
    var overtime: Int64 = 0
    var absent: Int64 = 0
  }

  private static let columns = [
    Column("staff", .identifier), Column("ref", .text), Column("scheduled", .seconds),
    Column("worked", .seconds), Column("break", .seconds), Column("overtime", .seconds),
    Column("absent", .seconds), Column("difference", .seconds),
  ]
}
