import Daybook
import DaybookTesting
import DaybookTool
import Testing

/// A report of `daybook accounts`, and the pages of it that stand below `Fixtures/golden`: how the
/// bookkeeper of each book would ask for it, and keep it short.
struct GoldenReport {
  /// A page: the file, and what is typed behind `daybook accounts` and the command.
  struct Page {
    let name: String
    let options: String

    init(_ name: String, _ options: String = "") {
      self.name = name
      self.options = options
    }
  }

  /// The command, without `accounts`.
  let command: String
  /// Pages of the two months; NOVEMBER is the last position of November.
  let months: [Page]
  /// Pages of the bundled export, which begins in 2015 and ends in 2024.
  let synthea: [Page]

  private init(_ command: String, months: [Page], synthea: [Page]) {
    self.command = command
    self.months = months
    self.synthea = synthea
  }

  /// Every report, once.
  static let all = statements + registers + money + people
}

/// A book of which every report has pages.
enum GoldenBook: String {
  case months = "two-months"
  case synthea

  /// Every page of the book is as a person last saw it.
  ///
  /// - Parameter november: What NOVEMBER means.
  func expectPages(of bench: Bench, november: Position = .start) async throws {
    for report in GoldenReport.all {
      for page in pages(of: report) {
        let typed = "accounts \(report.command) \(page.options)"
          .replacing("NOVEMBER", with: "\(november)")
        let run = await bench.run(typed.split(separator: " ").map(String.init))
        #expect(run.status == .done, "\(typed): \(run.said)")
        // The digest of the whole model changes with whatever else the model learns.
        let lines = run.answer.replacing(bench.book, with: "book")
          .split(separator: "\n", omittingEmptySubsequences: false)
          .filter { !$0.hasPrefix("digest ") }
        #expect(lines.count <= 150, "\(typed) is longer than anyone checks")
        try Golden.expect(
          lines.joined(separator: "\n"), is: "\(rawValue)/reports/\(page.name).txt")
      }
    }
  }

  func pages(of report: GoldenReport) -> [GoldenReport.Page] {
    switch self {
    case .months: report.months
    case .synthea: report.synthea
    }
  }
}

extension GoldenReport {
  fileprivate static let statements = [
    GoldenReport(
      "trial-balance",
      months: [
        Page("november-as-known-then", "--on 2025-11-30 --known-at NOVEMBER"),
        Page("november-as-known-now", "--on 2025-11-30"), Page("year-end", "--on 2025-12-31"),
        Page("clinics", "--pivot clinic --on 2025-11-30"),
      ],
      synthea: [
        Page("trial-balance"), Page("trial-balance-2022", "--period 2022"),
        Page("clinics", "--pivot clinic"),
      ]),
    GoldenReport(
      "ledger", months: [Page("ledger", "1200 2110 2200 --period 2025-12")],
      synthea: [Page("ledger", "--period 2022-11")]),
    GoldenReport(
      "journal", months: [Page("journal", "--from 2025-12-20 --to 2025-12-31")],
      synthea: [Page("journal", "--period 2022-12")]),
    GoldenReport(
      "income-statement",
      months: [
        Page("income", "--monthly --period 2025"),
        Page("income-in-cash", "--basis cash --period 2025"),
      ],
      synthea: [
        Page("income", "--yearly"), Page("income-by-month", "--monthly --period 2022"),
        Page("income-in-cash", "--basis cash --yearly"),
      ]),
    GoldenReport(
      "balance-sheet",
      months: [
        Page("balance-sheet", "--on 2025-12-31"), Page("balance-sheet-by-month", "--monthly"),
      ],
      synthea: [Page("balance-sheet", "--yearly")]),
    GoldenReport(
      "cash-flow", months: [Page("cash-flow", "--monthly --period 2025")],
      synthea: [Page("cash-flow", "--yearly")]),
    GoldenReport("tax", months: [Page("tax", "--period 2025")], synthea: [Page("tax")]),
    GoldenReport(
      "sales-tax", months: [Page("sales-tax", "--period 2025")], synthea: [Page("sales-tax")]),
    GoldenReport(
      "withholding", months: [Page("withholding", "--period 2025")],
      synthea: [Page("withholding")]),
    GoldenReport(
      "deferred", months: [Page("deferred", "--period 2025")], synthea: [Page("deferred")]),
    GoldenReport(
      "periods", months: [Page("periods")], synthea: [Page("periods")]),
    GoldenReport("control", months: [Page("control")], synthea: [Page("control")]),
  ]

