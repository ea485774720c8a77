import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

extension DeciderSpec<DeskState> {
  /// What a department would have added up by now.
  private var totals: Statement {
    .with {
      $0.figure = cents(200_00)
      $0.position = history.lastPosition
      $0.digest = Array(0..<32)
    }
  }

  /// A period is to be closed with the figures of now; the admin approves.
  func closing(
    _ to: String, _ area: PeriodArea = .accounting,
    _ change: (inout ClosePeriod) -> Void = { _ in }
  ) -> ClosePeriod {
    .with {
      $0.area = area
      $0.to = Clinic.day(to)
      $0.totals = totals
      $0.approver = Clinic.admin
      change(&$0)
    }
  }

  func closingYear(
    _ end: String, _ change: (inout CloseYear) -> Void = { _ in }
  ) -> CloseYear {
    .with {
      $0.yearEnd = Clinic.day(end)
      $0.totals = totals
      $0.approver = Clinic.admin
      change(&$0)
    }
  }

  func whenClosed(
    _ to: String, _ area: PeriodArea = .accounting,
    _ change: (inout ClosePeriod) -> Void = { _ in }
  ) -> Self {
    when(closing(to, area, change))
  }

  func givenClosed(
    _ to: String, _ area: PeriodArea = .accounting,
    _ change: (inout ClosePeriod) -> Void = { _ in }
  ) -> Self {
    given(closing(to, area, change))
  }

  /// It happens on that day at nine, and is recorded on 2 March.
  func onDay(_ day: String) -> Self {
    at(Clinic.moment("\(day)T09:00:00Z"), recorded: Clinic.nine.instant)
  }
}

private func reopen(
  _ area: PeriodArea = .accounting, _ change: (inout ReopenPeriod) -> Void = { _ in }
) -> ReopenPeriod {
  .with {
    $0.area = area
    $0.reason = "an invoice came late"
    $0.approver = Clinic.admin
    change(&$0)
  }
}

@Suite struct `A period` {
  private let spec = Clinic.charged(100_00)

  @Test func `is closed for one area, with what was added up`() {
    let closed = spec.whenClosed("2026-02-28")
    closed.then(
      PeriodClosed.with {
        $0.clinic = Clinic.id
        $0.area = .accounting
        $0.closing = .soft
        $0.to = Clinic.day("2026-02-28")
        $0.totals = spec.closing("2026-02-28").totals
        $0.approver = Clinic.admin
      })
    #expect(closed.events.first?.stream == StreamID(.period, 1))
    let periods = closed.state.periods
    #expect(periods.closedThrough(Clinic.id, .accounting) == Clinic.day("2026-02-28"))
    #expect(periods.closedThrough(Clinic.id, .logistics) == nil)
    let logistics = closed.given(closed.closing("2026-01-31", .logistics)).events.first
    #expect(logistics?.stream == StreamID(.period, 2))
  }

  @Test func `follows the last one without a gap, and ends with its month`() {
    let closed = spec.givenClosed("2025-12-31")
    closed.whenClosed("2026-02-28")
      .thenRefused(PeriodRefusal.earlierOpen(.accounting, from: Clinic.day("2026-01-01")))
    closed.whenClosed("2025-11-30").thenRefused(.invalidState)
    closed.whenClosed("2026-01-30").thenRefused(.outOfRange)
    closed.whenClosed("2026-03-31").thenRefused(.futureNotAllowed, .invalidState)
    let next = closed.whenClosed("2026-01-31")
    next.thenEvents(PeriodClosed.self)
    let last = next.state.periods.lastClosed(Clinic.id, .accounting)
    #expect(last?.from == Clinic.day("2026-01-01") && last?.to == Clinic.day("2026-01-31"))
    // Another area goes its own way.
    closed.whenClosed("2026-02-28", .tax).thenEvents(PeriodClosed.self)
  }

