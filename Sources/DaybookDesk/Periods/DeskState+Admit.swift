public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

extension DeskState {
  /// Refuses every event that is dated on a closed day of an area that it feeds, at its clinic or at
  /// another whose figures it changes: whatever the command, and also for history.
  ///
  /// No decider checks periods itself.
  public func admit(
    _ decision: borrowing Decision, in context: DecisionContext
  ) throws(Refusal) {
    if periods.isUntouched { return }
    var violations: [Violation] = []
    for proposal in decision.proposals where !proposal.areas.isEmpty {
      closedDay(proposal, ClinicID(proposal.clinic), &violations)
      for other in proposal.otherClinics { closedDay(proposal, ClinicID(other), &violations) }
    }
    if !violations.isEmpty { throw Refusal(violations) }
  }

  /// The same of an event that was decided in another book: nobody can have decided it on a day that
  /// was closed before.
  public func admit(decided event: borrowing Event) throws(Refusal) {
    if periods.isUntouched { return }
    let header = event.header
    let day = header.effective.day
    var violations: [Violation] = []
    for area in PeriodArea.all where gated(event).contains(area.areas) {
      let clinic = ClinicID(header.clinic)
      guard let through = periods.closedThrough(clinic, area), day <= through else { continue }
      violations.append(
        Violation(PeriodRefusal.closed(day, area, clinic, through: through), field: "effectiveAt"))
    }
    if !violations.isEmpty { throw Refusal(violations) }
  }

  /// The areas whose periods must be open for the event: none for what closes and opens them.
  private func gated(_ event: borrowing Event) -> Areas {
    let header = event.header
    if header.family == .corrections {
      guard let reversed = try? event.payload(Reversed.self), !reversed.isOf(YearClosed.self) else {
        return []
      }
      return reversed.originalAreas
    }
    let closes = [PeriodClosed.tag, PeriodReopened.tag, YearClosed.tag].map(\.rawValue)
    if header.family == .accounting, closes.contains(header.tag) { return [] }
    return ClinicEvents.areas(header.family, header.tag)
  }

  /// Whether a day is closed for an area of a clinic: no event that feeds it is dated there.
  public func isClosed(_ day: Day, for area: PeriodArea, at clinic: ClinicID) -> Bool {
    periods.closedThrough(clinic, area).map { day <= $0 } ?? false
  }

  /// Adds a violation for each area in which the event's day is closed, once for the whole decision.
  private func closedDay(
    _ proposal: Decision.Proposal, _ clinic: ClinicID, _ violations: inout [Violation]
  ) {
    let day = proposal.effective.day
    for area in PeriodArea.all where proposal.areas.contains(area.areas) {
      guard let through = periods.closedThrough(clinic, area), day <= through else { continue }
      let violation = Violation(
        PeriodRefusal.closed(day, area, clinic, through: through), field: "effective")
      if !violations.contains(violation) { violations.append(violation) }
    }
  }

  /// Notes where the last event of each area stands; what closes and opens periods is none of them.
  mutating func notePeriods(_ header: RecordHeader) {
    let isOfPeriods =
      header.family == .accounting
      && (header.tag == PeriodClosed.tag.rawValue || header.tag == PeriodReopened.tag.rawValue)
    // A reversal may concern whatever may be reversed: it is noted for all of it.
    periods.note(header, isOfPeriods ? [] : ClinicEvents.areas(header.family, header.tag))
  }
}
