import DaybookClinicEvents
public import DaybookEvents
import DaybookValues

extension RecordVisit {
  /// What a line comes to, checked and not yet written.
  private struct Line {
    var draft: ChargeDraft
    var issues: [StockIssued]
  }

  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [], needsClinic: true)
    let began = review.moment(start)
    let ended = end.map { review.moment($0) }
    let seconds = check(state, began, ended, &review)
    // Nothing of the encounter stands in the log yet, so its number can be given before the rules
    // are through: a refusal takes it back.
    let encounter = EncounterID(decision.nextNumber(EncounterKind.streamKind))
    var picking = StockPicking(state.stock)
    var checked: [Line] = []
    checked.reserveCapacity(lines.count)
    for (index, line) in lines.enumerated() {
      checked.append(
        check(line, UInt32(index) + 1, encounter, state, &picking, &review))
    }
    var others: [(issue: StockIssued, at: Moment)] = []
    for use in uses { others.append(check(use, encounter, &picking, &review)) }
    try review.conclude(into: &decision)

    let visit = VisitID(decision.nextNumber(VisitKind.streamKind))
    decision.correlation = visit.number
    try open(encounter, visit, seconds, began, state, &decision)
    for line in checked {
      let performed = try decision.append(line.draft)
      try picking.append(
        line.issues, effective: line.draft.effective, cause: performed, into: &decision)
    }
    for other in others {
      try picking.append([other.issue], effective: other.at, cause: nil, into: &decision)
    }
    guard let ended else { return }
    let completed = EncounterCompleted.with {
      $0.encounter = encounter
      $0.end = ended.instant
      $0.outcome = outcome
    }
    try decision.append(completed, to: encounter.number, effective: ended)
  }

  /// Booked, arrived, begun.
  private func open(
    _ encounter: EncounterID, _ visit: VisitID, _ seconds: UInt32, _ began: Moment,
    _ state: DeskState, _ decision: inout Decision
  ) throws(Refusal) {
    let appointment = AppointmentID(decision.nextNumber(AppointmentKind.streamKind))
    let booked = AppointmentBooked.with {
      $0.appointment = appointment
      $0.patient = patient
      $0.practitioner = practitioner
      $0.start = start
      $0.durationSeconds = seconds
      $0.channel = .import
    }
    try decision.append(
      booked, to: appointment.number, expecting: .noStream, effective: began)
    let checkedIn = PatientCheckedIn.with {
      $0.visit = visit
      $0.appointment = appointment
      $0.patient = patient
      $0.arrivedAt = start
      $0.coverage = state.patients.payers(of: patient, on: began.day)
    }
    try decision.append(checkedIn, to: visit.number, expecting: .noStream, effective: began)
    let started = EncounterStarted.with {
      $0.encounter = encounter
      $0.visit = visit
      $0.patient = patient
      $0.practitioner = practitioner
      $0.start = start
    }
    try decision.append(started, to: encounter.number, expecting: .noStream, effective: began)
  }

  /// Who and when.
  ///
  /// - Returns: The encounter's length in whole seconds; 0 where it has not ended.
  private func check(
    _ state: DeskState, _ began: Moment, _ ended: Moment?, _ review: inout Review
  ) -> UInt32 {
    review.patient(patient, state, "patient")
    review.requirePractitioner(practitioner, state, at: start, "practitioner")
    review.requireFact(began, "start")
    if let ended { review.requireFact(ended, "end") }
    let end = end ?? start
    if end < start { review.refuse(CareRefusal.endsBeforeStart(start), "end") }
    review.requireFree(practitioner, state, from: start, to: end, "start")
    review.requireFree(patient, state, from: start, to: end, "start")
    let (length, tooLarge) = end.milliseconds.subtractingReportingOverflow(start.milliseconds)
    guard !tooLarge, let seconds = UInt32(exactly: max(0, length / 1000)) else {
      review.refuse(DeskRefusal.tooLarge("the encounter's length"), "end")
      return 0
    }
    return seconds
  }

  private func check(
    _ line: RecordedTreatment, _ number: UInt32, _ encounter: EncounterID, _ state: DeskState,
    _ picking: inout StockPicking, _ review: inout Review
  ) -> Line {
    let field = "lines[\(number)]."
    var draft = ChargeDraft()
    draft.effective = review.moment(line.at ?? start)
    draft.patient = patient
    draft.clinic = line.clinic ?? ClinicID(review.context.clinic)
    review.requireFact(draft.effective, field + "at")
    if let other = line.clinic,
      let known = review.known(other, in: state.administration.clinics, field + "clinic")
    {
      draft.effective = known.moment(draft.effective.instant)
      if let here = review.clinic?.currency, here != known.currency {
        review.refuse(
          DeskRefusal.currency(found: known.currency, expected: here), field + "clinic")
      }
    }
    review.requireActive(line.service, state, at: draft.effective.instant, field + "service")
    if line.units == 0 {
      review.refuse(DeskRefusal.outOfRange("0", "at least one unit"), field + "units")
    }
    if let other = line.practitioner, other != practitioner {
      review.requirePractitioner(
        other, state, at: draft.effective.instant, field + "practitioner")
    }
    let prices = review.prices(line.listPrice, line.discount, field)
    (draft.responsible, _) = review.responsible(
      line.responsible ?? .patient(patient), for: patient, on: draft.effective.day, state,
      field + "responsible")
    draft.treatment = TreatmentPerformed.with {
      $0.encounter = encounter
      $0.line = number
      $0.service = line.service
      $0.units = line.units
      $0.practitioner = line.practitioner ?? practitioner
      $0.diagnoses = line.diagnoses
      $0.listPrice = prices.list
      $0.discount = prices.discount
      $0.priceReason = line.priceReason
      $0.devices = line.devices
    }
    var place = StockPicking.Place(clinic: draft.clinic, effective: draft.effective)
    place.encounterLine = EncounterLine(encounter, line: number)
    place.patient = patient
    var issues: [StockIssued] = []
    for device in line.devices {
      issues.append(picking.issue(device, at: place, &review, field + "devices"))
    }
    return Line(draft: draft, issues: issues)
  }

  private func check(
    _ use: RecordedUse, _ encounter: EncounterID, _ picking: inout StockPicking,
    _ review: inout Review
  ) -> (issue: StockIssued, at: Moment) {
    let at = review.moment(use.at ?? start)
    review.requireFact(at, "uses.at")
    if use.line > lines.count { review.refuse(CareRefusal.noSuchLine(use.line), "uses.line") }
    let clinic = ClinicID(review.context.clinic)
    var place = StockPicking.Place(clinic: clinic, effective: at)
    place.encounterLine = EncounterLine(encounter, line: use.line)
    place.patient = patient
    let item = ItemUse(use.item, use.quantity, lot: use.lot.trimmed)
    return (picking.issue(item, at: place, &review, "uses"), at)
  }
}
