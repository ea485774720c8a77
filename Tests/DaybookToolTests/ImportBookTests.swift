import Daybook
import DaybookTesting
import DaybookTool
import Testing

@Suite struct `Importing books from the command line` {
  /// The digests that `verify` prints, and that all of it passed.
  static func digests(_ bench: Bench, _ book: String) async throws -> [String] {
    let run = await bench.run("verify", "--book", book, "--format", "csv")
    #expect(run.status == .done, "\(run.said)")
    return run.answer.split(separator: "\r\n").filter { $0.contains("again gives the same digest") }
      .map(String.init)
  }

  @Test func `a book that is exported and imported again prints the same`() async throws {
    let bench = try await Bench.withBundledExport()
    let lines = bench.folder.file("events.jsonl")
    let copy = bench.folder.file("copy")
    #expect(await bench.run("export", "jsonl", "-o", lines).status == .done)
    let run = await bench.run("import", "jsonl", lines, "--book", copy, "--format", "csv")
    #expect(run.status == .done, "\(run.said)")
    #expect(run.answer.contains("appended,events,2109,"))
    #expect(try await Self.digests(bench, copy) == Self.digests(bench, bench.book))
    for report in [
      ["accounts", "trial-balance"], ["accounts", "receivables"], ["stock", "on-hand"],
      ["staff", "hours"], ["visits", "no-shows"], ["list", "patients"],
    ] {
      let one = await bench.run(report + ["--format", "csv"])
      let other = await bench.run(report + ["--format", "csv", "--book", copy])
      #expect(one.status == .done && one.answer == other.answer, "\(report)")
    }
    let again = await bench.run("import", "jsonl", lines, "--book", copy, "--format", "csv")
    #expect(again.status == .done, "\(again.said)")
    #expect(
      again.answer.contains("appended,events,0,")
        && again.answer.contains("alreadyThere,rows,2109,"))
  }

  @Test func `a damaged export is refused with its line, and no book is made`() async throws {
    let bench = try await Bench.withBundledExport()
    let lines = bench.folder.file("events.jsonl")
    #expect(await bench.run("export", "jsonl", "-o", lines).status == .done)
    let bytes = try LiveFileSystem().bytes(of: lines, atMost: 1 << 26)
    var text = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    text[499] = text[499].replacing(/[0-9]"/, with: "8\"")
    let damaged = try bench.write(text.joined(separator: "\n") + "\n", to: "damaged.jsonl")
    let copy = bench.folder.file("copy")
    let run = await bench.run("import", "jsonl", damaged, "--book", copy, "--format", "csv")
    #expect(run.status == .refused)
    #expect(run.answer.contains(",damaged.jsonl,500,"), "\(run.answer)")
    #expect(run.said.contains("1 row was refused"))
    #expect(!LiveFileSystem().exists(copy))
    let folder = await bench.run("import", "jsonl", bench.folder.path, "--book", copy)
    #expect(folder.status == .file && folder.said.contains("it is a folder; name a file"))
    let absent = await bench.run("import", "jsonl", bench.folder.file("no"), "--book", copy)
    #expect(absent.status == .file && absent.said.contains("no such file"))
    #expect(!LiveFileSystem().exists(copy))
    let other = await bench.run("import", "jsonl", lines, "--clinic", "1")
    #expect(other.status == .usage)
  }

  static let openings = """
    account,date,party,document,due,debit,credit
    1100,2026-01-01,,,,8500.00,
    1200,2026-01-01,Ana Soler,F-101,2025-11-30,120.00,
    2000,2026-01-01,Dental Depot,77120,2026-01-15,,640.00
    3000,2026-01-01,,,,,7980.00

    """

  static func openedBench() async throws -> Bench {
    let bench = try Bench()
    let run = await bench.run(
      "init", "--name", "Sol", "--currency", "EUR", "--zone", "Europe/Madrid")
    try #require(run.status == .done, "\(run.said)")
    return bench
  }

  @Test func `a business moves in with its balances and open items`() async throws {
    let bench = try await Self.openedBench()
    let path = try bench.write(Self.openings, to: "openings.csv")
    let run = await bench.run("import", "journal", path, "--format", "csv")
    #expect(run.status == .done, "\(run.said) \(run.answer)")
    let balance = await bench.run("accounts", "trial-balance", "--format", "csv")
    // Names of accounts may have commas in them.
    let balances = balance.rows.map { "\($0[0]) \($0.last ?? "")" }
    #expect(balances == ["1100 8500.00", "1200 120.00", "2000 -640.00", "3000 -7980.00"])
    let owed = await bench.run("accounts", "receivables", "--on", "2026-01-01", "--format", "csv")
    #expect(
      owed.rows.map { $0.dropFirst(2).joined(separator: " ") } == [
        "patient 0.00 0.00 120.00 0.00 0.00 120.00 0.00"
      ])
    #expect(await bench.run("verify").status == .done)
    let again = await bench.run("import", "journal", path, "--format", "csv")
    #expect(again.status == .done && again.answer.contains("appended,events,0,"))
  }

  @Test(arguments: [
    ("3000,2026-01-01,,,,,7980.00", "3000,2026-01-01,,,,,7979.00", "unbalanced"),
    ("1100,2026-01-01,,,,8500.00,", "1109,2026-01-01,,,,8500.00,", "account"),
    ("Ana Soler,F-101", ",F-101", "party"),
    (",640.00\n", "640.00,640.00\n", "credit"),
  ])
  func `a file of balances that is wrong posts nothing`(
    _ from: String, _ to: String, _ word: String
  ) async throws {
    let bench = try await Self.openedBench()
    let path = try bench.write(Self.openings.replacing(from, with: to), to: "openings.csv")
    let run = await bench.run("import", "journal", path, "--format", "csv")
    #expect(run.status == .refused)
    #expect(run.answer.contains("openings.csv") && run.answer.contains(word), "\(run.answer)")
    let balance = await bench.run("accounts", "trial-balance", "--format", "csv")
    #expect(balance.rows.allSatisfy { $0.last == "0.00" })
  }

  @Test func `a file of balances in another encoding is refused before anything`() async throws {
    let bench = try await Self.openedBench()
    let before = await bench.run("log", "info", "--format", "csv")
    let path = bench.folder.file("openings.csv")
    let files = LiveFileSystem()
    for (bytes, words) in [
      (
        [0xff, 0xfe] + Self.openings.utf8.flatMap { [$0, 0] as [UInt8] },
        "the file is UTF-16; save it as UTF-8"
      ),
      (Array(Self.openings.utf8).map { $0 == 0x0a ? 0x0d : $0 }, "line ends LF or CRLF"),
      (Array((Self.openings + "\"").utf8), "a quoted field is not closed"),
      ([], "the file is empty"),
    ] as [([UInt8], String)] {
      try files.replaceFile(path, with: bytes.span)
      let run = await bench.run("import", "journal", path)
      #expect(run.status == .refused && run.said.contains(words), "\(run.said)")
    }
    #expect(await bench.run("log", "info", "--format", "csv").answer == before.answer)
    // A header alone has nothing to say; the byte order mark and CRLF of a spreadsheet are read.
    _ = try bench.write("account,date,debit,credit\n", to: "openings.csv")
    #expect(await bench.run("import", "journal", path).status == .done)
    _ = try bench.write(
      "\u{feff}" + Self.openings.replacing("\n", with: "\r\n"), to: "openings.csv")
    #expect(await bench.run("import", "journal", path).status == .done)
  }
}
