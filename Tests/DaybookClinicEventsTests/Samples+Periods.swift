import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

extension Samples {
  private static func totals(_ figure: Amount) -> Statement {
    .with {
      $0.figure = figure
      $0.position = Position(81_377)
      $0.digest = Array(0..<32)
      $0.accounts = [
        StatedAccount("1200", debit: figure, credit: Amount(minorUnits: 0, figure.currency)),
        StatedAccount("4000", debit: Amount(minorUnits: 0, figure.currency), credit: figure),
      ]
    }
  }

  static func periods() throws -> [EventSample] {
    [
      try EventSample(
        full: PeriodClosed.with { (closed) throws(ValueError) in
          closed.clinic = ClinicID(1)
          closed.area = .accounting
          closed.closing = .hard
          closed.from = try Day(parsing: "2026-02-01")
          closed.to = try Day(parsing: "2026-02-28")
          closed.totals = totals(dollars(1_092_402_73))
          closed.approver = StaffID(1)
        },
        minimal: PeriodClosed.with { (closed) throws(ValueError) in
          closed.clinic = ClinicID(1)
          closed.area = .tax
          closed.closing = .soft
          closed.to = try Day(parsing: "2026-02-28")
          closed.totals.figure = euros(0)
          closed.totals.position = Position(81_377)
        }),
      try EventSample(
        full: PeriodReopened.with { (reopened) throws(ValueError) in
          reopened.clinic = ClinicID(1)
          reopened.area = .logistics
          reopened.from = try Day(parsing: "2026-02-01")
          reopened.to = try Day(parsing: "2026-02-28")
          reopened.reason = "an invoice came late"
          reopened.approver = StaffID(1)
        },
        minimal: PeriodReopened.with { (reopened) throws(ValueError) in
          reopened.clinic = ClinicID(1)
          reopened.area = .humanResources
          reopened.to = try Day(parsing: "2026-02-28")
          reopened.reason = "late"
        }),
      try EventSample(
        full: YearClosed.with { (closed) throws(ValueError) in
          closed.clinic = ClinicID(1)
          closed.yearEnd = try Day(parsing: "2026-12-31")
          closed.totals = totals(dollars(1_092_402_73))
          closed.approver = StaffID(1)
        },
        minimal: YearClosed.with { (closed) throws(ValueError) in
          closed.clinic = ClinicID(1)
          closed.yearEnd = try Day(parsing: "2026-12-31")
          closed.totals.figure = euros(0)
          closed.totals.position = Position(81_377)
        }),
    ]
  }
}
