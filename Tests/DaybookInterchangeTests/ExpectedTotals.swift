import Daybook
import DaybookInterchange
import Foundation

/// expected-totals.json of an export, flat: `charges_by_month/2020-01` is a number or a list of texts.
struct ExpectedTotals {
  private(set) var values: [String: String] = [:]

  init(_ path: String) throws {
    let bytes = try LiveFileSystem().bytes(of: path, atMost: 1 << 24)
    flatten(try JSONSerialization.jsonObject(with: Data(bytes)), "")
  }

  private mutating func flatten(_ value: Any, _ path: String) {
    switch value {
    case let members as [String: Any]:
      for (name, member) in members {
        flatten(member, path.isEmpty ? name : "\(path)/\(name)")
      }
    case let list as [String]: values[path] = list.sorted().joined(separator: " ")
    case let number as NSNumber: values[path] = number.stringValue
    default: values[path] = "\(value)"
    }
  }

  /// The values under one of `keys`.
  func part(_ keys: [String]) -> [String: String] {
    values.filter { entry in
      keys.contains { entry.key == $0 || entry.key.hasPrefix($0 + "/") }
    }
  }
}

/// What a book and the report of its import say, under the names of expected-totals.json.
struct FoundTotals {
  private(set) var values: [String: String] = [:]

  mutating func set(_ path: String, _ value: Int64) { values[path] = String(value) }

  private mutating func set(_ path: String, _ members: [String: Int64]) {
    for (name, value) in members { set("\(path)/\(name)", value) }
  }

  init(_ book: ImportedBook, _ report: ImportReport, asOf days: [String]) async throws {
    let rows = Dictionary(
      uniqueKeysWithValues: report.files.map { ($0.name, Int64($0.rowsRead)) })
    for (key, file) in [
      ("patients", "patients"), ("encounters", "encounters"), ("claims", "claims"),
      ("transactions", "claims_transactions"), ("payers", "payers"),
      ("providers_file", "providers"), ("organizations_file", "organizations"),
    ] { set(key, rows[file + ".csv"] ?? -1) }
    let events = try await book.office.snapshot(of: EventTotals.self).model
    addEvents(events)
    let view = try await book.office.snapshot(of: AccountingModel.self)
    addBooks(view, events)
    for day in days { try addDay(view, day) }
    try addStaff(try await book.office.snapshot(of: HumanResourcesModel.self))
    try addStock(try await book.office.snapshot(of: LogisticsModel.self))
  }

  private mutating func addEvents(_ events: EventTotals) {
    set("charge_lines", events.counts["charges"] ?? 0)
    set("zero_amount_charge_lines", events.counts["zero charges"] ?? 0)
    set("encounters_by_month", events.sums["encounters by month"] ?? [:])
    set("encounters_by_organization", events.sums["encounters by organization"] ?? [:])
    set("transfers_to", events.sums["transfers to"] ?? [:])
    set("payments_by_payer", events.sums["payments by payer"] ?? [:])
    let byPatient = events.sums["paid by patient"] ?? [:]
    let byPayer = events.sums["paid by payer"] ?? [:]
    set("payments_by_patient_total_cents", byPatient.values.reduce(0, +))
    set("payments_by_payer_total_cents", byPayer.values.reduce(0, +))
    set("open_debit_lines", Int64(events.charges.values.count { $0.owed > 0 }))
    let charges = events.sums["charges by patient"] ?? [:]
    for (stream, patient) in events.references where stream.kind == .patient {
      let charged = charges[patient] ?? 0
      let (own, others) = (byPatient[patient] ?? 0, byPayer[patient] ?? 0)
      set("per_patient/\(patient)/charges", charged)
      set("per_patient/\(patient)/paid_by_patient", own)
      set("per_patient/\(patient)/paid_by_payer", others)
      set("per_patient/\(patient)/balance", charged - own - others)
    }
  }