  @Test func `wants an area, a way, figures of now, and a role`() {
    spec.whenClosed("2026-02-28") { $0.area = .unspecified }.thenRefused(.fieldRequired)
    spec.whenClosed("2026-02-28") { $0.closing = .unspecified }.thenRefused(.fieldRequired)
    spec.whenClosed("2026-02-28") { $0.totals.digest = [] }.thenRefused(.fieldRequired)
    spec.whenClosed("2026-02-28") { $0.totals.position = Position(9_999) }
      .thenRefused(.outOfRange)
    spec.whenClosed("2026-02-28") { $0.totals.figure = Amount(minorUnits: 1, .eur) }
      .thenRefused(.currencyMismatch)
    spec.whenClosed("2026-02-28") { $0.to = Day(daysSince1970: .max) }.thenRefused(.outOfRange)
    spec.atTheTill.whenClosed("2026-02-28").thenRefused(.notPermitted)
    spec.atTheTill.whenClosed("2026-02-28", .logistics).thenRefused(.notPermitted)
    spec.atTheStore.whenClosed("2026-02-28", .logistics).thenEvents(PeriodClosed.self)
    spec.at(clinic: 0).whenClosed("2026-02-28").thenRefused(.fieldRequired)
  }

  @Test func `is refused where something of it has happened since the figures were taken`() {
    let early = spec.closing("2026-02-28")
    let paid = spec.onDay("2026-02-10").atTheTill.given(pay(10_00)).onDay("2026-03-02").accounting
    paid.when(early).thenRefused(
      PeriodRefusal.outdated(.accounting, at: paid.history.lastPosition), field: "totals")
    paid.whenClosed("2026-02-28").thenEvents(PeriodClosed.self)
    // What happened behind its last day, or in another area, changes nothing of it.
    spec.atTheTill.given(pay(10_00)).accounting.when(early).thenEvents(PeriodClosed.self)
    let stocked = spec.onDay("2026-02-10").atTheStore.given(Clinic.defineGloves)
    stocked.onDay("2026-03-02").accounting.when(early).thenEvents(PeriodClosed.self)
  }

  @Test func `wants a second person, as long as there is one`() {
    spec.whenClosed("2026-02-28") { $0.approver = nil }
      .thenRefused(PeriodRefusal.secondPerson, field: "approver")
    spec.whenClosed("2026-02-28") { $0.approver = Clinic.accountant }
      .thenRefused(.needsSecondPerson)
    spec.whenClosed("2026-02-28") { $0.approver = Clinic.cashier }.thenRefused(.notPermitted)
    let alone = Clinic.begun.given(Clinic.hire("Ada")).given(Clinic.roles(Clinic.admin, [.admin]))
      .by(.staff(1), .admin).at(clinic: 1)
    alone.whenClosed("2026-02-28") { $0.approver = nil }.thenEvents(PeriodClosed.self)
  }

  @Test func `is opened again while it is the last and not closed for good`() {
    spec.when(reopen()).thenRefused(.invalidState)
    let closed = spec.givenClosed("2025-12-31").givenClosed("2026-01-31")
    closed.when(reopen { $0.reason = "" }).thenRefused(.reasonRequired)
    closed.when(reopen { $0.area = .unspecified }).thenRefused(.fieldRequired)
    closed.when(reopen { $0.approver = nil }).thenRefused(.needsSecondPerson)
    closed.when(reopen { $0.from = Clinic.day("2025-12-01") })
      .thenRefused(
        PeriodRefusal.notTheLast(.accounting, from: Clinic.day("2026-01-01")), field: "from")
    let open = closed.when(reopen { $0.from = Clinic.day("2026-01-01") })
    open.then(
      PeriodReopened.with {
        $0.clinic = Clinic.id
        $0.area = .accounting
        $0.from = Clinic.day("2026-01-01")
        $0.to = Clinic.day("2026-01-31")
        $0.reason = "an invoice came late"
        $0.approver = Clinic.admin
      })
    #expect(
      open.state.periods.closedThrough(Clinic.id, .accounting) == Clinic.day("2025-12-31"))
    // Closed for good, it stays, and so does what is before it.
    let hard = closed.given(closed.closing("2025-12-31") { $0.closing = .hard })
    hard.when(reopen()).thenEvents(PeriodReopened.self)
    hard.given(reopen()).when(reopen())
      .thenRefused(PeriodRefusal.closedForGood(.accounting, through: Clinic.day("2025-12-31")))
    hard.whenClosed("2025-12-31") { $0.closing = .hard }.thenRefused(.invalidState)
  }
}

