import Daybook
import DaybookTool
import Testing

@Suite struct `Reports on the command line` {
  @Test func `the trial balance is that of the export, and its columns those of the contract`()
    async throws
  {
    let bench = try await Bench.withBundledExport()
    let balance = await bench.run("accounts", "tb", "--format", "csv")
    #expect(balance.answer.hasPrefix("account,name,opening,debit,credit,balance\r\n"))
    #expect(
      balance.answer.contains("4000,\"Treatment income, exempt\",0.00,0.00,152619.80,-152619.80"))
    let json = await bench.run("accounts", "trial-balance", "--format", "json")
    #expect(json.answer.contains("\"report\":\"trial-balance\""))
    #expect(json.answer.contains("\"credit\":\"152619.80\""))
  }

  @Test func `a day before the first event leaves nothing, the last day everything`() async throws {
    let bench = try await Bench.withBundledExport()
    let all = await bench.run("accounts", "tb", "--format", "csv")
    let before = await bench.run("accounts", "tb", "--on", "1900-01-01", "--format", "csv")
    #expect(before.status == .done)
    #expect(before.rows.isEmpty)
    for day in ["last", "today", "tomorrow", "+7d", "2026-03-02"] {
      let run = await bench.run("accounts", "tb", "--on", day, "--format", "csv")
      #expect(run.answer == all.answer, "--on \(day)")
    }
  }

  @Test func `a period, its first and last day, and the day behind it are the same range`()
    async throws
  {
    let bench = try await Bench.withBundledExport()
    func journal(_ options: String...) async -> String {
      await bench.run(["accounts", "reg", "--format", "csv"] + options).answer
    }
    let year = await journal("--period", "2022")
    #expect(year.contains("2022-"))
    #expect(await journal("-p", "FY2022") == year)
    #expect(await journal("--from", "2022-01-01", "--to", "2022-12-31") == year)
    #expect(await journal("-b", "2022-01-01", "-e", "2023-01-01") == year)
    let quarter = await journal("--period", "2022Q4")
    #expect(await journal("--from", "2022-10-01", "--to", "2022-12-31") == quarter)
    #expect(await journal("--period", "2022-12") != quarter)
  }

  @Test func `what was known at a position is what a shorter log would have said`() async throws {
    let bench = try await Bench.withBundledExport()
    let known = await bench.run(
      "accounts", "journal", "--known-at", "500", "--on", "2100-01-01", "--format", "csv")
    #expect(!known.rows.isEmpty)
    #expect(known.rows.allSatisfy { (UInt64($0[1]) ?? .max) <= 500 })
    let nothing = await bench.run(
      "accounts", "journal", "--known-at", "2001-01-01", "--format", "csv")
    #expect(nothing.status == .done)
    #expect(nothing.rows.isEmpty)
    // Everything was recorded on the day of the import.
    let all = await bench.run("accounts", "journal", "--format", "csv")
    let today = await bench.run("accounts", "journal", "--known-at", "today", "--format", "csv")
    #expect(today.answer == all.answer)
  }

  @Test(arguments: [
    ["--on", "2026-02-30"], ["--on", "soon"], ["--from", "2026-03-01", "--to", "2026-02-01"],
    ["--period", "2026Q5"], ["--period", "2026-13"], ["--period", "2026", "--from", "2026-01-01"],
    ["--on", "2026-01-01", "--from", "2025-01-01"], ["--known-at", "99999999"],
    ["--known-at", "then"], ["--clinic", "L99"], ["--clinic", "no such clinic"],
    ["--format", "pdf"], ["--to", "2026-01-01", "-e", "2026-01-02"],
  ])
  func `a question that means nothing ends with 2 and says what to give`(_ options: [String])
    async throws
  {
    let bench = try Bench()
    _ = await bench.run("init", "--name", "Clínica Sol")
    let run = await bench.run(["accounts", "trial-balance"] + options)
    #expect(run.status == .usage)
    #expect(run.answer.isEmpty)
    #expect(run.said.count > 20)
  }

  @Test func `one clinic by identifier, reference and name is the same clinic`() async throws {
    let bench = try await Bench.withBundledExport()
    let clinics = await bench.run("list", "clinics", "--format", "csv")
    let reference = try #require(clinics.rows.first { $0[0] == "L2" }?[1])
    let one = await bench.run("accounts", "tb", "--clinic", "L2", "--format", "csv")
    #expect(!one.rows.isEmpty)
    let other = await bench.run("accounts", "tb", "--site", "ref:\(reference)", "--format", "csv")
    #expect(other.answer == one.answer)
    #expect(one.answer != (await bench.run("accounts", "tb", "--format", "csv")).answer)
  }

  @Test func `a name that several bear is listed, and refused with 2`() async throws {
    let bench = try await Bench.withBundledExport()
    let run = await bench.run("accounts", "statement", "e")
    #expect(run.status == .usage)
    #expect(run.said.contains("say which"))
    #expect(run.said.contains("P1"))
  }

  @Test func `explain lists what every figure is the sum of`() async throws {
    let bench = try await Bench.withBundledExport()
    let balance = await bench.run("accounts", "tb", "--format", "json")
    for account in ["1020", "1100", "1150", "1200", "1210", "2150", "4000"] {
      let explained = await bench.run("accounts", "explain", account, "--format", "json")
      #expect(explained.status == .done)
      let totals = try #require(
        explained.answer.split(separator: "\n").first { $0.contains("\"totals\"") })
      let debit = totals.split(separator: "\"debit\":").last?.split(separator: ",").first ?? ""
      #expect(balance.answer.contains("\"debit\":\(debit)"), "\(account): \(totals)")
    }
    let unknown = await bench.run("accounts", "explain", "9999")
    #expect(unknown.status == .usage)
    #expect(unknown.said.contains("no account 9999"))
  }

  @Test func `explain follows a charge to nothing owed, and a payment to what is unapplied`()
    async throws
  {
    let bench = try await Bench.withBundledExport()
    // The charge of 129.16 was paid whole; 12.50 of the 75.00 in cash settled anything.
    let charge = await bench.run("accounts", "explain", "C1", "--format", "json").answer
    #expect(charge.contains("\"debit\":\"129.16\",\"credit\":null,\"running\":\"129.16\""))
    #expect(charge.contains("\"debit\":null,\"credit\":\"129.16\",\"running\":null"))
    #expect(charge.contains("\"debit\":null,\"credit\":\"129.16\",\"running\":\"0.00\""))
    let payment = await bench.run("accounts", "explain", "M54", "--format", "json").answer
    #expect(payment.contains("\"account\":\"2150\""))
    #expect(payment.contains("\"credit\":\"62.50\""))
    let party = await bench.run("accounts", "explain", "P4", "--format", "json").answer
    #expect(party.contains("\"document\":\"M54\""))
    #expect(await bench.run("accounts", "explain", "C9999").status == .usage)
    // An encounter posts nothing itself; the charges that it led to do.
    let encounter = await bench.run("accounts", "explain", "E30", "--format", "csv")
    #expect(!encounter.rows.isEmpty)
    #expect(encounter.rows.allSatisfy { $0[4] == "charge" })
    let clinic = await bench.run("accounts", "explain", "1").answer
    #expect(clinic.contains("The event at position 1 makes no entry."))
    #expect(clinic.contains("`daybook show 1` tells what it is."))
    #expect(await bench.run("accounts", "explain", "0").said.contains("no account 0"))
  }

  @Test func `a file is written aside and renamed, and holds the same bytes`() async throws {
    let bench = try await Bench.withBundledExport()
    let shown = await bench.run("accounts", "receivables", "--format", "html")
    let path = bench.folder.file("receivables.html")
    let run = await bench.run("accounts", "receivables", "--format", "html", "-o", path)
    #expect(run.status == .done)
    #expect(run.answer.isEmpty)
    let bytes = try LiveFileSystem().bytes(of: path, atMost: 1 << 24)
    #expect(String(decoding: bytes, as: UTF8.self) == shown.answer)
    let nowhere = await bench.run(
      "accounts", "receivables", "-o", bench.folder.file("missing/receivables.txt"))
    #expect(nowhere.status == .file)
    #expect(nowhere.said.contains("no such file or folder"))
  }

  @Test func `a file named - is standard output, for reports and for exports`() async throws {
    let bench = try await Bench.withBundledExport()
    let shown = await bench.run("accounts", "tb", "--format", "csv")
    let dash = await bench.run("accounts", "tb", "--format", "csv", "-o", "-")
    #expect(dash.answer == shown.answer)
    let path = bench.folder.file("books.journal")
    _ = await bench.run("export", "hledger", "-o", path)
    let bytes = try LiveFileSystem().bytes(of: path, atMost: 1 << 24)
    let journal = await bench.run("export", "hledger", "-o", "-")
    #expect(journal.answer == String(decoding: bytes, as: UTF8.self))
    #expect(await bench.run("export", "csv", "-o", "-").status == .usage)
    #expect(await bench.run("export", "ledger", "-o", "").status == .usage)
    #expect(await bench.run("accounts", "tb", "-o", "").status == .usage)
  }

  @Test func `a day before today may begin with a minus`() async throws {
    let bench = try await Bench.withBundledExport()
    let run = await bench.run("accounts", "tb", "--on", "-7d", "--format", "json")
    #expect(run.status == .done)
    #expect(run.answer.contains("\"on\":\"2026-02-23\""))
  }

  @Test func `a range that begins behind the last fact ends where it begins`() async throws {
    let bench = try await Bench.withBundledExport()
    let run = await bench.run("accounts", "tb", "--from", "2030-01-01", "--format", "json")
    #expect(run.status == .done)
    #expect(run.answer.contains("\"from\":\"2030-01-01\",\"to\":\"2030-01-01\""))
  }

  @Test func `open items sum to the receivables of their party`() async throws {
    let bench = try await Bench.withBundledExport()
    func cents(_ text: String) -> Int { Int(text.filter { $0 != "." }) ?? 0 }
    let parties = await bench.run("accounts", "receivables", "--format", "csv").rows
    let list = await bench.run("accounts", "receivables", "--items", "--format", "csv")
    let items = list.rows
    #expect(
      list.answer.hasPrefix("party,ref,kind,document,invoice,date,due,amount,open,age,credit\r\n"))
    #expect(!parties.isEmpty)
    for party in parties {
      let own = items.filter { $0[0] == party[0] }
      #expect(own.reduce(0) { $0 + cents($1[8]) } == cents(party[8]), "\(party[0])")
      #expect(own.reduce(0) { $0 + cents($1[10]) } == cents(party[9]), "\(party[0])")
    }
    let payer = await bench.run("accounts", "statement", "Y1", "--format", "csv")
    #expect(payer.status == .done && payer.answer.contains("adjusted,balance\r\n"))
    let open = await bench.run("accounts", "statement", "Y1", "--items", "--format", "csv")
    #expect(open.rows == items.filter { $0[0] == "Y1" })
  }

  @Test func `receivables of a period stand on its last day`() async throws {
    let bench = try await Bench.withBundledExport()
    let year = await bench.run("accounts", "receivables", "--period", "2020", "--format", "json")
    let day = await bench.run("accounts", "receivables", "--on", "2020-12-31", "--format", "json")
    #expect(year.answer == day.answer)
    #expect(day.answer.contains("\"on\":\"2020-12-31\""))
  }

  @Test func `a list takes a day, a range and a clinic`() async throws {
    let bench = try await Bench.withBundledExport()
    let all = await bench.run("list", "patients", "--format", "csv").rows.count
    func patients(_ options: String...) async -> Int {
      await bench.run(["list", "patients", "--format", "csv"] + options).rows.count
    }
    #expect(await patients("--on", "2015-01-20") == all)
    #expect(await patients("--on", "2015-01-19") == 0)
    #expect(await patients("--from", "2015-01-21") == 0)
    let staff = await bench.run("list", "staff", "--clinic", "L1", "--format", "csv")
    #expect(staff.rows.map { $0[0] } == ["D1", "D6"])
    #expect(await bench.run("list", "clinics", "--clinic", "L2", "--format", "csv").rows.count == 1)
  }

  @Test func `a message names the option, the text and what to give instead`() async throws {
    let bench = try await Bench.withBundledExport()
    for (option, text, words) in [
      ("--on", "2020-13-01", "is no day of the calendar"), ("--period", "2020Q0", "is no period"),
      ("--known-at", "soon", "is no position and no time"),
      ("--known-at", "-5", "is no position and no time"),
    ] {
      let run = await bench.run("accounts", "tb", option, text)
      #expect(run.status == .usage)
      #expect(run.said.contains("\(option) \"\(text)\" \(words); give "), "\(run.said)")
    }
  }

  @Test func `no report names a patient`() async throws {
    let bench = try await Bench.withBundledExport()
    let names = await bench.run("list", "patients", "--format", "csv").rows.map { $0[2] }
    let parts = Set(names.flatMap { $0.split(separator: " ").map(String.init) })
      .filter { $0.count > 3 }
    #expect(parts.count > 20)
    let reports = [
      ["accounts", "trial-balance"], ["accounts", "journal"], ["accounts", "receivables"],
      ["accounts", "receivables", "--items"], ["accounts", "payables"],
      ["accounts", "payables", "--items"], ["accounts", "statement", "P4", "--items"],
      ["accounts", "statement", "P4"], ["accounts", "revenue", "--by", "clinic"],
      ["accounts", "invoices", "--kind", "all"], ["accounts", "fees"],
      ["accounts", "fees", "--party", "P4"],
      ["accounts", "explain", "1200"], ["stock", "recall"], ["stock", "movements"],
      ["stock", "on-hand"], ["visits", "day-list", "--from", "2000-01-01"],
      ["visits", "no-shows", "--by", "patient"], ["visits", "card", "P4"], ["replay"],
      ["verify"], ["status"],
    ]
    for report in reports {
      let run = await bench.run(report + ["--format", "html"])
      #expect(run.status == .done)
      for part in parts {
        #expect(!run.answer.contains(part), "\(part) stands in \(report.joined(separator: " "))")
      }
    }
  }
}
