import Daybook
import DaybookTesting
import DaybookTool
import Testing

@Suite struct `The reference of reports` {
  @Test func `is what was last looked at`() async throws {
    let run = try await Bench().run("reports")
    #expect(run.status == .done, "\(run.said)")
    try Golden.expect(run.answer, is: "reports/reference.txt")
    #expect(run.answer.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  /// By what the help says: it knows nothing of how reports are made.
  @Test func `has every command that reads as a report does`() async throws {
    let bench = try Bench()
    let commands = try await ReportList.all().commands
    #expect(commands.contains("list"))
    for noun in ["accounts", "staff", "stock", "visits"] {
      let help = await bench.run(noun, "--help").answer
      let list = try #require(help.split(separator: "SUBCOMMANDS:").last)
      for line in list.split(separator: "\n") where line.hasPrefix("  ") && !line.hasPrefix("   ") {
        guard let verb = line.split(whereSeparator: { $0 == " " || $0 == "," }).first else {
          continue
        }
        let own = await bench.run(noun, String(verb), "--help").answer
        // What prints one document is no report.
        guard own.contains("--known-at"), verb != "document" else { continue }
        #expect(commands.contains("\(noun) \(verb)"), "\(noun) \(verb) is missing")
      }
    }
  }

  @Test func `says which columns are there whatever is asked, and when the others are`()
    async throws
  {
    let rows = try await ReportList.all().rows.filter { $0.part == "column" }
    func when(_ command: String, _ column: String) -> String? {
      rows.first { $0.command == command && $0.name == column }?.when
    }
    #expect(when("accounts trial-balance", "account") == "")
    #expect(when("accounts trial-balance", "balance") == "not with --pivot")
    #expect(when("accounts trial-balance", "closing") == "with --closing apart")
    #expect(when("accounts trial-balance", "ref") == "with --by")
    #expect(when("accounts receivables", "d30") == "not with --items or --pivot")
    #expect(when("accounts income-statement", "(period)")?.hasPrefix("with --monthly") == true)
    #expect(when("accounts income-statement", "(clinic)") == "with --pivot clinic")
    #expect(when("accounts income-statement", "prior") == "with --compare")
    #expect(when("accounts explain", "clinic")?.contains("--clinic") == true)
  }

  @Test func `calls columns as programs can use them, but for those of a question`() async throws {
    for row in try await ReportList.all().rows where row.part == "column" {
      if row.name.hasPrefix("(") { continue }
      #expect(
        row.name.first?.isLowercase == true
          && row.name.allSatisfy { $0.isLetter || $0.isNumber },
        "\(row.command): \(row.name) is made by the question; say so with Column(each:)")
    }
  }

  /// What is asked makes the columns, and not what the book holds: of a book in which nothing was done,
  /// and of one with two clinics and one of each thing, every question has the same.
  @Test func `has columns that depend on the question alone`() async throws {
    let empty = try Bench()
    _ = await empty.run("init", "--name", "Sol", "--zone", "Europe/Madrid", "--admin", "Ana")
    let full = try await SmallBook.bench.value
    var compared = 0
    for words in try await ReportList.all().plain {
      let one = await empty.run(words + ["--format", "csv"])
      let other = await full.run(words + ["--format", "csv"])
      guard one.status == .done, other.status == .done else { continue }
      compared += 1
      func columns(_ run: ToolRun) -> Substring? {
        run.answer.split(separator: "\r\n", omittingEmptySubsequences: false).first
      }
      #expect(columns(one) == columns(other), "\(words)")
    }
    #expect(compared > 40)
  }

  @Test func `tells of one command alone, and of none that there is not`() async throws {
    let bench = try Bench()
    let one = await bench.run("reports", "accounts", "sales-tax")
    #expect(one.answer.hasPrefix("daybook accounts sales-tax\n"))
    #expect(!one.answer.contains("daybook accounts tax"))
    let none = await bench.run("reports", "accounts", "poetry")
    #expect(none.status == .usage)
    #expect(none.said.contains("no report is called \"accounts poetry\""))
  }

  @Test(.enabled(if: Effort.isFull, "takes the optimiser"))
  func `gives a schema of every report, without a book`() async throws {
    let bench = try Bench()
    let run = await bench.run("schema", "--reports")
    #expect(run.status == .done, "\(run.said)")
    let schema = try EnteredValue(json: run.answer)
    for name in Set(try await ReportList.all().rows.map(\.report)) where !name.isEmpty {
      #expect(schema["$defs"]?[name] != nil, "\(name)")
    }
    #expect(!LiveFileSystem().exists(bench.book))
  }
}

@Suite struct `The help of commands` {
  /// A text that goes on in the next line of its source takes the indentation along if it is joined
  /// there by hand.
  @Test func `has no runs of spaces within its sentences`() async throws {
    let bench = try Bench()
    let overview = await bench.run("--help").answer
    let list = try #require(overview.split(separator: "SUBCOMMANDS:").last)
    let commands = list.split(separator: "\n").compactMap { $0.split(separator: " ").first }
    #expect(commands.contains("verify"))
    var looked = 0
    // That of `record` has columns of its own.
    for command in commands where command != "record" {
      let help = await bench.run(String(command), "--help").answer
      guard help.hasPrefix("OVERVIEW:"), let text = help.split(separator: "USAGE:").first else {
        continue
      }
      looked += 1
      for line in text.split(separator: "\n") {
        let sentence = line.drop { $0 == " " }
        #expect(!sentence.contains("  "), "\(command): \(line)")
      }
    }
    #expect(looked > commands.count / 2, "\(looked) of \(commands.count)")
  }
}
