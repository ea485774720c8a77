import DaybookClinicEvents
public import DaybookEvents
import DaybookReporting
public import DaybookValues

/// The proofs that `verify` prints for appointments and visits.
public enum VisitsChecks {
  /// Proves what was known at `position`; all that the model holds if nil.
  ///
  /// - Returns: One check a claim, always the same ones in the same order.
  /// - Complexity: O(events of appointments and visits).
  public static func run(_ model: VisitsModel, at position: Position? = nil) -> [Check] {
    let position = position ?? Position(.max)
    return [
      appointmentsAreSound(model, position), visitsAreSound(model, position),
      countsAgree(model, position), waitingAgrees(model, position),
    ]
  }

  /// Nothing happens to an appointment before it is booked or after its end, and it has one visit.
  private static func appointmentsAreSound(
    _ model: VisitsModel, _ position: Position
  ) -> Check {
    var steps: [(position: Position, appointment: AppointmentID, kind: Step)] = []
    for row in model.bookings.rows(through: position) {
      steps.append((row.position, row.appointment, row.patient.isNone ? .moved : .booked))
    }
    for row in model.arrivals.rows(through: position) where !row.appointment.isNone {
      steps.append((row.position, row.appointment, .arrived))
    }
    for row in model.ends.rows(through: position) where !row.appointment.isNone {
      steps.append((row.position, row.appointment, row.kind == .leftUnseen ? .left : .ended))
    }
    var stands: [AppointmentID: Step] = [:]
    var found: String?
    for step in steps.sorted(by: { $0.position < $1.position }) where found == nil {
      if step.kind.mayFollow(stands[step.appointment]) {
        stands[step.appointment] = step.kind
      } else {
        let before = stands[step.appointment].map { "\($0.rawValue)" } ?? "not booked"
        found =
          "appointment \(step.appointment) at position \(step.position): \(step.kind.rawValue), "
          + "and \(before) before"
      }
    }
    return Check(
      "every appointment is booked first and ends once", found: found,
      over: "\(steps.count) steps of \(stands.count) appointments")
  }

  /// What may happen to an appointment.
  private enum Step: String {
    case booked, moved, arrived, ended
    case left = "left unseen"

    func mayFollow(_ last: Step?) -> Bool {
      switch self {
      case .booked: last == nil
      case .moved, .ended, .arrived: last == .booked || last == .moved
      case .left: last == .arrived
      }
    }
  }

  /// Every encounter is of a visit that began before it, and ends once.
  private static func visitsAreSound(_ model: VisitsModel, _ position: Position) -> Check {
    var arrived: [VisitID: Position] = [:]
    var found: String?
    for row in model.arrivals.rows(through: position) where found == nil {
      if arrived.updateValue(row.position, forKey: row.visit) != nil {
        found = "visit \(row.visit) at position \(row.position): it began before"
      }
    }
    var open: [EncounterID: Moment] = [:]
    let rows = model.encounters.rows(through: position)
    for row in rows where found == nil {
      let place = "encounter \(row.encounter) at position \(row.position)"
      if row.isEnd {
        guard let start = open.removeValue(forKey: row.encounter) else {
          found = "\(place): it ended without having begun"
          continue
        }
        if row.at.instant < start.instant { found = "\(place): it ended before it began" }
      } else {
        open[row.encounter] = row.at
        if arrived[row.visit].map({ $0 > row.position }) ?? true {
          found = "\(place): visit \(row.visit) had not begun"
        }
      }
    }
    return Check(
      "every encounter is of a visit and ends once", found: found,
      over: "\(arrived.count) visits, \(rows.count) starts and ends")
  }

  /// The report of no-shows counts each appointment once, as often missed as the events say.
  private static func countsAgree(_ model: VisitsModel, _ position: Position) -> Check {
    let name = "appointments counted by practitioner equal the bookings"
    var query = VisitsQuery()
    query.knownAt = position
    query.to = Day(daysSince1970: .max)
    do throws(ValueError) {
      let report = try NoShowReport.report(
        by: .practitioner, from: model, asOf: position, query)
      let booked = Set(model.bookings.rows(through: position).map(\.appointment))
      var sums: [EndRow.Kind: Int64] = [:]
      for row in model.ends.rows(through: position) where booked.contains(row.appointment) {
        sums[row.kind, default: 0] += 1
      }
      let cancelled = sums[.cancelledByPatient, default: 0] + sums[.cancelledByClinic, default: 0]
      let expected = [
        ("appointments", Int64(booked.count) - cancelled), ("cancelled", cancelled),
        ("noShow", sums[.noShow, default: 0]), ("leftUnseen", sums[.leftUnseen, default: 0]),
      ]
      let off = expected.first { report.total($0.0) != $0.1 }
      return Check(
        name, found: off.map { "\($0.0): \(report.total($0.0)) listed, \($0.1) in the log" },
        over: "\(booked.count) appointments of \(report.rows.count) practitioners")
    } catch {
      return Check(name, passed: false, detail: "\(error)")
    }
  }

  /// Who is listed as waiting arrived, was not seen and did not leave: counted from the events.
  private static func waitingAgrees(_ model: VisitsModel, _ position: Position) -> Check {
    var waiting = Set(model.arrivals.rows(through: position).map(\.visit))
    for row in model.encounters.rows(through: position) { waiting.remove(row.visit) }
    var visits: [AppointmentID: VisitID] = [:]
    for row in model.arrivals.rows(through: position) where !row.appointment.isNone {
      visits[row.appointment] = row.visit
    }
    for row in model.ends.rows(through: position) {
      if let visit = visits[row.appointment] { waiting.remove(visit) }
    }
    var query = VisitsQuery()
    query.knownAt = position
    query.on = Day(daysSince1970: .max)
    let report = WaitingReport.report(from: model, asOf: position, query)
    let listed = report.rows.filter { $0[0] == .text("here") }.map { $0[2] }
    let expected = waiting.sorted().map { Cell.identifier($0) }
    return Check(
      "who waits came and was neither seen nor left",
      found: Set(listed) == Set(expected) && listed.count == expected.count
        ? nil : "\(listed.count) listed, \(expected.count) by the events",
      over: "\(expected.count) waiting")
  }
}

extension Report {
  /// The total of a column of counts; 0 where there are no rows.
  fileprivate func total(_ name: String) -> Int64 {
    guard let index = columns.firstIndex(where: { $0.name == name }), index < totals.count,
      case .count(let count) = totals[index]
    else { return 0 }
    return count
  }
}
