import Daybook
import DaybookTesting
import DaybookTool
import Testing

/// Every report that takes `--by`, asked in every way that there is, of two months of a practice.
extension `Two months` {
  /// Reports with another `--by`: lines or ways of paying of a till, and figures to explain.
  private static let others = ["accounts day-end", "accounts explain"]

  /// The columns of a report and its totals.
  private func totals(_ words: [String]) async throws -> [String: EnteredValue] {
    let run = try await book().bench.run(words + ["--format", "json"])
    try #require(run.status == .done, "\(words): \(run.said)")
    guard case .object(let totals)? = try EnteredValue(json: run.answer)["totals"] else {
      return [:]
    }
    return Dictionary(totals.map { ($0.name, $0.value) }) { first, _ in first }
  }

  /// How each command may be asked for sums: `accounts claims` with `--by payer`.
  private func groupings(_ option: String) async throws -> [(command: String, words: [String])] {
    try await ReportList.all().rows.filter { $0.part == "form" }.compactMap { row in
      let words = (row.command + " " + row.name).split(separator: " ").map(String.init)
      guard words.contains(option), row.command.hasPrefix("accounts "),
        !words.contains("--clinic"), !words.contains("--period"),
        !Self.others.contains(row.command)
      else { return nil }
      return (row.command, words)
    }
  }

  @Test(.enabled(if: Effort.isFull, "takes the optimiser"))
  func `come to the same whatever they are summed up by`() async throws {
    var compared = 0
    var known: [[String]: [String: EnteredValue]] = [:]
    for (command, words) in try await groupings("--by") {
      let place = words.firstIndex(of: "--by") ?? words.count
      let rest = Array(words[..<place] + words[(place + 2)...])
      if known[rest] == nil { known[rest] = try await totals(rest) }
      let plain = known[rest] ?? [:]
      let summed = try await totals(words)
      for (name, total) in summed where plain[name] != nil && total != .nothing {
        compared += 1
        #expect(total == plain[name], "\(words): \(name)")
      }
      #expect(!summed.isEmpty || plain.isEmpty, "\(command): \(words)")
    }
    #expect(compared > 200)
  }

  @Test(.enabled(if: Effort.isFull, "takes the optimiser"))
  func `come to the same crosswise`() async throws {
    // Which figure is crossed.
    let figures = [
      "accounts unbilled": "value", "accounts margin": "contribution",
      "accounts settlement": "owed",
      "accounts claims": "total", "accounts remittances": "total", "accounts grir": "open",
      "accounts invoices": "total", "accounts receivables": "total", "accounts payables": "total",
      "accounts credits": "open", "accounts deferred": "value", "accounts withholding": "withheld",
      "accounts overrides": "amount", "accounts sales-tax": "net", "accounts late": "amount",
      "accounts revenue": "net", "accounts tax": "tax", "accounts fees": "charged",
    ]
    var compared = 0
    for (command, words) in try await groupings("--pivot") {
      guard let figure = figures[command] else { continue }
      let place = words.firstIndex(of: "--pivot") ?? words.count
      let plain = try await totals(Array(words[..<place] + words[(place + 2)...]))
      let crossed = try await totals(words)
      compared += 1
      #expect(crossed["total"] == plain[figure], "\(words)")
    }
    #expect(compared > 50)
  }

  @Test func `are reported in sums as a person last saw them`() async throws {
    let (bench, _) = try await book()
    for (name, words) in [
      ("margin-by-month", ["margin", "--by", "month"]),
      ("margin-by-payer", ["margin", "--by", "payer"]),
      ("margin-of-services-at-clinics", ["margin", "--by", "service", "--pivot", "clinic"]),
      ("settlement-by-service", ["settlement", "--by", "service"]),
      ("claims-by-payer", ["claims", "--by", "payer"]),
      ("claims-by-month-and-status", ["claims", "--by", "month", "--pivot", "status"]),
      ("remittances-by-status", ["remittances", "--by", "status"]),
      ("grir-by-item", ["grir", "--by", "item", "--on", "2025-11-11"]),
      ("invoices-by-series", ["invoices", "--by", "series", "--kind", "all"]),
      ("receivables-by-practitioner", ["receivables", "--by", "practitioner"]),
      ("receivables-of-a-payer", ["receivables", "--by", "service", "--payer", "Y1"]),
      ("overrides-by-kind-and-month", ["overrides", "--by", "kind", "--pivot", "month"]),
      ("withholding-by-month", ["withholding", "--by", "month"]),
      ("cash-by-month", ["cash", "--by", "account", "--pivot", "month"]),
      ("journal-by-journal", ["journal", "--by", "journal"]),
      ("tax-by-month", ["tax", "--by", "month"]),
      ("tax-by-kind", ["tax", "--by", "kind", "--pivot", "clinic"]),
      ("fees-by-practitioner", ["fees", "--by", "practitioner", "--period", "2025"]),
      ("sales-tax-by-month", ["sales-tax", "--by", "tax-code", "--pivot", "month"]),
      ("credits-by-account", ["credits", "--by", "account"]),
      ("deferred-by-service", ["deferred", "--by", "service", "--period", "2025"]),
    ] {
      let run = await bench.run(["accounts"] + words)
      #expect(run.status == .done, "\(run.said)")
      let lines = run.answer.replacing(bench.book, with: "book").split(
        separator: "\n", omittingEmptySubsequences: false
      ).filter { !$0.hasPrefix("digest ") }
      try Golden.expect(
        lines.joined(separator: "\n"), is: "two-months/reports/\(name).txt")
    }
  }

