import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookValues

extension NearLegalClinic {
  /// Runs of the payroll.
  static let payroll: [Maker] = [
    { near, state, now in near.paidTwice(state, now) },
    { near, state, now in near.runOffByOne(state, now) },
  ]

  /// Periods and years.
  static let periods: [Maker] = [
    { near, state, _ in near.entryInClosedDays(state) },
    { near, state, _ in near.goodsInClosedDays(state) },
    { near, state, _ in near.hoursInClosedDays(state) },
    { near, state, now in near.closedMidMonth(state, now) },
    { near, state, _ in near.closedTwice(state) },
    { near, state, now in near.closedAlone(state, now) },
    { near, state, now in near.outdatedFigures(state, now) },
    { near, state, now in near.closedTooSoon(state, now) },
    { near, state, _ in near.reopenedForNoReason(state) },
    { near, state, _ in near.reopenedNothing(state) },
    { near, state, now in near.yearBeforeItsPeriods(state, now) },
  ]

  /// What was done before.
  static let reversals: [Maker] = [
    { near, state, _ in near.reversedTwice(state) },
    { near, state, _ in near.reversedNothing(state) },
    { near, state, _ in near.reversedForNoReason(state) },
    { near, state, _ in near.reversedPaidCharge(state) },
    { near, _, _ in near.reversedClinic() },
  ]

  // MARK: - Payroll

  private func run(_ change: (inout ApprovePayroll) -> Void) -> ApprovePayroll {
    .with {
      $0.approver = legal.other
      change(&$0)
    }
  }

  private mutating func paidTwice(_ state: DeskState, _ now: Instant) -> Nearly? {
    guard let (_, known) = legal.find(in: state.people.runs, { $0.stands }) else { return nil }
    let again = run {
      $0.from = known.to
      $0.to = known.to
    }
    return (LegalCommand(again, .payroll, at: known.clinic), .overlap)
  }

  /// The run that is due, with one cent too much.
  private mutating func runOffByOne(_ state: DeskState, _ now: Instant) -> Nearly? {
    guard var made = legal.run(state, now), var approve = made.command as? ApprovePayroll,
      !approve.lines.isEmpty
    else { return nil }
    approve.lines[0].net.minorUnits += 1
    made.command = approve
    return (made, .unbalanced)
  }

  // MARK: - Periods

  /// Nine o'clock on the last closed day of an area.
  private func closedTime(_ state: DeskState, _ area: PeriodArea) -> Instant? {
    guard let through = state.periods.closedThrough(legal.here, area) else { return nil }
    return state.administration.clinics[legal.here].map {
      $0.start(of: through).instant + 9 * .hour
    }
  }

  private func entryInClosedDays(_ state: DeskState) -> Nearly? {
    guard let then = closedTime(state, .accounting) else { return nil }
    let post = PostJournal.with {
      $0.memo = "late"
      $0.lines = [
        .with {
          $0.account = "6100"
          $0.debit = legal.dollars(500)
        },
        .with {
          $0.account = "1100"
          $0.credit = legal.dollars(500)
        },
      ]
    }
    return (LegalCommand(post, .accountant, effective: then), .periodClosed)
  }

  private func goodsInClosedDays(_ state: DeskState) -> Nearly? {
    guard let then = closedTime(state, .logistics) else { return nil }
    let receive = ReceiveGoods.with {
      $0.supplier = LegalClinic.suppliers[0]
      $0.lines = [
        .with {
          $0.item = LegalClinic.gloves
          $0.quantity = .one
        }
      ]
    }
    return (LegalCommand(receive, .buyer, effective: then), .periodClosed)
  }

  private func hoursInClosedDays(_ state: DeskState) -> Nearly? {
    guard let through = state.periods.closedThrough(legal.here, .humanResources) else { return nil }
    let hours = RecordHours.with {
      $0.day = through
      $0.role = "assistants"
      $0.seconds = 3_600
    }
    return (LegalCommand(hours, .payroll), .periodClosed)
  }

  private func closing(
    _ area: PeriodArea, to: Day, _ change: (inout ClosePeriod) -> Void = { _ in }
  ) -> LegalCommand {
    let close = ClosePeriod.with {
      $0.area = area
      $0.closing = .soft
      $0.to = to
      $0.approver = legal.other
      change(&$0)
    }
    return LegalCommand(close, .accountant)
  }

  private func closedMidMonth(_ state: DeskState, _ now: Instant) -> Nearly? {
    let first = Moment(now).day.firstOfMonth
    return (closing(.tax, to: first), .outOfRange)
  }

