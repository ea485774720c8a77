import DaybookClinicEvents
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
  /// - Parameter form: What they are summed up by, and the only values of those: dimensions of
  ///   `GroupedReport.unbilled`.
  /// - Throws: `.overflow` where the values of one treatment do not fit.
  /// - Complexity: O(treatments).
  public static func unbilled(
    _ earnings: Snapshot<EarningsModel>, _ view: Snapshot<AccountingModel>,
    _ query: AccountingQuery,
    form: RowForm = RowForm()
  ) throws(ValueError) -> Report {
    let scope = Scope(view, query)
    let report = scope.report(
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
    var rows = GroupedRows(report, form, sums: ["value"], figure: "value", scope)
    for line in open.sorted(by: { order($0.row) < order($1.row) }) {
      let cells = try scope.cells(line.row)
      if rows.append({ scope.key($0, line.row) }, cells) { listed += 1 }
    }
    var finished = rows.finished()
    finished.footer = scope.footer(entries: listed, debits: CurrencySum())
    return finished
  }

  private static func order(_ row: TreatmentRow) -> (Int32, LineKey) {
    (row.occasion.day, row.line)
  }
}

/// A line of an encounter: how often it was performed and charged, less what was undone.
private struct Treated {
  var row: TreatmentRow
  var performed: Int64 = 0
  var charged: Int64 = 0
}

extension Scope {
  fileprivate func key(_ dimension: ReportDimension, _ row: TreatmentRow) -> GroupKey {
    switch dimension {
    case .practitioner: GroupKey(row.practitioner)
    case .service: GroupKey(row.service)
    case .party: GroupKey(patient(row)?.rawValue ?? 0)
    case .clinic: GroupKey(row.occasion.clinic)
    case .month: GroupKey(monthOf: row.occasion.day)
    case .age: GroupKey(AgeBucket(daysSinceDue: Int(through) - Int(row.occasion.day)))
    default: .none
    }
  }

  private func patient(_ row: TreatmentRow) -> PartyKey? {
    PartyKey(PatientID(row.patient)).map {
      PartyKey(rawValue: model.current($0.rawValue, at: position))
    }
  }

  fileprivate func cells(_ row: TreatmentRow) throws(ValueError) -> [Cell] {
    let currency = currency(row.occasion)
    let value = try Amount(minorUnits: row.list, currency)
      .subtracting(Amount(minorUnits: row.discount, currency))
    let staff = StaffID(row.practitioner)
    let service = model.serviceRegistry.find(row.service, at: position)?.facts
    return [
      .identifier(EncounterID(row.line.encounter)), .count(Int64(row.line.line)),
      .day(Day(daysSince1970: row.occasion.day)),
    ] + cells(patient(row) ?? .none) + [
      .identifier(staff), .text(model.reference(staff.stream, at: position)),
      .identifier(ServiceID(row.service)), .text(service?.name), .amount(value),
      .count(Int64(through) - Int64(row.occasion.day)),
    ]
  }
}
