import DaybookClinicEvents
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// Booked and attended time of each practitioner over a range of days: `staff utilisation`.
///
/// An appointment counts on its day, an encounter with all its time on the day on which it began,
/// so that adjoining ranges add up. Durations are in seconds.
///
/// | column | what it holds |
/// |---|---|
/// | `practitioner`, `ref` | the printed identifier, and the reference of the hiring |
/// | `appointments`, `booked` | appointments, and their time |
/// | `encounters`, `attended` | encounters that began, and the time of those completed |
/// | `overrun` | time attended beyond what was booked, encounter by encounter |
/// | `open` | encounters that began and are not completed |
public enum StaffUtilisationReport {
  /// The report.
  ///
  /// - Parameters:
  ///   - model: The department's read model.
  ///   - asOf: The position that it stands at.
  ///   - skipped: Records that were skipped on the way there.
  ///   - query: What is asked.
  /// - Throws: `.overflow` where times do not fit 64 bits.
  /// - Complexity: O(events of practitioners' time up to the position).
  public static func report(
    from model: HumanResourcesModel, asOf: Position, skipped: Int = 0, _ query: StaffQuery
  ) throws(ValueError) -> Report {
    let scope = Scope(query, model, asOf: asOf)
    var sums: [UInt64: Sums] = [:]
    var entries = 0
    for row in model.activities.rows(through: scope.known) {
      guard scope.contains(row.day), query.clinic ?? row.clinic == row.clinic,
        query.staff?.number ?? row.practitioner == row.practitioner
      else { continue }
      sums[row.practitioner, default: Sums()].add(row)
      entries += 1
    }
    var report = Report(
      name: "staff-utilisation", title: "Staff utilisation", book: query.book,
      on: scope.isRange ? nil : scope.last, from: scope.first,
      to: scope.isRange ? scope.last : nil, knownAt: scope.known, columns: columns,
      footer: Footer(
        position: scope.known, entries: entries, skipped: skipped,
        digest: { [model, known = scope.known] in model.digest(knownAt: known) }))
    for (number, sum) in sums.sorted(by: { $0.key < $1.key }) {
      let staff = StaffID(number)
      report.append([
        .identifier(staff), .text(model.references.text(of: staff.stream, knownAt: scope.known)),
        .count(sum.appointments), .seconds(try sum.booked.narrowed() / 1000),
        .count(sum.encounters), .seconds(try sum.attended.narrowed() / 1000),
        .seconds(try sum.overrun.narrowed() / 1000), .count(sum.encounters - sum.completed),
      ])
    }
    try report.sumTotals(
      "appointments", "booked", "encounters", "attended", "overrun", "open")
    return report
  }

  private static let columns = [
    Column("practitioner", .identifier), Column("ref", .text),
    Column("appointments", .count), Column("booked", .seconds),
    Column("encounters", .count), Column("attended", .seconds),
    Column("overrun", .seconds), Column("open", .count),
  ]

  private struct Sums {
    var appointments: Int64 = 0
    var encounters: Int64 = 0
    var completed: Int64 = 0
    var booked = MinorSum()
    var attended = MinorSum()
    var overrun = MinorSum()

    mutating func add(_ row: Activity) {
      switch row.kind {
      case .booked:
        appointments += 1
        booked.add(row.milliseconds)
      case .unbooked:
        appointments -= 1
        booked.add(-row.milliseconds)
      case .started:
        encounters += 1
      case .completed:
        completed += 1
        attended.add(row.milliseconds)
        overrun.add(row.overrun)
      }
    }
  }
}
