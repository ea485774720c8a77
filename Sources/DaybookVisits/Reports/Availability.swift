import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// When practitioners can be booked, as it was known at a position.
///
/// In a week in which a practitioner has any shift, in the shifts; in others while the clinic is open,
/// and the room or device that is asked for. A clinic or a resource that says nothing of its hours is
/// always open. A shift is of the weeks that it reaches into, from Monday, on the clock of the clinic
/// that is booked at. Nobody can be booked on a day of an absence that holds; one of a part of a day
/// leaves room. What is unfit for use is not booked until it is fit again. Who is open over midnight can
/// be booked over midnight, where both days are alike.
struct Availability {
  /// Time in which somebody can be booked at a clinic.
  struct Window {
    var clinic: ClinicID
    var span: Span
  }

  private let scope: Scope
  private let days: ClosedRange<Day>
  private var clinics: [ClinicID: ClinicRow] = [:]
  private var contracts: [StaffID: [StaffRow]] = [:]
  private var shifts: [StaffID: [ShiftRow]] = [:]
  private var absences: [StaffID: [AbsenceRow]] = [:]
  private var resource: ResourceRow?
  private var isUnfit = false

  init(_ scope: Scope, _ days: ClosedRange<Day>) {
    self.scope = scope
    self.days = days
    let model = scope.model
    for row in model.clinics.rows(through: scope.known) { clinics[row.clinic] = row }
    for row in model.staff.rows(through: scope.known) {
      contracts[row.staff, default: []].append(row)
    }
    for row in model.resources.rows(through: scope.known) where row.resource == scope.query.resource
    {
      resource = row
    }
    let serviced = model.fitnesses.rows(through: scope.known).filter {
      $0.resource == scope.query.resource
    }
    isUnfit = serviced.max { ($0.at, $0.position) < ($1.at, $1.position) }?.isUnfit ?? false
    var live: [ShiftID: ShiftRow] = [:]
    for row in model.shifts.rows(through: scope.known) {
      live[row.shift] = row.isReversed ? nil : row
    }
    for row in live.values.sorted(by: { $0.shift < $1.shift }) {
      shifts[row.staff, default: []].append(row)
    }
    var known: [AbsenceID: AbsenceRow] = [:]
    for row in model.absences.rows(through: scope.known) {
      if row.staff.isNone {
        known[row.absence]?.holds = row.holds
      } else {
        known[row.absence] = row
      }
    }
    for row in known.values.sorted(by: { $0.absence < $1.absence })
    where row.holds && isWhole(row) {
      absences[row.staff, default: []].append(row)
    }
  }

  /// Everybody who is employed, by number.
  var practitioners: [StaffID] {
    contracts.keys.filter { scope.includes($0) }.sorted()
  }

  /// The clock at a clinic.
  func clock(_ clinic: ClinicID) -> CivilClock { clinics[clinic]?.clock ?? CivilClock() }

  /// The windows of a practitioner, in order.
  func windows(of practitioner: StaffID) -> [Window] {
    if scope.query.resource != nil, isUnfit || resource?.isClosed ?? true { return [] }
    var windows: [Window] = []
    let shifts = (shifts[practitioner] ?? []).filter { $0.start < $0.end }
    for shift in shifts where includes(shift.clinic) {
      let clock = clock(shift.clinic)
      let span = Span(from: shift.start.milliseconds, to: shift.end.milliseconds)
      let absent = (absences[practitioner] ?? []).map { self.span($0.from, $0.to, clock) }
      // A booking lies within one shift: those that touch are not joined.
      windows += [span].meeting(workdays(of: practitioner, shift, clock))
        .without(absent.joined).map { Window(clinic: shift.clinic, span: $0) }
    }
    var open: [ClinicID: [Span]] = [:]
    var weeks: [ClinicID: Set<Day>] = [:]
    for day in days where !isAbsent(practitioner, on: day) {
      for clinic in workplaces(of: practitioner, on: day) where includes(clinic) {
        let held = weeks[clinic] ?? Set(shifts.flatMap { self.weeks(of: $0, clock(clinic)) })
        weeks[clinic] = held
        if !held.contains(week(of: day)) { open[clinic, default: []] += openSpans(clinic, day) }
      }
    }
    for (clinic, spans) in open.sorted(by: { $0.key < $1.key }) {
      windows += spans.joined.map { Window(clinic: clinic, span: $0) }
    }
    return windows.sorted {
      ($0.span.from, $0.clinic.number) < ($1.span.from, $1.clinic.number)
    }
  }