@Suite struct `What was closed for good` {
  private let closed = Clinic.charged(100_00).givenClosed("2026-01-31")

  @Test func `stays closed where it is a part of what is opened again`() {
    let hard = closed.given(closed.closing("2025-12-31") { $0.closing = .hard })
    let open = hard.when(reopen())
    open.then(
      PeriodReopened.with {
        $0.clinic = Clinic.id
        $0.area = .accounting
        $0.from = Clinic.day("2026-01-01")
        $0.to = Clinic.day("2026-01-31")
        $0.reason = "an invoice came late"
        $0.approver = Clinic.admin
      })
    let january = hard.given(reopen())
    #expect(
      january.state.periods.closedThrough(Clinic.id, .accounting) == Clinic.day("2025-12-31"))
    january.onDay("2025-12-31").atTheTill.when(pay(10_00)).thenRefused(.periodClosed)
    january.onDay("2026-01-01").atTheTill.when(pay(10_00)).thenEvents(PaymentReceived.self)
    january.when(reopen())
      .thenRefused(PeriodRefusal.closedForGood(.accounting, through: Clinic.day("2025-12-31")))
    january.whenClosed("2025-12-31").thenRefused(.invalidState)
    january.whenClosed("2026-02-28")
      .thenRefused(PeriodRefusal.earlierOpen(.accounting, from: Clinic.day("2026-01-01")))
    let again = january.whenClosed("2026-01-31")
    again.thenEvents(PeriodClosed.self)
    #expect(
      again.state.periods.lastClosed(Clinic.id, .accounting)?.from == Clinic.day("2026-01-01"))
  }

  @Test func `states accounts that come to its figure`() {
    func stated(_ debit: Int64, _ credit: Int64) -> ClosePeriod {
      closed.closing("2026-02-28") {
        $0.totals.accounts = [
          StatedAccount("1200", debit: cents(debit), credit: cents(0)),
          StatedAccount("4000", debit: cents(0), credit: cents(credit)),
        ]
      }
    }
    closed.when(stated(200_00, 200_00)).thenEvents(PeriodClosed.self)
    for (debit, credit) in [(200_00, 199_99), (199_99, 200_00)] as [(Int64, Int64)] {
      closed.when(stated(debit, credit)).thenRefused(
        PeriodRefusal.notItsAccounts(
          figure: Amount(minorUnits: 200_00, .usd), debits: Amount(minorUnits: debit, .usd),
          credits: Amount(minorUnits: credit, .usd)), field: "totals")
    }
    closed.when(stated(.max, .max)).thenRefused(.unbalanced)
    closed.when(stated(-1, 200_00)).thenRefused(.amountNegative, .unbalanced)
  }
}

@Suite struct `A closed day` {
  @Test func `takes no event that feeds its area, also of history`() {
    let closed = Clinic.charged(100_00).givenClosed("2026-02-28").onDay("2026-02-28")
    closed.atTheTill.when(pay(10_00))
      .thenRefused(
        PeriodRefusal.closed(
          Clinic.day("2026-02-28"), .accounting, Clinic.id, through: Clinic.day("2026-02-28")),
        field: "effective")
    closed.importing.when(pay(10_00)).thenRefused(.periodClosed)
    closed.onDay("2026-03-01").atTheTill.when(pay(10_00)).thenEvents(PaymentReceived.self)
    // Of an item only stock is told.
    closed.atTheStore.when(Clinic.defineGloves).thenEvents(ItemDefined.self)
  }

