import DaybookAccounting
public import DaybookClinicEvents
public import DaybookDesk
public import DaybookEngine
import DaybookEvents
public import DaybookHumanResources
import DaybookLogistics
public import DaybookValues

extension BackOffice {
  /// How often figures are taken again, when others go on recording in days that are being closed.
  private static let triesMax = 8

  /// Closes a period with the figures that its department adds up.
  ///
  /// The command's `totals` are filled in; where an event that changes them comes between, they are
  /// added up again.
  ///
  /// - Throws: as `perform`.
  public func close(_ period: ClosePeriod, _ envelope: Envelope) async throws -> ActionReceipt {
    try await performCurrent(envelope) { (office: isolated BackOffice) in
      var period = period
      period.totals = try office.totals(
        of: period.area, clinic: envelope.clinic, through: period.to)
      return period
    }
  }

  /// Closes a year with the trial balance that it rests on.
  ///
  /// - Throws: as `perform`.
  public func close(_ year: CloseYear, _ envelope: Envelope) async throws -> ActionReceipt {
    try await performCurrent(envelope) { (office: isolated BackOffice) in
      var year = year
      year.totals = try office.totals(
        of: .accounting, clinic: envelope.clinic, through: year.yearEnd)
      return year
    }
  }

  /// A payroll run of a clinic as it follows from all that is synced: what `ApprovePayroll` is given.
  ///
  /// - Throws: as `snapshot`, and where somebody's pay does not fit an amount.
  public func payrollDraft(of clinic: ClinicID, from: Day, to: Day) throws -> PayrollDraft {
    let staff = try snapshot(of: HumanResourcesModel.self)
    let draft = try staff.model.payrollDraft(of: clinic, from: from, to: to, knownAt: staff.asOf)
    try staff.check()
    return draft
  }

  private func performCurrent<C: Command>(
    _ envelope: Envelope, _ fill: (isolated BackOffice) throws -> C
  ) async throws -> ActionReceipt {
    var triesLeft = Self.triesMax
    while true {
      try await settle()
      let command = try fill(self)
      do {
        return try await perform(command, envelope)
      } catch let refusal as Refusal {
        triesLeft -= 1
        let isOutdated = refusal.violations.contains { $0.code == .versionConflict }
        guard isOutdated, triesLeft > 0 else { throw refusal }
      }
    }
  }

  /// What the department of an area has added up at a clinic through `day`, by all that is synced.
  ///
  /// - Throws: as `snapshot`, and where a page of it could not be read.
  public func totals(
    of area: PeriodArea, clinic: UInt64, through day: Day
  ) throws -> Statement {
    switch area {
    case .unspecified: return Statement()
    case .accounting, .tax:
      let books = try snapshot(of: AccountingModel.self)
      let totals = books.model.totals(ofClinic: clinic, through: day, at: books.asOf)
      try books.check()
      return totals
    case .humanResources:
      let staff = try snapshot(of: HumanResourcesModel.self)
      let totals = staff.model.totals(ofClinic: clinic, through: day, at: staff.asOf)
      try staff.check()
      return totals
    case .logistics:
      let stock = try snapshot(of: LogisticsModel.self)
      let totals = stock.model.totals(ofClinic: clinic, through: day, at: stock.asOf)
      try stock.check()
      return totals
    }
  }
}

extension ActionReceipt {
  /// Whether the action closed a period or a year, now and not when it was first carried out.
  var closesPeriod: Bool {
    !isRepeat
      && events.contains { Self.closes($0, PeriodClosed.tag) || Self.closes($0, YearClosed.tag) }
  }

  private static func closes(_ event: Appended, _ tag: AccountingTag) -> Bool {
    event.family == AccountingTag.family && event.tag == tag.rawValue
  }
}