  /// A term and a grouping are one thing: the row of a group is the report narrowed to it.
  @Test func `have of each group what they have narrowed to it`() async throws {
    let (bench, _) = try await book()
    var compared = 0
    let narrowed = [
      ("margin", ["practitioner", "service", "payer"]),
      ("settlement", ["practitioner", "service"]),
      ("receivables", ["party", "payer", "practitioner", "service"]), ("payables", ["supplier"]),
      ("credits", ["party"]), ("deferred", ["party", "service"]), ("claims", ["party"]),
      ("grir", ["supplier", "item"]), ("invoices", ["tax-code"]), ("sales-tax", ["tax-code"]),
      ("trial-balance", ["practitioner", "service", "payer", "tax-code"]),
      ("cash", ["party", "account"]), ("journal", ["type", "journal", "party", "account"]),
    ]
    for (command, options) in Effort.cases(narrowed, few: 4) {
      for option in options {
        let words = ["accounts", command, "--by", option, "--format", "csv"]
        let all = await bench.run(words).rows
        for group in Set(all.map { $0[0] }) where !group.isEmpty && group != "walk-in" {
          let one = await bench.run(words + ["--\(option)", group])
          #expect(one.status == .done, "\(words) \(group): \(one.said)")
          compared += 1
          #expect(
            one.rows == all.filter { $0[0] == group }, "\(command) --\(option) \(group)")
        }
      }
    }
    #expect(compared > Effort.count(60, few: 15))
  }

  @Test func `are narrowed to nothing, and say so`() async throws {
    let (bench, _) = try await book()
    let list = try await ReportList.all()
    var asked = 0
    for command in list.commands where command.hasPrefix("accounts ") && list.takes(command, "--by")
    {
      if Self.others.contains(command) { continue }
      let words = command.split(separator: " ").map(String.init)
      let since = command == "accounts late" ? ["--since", "1"] : []
      let run = await bench.run(words + since + ["--by", "clinic", "--period", "1999"])
      asked += 1
      #expect(run.status == .done, "\(command): \(run.said)")
      #expect(run.answer.contains("\nNothing to report.\n"), "\(command)\n\(run.answer)")
    }
    #expect(asked > 15)
  }

  @Test func `refuse a grouping that there is not, and name those that there are`() async throws {
    let (bench, _) = try await book()
    let list = try await ReportList.all()
    let commands = list.commands.filter { $0.hasPrefix("accounts ") && list.takes($0, "--by") }
    for command in Effort.cases(commands, few: 5) {
      let words = command.split(separator: " ").map(String.init)
      let since = command == "accounts late" ? ["--since", "1"] : []
      let run = await bench.run(words + since + ["--by", "weather"])
      #expect(run.status == .usage, "\(command)")
      #expect(run.said.contains("weather"), "\(command): \(run.said)")
    }
    let claims = await bench.run("accounts", "claims", "--by", "item")
    for name in ["payer", "party", "clinic", "month", "status"] {
      #expect(claims.said.contains("'\(name)'"), "\(claims.said)")
    }
    let same = await bench.run("accounts", "claims", "--by", "month", "--pivot", "month")
    #expect(same.status == .usage)
    #expect(same.said.contains("--by and --pivot are both month: give two dimensions"))
    let both = await bench.run("accounts", "receivables", "--items", "--by", "clinic")
    #expect(both.said.contains("give --by or --pivot, or --items, not both"))
  }
}