  /// The days of a shift, of those that are asked for, on which the contract is for its clinic.
  private func workdays(
    of practitioner: StaffID, _ shift: ShiftRow, _ clock: CivilClock
  ) -> [Span] {
    let first = clock.moment(shift.start).day
    let last = clock.moment(Instant(milliseconds: shift.end.milliseconds - 1)).day
    let days = (first...max(first, last)).filter {
      self.days.contains($0) && workplaces(of: practitioner, on: $0).contains(shift.clinic)
    }
    return days.map { span($0, $0, clock) }.joined
  }

  /// From the beginning of one day to the end of another.
  private func span(_ first: Day, _ last: Day, _ clock: CivilClock) -> Span {
    Span(
      from: clock.moment(first, second: 0).instant.milliseconds,
      to: clock.moment(last, second: 86_400).instant.milliseconds)
  }

  /// The Mondays of the weeks that a shift reaches into.
  private func weeks(of shift: ShiftRow, _ clock: CivilClock) -> [Day] {
    let first = week(of: clock.moment(shift.start).day)
    let last = week(of: clock.moment(Instant(milliseconds: shift.end.milliseconds - 1)).day)
    return first == last ? [first] : [first, last]
  }

  private func isAbsent(_ staff: StaffID, on day: Day) -> Bool {
    absences[staff]?.contains { $0.from <= day && day <= $0.to } ?? false
  }

  private func includes(_ clinic: ClinicID) -> Bool {
    scope.includes(clinic) && resource?.clinic ?? clinic == clinic
  }

  /// The Monday of a day's week.
  private func week(of day: Day) -> Day { day.advanced(by: 1 - day.weekday.rawValue) }

  /// The terms on which somebody works on a day; nil where they do not.
  private func contract(of staff: StaffID, on day: Day) -> StaffRow? {
    let contract = contracts[staff]?.filter { $0.from <= day }.max {
      ($0.from, $0.position) < ($1.from, $1.position)
    }
    return contract.flatMap { $0.isGone ? nil : $0 }
  }

  /// Where somebody works on a day.
  private func workplaces(of staff: StaffID, on day: Day) -> [ClinicID] {
    contract(of: staff, on: day)?.clinics.sorted() ?? []
  }

  /// Whether an absence is of whole days: a working day is a fifth of the agreed week.
  private func isWhole(_ absence: AbsenceRow) -> Bool {
    guard absence.from == absence.to, absence.seconds > 0 else { return true }
    // Outside of the contract the first or the last terms say how long a day is.
    let rows = (contracts[absence.staff] ?? []).filter { !$0.isGone }
    let terms =
      rows.filter { $0.from <= absence.from }.max {
        ($0.from, $0.position) < ($1.from, $1.position)
      } ?? rows.first
    let day = (terms?.weekSeconds ?? 0) / 5
    return absence.seconds >= day
  }

  private func openSpans(_ clinic: ClinicID, _ day: Day) -> [Span] {
    let open = spans(clinics[clinic]?.hours ?? [], day, clock(clinic))
    guard let resource else { return open }
    return open.meeting(spans(resource.hours, day, clock(clinic)))
  }

  private func spans(_ hours: [OpenHours], _ day: Day, _ clock: CivilClock) -> [Span] {
    let parts = hours.isEmpty ? [OpenHours(.monday, from: 0, to: 86_400)] : hours
    let weekday = DayOfWeek(day.weekday)
    return parts.filter { hours.isEmpty || $0.day == weekday }.map {
      Span(
        from: clock.moment(day, second: Int($0.fromSecond)).instant.milliseconds,
        to: clock.moment(day, second: Int($0.toSecond)).instant.milliseconds)
    }.joined
  }
}
