public import DaybookClinicEvents
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// All that the front office knows of a patient, without the name: `visits card`.
///
/// Rows of seven kinds, in this order: `patient`, what is on record; `same`, a number that was merged
/// into this one; `coverage`, a payer on D; `coming`, an appointment of D or later that is neither over
/// nor called off; `request`, a place on the waiting list; `past`, any other appointment; `visit`.
/// Facts count up to D. A range of days narrows appointments, requests and visits to those of its days;
/// what is on record and the coverage are those of its last day. Of a patient who was merged into another
/// all stands on the other's card, and the `patient` row says whose.
///
/// | column | what it holds |
/// |---|---|
/// | `kind` | what the row is of |
/// | `at` | when it begins, or began |
/// | `from`, `to` | from which day to which it holds |
/// | `id`, `ref` | what it is: a patient, a payer, an appointment, a request, a visit |
/// | `practitioner`, `practitionerRef` | who sees, or saw, the patient |
/// | `clinic`, `clinicRef` | where |
/// | `status`, `detail` | how it stands, and what else there is to know |
public enum PatientCardReport {
  /// The report.
  ///
  /// - Parameters:
  ///   - patient: Whose card.
  ///   - model: The front office's read model.
  ///   - asOf: The position that it stands at.
  ///   - skipped: Records that were skipped on the way there.
  ///   - query: What is asked.
  /// - Complexity: O(events of patients, appointments and visits up to the position).
  public static func report(
    of patient: PatientID, from model: VisitsModel, asOf: Position, skipped: Int = 0,
    _ query: VisitsQuery
  ) -> Report {
    let scope = Scope(query, model, asOf: asOf)
    let agenda = Agenda(model, knownAt: scope.known, factsThrough: scope.last)
    var report = scope.report("visits-card", "Card of \(patient)", columns)
    var card = Card(patient: patient, scope: scope, agenda: agenda)
    card.addRecord()
    if agenda.current(patient) == patient {
      card.addCoverage()
      card.addAppointments(coming: true)
      card.addRequests()
      card.addAppointments(coming: false)
      card.addVisits()
    }
    for row in card.rows { report.append(row) }
    report.footer = scope.footer(entries: card.rows.count, skipped: skipped)
    return report
  }

  private static let columns = [
    Column("kind", .text), Column("at", .moment), Column("from", .day), Column("to", .day),
    Column("id", .identifier), Column("ref", .text), Column("practitioner", .identifier),
    Column("practitionerRef", .text), Column("clinic", .identifier), Column("clinicRef", .text),
    Column("status", .text), Column("detail", .text),
  ]
}

/// The rows of one card.
private struct Card {
  let patient: PatientID
  let scope: Scope
  let agenda: Agenda
  var rows: [[Cell]] = []

  mutating func addRecord() {
    let known = scope.model.patients.rows(through: scope.known).filter { $0.patient == patient }
    guard let first = known.first, let row = known.last(where: { scope.reaches($0.day) }) else {
      return
    }
    let current = agenda.current(patient)
    var detail = [row.birthYear.map { "born \($0)" }, row.sex == .unspecified ? nil : "\(row.sex)"]
    if known.count > 1 { detail.append("as amended on \(row.day)") }
    add(
      "patient", from: first.day, scope.cells(patient),
      status: current == patient ? nil : "merged into \(current)",
      detail: detail.compactMap { $0 }.joined(separator: ", "))
    for merge in scope.model.merges.rows(through: scope.known)
    where merge.from != patient && current == patient && agenda.current(merge.from) == patient {
      add("same", from: merge.day, scope.cells(merge.from), status: "merged")
    }
  }

