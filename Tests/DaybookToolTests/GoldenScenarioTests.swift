import Daybook
import DaybookTool
import Testing

/// Two months of a practice with two sites that have a row of each sort that the posting table knows,
/// held to a journal that was worked out by hand; `.ci/golden-check` does the same with the program
/// itself, and has hledger, ledger and beancount add it up.
@Suite(.serialized) struct `Two months` {
  private static let lived = Locked<(bench: Bench, november: Position)?>(nil)
  private let hand: HandWrittenBooks

  init() throws { hand = try HandWrittenBooks() }

  /// The book, lived through once.
  func book() async throws -> (bench: Bench, november: Position) {
    if let known = Self.lived.withLock({ $0 }) { return known }
    let lived = try await GoldenActions.live()
    Self.lived.withLock { $0 = lived }
    return lived
  }

  /// The options that a section's heading asks for: what was known then, or before the year's end.
  private func known(
    _ title: String, _ lived: (bench: Bench, november: Position)
  ) async -> [String] {
    if title.hasSuffix("known then") { return ["--known-at", "\(lived.november)"] }
    guard title.hasSuffix("before the year was closed") else { return [] }
    let journal = await lived.bench.run("accounts", "journal", "--format", "csv")
    let closing = journal.table.first { $0["text"]?.hasPrefix("YearClosed") ?? false }
    let position = closing?["position"].flatMap { UInt64($0) } ?? 0
    return ["--known-at", "\(position - 1)"]
  }

  @Test func `make the journal that was worked out by hand, entry by entry`() async throws {
    let (bench, _) = try await book()
    let second = await bench.run("accounts", "journal", "--clinic", "L2", "--format", "csv")
    let others = Set(second.table.compactMap { $0["entry"] })
    var entries: [HandWrittenBooks.Entry] = []
    var last = ""
    for row in await bench.run("accounts", "journal", "--format", "csv").table {
      let position = row["position"] ?? ""
      if position != last {
        let words = (row["text"] ?? "").split(separator: " ")
        entries.append(
          HandWrittenBooks.Entry(
            date: row["date"] ?? "", what: "\(words.first ?? "") \(words.last ?? "")"))
      }
      last = position
      let amount =
        HandWrittenBooks.minor(row["debit"] ?? "") - HandWrittenBooks.minor(row["credit"] ?? "")
      entries[entries.count - 1].lines.append(
        HandWrittenBooks.Line(
          clinic: others.contains(row["entry"] ?? "") ? "L2" : "L1",
          account: row["account"] ?? "", party: row["party"] ?? "", amount: amount))
    }
    for index in entries.indices { entries[index].lines.sort() }
    #expect(entries.count == hand.entries.count)
    for (found, wanted) in zip(entries, hand.entries) {
      #expect(found == wanted)
    }
  }

  @Test func `have an entry by every posting rule that the Desk can still lead to`() async throws {
    let (bench, _) = try await book()
    let journal = await bench.run("accounts", "journal", "--format", "csv")
    let numbers = Set(
      journal.table.compactMap { row in
        row["entry"]?.split(separator: ".").dropFirst().first.flatMap { UInt16($0) }
      })
    // By rule 13 bank lines had a line of the bank for each match.
    let rules = PostingRule.builtIn.map(\.number).filter { $0 != 13 }
    #expect(rules.filter { !numbers.contains($0) } == [])
  }

