import Daybook
import DaybookTool
import Testing

@Suite struct `The fiscal year of a question` {
  /// A book whose first clinic's year begins in April, as somebody said after it was made.
  private func book(_ more: [[String]] = []) async throws -> Bench {
    var bench = try Bench()
    bench.actor = "D1"
    for words in [
      ["init", "--name", "Sol", "--admin", "Ana Gil"],
      [
        "record", "define-clinic", "Sol", "--clinic", "L1", "--book-currency", "EUR", "--time-zone",
        "Europe/Madrid", "--fiscal-year-start-month", "4",
      ],
    ] + more {
      let run = await bench.run(words)
      try #require(run.status == .done, "\(words): \(run.said)")
    }
    return bench
  }

  private func second(_ month: String) -> [[String]] {
    [
      [
        "record", "define-clinic", "Luna", "--book-currency", "EUR", "--time-zone", "Europe/Madrid",
        "--fiscal-year-start-month", month,
      ]
    ]
  }

  private static let year = "\"from\":\"2024-04-01\",\"to\":\"2025-03-31\""

  @Test func `is that of the only clinic, and the one that all clinics share`() async throws {
    for bench in [try await book(), try await book(second("4"))] {
      for more in [[], ["--clinic", "L1"]] {
        let words = ["accounts", "is", "--period", "FY2025", "--format", "json"]
        let run = await bench.run(words + more)
        #expect(run.answer.contains(Self.year), "\(run.answer)\(run.said)")
      }
    }
  }

  @Test func `has to be of one clinic where years begin in other months`() async throws {
    let bench = try await book(second("1"))
    let message =
      "the fiscal years of the clinics do not begin in one month: L1 Sol in April, L2 Luna in "
      + "January; give --clinic"
    for words in [
      ["accounts", "is", "--period", "FY2025"], ["accounts", "is", "--yearly"],
      ["accounts", "bs", "--quarterly"], ["accounts", "close", "FY2025"],
    ] {
      let run = await bench.run(words)
      #expect(run.status == .usage && run.said.contains(message), "\(words) \(run.said)")
    }
    let one = await bench.run(
      "accounts", "is", "--period", "FY2025", "--clinic", "L1", "--format", "json")
    #expect(one.answer.contains(Self.year))
    // A calendar year is the same everywhere.
    #expect(await bench.run("accounts", "is", "--period", "2025").status == .done)
  }
}

@Suite struct `The heading of a report` {
  @Test func `names the clinic that is asked for, or all whose figures it has`() async throws {
    var bench = try Bench()
    bench.actor = "D1"
    _ = await bench.run("init", "--name", "Sol", "--admin", "Ana Gil")
    func define(_ name: String, _ more: String...) async {
      let words = ["record", "define-clinic", name, "--book-currency", "EUR"]
      let run = await bench.run(words + ["--time-zone", "Europe/Madrid"] + more)
      #expect(run.status == .done, "\(run.said)")
    }
    func headings(_ more: String...) async -> Set<Substring> {
      var found: Set<Substring> = []
      for words in [
        ["accounts", "tb"], ["staff", "list"], ["stock", "on-hand"], ["list", "staff"],
      ] {
        let run = await bench.run(words + more)
        #expect(run.status == .done, "\(run.said)")
        found.insert(run.answer.split(separator: "\n")[1].prefix { $0 != "," && !$0.isNumber })
      }
      return found
    }
    #expect(await headings() == ["Sol"])
    let alone = await bench.run("log", "info", "--format", "csv").rows[0][0]
    await define("Luna")
    #expect(await headings() == ["Sol and Luna"])
    await define("Mar")
    await define("Cielo")
    let text = await bench.run("accounts", "tb")
    #expect(text.answer.contains("\nSol, Luna and 2 more, "), "\(text.answer)")
    #expect(await headings("--clinic", "L2") == ["Luna"])
    #expect(await headings("--known-at", alone) == ["Sol"])
    await define("Luna Llena", "--clinic", "L2")
    #expect(await headings("--clinic", "L2") == ["Luna Llena"])
  }
}