  fileprivate static let registers = [
    GoldenReport(
      "receivables",
      months: [
        Page("receivables-as-known-then", "--on 2025-11-30 --known-at NOVEMBER"),
        Page("receivables-as-known-now", "--on 2025-11-30"), Page("receivables-items", "--items"),
      ],
      synthea: [
        Page("receivables"), Page("receivables-2022", "--on 2022-12-31"),
        Page("receivables-items", "--items --clinic L5"),
      ]),
    GoldenReport("payables", months: [Page("payables")], synthea: [Page("payables")]),
    GoldenReport("credits", months: [Page("credits")], synthea: [Page("credits")]),
    GoldenReport(
      "statement", months: [Page("statement", "P1"), Page("statement-of-payer", "Y1")],
      synthea: [Page("statement", "P7"), Page("statement-of-payer", "Y1 --period 2021")]),
    GoldenReport(
      "invoices",
      months: [Page("invoices"), Page("tickets", "--kind all --period 2025-12")],
      synthea: [Page("invoices", "--kind all")]),
    // An export has no invoices.
    GoldenReport(
      "document",
      months: [
        Page("invoice", "A-3"), Page("advance-invoice", "IV1"),
        Page("rounded-invoice", "A-1 --clinic L2"), Page("credit-note", "AR-3"),
        Page("ticket", "T-3"), Page("return", "R-1"),
      ], synthea: []),
    GoldenReport(
      "fees",
      months: [
        Page("fees-2025", "--period 2025"),
        Page("fees-of-marta", "--party marta --period 2025 --names"),
      ], synthea: [Page("fees-2022", "--period 2022")]),
    GoldenReport(
      "claims", months: [Page("claims", "--on 2025-11-16"), Page("claims-all")],
      synthea: [Page("claims-2022", "--period 2022"), Page("claims-open", "--status open")]),
    GoldenReport("remittances", months: [Page("remittances")], synthea: [Page("remittances")]),
    GoldenReport("grir", months: [Page("grir", "--on 2025-11-11")], synthea: [Page("grir")]),
  ]

  fileprivate static let money = [
    GoldenReport(
      "cash", months: [Page("cash", "--period 2025-12")],
      synthea: [Page("cash", "--period 2022")]),
    GoldenReport(
      "bank", months: [Page("bank", "--period 2025-12")],
      synthea: [Page("bank", "--period 2022")]),
    GoldenReport(
      "bank-reconciliation",
      months: [
        Page("bank-as-known-then", "--on 2025-11-30 --known-at NOVEMBER"),
        Page("bank-as-known-now", "--lines --on 2025-11-30"),
      ], synthea: [Page("bank-reconciliation", "--on 2015-03-31")]),
    GoldenReport(
      "day-end", months: [Page("day-end", "--on 2025-12-18")], synthea: [Page("day-end")]),
  ]

  fileprivate static let people = [
    GoldenReport(
      "revenue",
      months: [Page("revenue-by-month", "--by practitioner --pivot month --period 2025")],
      synthea: [
        Page("revenue-by-month", "--period 2022"), Page("revenue-by-payer", "--by payer"),
        Page("revenue-by-practitioner", "--by practitioner"),
        Page("revenue-by-service", "--by service"), Page("revenue-by-clinic", "--by clinic"),
        Page("revenue-in-2022", "--by practitioner --pivot month --period 2022"),
      ]),
    GoldenReport("margin", months: [Page("margin", "--period 2025")], synthea: [Page("margin")]),
    GoldenReport(
      "settlement", months: [Page("settlement", "--period 2025")],
      synthea: [Page("settlement")]),
    GoldenReport(
      "unbilled", months: [Page("unbilled", "--on 2025-12-31")], synthea: [Page("unbilled")]),
    GoldenReport(
      "overrides", months: [Page("overrides", "--period 2025")], synthea: [Page("overrides")]),
    GoldenReport(
      "late", months: [Page("late", "--since NOVEMBER --on 2025-11-30")],
      synthea: [Page("late", "--since 2000")]),
    GoldenReport(
      "audit",
      months: [Page("audit", "--period 2025-11 --user D2"), Page("audit-of-charge", "C3")],
      synthea: [Page("audit", "C3")]),
    GoldenReport(
      "explain", months: [Page("explain-credit", "2150"), Page("explain-charge", "C1")],
      synthea: [
        Page("explain-credit", "2150"), Page("explain-charge", "C1"),
        Page("explain-payment", "M54"),
      ]),
  ]
}
