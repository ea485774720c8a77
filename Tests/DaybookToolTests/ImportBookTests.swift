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

  /// Two shops that kept a book each, and keep one from now on.
  static let merging = [
    "# A fruit shop in the north.", "= 2026-03-02T09:00:00+01:00",
    "$ daybook init --name North --currency EUR --zone Europe/Madrid --admin 'Ana Gil' --book north",
    "$ daybook record set-roles ana admin reception cashier buyer accountant --book north",
    "$ daybook record register-party supplier Depot --book north",
    "$ daybook record define-item apples Apples --unit kg --book north",
    "$ daybook record receive depot --line 'apples 60kg @1.00' --book north",
    "$ daybook record open-till T1 --float 100.00 --book north",
    "$ daybook record sell --line 'apples 2kg @2.80' --cash 10.00 --book north",
    "# Another in the south.", "= 2026-03-02T09:30:00+01:00",
    "$ daybook init --name South --currency EUR --zone Europe/Madrid --admin 'Eva Sol' --book south",
    "$ daybook record set-roles eva admin reception cashier buyer accountant --book south",
    "$ daybook record register-party supplier Market --book south",
    "$ daybook record define-item pears Pears --unit kg --book south",
    "$ daybook record receive market --line 'pears 40kg @1.50' --book south",
    "$ daybook record open-till T1 --float 50.00 --book south",
    "$ daybook record sell --line 'pears 1kg @3.10' --cash 5.00 --book south",
    "$ daybook export jsonl -o south.jsonl --book south",
    "# They are two books, and become one only when that is meant.",
    "$ daybook import jsonl south.jsonl --book north",
    "$ daybook import jsonl south.jsonl --merge --book north",
    "$ daybook import jsonl south.jsonl --merge --book north",
    "$ daybook accounts trial-balance --book north",
    "$ daybook accounts trial-balance --clinic L2 --book north",
    "$ daybook stock on-hand --book north", "$ daybook show L2 --book north",
    "$ daybook verify --book north",
    "# The south goes on in its own book, and what is new follows.",
    "= 2026-03-02T12:00:00+01:00",
    "$ daybook record sell --line 'pears 2kg @3.10' --cash 10.00 --book south",
    "$ daybook export jsonl -o south.jsonl --book south",
    "$ daybook record sell --line 'apples 1kg @2.80' --cash 5.00 --clinic L1 --book north",
    "$ daybook import jsonl south.jsonl --merge --book north",
    "# Once the north sells there too, it does not.",
    "$ daybook record sell --line 'pears 1kg @3.10' --cash 5.00 --clinic L2 --actor D2 --book north",
    "$ daybook record sell --line 'pears 3kg @3.10' --cash 10.00 --book south",
    "$ daybook export jsonl -o south.jsonl --book south",
    "$ daybook import jsonl south.jsonl --merge --book north",
    "$ daybook import retail south.jsonl --merge --book north",
  ]

  @Test func `two books become one as a person does it`() async throws {
    var bench = try Bench()
    bench.actor = "D1"
    var text = ""
    for line in Self.merging {
      if line.hasPrefix("#"), !text.isEmpty { text += "\n" }
      text += line + "\n"
      if let time = line.dropping("= ") {
        bench.world.clock = StoppedClock(at: try Moment(parsing: time).instant)
      }
      guard var typed = line.dropping("$ daybook ") else { continue }
      for name in ["north", "south", "south.jsonl"] {
        typed = typed.split(separator: " ", omittingEmptySubsequences: false)
          .map { $0 == name ? bench.folder.file(name) : String($0) }.joined(separator: " ")
      }
      let run = await bench.type(typed)
      // How many records share a frame is how fast they came, and no part of what was written.
      text += (run.answer + run.said).replacing(bench.folder.path + "/", with: "")
        .replacing(/\d+ frames/, with: "some frames")
        .replacing(/zeros from byte \d+ on/, with: "zeros from there on")
      if run.status != .done { text += "[exit \(run.status.rawValue)]\n" }
    }
    try Golden.expect(text, is: "import/merging.txt")
  }

  @Test func `two exports of the same patients become one book with two clinics`() async throws {
    let bench = try await Bench.withBundledExport()
    let files = LiveFileSystem()
    let folder = try `A hostile file in an import`.export(in: bench)
    // The same people were treated in another place by others.
    for name in try files.list(folder) {
      let path = FilePath.join(folder, name)
      var text = String(decoding: try files.bytes(of: path, atMost: 1 << 24), as: UTF8.self)
      for file in ["organizations.csv", "providers.csv"] {
        let path = FilePath.join(Fixtures.synthea, file)
        let rows = String(decoding: try files.bytes(of: path, atMost: 1 << 20), as: UTF8.self)
        for row in rows.split(whereSeparator: \.isNewline).dropFirst() {
          let id = String(row.prefix { $0 != "," })
          text = text.replacing(id, with: "z" + id.dropFirst())
        }
      }
      try files.replaceFile(path, with: Array(text.utf8).span)
    }
    let other = bench.folder.file("other")
    let lines = bench.folder.file("other.jsonl")
    #expect(await bench.run("import", "synthea", folder, "--book", other).status == .done)
    #expect(await bench.run("export", "jsonl", "-o", lines, "--book", other).status == .done)
    func figures(_ book: String, _ report: [String]) async -> [[Substring]] {
      let run = await bench.run(report + ["--book", book, "--format", "csv"])
      #expect(run.status == .done, "\(run.said)")
      return run.answer.split(separator: "\r\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
    }
    let one = await figures(bench.book, ["accounts", "trial-balance"])
    let patients = await figures(bench.book, ["list", "patients"])
    let run = await bench.run("import", "jsonl", lines, "--merge", "--format", "csv")
    #expect(run.status == .done, "\(run.answer) \(run.said)")
    let both = await figures(bench.book, ["accounts", "trial-balance"])
    #expect(one.map(\.first) == both.map(\.first))
    func cents(_ text: Substring) -> Int? { Int(text.filter { $0 != "." }) }
    for (row, double) in zip(one, both).dropFirst() where row.count == double.count {
      for (cell, twice) in zip(row, double) where cell.contains(".") {
        #expect(cents(cell).map { $0 * 2 } == cents(twice), "\(row) \(double)")
      }
    }
    #expect(await figures(bench.book, ["list", "patients"]).count == patients.count)
    #expect(await bench.run("verify").status == .done)
    let again = await bench.run("import", "jsonl", lines, "--merge", "--format", "csv")
    #expect(again.status == .done && again.answer.contains("appended,events,0,"))
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