  @Test func `begins no posting rule, whichever clinic has closed it`() {
    let closed = Clinic.charged(100_00).givenClosed("2026-02-28")
    func rule(_ from: String) -> SetPostingRule {
      .with {
        $0.eventType = "ChargePosted"
        $0.slots = [PostingSlot("discount", account: "4095")]
        $0.from = Clinic.day(from)
      }
    }
    for spec in [closed, closed.at(clinic: 0)] {
      spec.when(rule("2026-02-28"))
        .thenRefused(
          PeriodRefusal.closed(
            Clinic.day("2026-02-28"), .accounting, Clinic.id, through: Clinic.day("2026-02-28")),
          field: "effective")
      spec.when(rule("2026-03-01")).thenEvents(PostingRuleSet.self)
    }
  }

  @Test func `is told once, whatever the number of events`() {
    let closed = Clinic.seen().accounting
      .givenClosed("2026-02-28", .accounting).givenClosed("2026-02-28", .tax)
    let early = closed.onDay("2026-02-27").by(.staff(2), .practitioner)
    early.when(Clinic.treat(10_00)).thenRefused(.periodClosed, .periodClosed)
  }

  @Test func `of a clinic stops money that settles its charges elsewhere`() {
    let two = Clinic.charged(100_00).by(.staff(1), .admin)
      .at(clinic: 0).given(Clinic.defineClinic).at(clinic: 2)
    let there = two.given(
      SetRoles.with {
        $0.staff = Clinic.admin
        $0.clinic = ClinicID(2)
        $0.roles = [.admin, .cashier]
      })
    // The charge is of 2 March at the first clinic; paid on 5 April at the second.
    let april = there.at(Clinic.moment("2026-04-05T09:00:00Z"))
    let closed = april.at(clinic: 1).accounting.givenClosed("2026-03-31").at(clinic: 2)
    let payment = pay(100_00) { $0.settling = [Clinic.charge] }
    let paid = closed.by(.staff(1), .cashier).when(payment)
    paid.thenEvents(PaymentReceived.self)
    #expect(paid.events.first?.otherClinics == [1])
    closed.at(Clinic.moment("2026-03-05T09:00:00Z"), recorded: april.context.recorded)
      .by(.staff(1), .cashier).when(payment)
      .thenRefused(
        PeriodRefusal.closed(
          Clinic.day("2026-03-05"), .accounting, Clinic.id, through: Clinic.day("2026-03-31")))
  }

  @Test func `moves a reversal to the first open day, and both dates are kept`() throws {
    let charged = Clinic.seen().by(.staff(2), .practitioner).onDay("2026-03-02")
      .given(Clinic.treat(100_00))
    let april = charged.at(Clinic.moment("2026-04-05T09:00:00Z")).accounting
    // Tax is closed longer than the books: the day is the first that is open for both.
    let closed = april.givenClosed("2026-02-28").givenClosed("2026-03-31", .tax)
    let moved = closed.whenReversed(TreatmentPerformed.self)
    #expect(moved.undone == ["ChargePosted", "TreatmentPerformed"])
    for event in moved.events {
      #expect(event.effective == Clinic.moment("2026-04-01T00:00:00Z"))
      let reversed = try event.decoded(as: Reversed.self)
      #expect(reversed.originalEffective == Clinic.nine)
    }
    april.whenReversed(ChargePosted.self).thenEvents(Reversed.self)
    let none = april.at(Clinic.moment("2026-03-31T20:00:00Z")).givenClosed("2026-03-31")
    none.whenReversed(ChargePosted.self)
      .thenRefused(PeriodRefusal.noOpenDay(through: Clinic.day("2026-03-31")))
  }
}

@Suite struct `A year` {
  private let closed = Clinic.charged(100_00).givenClosed("2025-12-31")