  @Test func `have the trial balances that were worked out by hand`() async throws {
    let lived = try await book()
    let sections = hand.sections("Trial balance")
    #expect(sections.count == 4)
    for section in sections {
      let options = await known(section.title, lived)
      let run = await lived.bench.run(
        ["accounts", "trial-balance", "--on", section.day, "--format", "csv"] + options)
      let found = run.table.map { row in
        [row["account"] ?? ""] + ["debit", "credit", "balance"].map { row[$0] ?? "" }
      }
      let wanted = section.rows.dropLast().map { row in
        row.enumerated().map { $0 == 0 ? $1 : $1.filter { $0 != "," } }
      }
      for row in found { #expect(wanted.contains(row), "\(section.title)") }
      #expect(found.count == wanted.count, "\(section.title)")
    }
  }

  @Test func `age what is owed as it was worked out by hand`() async throws {
    let lived = try await book()
    let sections = hand.sections("Aging")
    #expect(sections.count == 3)
    for section in sections {
      try await expectAging(section, "receivables", by: "party", lived)
    }
    for section in hand.sections("What suppliers are owed") {
      try await expectAging(section, "payables", by: "supplier", lived)
    }
  }

  private func expectAging(
    _ section: HandWrittenBooks.Section, _ report: String, by party: String,
    _ lived: (bench: Bench, november: Position)
  ) async throws {
    let columns = ["current", "d30", "d60", "d90", "over90", "total", "credit"]
    let options = await known(section.title, lived)
    let run = await lived.bench.run(
      ["accounts", report, "--on", section.day, "--format", "csv"] + options)
    let found = run.table.map { row in
      [row[party] ?? ""] + columns.map { "\(HandWrittenBooks.minor(row[$0] ?? ""))" }
    }
    let wanted = section.rows.map { row in
      [row[0]] + (1...7).map { "\(HandWrittenBooks.minor($0 < row.count ? row[$0] : ""))" }
    }
    #expect(found == Array(wanted.dropLast()), "\(section.title)")
    let sums = (1...7).map { column in
      "\(wanted.dropLast().reduce(0) { $0 + (Int64($1[column]) ?? 0) })"
    }
    #expect(["sum"] + sums == wanted.last)
  }

  @Test func `have the Z reports that were worked out by hand`() async throws {
    let (bench, _) = try await book()
    let columns = ["text", "count", "amount", "tax"]
    let sections = hand.sections("Z reports")
    #expect(sections.map(\.day) == ["2025-11-13", "2025-12-18"])
    for section in sections {
      let run = await bench.run("accounts", "day-end", "--on", section.day, "--format", "csv")
      expectRows(run, ["part", "line"] + columns, section)
    }
  }

  @Test func `have the ways of paying of each till that were worked out by hand`() async throws {
    let (bench, _) = try await book()
    let columns = [
      "method", "opening", "received", "change", "moved", "refunds", "expected", "counted",
      "variance", "cashier",
    ]
    let sections = hand.sections("Ways of paying")
    #expect(sections.count == 2)
    for section in sections {
      let run = await bench.run(
        "accounts", "day-end", "--on", section.day, "--by", "method", "--format", "csv")
      expectRows(run, columns, section)
    }
  }

  /// The rows of a day-end report are those of a section, one by one.
  private func expectRows(
    _ run: ToolRun, _ columns: [String], _ section: HandWrittenBooks.Section
  ) {
    let found = run.table.map { row in
      ["\(row["till"] ?? "") \(row["z"] ?? "")"] + columns.map { row[$0] ?? "" }
    }
    #expect(found.count == section.rows.count, "\(section.title)")
    for (row, wanted) in zip(found, section.rows) {
      #expect(row == wanted, "\(section.title)")
    }
  }

  @Test func `are sound`() async throws {
    let (bench, _) = try await book()
    let verified = await bench.run("verify")
    #expect(verified.status == .done, "\(verified.answer)")
  }

  @Test func `are reported as a person last saw it`() async throws {
    let (bench, november) = try await book()
    try await GoldenBook.months.expectPages(of: bench, november: november)
  }

  @Test func `tie to the trial balance on any of their days, as known then and now`() async throws {
    let (bench, november) = try await book()
    var queries: [AccountingQuery] = []
    for clinic in [nil, 1, 2] as [UInt64?] {
      for position in [nil, november] {
        queries.append(AccountingQuery(knownAt: position, clinic: clinic))
        for (first, last) in [
          ("2025-01-01", "2025-12-31"), ("2025-11-01", "2025-11-30"), ("2025-12-01", "2025-12-31"),
          ("2025-11-13", "2025-11-13"), ("2026-01-01", "2026-01-31"),
        ] {
          queries.append(
            AccountingQuery(
              from: try Day(parsing: first), to: try Day(parsing: last), knownAt: position,
              clinic: clinic))
        }
      }
    }
    try expectTies(try bench.models(), queries)
  }
}
