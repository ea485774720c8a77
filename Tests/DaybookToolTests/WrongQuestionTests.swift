import Daybook
import DaybookTool
import Testing

/// A book with one of each thing, and a clinic where nothing was ever posted.
enum SmallBook {
  static let bench = Task {
    var bench = try Bench()
    bench.actor = "D1"
    for typed in [
      "init --name Sol --currency EUR --zone Europe/Madrid --admin Ana",
      "record set-roles D1 admin reception practitioner cashier accountant",
      "record define-clinic Nueva --book-currency EUR --time-zone Europe/Madrid",
      "record define-service CLEAN Cleaning --type treatment",
      "record set-price CLEAN 60.00 --from 2026-01-01",
      "record register-party payer Axa --terms-days 30",
      "record register-party supplier Depot --terms-days 30",
      "record register-patient Eva", "record check-in P1", "record treat V1 --line CLEAN",
      "record pay P1 20.00 card",
    ] {
      let run = await bench.run(typed.split(separator: " ").map(String.init))
      try #require(run.status == .done, "\(typed): \(run.said)")
    }
    return bench
  }
}

@Suite struct `Every report` {
  @Test(arguments: [
    (["--clinic", "L99"], "no clinic is called \"L99\""),
    (["--from", "2026-02-01", "--to", "2026-01-01"], "is behind the last day 2026-01-01"),
    (["--on", "2026-02-30"], "--on \"2026-02-30\" is no day of the calendar; give one such as"),
    (["--period", "2026-13"], "--period \"2026-13\" is no period; give 2026-03"),
    (["--known-at", "999999"], "position 999999 is not known: the log ends at"),
    (["--on", "2026-01-01", "--period", "2026"], "give --on, or a range of days, not both"),
  ])
  func `refuses what it cannot answer with 2, and says what is wrong`(
    _ more: [String], _ message: String
  ) async throws {
    let bench = try await SmallBook.bench.value
    for words in try await ReportList.all().plain {
      let run = await bench.run(words + more)
      #expect(run.status == .usage, "\(words)")
      #expect(run.answer.isEmpty, "\(words)")
      #expect(run.said.hasPrefix("daybook: ") && run.said.contains(message), "\(words) \(run.said)")
    }
  }

  /// Days before anything, and a position before anything: rows that say more than nothing would be
  /// wrong, so what has rows of its own all the same is named here.
  @Test(arguments: [["--period", "1999"], ["--known-at", "0"]])
  func `says that there is nothing to report`(_ more: [String]) async throws {
    let bench = try await SmallBook.bench.value
    for words in try await ReportList.all().plain {
      let run = await bench.run(words + more)
      #expect(run.status == .done, "\(words) \(run.said)")
      // The balance that it begins with is a row.
      if words.prefix(2) == ["accounts", "statement"] { continue }
      #expect(run.answer.contains("\nNothing to report.\n"), "\(words)\n\(run.answer)")
      let csv = await bench.run(words + more + ["--format", "csv"])
      #expect(csv.rows.isEmpty, "\(words)")
    }
  }

  @Test func `is empty of a clinic where nothing happened, and says so`() async throws {
    let bench = try await SmallBook.bench.value
    for words in try await ReportList.all().plain {
      // What is registered is everybody's.
      if words[0] == "list" || words.prefix(2) == ["visits", "card"] { continue }
      let run = await bench.run(words + ["--clinic", "L2"])
      #expect(run.status == .done, "\(words) \(run.said)")
      #expect(run.answer.contains("\nNothing to report.\n"), "\(words)\n\(run.answer)")
    }
  }

  @Test func `that takes accounts refuses one that the chart has not`() async throws {
    let bench = try await SmallBook.bench.value
    let list = try await ReportList.all()
    var asked = 0
    for words in list.plain {
      let command = words.prefix(2).joined(separator: " ")
      var forms: [[String]] = []
      if list.takes(command, "--account") { forms.append(words + ["--account", "9999"]) }
      if list.takes(command, "account") { forms.append(words + ["9999"]) }
      for form in forms {
        asked += 1
        let run = await bench.run(form)
        #expect(run.status == .usage, "\(form)")
        #expect(run.said.contains("there is no account"), "\(form) \(run.said)")
      }
    }
    #expect(asked > 6)
  }