  private mutating func addBooks(_ view: Snapshot<AccountingModel>, _ events: EventTotals) {
    let query = AccountingQuery()
    let receivables = AccountingReports.receivables(view, query)
    for row in receivables.named {
      guard let kind = row["kind"]?.words, let reference = row["ref"]?.words else { continue }
      if let total = row["total"]?.number, total != 0 {
        set("receivable_by_party_nonzero/\(kind):\(reference)", total)
      }
      if let credit = row["credit"]?.number, credit != 0 {
        set("receivable_by_party_nonzero/\(kind)-credit:\(reference)", -credit)
      }
    }
    let open = receivables.namedTotals["total"]?.number ?? 0
    let credit = receivables.namedTotals["credit"]?.number ?? 0
    set("balance_total_cents", open - credit)
    set("open_debit_cents", open)
    set("overpaid_credit_cents", credit)
    let byMonth = AccountingReports.revenue(by: .month, view, query)
    set("charges_total_cents", byMonth.namedTotals["net"]?.number ?? 0)
    set("payments_total_cents", byMonth.namedTotals["received"]?.number ?? 0)
    for row in byMonth.named {
      guard case .month(let month) = row["month"] else { continue }
      let (units, received) = (row["units"]?.number ?? 0, row["received"]?.number ?? 0)
      if units > 0 { set("charges_by_month/\(month)", row["net"]?.number ?? 0) }
      if received > 0 { set("payments_by_month/\(month)", received) }
    }
    for (key, dimension, column) in [
      ("charges_by_provider", RevenueDimension.practitioner, "ref"),
      ("charges_by_organization", .clinic, "ref"), ("charges_by_procedure", .service, "code"),
    ] {
      for row in AccountingReports.revenue(by: dimension, view, query).named
      where (row["units"]?.number ?? 0) > 0 {
        set("\(key)/\(row[column]?.words ?? "")", row["net"]?.number ?? 0)
      }
    }
  }

  /// The sums through the day before `day`.
  private mutating func addDay(_ view: Snapshot<AccountingModel>, _ day: String) throws {
    let query = AccountingQuery(on: try Day(parsing: day).adding(days: -1))
    let rows = AccountingReports.trialBalance(view, query).named
    func sum(_ codes: [String], _ side: String) -> Int64 {
      rows.filter { codes.contains($0["account"]?.words ?? "") }
        .reduce(0) { $0 + ($1[side]?.number ?? 0) }
    }
    set("as_of/\(day)/charges", sum(["4000"], "credit"))
    set("as_of/\(day)/payments", sum(["1020", "1100", "1150"], "debit"))
    values["as_of/\(day)/rule"] = "FROMDATE < date"
  }

  private mutating func addStaff(_ staff: Snapshot<HumanResourcesModel>) throws {
    let report = try StaffUtilisationReport.report(
      from: staff.model, asOf: staff.asOf, StaffQuery())
    for row in report.named where (row["encounters"]?.number ?? 0) > 0 {
      let reference = row["ref"]?.words ?? ""
      set("encounters_by_provider/\(reference)", row["encounters"]?.number ?? 0)
      set("encounter_seconds_by_provider/\(reference)", row["attended"]?.number ?? 0)
    }
  }

  private mutating func addStock(_ stock: Snapshot<LogisticsModel>) throws {
    var codes: [String: Int64] = [:]
    var months: [String: Int64] = [:]
    let moved = try StockMovementsReport.report(
      from: stock.model, asOf: stock.asOf, StockQuery())
    for row in moved.named where row["purpose"]?.words == "treatment" {
      guard row["lot"]?.words == "", case .day(let day) = row["date"] else { continue }
      let quantity = ((row["out"]?.number ?? 0) + (row["short"]?.number ?? 0)) / 1_000
      codes[row["code"]?.words ?? "", default: 0] += quantity
      months["\(day.monthOf)", default: 0] += quantity
    }
    set("supplies_quantity_by_code", codes)
    set("supplies_quantity_by_month", months)
    var lots: [String: Set<String>] = [:]
    let traced = try StockRecallReport.report(from: stock.model, asOf: stock.asOf, StockQuery())
    for row in traced.named where row["kind"]?.words == "patient" {
      var expiry = ""
      if case .day(let day) = row["expiry"] {
        expiry = String("\(day)".split(separator: "-").joined().dropFirst(2))
      }
      lots["\(row["lot"]?.words ?? "")|exp\(expiry)", default: []]
        .insert(row["patientRef"]?.words ?? "")
    }
    for (lot, patients) in lots {
      values["device_lot_to_patients/\(lot)"] = patients.sorted().joined(separator: " ")
    }
  }
}
