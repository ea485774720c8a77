import DaybookClinicEvents
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// What free time is looked for, beside where, with whom and on which days.
public struct FreeTime: Hashable, Sendable {
  /// How long it has to be at least, in seconds.
  public var seconds: UInt32 = 0
  /// From which second of the day on.
  public var fromSecond: UInt32 = 0
  /// Up to which second of the day.
  public var toSecond: UInt32 = 86_400
  /// The time before which nobody can be booked any more; nil where that does not matter.
  public var notBefore: Instant?

  /// Any time at all.
  public init() {}
}

/// Where a patient can be booked: the gaps between the appointments: `visits free`.
///
/// Of each practitioner, in a week with shifts of theirs the time within the shifts, else the time in
/// which the clinic is open, and with a room or device the time in which that is open and free. Who has
/// an appointment anywhere is not free. A range without an end is of a week; without a day, D.
///
/// | column | what it holds |
/// |---|---|
/// | `practitioner`, `ref` | who is free |
/// | `from`, `to`, `free` | the gap, and how long it is |
/// | `slots` | how many appointments of the length that is asked for fit into it |
/// | `resource` | the room or device that is asked for |
/// | `clinic`, `clinicRef` | where |
public enum FreeSlotsReport {
  /// The report.
  ///
  /// - Parameters:
  ///   - free: What is looked for.
  ///   - model: The front office's read model.
  ///   - asOf: The position that it stands at.
  ///   - skipped: Records that were skipped on the way there.
  ///   - query: What is asked.
  /// - Complexity: O(events of appointments up to the position), and sorting those of the days.
  public static func report(
    _ free: FreeTime, from model: VisitsModel, asOf: Position, skipped: Int = 0,
    _ query: VisitsQuery
  ) -> Report {
    var query = query
    if let from = query.from, query.to == nil { query.to = from.advanced(by: daysAhead) }
    let scope = Scope(query, model, asOf: asOf)
    var report = scope.report("visits-free", "Free time", columns)
    guard let first = scope.first ?? scope.last, let last = scope.last, first <= last,
      last.days(since: first) <= longestRange
    else { return report }
    let availability = Availability(scope, first...last)
    let agenda = Agenda(model, knownAt: scope.known)
    let taken = Taken(agenda, resource: query.resource)
    for practitioner in availability.practitioners {
      for window in availability.windows(of: practitioner) {
        let clock = availability.clock(window.clinic)
        let asked = wanted(free, first...last, window.span, clock)
        for gap in asked.without(taken.spans(of: practitioner)) {
          let seconds = (gap.to - gap.from) / 1000
          guard seconds >= max(1, Int64(free.seconds)) else { continue }
          report.append(
            scope.cells(practitioner) + [
              .moment(clock.moment(Instant(milliseconds: gap.from))),
              .moment(clock.moment(Instant(milliseconds: gap.to))), .seconds(seconds),
              .count(seconds / Int64(max(1, free.seconds))),
              .identifier(query.resource ?? ResourceID()),
            ] + scope.cells(window.clinic))
        }
      }
    }
    report.footer = scope.footer(entries: report.rows.count, skipped: skipped)
    return report
  }

  private static let daysAhead = 6
  /// Nobody books further ahead, and a list of centuries is a slip of the pen.
  private static let longestRange = 3 * 366

  /// What of a window lies in the part of the day that is asked for, and not before now.
  private static func wanted(
    _ free: FreeTime, _ days: ClosedRange<Day>, _ window: Span, _ clock: CivilClock
  ) -> [Span] {
    var window = window
    if let notBefore = free.notBefore {
      window.from = max(window.from, notBefore.milliseconds)
    }
    if window.isEmpty { return [] }
    if free.fromSecond == 0, free.toSecond == 86_400 { return [window] }
    let first = clock.moment(Instant(milliseconds: window.from)).day
    let last = clock.moment(Instant(milliseconds: window.to)).day
    return (first...last).compactMap { day in
      window.meeting(
        Span(
          from: clock.moment(day, second: Int(free.fromSecond)).instant.milliseconds,
          to: clock.moment(day, second: Int(free.toSecond)).instant.milliseconds))
    }
  }

  private static let columns = [
    Column("practitioner", .identifier), Column("ref", .text), Column("from", .moment),
    Column("to", .moment), Column("free", .seconds), Column("slots", .count),
    Column("resource", .identifier), Column("clinic", .identifier), Column("clinicRef", .text),
  ]
}

/// When practitioners are taken, and with them the resource that is asked for.
private struct Taken {
  private var byPractitioner: [StaffID: [Span]] = [:]
  private var resource: [Span] = []

  init(_ agenda: Agenda, resource asked: ResourceID?) {
    for appointment in agenda.appointments.values where appointment.end == nil {
      let span = Span(
        from: appointment.start.instant.milliseconds, to: appointment.endMilliseconds)
      byPractitioner[appointment.practitioner, default: []].append(span)
      if appointment.resource == asked { resource.append(span) }
    }
  }

  func spans(of practitioner: StaffID) -> [Span] {
    ((byPractitioner[practitioner] ?? []) + resource).joined
  }
}