  @Test func `that is narrowed to somebody refuses who is not there`() async throws {
    let bench = try await SmallBook.bench.value
    let list = try await ReportList.all()
    let options = [
      "--party", "--practitioner", "--service", "--payer", "--tax-code", "--user", "--staff",
      "--supplier", "--item", "--with", "--in",
    ]
    var asked = 0
    for words in list.plain {
      for option in options
      where list.takes(words.prefix(2).joined(separator: " "), option) {
        // An example of explain that takes no party says so instead.
        if words.prefix(2) == ["accounts", "explain"] { continue }
        asked += 1
        let run = await bench.run(words + [option, "nobody"])
        #expect(run.status == .usage, "\(words) \(option)")
        #expect(run.said.contains("is called \"nobody\"; give"), "\(words) \(run.said)")
      }
    }
    #expect(asked > 20)
  }

  @Test(arguments: [
    (
      ["accounts", "explain", "9999"],
      "there is no account 9999 in the chart, nor an event: the log ends at position "
    ),
    (
      ["accounts", "receivables", "--from", "2026-03-01"],
      "--from does not go with receivables, which says how things stand on one day; give --on"
    ),
    (["accounts", "bs", "-b", "2026-03-01"], "--from does not go with balance-sheet"),
    (["stock", "on-hand", "--from", "2026-03-01"], "--from does not go with on-hand"),
    (["visits", "waiting", "--from", "2026-03-01"], "--from does not go with waiting"),
    (["accounts", "explain", "C999"], "there is no \"C999\" in this book"),
    (["accounts", "explain", "P99"], "is called \"P99\""),
    (["accounts", "explain", "nothing"], "nothing here is called \"nothing\"; give an account"),
    (["accounts", "statement", "P99"], "is called \"P99\"; give an identifier"),
    (["accounts", "statement", "ref:x"], "has the source reference \"x\""),
    (["accounts", "day-end", "--till", "X"], "is no till; give it as T1"),
    (["accounts", "day-end", "soon"], "daybook: the day \"soon\" is no day of the calendar; give"),
    (
      ["accounts", "day-end", "2026-03-02", "--to", "2026-03-03"],
      "give the day, or a range of days"
    ),
    (
      ["accounts", "close", "2026-13"], "daybook: the period \"2026-13\" is no period; give 2026-03"
    ),
    (["accounts", "journal", "--type", "Nothing"], "makes no entries; these do: "),
    (["accounts", "journal", "--journal", "nothing"], "makes no entries; these do: "),
    (["stock", "on-hand", "I99"], "no item is called \"I99\"; give"),
    (["stock", "recall", "L77"], "no item is called \"L77\"; give"),
    (["visits", "card", "nobody"], "no patient is called \"nobody\"; give"),
  ])
  func `names what it does not find`(_ words: [String], _ message: String) async throws {
    let run = try await SmallBook.bench.value.run(words)
    #expect(run.status == .usage)
    #expect(run.said.contains(message), "\(run.said)")
  }

  @Test(arguments: [
    ["list", "patients", "zzz"], ["accounts", "journal", "--type", "RefundPaid"],
    ["accounts", "ledger", "--type", "RefundPaid"],
    ["accounts", "explain", "revenue", "--row", "x"],
    ["accounts", "late", "--since", "1", "--round"], ["accounts", "day-end", "--till", "T9"],
    ["accounts", "income-statement", "--type", "RefundPaid"],
  ])
  func `whose filter matches nothing says so`(_ words: [String]) async throws {
    let run = try await SmallBook.bench.value.run(words)
    #expect(run.status == .done, "\(run.said)")
    #expect(run.answer.contains("\nNothing to report.\n"), "\(run.answer)")
  }
}
