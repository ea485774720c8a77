public import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
public import DaybookValues

/// A payroll run as it follows from the log: what `ApprovePayroll` is given, once what is withheld
/// has been added.
public struct PayrollDraft: Hashable, Sendable {
  /// The clinic whose payroll it is.
  public let clinic: ClinicID
  /// The first day.
  public let from: Day
  /// The last day.
  public let to: Day
  /// A line for each person who is to be paid, has worked or has earned a commission, by number.
  public let lines: [PayrollLine]
  /// The position at which it was worked out.
  public let position: Position
  /// The digest of what it was worked out from.
  public let sourceDigest: [UInt8]
}

extension HumanResourcesModel {
  /// Works out a payroll run as known at `position`, by the rules that the Desk goes by.
  ///
  /// - Throws: `.overflow` where somebody's pay does not fit an amount.
  /// - Complexity: O(staff and all their events).
  public func payrollDraft(
    of clinic: ClinicID, from: Day, to: Day, knownAt position: Position
  ) throws(ValueError) -> PayrollDraft {
    let sources = payrollSources(of: clinic, from: from, to: to, knownAt: position)
    var lines: [PayrollLine] = []
    for source in sources {
      let line = try PayrollRules.line(source, in: currencies[clinic.number] ?? .unspecified)
      if !line.components.isEmpty || line.seconds > 0 || !line.commission.isZero {
        lines.append(line)
      }
    }
    return PayrollDraft(
      clinic: clinic, from: from, to: to, lines: lines, position: position,
      sourceDigest: PayrollSource.digest(of: sources))
  }

  /// What the lines of a run are worked out from, by number.
  func payrollSources(
    of clinic: ClinicID, from: Day, to: Day, knownAt position: Position
  ) -> [PayrollSource] {
    let members = members(knownAt: position)
    var times: [StaffID: [PayrollSource.Time]] = [:]
    for entry in entries(knownAt: position) where entry.seconds > 0 && !entry.staff.isNone {
      times[entry.staff, default: []].append(
        PayrollSource.Time(entry.day, at: entry.clinic, seconds: entry.seconds))
    }
    var absences: [StaffID: [AbsenceSpan]] = [:]
    for absence in self.absences(knownAt: position)
    where absence.outcome == .approved && absence.span.from <= to && absence.span.to >= from {
      absences[absence.staff, default: []].append(absence.span)
    }
    let commission = unsettled(of: clinic, through: to, knownAt: position)
    var sources: [PayrollSource] = []
    for (staff, member) in members.sorted(by: { $0.key < $1.key }) {
      var source = PayrollSource(staff, at: clinic, from: from, to: to, member.engagement)
      let first = source.firstDay
      source.take((times[staff] ?? []).filter { $0.day >= first && $0.day <= to })
      source.take(absences[staff] ?? [])
      source.commission = commission[staff] ?? 0
      if source.concernsClinic { sources.append(source) }
    }
    return sources
  }

  /// Commission of the clinic's charges up to a day that no run has settled.
  private func unsettled(
    of clinic: ClinicID, through day: Day, knownAt position: Position
  ) -> [StaffID: Int64] {
    var sums: [StaffID: Int64] = [:]
    for row in people.accruals.rows(through: position)
    where row.clinic == clinic.number && row.day <= day {
      sums[row.staff, default: 0] &+= row.amount
    }
    for row in standingPayrolls(knownAt: position) where row.clinic == clinic.number {
      sums[row.staff, default: 0] &-= row.commission
    }
    return sums
  }

  /// The lines of the runs that were not reversed.
  func standingPayrolls(knownAt position: Position) -> [PayrollRow] {
    let rows = people.payrolls.rows(through: position)
    let reversed = Set(rows.filter { $0.staff.isNone }.map(\.run))
    return rows.filter { !$0.staff.isNone && !reversed.contains($0.run) }
  }
}

/// An entry of time, or hours from elsewhere, as it was known at a position.
struct KnownTime {
  /// The entry's number; 0 for hours from elsewhere.
  var entry: UInt64
  /// Nobody for the total of a role.
  var staff: StaffID
  var clinic: ClinicID
  var day: Day
  var start: Instant
  /// When it ended; nil while it is open.
  var end: Instant?
  /// What counts.
  var seconds: UInt32
  var breakSeconds: UInt32 = 0

  /// Whether it ended and counts nothing until it is corrected.
  var needsCorrection: Bool {
    end.map { WorkedTime.needsCorrection(from: start, to: $0) } ?? false
  }
}

/// An absence as it was known at a position.
struct KnownAbsence {
  var absence: UInt64
  var staff: StaffID
  var span: AbsenceSpan
  var outcome: AbsenceOutcome
}

extension HumanResourcesModel {
  /// All entries in order of their numbers, and behind them hours from elsewhere.
  ///
  /// - Complexity: O(events of working time).
  func entries(knownAt position: Position) -> [KnownTime] {
    var known: [UInt64: KnownTime] = [:]
    var hours: [KnownTime] = []
    for row in people.times.rows(through: position) {
      switch row.kind {
      case .clockedIn:
        known[row.entry] = KnownTime(
          entry: row.entry, staff: row.staff, clinic: ClinicID(row.clinic), day: row.day,
          start: row.at, end: nil, seconds: 0)
      case .clockedOut:
        guard let start = known[row.entry]?.start else { continue }
        known[row.entry]?.end = row.at
        known[row.entry]?.breakSeconds = row.seconds
        known[row.entry]?.seconds = WorkedTime.seconds(
          from: start, to: row.at, breakSeconds: row.seconds)
      case .corrected:
        known[row.entry]?.day = row.day
        known[row.entry]?.start = row.at
        known[row.entry]?.end = row.end
        known[row.entry]?.breakSeconds = row.seconds
        known[row.entry]?.seconds = WorkedTime.seconds(
          from: row.at, to: row.end, breakSeconds: row.seconds)
      case .hours:
        hours.append(
          KnownTime(
            entry: 0, staff: row.staff, clinic: ClinicID(row.clinic), day: row.day,
            start: row.at, end: row.at, seconds: row.seconds))
      }
    }
    return known.values.sorted { $0.entry < $1.entry } + hours
  }

  /// All absences in order of their numbers, with what was decided of them.
  ///
  /// - Complexity: O(events of absences).
  func absences(knownAt position: Position) -> [KnownAbsence] {
    var known: [UInt64: KnownAbsence] = [:]
    for row in people.absences.rows(through: position) {
      if row.staff.isNone {
        known[row.absence]?.outcome = row.outcome
      } else {
        known[row.absence] = KnownAbsence(
          absence: row.absence, staff: row.staff,
          span: AbsenceSpan(row.type, from: row.from, to: row.to, seconds: row.seconds),
          outcome: row.outcome)
      }
    }
    return known.values.sorted { $0.absence < $1.absence }
  }

  /// The shifts that take place, in order of their numbers.
  func shifts(knownAt position: Position) -> [ShiftRow] {
    var known: [UInt64: ShiftRow] = [:]
    for row in people.shifts.rows(through: position) {
      known[row.shift] = row.stands ? row : nil
    }
    return known.values.sorted { $0.shift < $1.shift }
  }
}
