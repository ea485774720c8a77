import DaybookClinicEvents
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// How long patients waited, and how long they were seen: `visits attendance`.
///
/// A visit counts on the day of its arrival, with all that is known of it; since the beginning up to D,
/// or over a range. Ranges that adjoin add up, but for the mean. Durations are in seconds.
///
/// | column | what it holds |
/// |---|---|
/// | `visits` | those who came |
/// | `seen` | of them, those with whom somebody has been |
/// | `waited` | of those, from arrival to the first encounter; nothing for who was seen before |
/// | `meanWait` | of each of those |
/// | `attended` | the encounters that ended |
public enum AttendanceReport {
  /// The report.
  ///
  /// - Parameters:
  ///   - dimension: What is counted by; a practitioner is who saw the patient first.
  ///   - model: The front office's read model.
  ///   - asOf: The position that it stands at.
  ///   - skipped: Records that were skipped on the way there.
  ///   - query: What is asked.
  /// - Throws: `.overflow` never in practice: where times do not fit 64 bits.
  /// - Complexity: O(events of appointments and visits up to the position).
  public static func report(
    by dimension: AppointmentDimension, from model: VisitsModel, asOf: Position,
    skipped: Int = 0, _ query: VisitsQuery
  ) throws(ValueError) -> Report {
    let scope = Scope(query, model, asOf: asOf)
    let agenda = Agenda(model, knownAt: scope.known)
    let times = Times(model, knownAt: scope.known)
    var sums: [UInt64: Sums] = [:]
    var all = Sums()
    for visit in agenda.visits.values where scope.counts(visit.at.day) {
      var place = agenda.appointments[visit.appointment.number] ?? Agenda.Appointment()
      place.patient = visit.patient
      place.clinic = visit.clinic
      place.start = visit.at
      if !visit.practitioner.isNone { place.practitioner = visit.practitioner }
      guard scope.includes(place) else { continue }
      let key = dimension.key(place)
      sums[key, default: Sums()].add(visit, times)
      all.add(visit, times)
    }
    var report = scope.report(
      "visits-attendance", "Attendance by \(dimension.rawValue)",
      dimension.columns + [
        Column("visits", .count), Column("seen", .count), Column("waited", .seconds),
        Column("meanWait", .seconds), Column("attended", .seconds),
      ])
    for (key, sum) in sums.sorted(by: { $0.key < $1.key }) {
      report.append(
        dimension.cells(key, scope) + [
          .count(sum.visits), .count(sum.seen), .seconds(sum.waited), try sum.meanWait,
          .seconds(sum.attended),
        ])
    }
    try report.sumTotals("visits", "seen", "waited", "attended")
    report.setTotal("meanWait", try all.meanWait)
    report.footer = scope.footer(entries: Int(all.visits), skipped: skipped)
    return report
  }

  /// When visits were first seen, and how long in all.
  private struct Times {
    private(set) var first: [VisitID: Instant] = [:]
    private(set) var attended: [VisitID: Int64] = [:]

    init(_ model: VisitsModel, knownAt position: Position) {
      var begun: [EncounterID: Instant] = [:]
      for row in model.encounters.rows(through: position) {
        if row.isEnd {
          guard let start = begun[row.encounter] else { continue }
          let length = row.at.instant.milliseconds &- start.milliseconds
          attended[row.visit, default: 0] += max(0, length / 1000)
        } else {
          begun[row.encounter] = row.at.instant
          first[row.visit] = min(first[row.visit] ?? row.at.instant, row.at.instant)
        }
      }
    }
  }

  private struct Sums {
    var visits: Int64 = 0
    var seen: Int64 = 0
    var waited: Int64 = 0
    var attended: Int64 = 0

    mutating func add(_ visit: Agenda.Visit, _ times: Times) {
      visits += 1
      attended += times.attended[visit.visit] ?? 0
      guard let first = times.first[visit.visit] else { return }
      seen += 1
      waited += max(0, (first.milliseconds &- visit.at.instant.milliseconds) / 1000)
    }

    /// Half away from zero; empty where nobody was seen.
    var meanWait: Cell {
      get throws(ValueError) {
        if seen == 0 { return .empty }
        let mean = try Rounding.halfAwayFromZero(Int128(waited), dividedBy: Int128(seen))
        return .seconds(try Rounding.narrowed(mean))
      }
    }
  }
}
