import DaybookClinicEvents
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// What appointments are counted by.
public enum AppointmentDimension: String, CaseIterable, Hashable, Sendable {
  /// Who was to see the patient.
  case practitioner
  /// Who was to come.
  case patient
  /// Where.
  case clinic
  /// The day of the week.
  case weekday
}

/// How many of those who were booked did not come: `visits no-shows`.
///
/// An appointment counts on the day for which it is booked now, with all that is known of it; since the
/// beginning up to D, or over a range. Ranges that adjoin add up.
///
/// | column | what it holds |
/// |---|---|
/// | `appointments` | those that were not called off |
/// | `attended` | of them, those to which the patient came and was seen, or waits |
/// | `noShow`, `leftUnseen` | those to which nobody came, or not for long enough |
/// | `unresolved` | those of which nothing is known; that are yet to come, too |
/// | `cancelled` | those that were called off, which count nowhere else |
/// | `rate` | no-shows in a hundred of those of which something is known |
public enum NoShowReport {
  /// The report.
  ///
  /// - Parameters:
  ///   - dimension: What is counted by.
  ///   - model: The front office's read model.
  ///   - asOf: The position that it stands at.
  ///   - skipped: Records that were skipped on the way there.
  ///   - query: What is asked.
  /// - Throws: `.overflow` never in practice: where counts do not fit 64 bits.
  /// - Complexity: O(events of appointments and visits up to the position).
  public static func report(
    by dimension: AppointmentDimension, from model: VisitsModel, asOf: Position,
    skipped: Int = 0, _ query: VisitsQuery
  ) throws(ValueError) -> Report {
    let scope = Scope(query, model, asOf: asOf)
    let agenda = Agenda(model, knownAt: scope.known)
    var counts: [UInt64: Counts] = [:]
    var all = Counts()
    for appointment in agenda.appointments.values
    where scope.counts(appointment.start.day) && scope.includes(appointment) {
      let status = agenda.status(of: appointment)
      counts[dimension.key(appointment), default: Counts()].add(status)
      all.add(status)
    }
    var report = scope.report(
      "visits-no-shows", "No-shows by \(dimension.rawValue)",
      dimension.columns + [
        Column("appointments", .count), Column("attended", .count), Column("noShow", .count),
        Column("leftUnseen", .count), Column("unresolved", .count), Column("cancelled", .count),
        Column("rate", .rate),
      ])
    for (key, counts) in counts.sorted(by: { $0.key < $1.key }) {
      report.append(
        dimension.cells(key, scope) + [
          .count(counts.appointments), .count(counts.attended), .count(counts.noShow),
          .count(counts.leftUnseen), .count(counts.unresolved), .count(counts.cancelled),
          try counts.rate,
        ])
    }
    try report.sumTotals(
      "appointments", "attended", "noShow", "leftUnseen", "unresolved", "cancelled")
    report.setTotal("rate", try all.rate)
    report.footer = scope.footer(
      entries: Int(all.appointments + all.cancelled), skipped: skipped)
    return report
  }
}

/// The appointments to which nobody came, one by one: `visits no-shows --list`.
public enum MissedListReport {
  /// The report.
  ///
  /// - Parameters:
  ///   - model: The front office's read model.
  ///   - asOf: The position that it stands at.
  ///   - skipped: Records that were skipped on the way there.
  ///   - query: What is asked; since the beginning up to D, or over a range.
  /// - Complexity: O(events of appointments and visits up to the position).
  public static func report(
    from model: VisitsModel, asOf: Position, skipped: Int = 0, _ query: VisitsQuery
  ) -> Report {
    let scope = Scope(query, model, asOf: asOf)
    let agenda = Agenda(model, knownAt: scope.known)
    let missed = agenda.appointments.values.filter {
      ($0.end == .noShow || $0.end == .leftUnseen) && scope.counts($0.start.day)
        && scope.includes($0)
    }
    var report = scope.report(
      "visits-missed", "Missed appointments",
      [
        Column("at", .moment), Column("appointment", .identifier), Column("kind", .text),
        Column("patient", .identifier), Column("ref", .text),
        Column("practitioner", .identifier), Column("practitionerRef", .text),
        Column("clinic", .identifier), Column("clinicRef", .text),
      ])
    let sorted = missed.sorted {
      ($0.start.instant.milliseconds, $0.appointment.number)
        < ($1.start.instant.milliseconds, $1.appointment.number)
    }
    for one in sorted {
      report.append(
        [
          .moment(one.start), .identifier(one.appointment),
          .text(agenda.status(of: one).rawValue),
        ] + scope.cells(one.patient) + scope.cells(one.practitioner) + scope.cells(one.clinic))
    }
    report.footer = scope.footer(entries: sorted.count, skipped: skipped)
    return report
  }
}

extension AppointmentDimension {
  var columns: [Column] {
    self == .weekday
      ? [Column(rawValue, .text)] : [Column(rawValue, .identifier), Column("ref", .text)]
  }

  func key(_ appointment: Agenda.Appointment) -> UInt64 {
    switch self {
    case .practitioner: appointment.practitioner.number
    case .patient: appointment.patient.number
    case .clinic: appointment.clinic.number
    case .weekday: UInt64(appointment.start.day.weekday.rawValue)
    }
  }

  func cells(_ key: UInt64, _ scope: Scope) -> [Cell] {
    switch self {
    case .practitioner: scope.cells(StaffID(key))
    case .patient: scope.cells(PatientID(key))
    case .clinic: scope.cells(ClinicID(key))
    case .weekday: [.text(Weekday(rawValue: Int(key)).map { "\($0)" })]
    }
  }
}

/// Appointments by what became of them.
private struct Counts {
  var attended: Int64 = 0
  var noShow: Int64 = 0
  var leftUnseen: Int64 = 0
  var unresolved: Int64 = 0
  var cancelled: Int64 = 0

  var appointments: Int64 { attended + noShow + leftUnseen + unresolved }

  mutating func add(_ status: Status) {
    switch status {
    case .booked: unresolved += 1
    case .arrived, .inProgress, .seen: attended += 1
    case .noShow: noShow += 1
    case .leftUnseen: leftUnseen += 1
    case .cancelled: cancelled += 1
    }
  }

  /// In basis points, half away from zero; empty where nothing is known of any.
  var rate: Cell {
    get throws(ValueError) {
      let known = attended + noShow + leftUnseen
      if known == 0 { return .empty }
      let rate = try Rounding.halfAwayFromZero(
        Int128(noShow) * 10_000, dividedBy: Int128(known))
      return .rate(Rate(basisPoints: try Rounding.narrowed(rate)))
    }
  }
}