  /// The policies that hold on D: of this patient, and of those who were merged into them where none
  /// of the same priority holds.
  mutating func addCoverage() {
    guard let day = scope.last else { return }
    var policies: [CoverageRow] = []
    for row in scope.model.coverages.rows(through: scope.known)
    where agenda.current(row.patient) == patient {
      if let index = policies.firstIndex(where: { $0.isSame(as: row) }) {
        policies[index] = row
      } else {
        policies.append(row)
      }
    }
    let holding = policies.filter { $0.covers(day) }.sorted {
      ($0.priority.rawValue, $0.patient == patient ? 0 : 1, $0.position)
        < ($1.priority.rawValue, $1.patient == patient ? 0 : 1, $1.position)
    }
    var last: CoveragePriority?
    for row in holding where row.priority != last {
      last = row.priority
      add(
        "coverage", from: row.from, to: row.to, scope.cells(row.payer),
        status: "\(row.priority)", detail: row.copay?.words)
    }
  }

  mutating func addAppointments(coming: Bool) {
    let mine = agenda.appointments.values.filter {
      guard $0.patient == patient, scope.includes($0), isAsked($0.start.day) else { return false }
      let start = $0.start.day
      let isAhead = scope.last.map { $0 <= start } ?? true
      return (isAhead && agenda.status(of: $0) == .booked) == coming
    }
    for one in mine.sorted(by: { order($0) < order($1) }) {
      let detail = one.visit.map { "came as \($0)" } ?? one.end?.words
      add(
        coming ? "coming" : "past", at: one.start, [.identifier(one.appointment), .empty],
        one.practitioner, one.clinic, status: agenda.status(of: one).rawValue, detail: detail)
    }
  }

  /// Whether what is of `day` is asked for: all is, unless there is a range of days.
  private func isAsked(_ day: Day) -> Bool { !scope.isRange || scope.counts(day) }

  private func order(_ one: Agenda.Appointment) -> (Int64, UInt64) {
    (one.start.instant.milliseconds, one.appointment.number)
  }

  mutating func addRequests() {
    for row in scope.model.requests.rows(through: scope.known)
    where agenda.current(row.patient) == patient && !agenda.endedRequests.contains(row.request)
      && scope.includes(row.clinic) && isAsked(row.since.day)
    {
      add(
        "request", at: row.since, from: row.from, to: row.to,
        [.identifier(row.request), .empty], row.practitioner, row.clinic,
        status: row.priority == .unspecified ? nil : "\(row.priority)")
    }
  }

  mutating func addVisits() {
    let mine = agenda.visits.values.filter {
      $0.patient == patient && scope.includes($0.clinic) && isAsked($0.at.day)
    }
    let sorted = mine.sorted {
      ($0.at.instant.milliseconds, $0.visit.number) < ($1.at.instant.milliseconds, $1.visit.number)
    }
    for visit in sorted {
      add(
        "visit", at: visit.at, [.identifier(visit.visit), .empty], visit.practitioner,
        visit.clinic, status: agenda.status(of: visit).rawValue,
        detail: visit.appointment.isNone ? "walked in" : "for \(visit.appointment)")
    }
  }

  private mutating func add(
    _ kind: String, at: Moment? = nil, from: Day? = nil, to: Day? = nil, _ id: [Cell],
    _ practitioner: StaffID = StaffID(), _ clinic: ClinicID = ClinicID(), status: String? = nil,
    detail: String? = nil
  ) {
    rows.append(
      [.text(kind), at.map { .moment($0) } ?? .empty, .day(from), .day(to)] + id
        + scope.cells(practitioner) + scope.cells(clinic) + [
          .text(status), detail?.isEmpty ?? true ? .empty : .text(detail),
        ])
  }
}

extension Copay {
  /// What the patient pays of each charge.
  fileprivate var words: String {
    switch self {
    case .fixed(let amount): "patient pays \(amount) of each charge"
    case .share(let rate): "patient pays \(rate)"
    }
  }
}

extension EndRow.Kind {
  /// Who called it off; nil where nobody did.
  fileprivate var words: String? {
    switch self {
    case .cancelledByPatient: "by the patient"
    case .cancelledByClinic: "by the clinic"
    case .noShow, .leftUnseen: nil
    }
  }
}