  @Test func `is closed at the end of its last day, when all its periods are`() {
    let year = closed.when(closed.closingYear("2025-12-31"))
    year.then(
      YearClosed.with {
        $0.clinic = Clinic.id
        $0.yearEnd = Clinic.day("2025-12-31")
        $0.totals = closed.closingYear("2025-12-31").totals
        $0.approver = Clinic.admin
      })
    #expect(year.events.first?.effective == Clinic.moment("2025-12-31T23:59:59Z"))
    #expect(year.events.first?.stream == StreamID(.period, 1))
    #expect(year.state.periods.lastYear(Clinic.id)?.end == Clinic.day("2025-12-31"))
  }

  @Test func `is refused where it is none, is open, or was closed`() {
    closed.when(closed.closingYear("2025-06-30")).thenRefused(.outOfRange)
    closed.when(closed.closingYear("2025-12-31") { $0.yearEnd = Day(daysSince1970: .max) })
      .thenRefused(.outOfRange)
    let open = Clinic.charged(100_00)
    open.when(open.closingYear("2025-12-31"))
      .thenRefused(PeriodRefusal.periodsOpen(through: nil), field: "yearEnd")
    closed.when(closed.closingYear("2025-12-31") { $0.totals = Statement() })
      .thenRefused(.fieldRequired)
    closed.when(closed.closingYear("2025-12-31") { $0.approver = nil })
      .thenRefused(.needsSecondPerson)
    closed.atTheTill.when(closed.closingYear("2025-12-31")).thenRefused(.notPermitted)
    let year = closed.given(closed.closingYear("2025-12-31"))
    year.when(year.closingYear("2025-12-31"))
      .thenRefused(PeriodRefusal.yearClosed(through: Clinic.day("2025-12-31")))
    // What was added up before the year was closed is not what stands now.
    let old = closed.closingYear("2025-12-31")
    year.given(reopen()).givenClosed("2025-12-31").when(old).thenRefused(.versionConflict)
  }

  @Test func `is left out by none that follows`() {
    let later = closed.at(Clinic.moment("2028-01-05T09:00:00Z")).accounting
    var spec = later.given(later.closingYear("2025-12-31"))
    for month in Month(monthsSince1970: 672)...Month(monthsSince1970: 695) {
      spec = spec.given(spec.closing("\(month.lastDay)"))
    }
    spec.when(spec.closingYear("2027-12-31"))
      .thenRefused(PeriodRefusal.earlierYearOpen(Clinic.day("2026-12-31")))
    spec.when(spec.closingYear("2026-12-31")).thenEvents(YearClosed.self)
  }

  @Test func `is undone first where a month of it is opened again`() throws {
    let year = closed.given(closed.closingYear("2025-12-31"))
    year.whenReversed(YearClosed.self).thenRefused(.notReversible)
    let open = year.when(reopen())
    open.thenEvents(Reversed.self, PeriodReopened.self)
    let reversed = try open.events[0].decoded(as: Reversed.self)
    #expect(reversed.of == year.last(YearClosed.self))
    #expect(open.events[0].effective == Clinic.moment("2025-12-31T23:59:59Z"))
    #expect(open.state.periods.lastYear(Clinic.id) == nil)
    // The first period takes everything before it along: with it the year is open again.
    let long = Clinic.charged(100_00).givenClosed("2026-01-31")
    let longer = long.given(long.closingYear("2024-12-31"))
    let both = longer.given(longer.closingYear("2025-12-31"))
    let opened = both.when(reopen())
    opened.thenEvents(Reversed.self, Reversed.self, PeriodReopened.self)
    #expect(try opened.events[0].decoded(as: Reversed.self).of == both.last(YearClosed.self))
    #expect(opened.state.periods.lastYear(Clinic.id) == nil)
    // Not where the year is closed for good.
    let hard = both.given(both.closing("2025-12-31") { $0.closing = .hard })
    hard.when(reopen()).thenEvents(PeriodReopened.self)
    let again = open.givenClosed("2025-12-31")
    again.when(again.closingYear("2025-12-31")).thenEvents(YearClosed.self)
  }
}
