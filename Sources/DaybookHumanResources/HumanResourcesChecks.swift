import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
import DaybookReporting
public import DaybookValues

/// The proofs that `verify` prints for staff and their time.
public enum HumanResourcesChecks {
  /// Proves what was known at `position`; all that the model holds if nil.
  ///
  /// - Returns: One check a claim, always the same ones in the same order.
  /// - Complexity: O(events of practitioners' time).
  public static func run(_ model: HumanResourcesModel, at position: Position? = nil) -> [Check] {
    let position = position ?? Position(.max)
    return [
      timesAreSound(model, position), utilisationAgrees(model, position),
      payrollAgrees(model, position),
      model.statements.check("closed periods are what was stated of them", through: position) {
        clinic, day, known in model.totals(ofClinic: clinic, through: day, at: known)
      },
    ]
  }

  /// No time is below zero, and nobody completed more encounters than were started.
  private static func timesAreSound(_ model: HumanResourcesModel, _ position: Position) -> Check {
    var open: [UInt64: Int] = [:]
    var found: String?
    let rows = model.activities.rows(through: position)
    for row in rows where found == nil {
      let name = StaffID(row.practitioner)
      if row.milliseconds < 0 || row.overrun < 0 {
        found = "\(name) at position \(row.position): a time below zero"
      }
      switch row.kind {
      case .booked, .unbooked: break
      case .started: open[row.practitioner, default: 0] += 1
      case .completed:
        open[row.practitioner, default: 0] -= 1
        if open[row.practitioner, default: 0] < 0 {
          found = "\(name) at position \(row.position): more completed than started"
        }
      }
    }
    return Check(
      "attended time is that of encounters that began", found: found,
      over: "\(rows.count) bookings, starts and ends")
  }

  /// Every payroll run that stands rests on what the log held right before it.
  private static func payrollAgrees(_ model: HumanResourcesModel, _ position: Position) -> Check {
    var found: String?
    var runs: Set<UInt64> = []
    for row in model.standingPayrolls(knownAt: position) where found == nil {
      guard runs.insert(row.run).inserted, let digest = model.people.sources[row.position.number],
        !digest.isEmpty
      else { continue }
      let sources = model.payrollSources(
        of: ClinicID(row.clinic), from: row.from, to: row.to,
        knownAt: Position(row.position.number - 1))
      if PayrollSource.digest(of: sources) != digest {
        found = "\(PayrollRunID(row.run)) at position \(row.position) rests on other times"
      }
    }
    return Check(
      "payroll is worked out from the log", found: found, over: "\(runs.count) runs")
  }

  /// The report of utilisation lists the encounters and the time that the events add up to.
  private static func utilisationAgrees(
    _ model: HumanResourcesModel, _ position: Position
  ) -> Check {
    let name = "utilisation by practitioner equals the encounters"
    let rows = model.activities.rows(through: position)
    var query = StaffQuery()
    query.knownAt = position
    query.on = rows.map(\.day).max()
    var found: String?
    do throws(ValueError) {
      let report = try StaffUtilisationReport.report(from: model, asOf: position, query)
      let listed = Dictionary(
        uniqueKeysWithValues: report.rows.map { (key: $0[0], value: [$0[4], $0[5]]) })
      var sums: [StaffID: (encounters: Int64, attended: Int128)] = [:]
      for row in rows where row.kind == .started || row.kind == .completed {
        let staff = StaffID(row.practitioner)
        sums[staff, default: (0, 0)].encounters += row.kind == .started ? 1 : 0
        sums[staff, default: (0, 0)].attended += Int128(row.milliseconds)
      }
      for (staff, sum) in sums.sorted(by: { $0.key < $1.key }) where found == nil {
        let seconds = Int64(clamping: sum.attended / 1000)
        if listed[.identifier(staff)] != [.count(sum.encounters), .seconds(seconds)] {
          found = "\(staff): \(sum.encounters) encounters of \(seconds) seconds are not listed so"
        }
      }
      return Check(name, found: found, over: "\(sums.count) practitioners")
    } catch {
      return Check(name, passed: false, detail: "\(error)")
    }
  }
}
