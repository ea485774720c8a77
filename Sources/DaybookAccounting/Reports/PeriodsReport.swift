import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// Every period and year that was closed, as known at S: how it stands, what was stated of it, by
  /// whom, and who has opened it again and why.
  ///
  /// Of a range, or up to a day, those of which a day is asked for: the first that was closed has all days
  /// before it. Of a clinic only its own. A note says from when on each area is open, whatever is asked.
  public static func periods(_ view: Snapshot<AccountingModel>, _ query: AccountingQuery) -> Report
  {
    let scope = Scope(view, query)
    let model = scope.model
    var report = scope.report(
      "periods", "Closed periods",
      [
        Column("clinic", .identifier), Column("area", .text), Column("kind", .text),
        Column("from", .day), Column("to", .day), Column("state", .text),
        Column("debits", .amount), Column("position", .position), Column("closedAt", .instant),
        Column("by", .identifier), Column("approver", .identifier),
        Column("reopened", .position), Column("reopenedBy", .identifier), Column("reason", .text),
        Column("digest", .text),
      ])
    let known = model.periods.list(through: scope.position)
      .filter { query.clinic ?? $0.row.clinic == $0.row.clinic }
    let asked = known.filter { query.asks(for: $0.row) }
    for period in asked {
      let row = period.row
      let isYear = row.isOfAYear
      let amount = Amount(minorUnits: row.figure, model.currency(ofClinic: row.clinic))
      let from: Cell = row.from == .min ? .empty : .day(Day(daysSince1970: row.from))
      let (figure, digest): (Cell, Cell) =
        row.states ? (.amount(amount), .text("\(row.digest)")) : (.empty, .empty)
      var opened: [Cell] = [.empty, .empty, .empty]
      if let by = period.reopened {
        opened = [.position(by.position), .identifier(by.actorName), .text(by.reason)]
      }
      report.append(
        [
          .identifier(ClinicID(row.clinic)), .text("\(row.area)"),
          .text(isYear ? "year" : "period"), from, .day(Day(daysSince1970: row.to)),
          .text(period.state), figure, .position(row.position),
          .instant(model.recordedInstant(at: row.position)), .identifier(row.actorName),
          .identifier(StaffID(row.approver)),
        ] + opened + [digest])
    }
    report.notes = openDays(known)
    report.footer = scope.footer(entries: asked.count, debits: CurrencySum())
    return report
  }

  /// From when on each area of each clinic is open, of those of which a period was closed.
  private static func openDays(_ periods: [KnownPeriod]) -> [String] {
    var notes: [String] = []
    for clinic in Set(periods.map(\.row.clinic)).sorted() {
      for area in PeriodArea.all {
        let own = periods.filter {
          $0.row.clinic == clinic && $0.row.area == area && !$0.row.isOfAYear
        }
        if own.isEmpty { continue }
        let through = own.filter { $0.reopened == nil || $0.isHard }.map(\.row.to).max()
        let from = through.map { "from \(Day(daysSince1970: $0).advanced(by: 1)) on" }
        notes.append("\(area) of \(ClinicID(clinic)) is open \(from ?? "on every day").")
      }
    }
    return notes
  }
}

extension AccountingQuery {
  /// Whether a day of the period is among those asked for; all are where none is named.
  fileprivate func asks(for row: PeriodRow) -> Bool {
    let last = (to ?? on)?.daysSince1970 ?? .max
    return row.from <= last && row.to >= from?.daysSince1970 ?? .min
  }
}

extension KnownPeriod {
  /// How it stands, in words.
  var state: String {
    if reopened != nil { return "open again" }
    return isHard ? "closed for good" : "closed"
  }
}

extension PeriodRow {
  /// Who acted: `D3`, `system`, `import:synthea`.
  var actorName: String {
    if let staff = actor.staffNumber { return "\(StaffID(staff))" }
    guard let importer = actor.importerNumber else { return "system" }
    return "import:" + (Importer(rawValue: importer)?.name ?? "\(importer)")
  }
}
