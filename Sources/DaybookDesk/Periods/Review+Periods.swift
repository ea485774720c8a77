import DaybookClinicEvents
import DaybookEvents
import DaybookValues

extension Review {
  /// The figures of a department are there, are this book's, and nothing that may have changed them
  /// stands after them.
  mutating func requireCurrent(
    _ totals: Statement, _ area: PeriodArea, through day: Day, _ state: DeskState,
    _ field: String
  ) {
    if totals.position == .start || totals.digest.count != 32 {
      refuse(DeskRefusal.missing("what the department has added up"), field)
      return
    }
    if totals.position > state.periods.lastPosition {
      refuse(PeriodRefusal.notYetKnown(totals.position), field)
      return
    }
    // What is added up may be any amount.
    let figure = minorUnits(totals.figure, field, in: self.clinic?.currency ?? .unspecified)
    requireAgreement(totals, figure ?? 0, field)
    let clinic = ClinicID(context.clinic)
    let last = state.periods.lastEvent(clinic, area, through: day)
    if last > totals.position { refuse(PeriodRefusal.outdated(area, at: last), field) }
  }

  /// Where a statement names accounts, their debits are its figure, and their credits are as much.
  private mutating func requireAgreement(
    _ totals: Statement, _ figure: Int64, _ field: String
  ) {
    if totals.accounts.isEmpty { return }
    var (debit, credit): ([Int64], [Int64]) = ([], [])
    for account in totals.accounts {
      for side in [account.debit, account.credit] where side.isNegative {
        refuse(DeskRefusal.negative(side), field)
      }
      debit.append(account.debit.minorUnits)
      credit.append(account.credit.minorUnits)
    }
    let (debits, credits) = (sum(debit, field), sum(credit, field))
    if debits != figure || credits != figure {
      refuse(
        PeriodRefusal.notItsAccounts(
          figure: amount(figure), debits: amount(debits), credits: amount(credits)), field)
    }
  }

  /// A second person approves, who holds a role that allows it; where nobody else does, one suffices.
  ///
  /// History is done, and needs none.
  mutating func requireApproval(
    _ approver: StaffID?, _ state: DeskState, _ field: String
  ) {
    let administration = state.administration
    if let approver { requireKnown(approver, in: administration.staff, field) }
    guard !isImport else { return }
    let clinic = ClinicID(context.clinic)
    let roles = allowed.contains(.admin) ? allowed : allowed + [.admin]
    let actor = context.actor.staffNumber.map { StaffID($0) }
    guard let approver else {
      if administration.othersHold(roles, than: actor, at: clinic) {
        refuse(PeriodRefusal.secondPerson, field)
      }
      return
    }
    if approver == actor {
      refuse(PeriodRefusal.secondPerson, field)
    } else if !roles.contains(where: { administration.holds($0, approver, at: clinic) }) {
      refuse(PeriodRefusal.approver(approver), field)
    }
  }

  /// The roles that close and open the periods of an area.
  static func roles(closing area: PeriodArea) -> [ClinicRole] {
    switch area {
    case .humanResources: [.payroll, .accountant, .admin]
    case .logistics: [.buyer, .accountant, .admin]
    case .unspecified, .accounting, .tax: [.accountant, .admin]
    }
  }
}

extension Statement {
  /// The same in the clinic's own currency, which is not named.
  var plain: Statement {
    var plain = self
    plain.figure = Amount(minorUnits: figure.minorUnits)
    for index in plain.accounts.indices {
      plain.accounts[index].debit = Amount(minorUnits: accounts[index].debit.minorUnits)
      plain.accounts[index].credit = Amount(minorUnits: accounts[index].credit.minorUnits)
    }
    return plain
  }
}

extension Decision {
  /// Appends an event of the pair of clinic and area to its stream, which begins with the first.
  ///
  /// Closed days are no obstacle: it is what closes and opens them.
  mutating func append<E: EventPayload>(
    _ event: E, _ clinic: ClinicID, _ area: PeriodArea, _ state: DeskState,
    effective: Moment? = nil
  ) throws(Refusal) {
    let known = state.periods.stream(clinic, area)
    let number = known.isNone ? nextNumber(PeriodKind.streamKind) : known.number
    try append(
      event, to: number, expecting: known.isNone ? .noStream : .any, effective: effective,
      areas: [])
  }
}

extension ClinicRecord {
  /// The first moment of `day` on the clinic's own clock.
  func beginning(of day: Day) -> Moment {
    let midnight = Int64(day.daysSince1970) * 86_400_000
    var found = moment(Instant(milliseconds: midnight))
    for _ in 0..<2 {
      let offset = Int64(found.offset.seconds) * 1000
      found = moment(Instant(milliseconds: midnight - offset))
    }
    // A clock that steps at midnight may have none: the day then begins an hour later.
    return found.day < day
      ? moment(Instant(milliseconds: found.instant.milliseconds + 3_600_000)) : found
  }

  /// The last second of `day` on the clinic's own clock.
  func end(of day: Day) -> Moment {
    let next = beginning(of: day.advanced(by: 1)).instant.milliseconds
    return moment(Instant(milliseconds: next - 1000))
  }
}