  private func closedTwice(_ state: DeskState) -> Nearly? {
    for area in PeriodArea.all {
      guard let through = state.periods.closedThrough(legal.here, area) else { continue }
      return (closing(area, to: through), .invalidState)
    }
    return nil
  }

  private mutating func closedAlone(_ state: DeskState, _ now: Instant) -> Nearly? {
    let to = Moment(now).day.firstOfMonth.advanced(by: -1)
    let approver: StaffID? = legal.dice.chance(50) ? nil : legal.who
    return (closing(.logistics, to: to) { $0.approver = approver }, .needsSecondPerson)
  }

  /// Figures from before the last thing that changed them.
  private func outdatedFigures(_ state: DeskState, _ now: Instant) -> Nearly? {
    let to = Moment(now).day.firstOfMonth.advanced(by: -1)
    for area in PeriodArea.all {
      let last = state.periods.lastEvent(legal.here, area, through: to)
      guard last > Position(1) else { continue }
      let made = closing(area, to: to) {
        $0.totals.position = last.previous
        $0.totals.digest = Array(repeating: 7, count: 32)
      }
      return (made, .versionConflict)
    }
    return nil
  }

  private func closedTooSoon(_ state: DeskState, _ now: Instant) -> Nearly? {
    (closing(.tax, to: Moment(now).day.advanced(by: 2).lastOfMonth), .futureNotAllowed)
  }

  private func reopening(
    _ area: PeriodArea, _ change: (inout ReopenPeriod) -> Void
  ) -> LegalCommand {
    let reopen = ReopenPeriod.with {
      $0.area = area
      $0.reason = "something was forgotten"
      $0.approver = legal.other
      change(&$0)
    }
    return LegalCommand(reopen, .accountant)
  }

  private func reopenedForNoReason(_ state: DeskState) -> Nearly? {
    for area in PeriodArea.all where state.periods.lastClosed(legal.here, area) != nil {
      return (reopening(area) { $0.reason = "" }, .reasonRequired)
    }
    return nil
  }

  private func reopenedNothing(_ state: DeskState) -> Nearly? {
    for area in PeriodArea.all where state.periods.lastClosed(legal.here, area) == nil {
      return (reopening(area) { _ in }, .invalidState)
    }
    return nil
  }

  private func yearBeforeItsPeriods(_ state: DeskState, _ now: Instant) -> Nearly? {
    guard let end = try? Day(year: Moment(now).day.year, month: 12, day: 31),
      state.periods.closedThrough(legal.here, .accounting) ?? .min < end
    else { return nil }
    let close = CloseYear.with {
      $0.yearEnd = end
      $0.approver = legal.other
    }
    return (LegalCommand(close, .accountant), .invalidState)
  }

  // MARK: - Reversals

  private mutating func reversedTwice(_ state: DeskState) -> Nearly? {
    let gone = legal.recent.filter { state.corrections.isReversed($0.event.position) }
    guard let event = legal.one(of: gone) else { return nil }
    return (legal.reversal(of: event), .alreadyReversed)
  }

  private func reverse(_ position: Position, _ reason: String = "a mistake") -> LegalCommand {
    let reverse = ReverseEvent.with {
      $0.of = position
      $0.reason = reason
      $0.approver = legal.other
    }
    return LegalCommand(reverse, .accountant)
  }

  private func reversedNothing(_ state: DeskState) -> Nearly? {
    (reverse(Position(state.periods.lastPosition.number + 1)), .unknownReference)
  }

  private mutating func reversedForNoReason(_ state: DeskState) -> Nearly? {
    guard let event = legal.one(of: legal.recent) else { return nil }
    return (reverse(event.event.position, " "), .reasonRequired)
  }

  /// A charge that was paid, transferred, adjusted, claimed or invoiced.
  private mutating func reversedPaidCharge(_ state: DeskState) -> Nearly? {
    let kept = legal.recent.filter { undoable in
      guard undoable.event.stream.kind == ChargeKind.streamKind, undoable.event.version == 1 else {
        return false
      }
      let charge = state.billing.charges[ChargeID(undoable.event.stream.number)]
      return charge.map { !$0.isReversed && $0.clinic == undoable.clinic && $0.dependents > 0 }
        == true
    }
    // What its own action led to goes along, and holds nothing.
    let paid = kept.filter { undoable in
      let charge = state.billing.charges[ChargeID(undoable.event.stream.number)]
      return charge.map { $0.shares.contains { $0.paid > 0 } } == true
    }
    guard let event = legal.one(of: paid) else { return nil }
    return (legal.reversal(of: event), .hasDependents)
  }

  /// The first event defined a clinic.
  private func reversedClinic() -> Nearly? {
    var made = reverse(Position(1))
    made.clinic = LegalClinic.north
    return (made, .notReversible)
  }
}
