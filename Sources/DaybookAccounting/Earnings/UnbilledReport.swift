public import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
public import DaybookValues

extension AccountingReports {
  /// Treatments for which nothing is charged on D as known at S, not even zero; with `from`, those
  /// performed from that day on.
  ///
  /// The value is what the treatment says of price and discount; the age is counted in days to D.
  ///
  /// - Throws: `.overflow` where the values of one treatment do not fit.
  /// - Complexity: O(treatments).
  public static func unbilled(
    _ earnings: Snapshot<EarningsModel>, _ view: Snapshot<AccountingModel>,
    _ query: AccountingQuery,
    filter: CareFilter = CareFilter()
  ) throws(ValueError) -> Report {
    let scope = Scope(view, query)
    var report = scope.report(
      "unbilled", "Treatments not charged",
      [
        Column("encounter", .identifier), Column("line", .count), Column("date", .day),
        Column("patient", .identifier), Column("ref", .text),
        Column("practitioner", .identifier), Column("practitionerRef", .text),
        Column("service", .identifier), Column("name", .text), Column("value", .amount),
        Column("age", .count),
      ])
    var (table, lines) = (LineTable(), [Treated]())
    scope.forEach(earnings.model.treatments) { row in
      guard filter.takes(row) else { return }
      let place = table.place(row.line)
      if place == lines.count { lines.append(Treated(row: row)) }
      if row.units >= 0 { lines[place].row = row }
      lines[place].performed += row.units < 0 ? -1 : 1
    }
    scope.forEach(earnings.model.billings) { row in
      if let place = table[row.line] { lines[place].charged += row.count }
    }
    var listed = 0
    let open = lines.filter {
      $0.performed > 0 && $0.charged <= 0 && $0.row.occasion.day >= scope.from
    }
    for line in open.sorted(by: { order($0.row) < order($1.row) }) {
      report.append(try scope.cells(line.row))
      listed += 1
    }
    report.total("value")
    report.footer = scope.footer(entries: listed, debits: CurrencySum())
    return report
  }

  private static func order(_ row: TreatmentRow) -> (Int32, LineKey) {
    (row.occasion.day, row.line)
  }
}

/// Which treatments are asked for: all terms hold at once.
public struct CareFilter: Hashable, Sendable {
  /// Who did it; nil for everybody.
  public var practitioner: StaffID?
  /// What was done; nil for everything.
  public var service: ServiceID?
  /// To whom; nil for everybody.
  public var patient: PatientID?

  /// Asks for all.
  public init() {}

  fileprivate func takes(_ row: TreatmentRow) -> Bool {
    practitioner?.number ?? row.practitioner == row.practitioner
      && service?.number ?? row.service == row.service
      && patient?.number ?? row.patient == row.patient
  }
}

/// A line of an encounter: how often it was performed and charged, less what was undone.
private struct Treated {
  var row: TreatmentRow
  var performed: Int64 = 0
  var charged: Int64 = 0
}

extension Scope {
  fileprivate func cells(_ row: TreatmentRow) throws(ValueError) -> [Cell] {
    let currency = currency(row.occasion)
    let value = try Amount(minorUnits: row.list, currency)
      .subtracting(Amount(minorUnits: row.discount, currency))
    let patient = PartyKey(PatientID(row.patient)).map {
      PartyKey(rawValue: model.current($0.rawValue, at: position))
    }
    let staff = StaffID(row.practitioner)
    let service = model.serviceRegistry.find(row.service, at: position)?.facts
    return [
      .identifier(EncounterID(row.line.encounter)), .count(Int64(row.line.line)),
      .day(Day(daysSince1970: row.occasion.day)),
    ] + cells(patient ?? .none) + [
      .identifier(staff), .text(model.reference(staff.stream, at: position)),
      .identifier(ServiceID(row.service)), .text(service?.name), .amount(value),
      .count(Int64(through) - Int64(row.occasion.day)),
    ]
  }
}
