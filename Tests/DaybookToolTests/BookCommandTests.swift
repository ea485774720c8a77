import Daybook
import DaybookTool
import Testing

@Suite struct `Commands about the book` {
  @Test func `an import again appends nothing and ends with 0`() async throws {
    let bench = try await Bench.withBundledExport()
    let digest = await bench.run("replay", "--format", "csv").answer
    let again = await bench.run("import", "synthea", Fixtures.synthea, "--format", "csv")
    #expect(again.status == .done)
    #expect(again.answer.contains("appended,events,0,"))
    #expect(await bench.run("replay", "--format", "csv").answer == digest)
  }

  @Test func `an export without its files is refused before a book is made`() async throws {
    let bench = try Bench()
    let run = await bench.run("import", "synthea", bench.folder.file("nowhere"))
    #expect(run.status == .file)
    #expect(run.said.contains("no such file or folder"))
    #expect(!LiveFileSystem().exists(bench.book))
  }

  @Test func `every check of a sound book passes, one line each`() async throws {
    let bench = try await Bench.withBundledExport()
    let run = await bench.run("verify", "--format", "csv")
    #expect(run.status == .done)
    #expect(run.rows.count > 15)
    #expect(run.rows.allSatisfy { $0[0] == "pass" })
    for area in ["log", "books", "staff", "stock", "replay", "events"] {
      #expect(run.rows.contains { $0[1] == area }, "\(area)")
    }
  }

  @Test(arguments: [["verify"], ["log", "verify"]])
  func `a flipped byte fails a check that names segment and offset, and ends with 3`(
    _ command: [String]
  ) async throws {
    let bench = try await Bench.withBundledExport()
    try bench.flipByte(at: 9_000)
    let run = await bench.run(command + ["--format", "csv"])
    #expect(run.status == .noBook)
    let failed = run.rows.filter { $0[0] == "fail" }
    #expect(!failed.isEmpty)
    #expect(failed.contains { $0[3].hasSuffix(".seg") && !$0[4].isEmpty })
    let report = await bench.run("accounts", "trial-balance")
    #expect(report.status == .noBook)
    #expect(report.said.contains("is damaged at byte"))
    #expect(report.answer.isEmpty)
  }

  @Test func `a salvage copies the rest of a damaged book, and the copy says what it lacks`()
    async throws
  {
    let bench = try await Bench.withBundledExport()
    try bench.flipByte(at: 9_000)
    let copy = bench.folder.file("copy")
    let run = await bench.run("log", "salvage", "-o", copy, "--format", "csv")
    #expect(run.status == .refused)
    let lost = run.rows.filter { $0[0] == "lost" }
    #expect(lost.count == 1 && lost[0][1].hasSuffix(".seg") && !lost[0][2].isEmpty)
    #expect(run.rows.last?[0] == "copied")
    #expect(run.said.contains("can be read, reported on and exported, but not written to"))
    #expect(await bench.run("log", "checkpoint", "--book", copy).status == .noBook)
    #expect(await bench.run("log", "verify", "--strict", "--book", copy).status == .done)
    let first = lost[0][3]
    let read = await bench.run("log", "read", "--at", first, "--book", copy)
    #expect(read.answer.contains("PositionLost"))
    #expect(await bench.run("log", "salvage", "-o", copy).status == .usage)
    // The damaged book is as it was.
    #expect(await bench.run("log", "verify", "--strict").status == .noBook)
  }

  @Test func `the log says how much it holds, in the columns of the contract`() async throws {
    let bench = try await Bench.withBundledExport()
    let info = await bench.run("log", "info", "--format", "csv")
    #expect(
      info.answer.hasPrefix(
        "events,actions,segments,bytes,firstRecorded,lastRecorded,firstEffective,lastEffective,types\r\n"
      ))
    #expect(info.rows.count == 1)
    #expect(info.rows[0][0] == "2109")
    #expect(info.rows[0][8].contains("ChargePosted=318"))
  }

  @Test func `events are read one a line, the last ones, and one alone`() async throws {
    let bench = try await Bench.withBundledExport()
    let all = await bench.run("log", "read", "--format", "json").answer.split(separator: "\n")
    #expect(all.count == 2109)
    let last = await bench.run("log", "read", "--format", "json", "--last", "3")
    #expect(last.answer.split(separator: "\n") == all.suffix(3))
    let one = await bench.run("log", "read", "--format", "json", "--at", "2109")
    #expect(one.answer.split(separator: "\n") == all.suffix(1))
    for member in [
      "position", "stream", "version", "type", "recordedAt", "effectiveAt", "clinic",
      "actor", "role", "correlation", "cause", "sourceRef", "payload",
    ] {
      #expect(one.answer.contains("\"\(member)\":"), "\(member)")
    }
    #expect(await bench.run("log", "read", "--at", "2110").status == .usage)
    #expect(await bench.run("log", "read", "--at", "0").status == .usage)
  }

  @Test func `a patient is shown by identifier, reference and stream, with the name`() async throws
  {
    let bench = try await Bench.withBundledExport()
    let patients = await bench.run("list", "patients", "--format", "csv")
    let row = try #require(patients.rows.first { $0[0] == "P4" })
    let shown = await bench.run("show", "P4")
    #expect(shown.status == .done)
    #expect(shown.answer.contains(row[2]))
    #expect(shown.answer.contains("PatientRegistered"))
    #expect(await bench.run("show", "ref:\(row[1])").answer == shown.answer)
    #expect(await bench.run("show", "patient/4").answer == shown.answer)
    #expect(await bench.run("show", "P99").status == .usage)
    #expect(await bench.run("show", "2109").answer.contains("2109"))
    // What it is now.
    #expect(shown.answer.contains("P4 owes 77.49 USD"))
    #expect(shown.answer.contains("P4 has 62.50 USD unapplied"))
    #expect(await bench.run("show", "M54").answer.contains("P4 has 62.50 USD unapplied"))
    #expect(await bench.run("status").answer.contains("2024-12-06"))
  }

  @Test func `a replay to a position gives the digests that were then`() async throws {
    let bench = try await Bench.withBundledExport()
    let then = await bench.run("replay", "--to", "700", "--format", "csv")
    #expect(then.status == .done)
    let balance = await bench.run("accounts", "tb", "--known-at", "700", "--format", "json")
    let digest = try #require(then.rows.first { $0[0] == "accounting" }?[2])
    #expect(balance.answer.contains("\"digest\":\"\(digest)\""))
  }

  @Test func `a book of a newer version is named, and nothing is done to it`() async throws {
    let bench = try await Bench.withBundledExport()
    // Format version and lowest reader version stand behind the magic of the header.
    try bench.setVersion(to: 9)
    let read = await bench.run("accounts", "trial-balance")
    #expect(read.status == .noBook)
    #expect(read.said.contains("newer version"))
    let written = await bench.run("import", "synthea", Fixtures.synthea)
    #expect(written.status == .noBook)
    #expect(written.said.contains("newer version"))
  }
}
