import DaybookAccounting
import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `The fee statement` {
  private let names = [
    "opening", "charged", "discount", "adjusted", "paid", "payerPaid", "refunded", "open",
    "payerOpen",
  ]

  // P1 of the small clinic, whose table has the entries: charged C1 100.00, C2 250.00 (of which Y1 owed
  // all at first), C5 60.00 = 410.00; adjusted 30.00 by contract and 4.00 = 34.00; P1 paid 120.00, Y1
  // 140.00; open 70.00 of C2 + 41.00 of C5 - 5.00 of credit = 106.00, of Y1 10.00.
  // 410 - 34 - 120 - 140 = 116 = 106 + 10. P2: C3 80.00, less 10.00, C4 121.00; paid 60.00 + 40.00;
  // open 10 + 121 - 40 = 91.
  @Test func `has what each patient was charged, and what became of it`() throws {
    let clinic = try SmallClinic()
    let report = AccountingReports.fees(clinic.books.view, try clinic.query())
    #expect(
      report.texts(["patient"] + names) == [
        "P1 0.00 410.00 0.00 34.00 120.00 140.00 0.00 106.00 10.00",
        "P2 0.00 201.00 10.00 0.00 100.00 0.00 0.00 91.00 0.00",
      ])
    // In March alone P1 has C5 open already, 100.00 of C1 paid, 250.00 of C2 and 20.00 of credit:
    // 60 + 50 - 20 of its own and 200 of Y1.
    let march = AccountingReports.fees(
      clinic.books.view, try clinic.query { $0.from = try Day(parsing: "2026-03-01") })
    #expect(
      march.texts(["patient"] + names) == [
        "P1 290.00 0.00 0.00 34.00 0.00 140.00 0.00 106.00 10.00",
        "P2 70.00 121.00 0.00 0.00 100.00 0.00 0.00 91.00 0.00",
      ])
    try Golden.expect(render(march, as: .text), is: "accounting/fees.txt")
  }

  @Test func `of one patient has the service and the sums of the statement`() throws {
    let clinic = try SmallClinic()
    let report = AccountingReports.fees(of: PatientID(2), clinic.books.view, try clinic.query())
    #expect(
      report.texts("document", "text", "charged", "discount", "paid", "open") == [
        "C3 Therapeutic exercise 80.00 10.00 0.00 70.00", "M3 - 0.00 0.00 60.00 10.00",
        "M4 - 0.00 0.00 40.00 -30.00", "C4 Therapeutic exercise 121.00 0.00 0.00 91.00",
      ])
    try Golden.expect(render(report, as: .text), is: "accounting/fees-of-p2.txt")
    #expect(
      AccountingReports.fees(of: PatientID(99), clinic.books.view, try clinic.query()).rows.isEmpty)
    #expect(
      AccountingReports.fees(Snapshot(AccountingModel()), AccountingQuery()).rows.isEmpty)
  }

  // Every figure of both against the statement of the same days, and the sums of what is open against
  // the accounts of what patients and payers owe and have to their credit.
  @Test(arguments: [UInt64(11), 12, 13, 14]) func `ties to the statements of random books`(
    _ seed: UInt64
  ) throws {
    var random = try RandomBooks(seed: seed, chunkRows: 64)
    try random.steps(150)
    let view = random.books.view
    for _ in 0..<12 {
      let query = AccountingQuery(
        on: random.someDay(), from: random.oneOf([nil, random.someDay()]),
        knownAt: random.somePosition(), clinic: random.oneOf([nil, 1, 2, 3]))
      guard query.from.map({ $0 <= query.on ?? $0 }) ?? true else { continue }
      let all = AccountingReports.fees(view, query)
      for patient in 1...5 as ClosedRange<UInt64> {
        let statement = Sums(AccountingReports.statement(of: PatientID(patient), view, query))
        let one = Sums(AccountingReports.fees(of: PatientID(patient), view, query))
        let row = Sums(all, only: "P\(patient)")
        #expect(one["charged"] - one["discount"] == statement["charge"], "seed \(seed)")
        #expect(one["paid"] - one["refunded"] == statement["patientPaid"], "seed \(seed)")
        #expect(one["payerPaid"] == statement["payerPaid"], "seed \(seed)")
        #expect(one["adjusted"] == statement["adjusted"], "seed \(seed)")
        for name in ["charged", "discount", "adjusted", "paid", "payerPaid", "refunded"] {
          #expect(row[name] == one[name], "seed \(seed), \(name) of P\(patient)")
        }
        // The fifth takes over what other patients owe, which no desk allows.
        guard patient < 5 else { continue }
        let turnover =
          row["charged"] - row["discount"] - row["adjusted"] - row["paid"] - row["payerPaid"]
          + row["refunded"]
        #expect(
          row["opening"] + turnover == row["open"] + row["payerOpen"],
          "seed \(seed), P\(patient), \(query)")
      }
    }
  }

  /// The columns of a report added up.
  private struct Sums {
    private var sums: [String: Int64] = [:]

    init(_ report: Report, only party: String? = nil) {
      for row in report.rows where party.map({ row[0] == .identifier($0) }) ?? true {
        for (column, cell) in zip(report.columns, row) {
          if case .amount(let amount) = cell {
            sums[column.name, default: 0] += amount.minorUnits
          }
        }
      }
    }

    subscript(name: String) -> Int64 { sums[name] ?? 0 }
  }
}

extension Report {
  fileprivate func texts(_ names: [String]) -> [String] {
    rows.map { row in
      names.map { name in
        guard let index = columns.firstIndex(where: { $0.name == name }) else { return "?" }
        switch row[index] {
        case .identifier(let text), .text(let text): return text
        case .amount(let amount): return amount.decimal
        default: return "-"
        }
      }.joined(separator: " ")
    }
  }
}
