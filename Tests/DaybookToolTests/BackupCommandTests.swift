import Daybook
import DaybookBytes
import DaybookTool
import Testing

@Suite struct `daybook backup and restore` {
  private func facts(_ run: ToolRun) -> [String: String] {
    let lines = run.answer.split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard lines.count == 2 else { return [:] }
    return Dictionary(zip(lines[0], lines[1]), uniquingKeysWith: { first, _ in first })
  }

  @Test func `copy a book, make it again, and say how they stand to each other`() async throws {
    let bench = try await Bench.withBundledExport()
    let backup = bench.folder.file("backup")
    let copy = bench.folder.file("copy")
    let taken = await bench.run("backup", backup, "--format", "csv")
    #expect(taken.status == .done)
    #expect(facts(taken)["events"] == "2109")
    #expect(facts(taken)["newEvents"] == "2109")
    let again = await bench.run("backup", backup + "/", "--format", "csv")
    #expect(facts(again)["copiedBytes"] == "0")
    #expect(facts(again)["kept"] == facts(again)["files"])
    let restored = await bench.run(
      "restore", backup, "--book", copy, "--compare", bench.book, "--format", "csv")
    #expect(restored.status == .done)
    #expect(facts(restored)["position"] == "2109")
    #expect(facts(restored)["relation"] == "same")
    #expect(await bench.run("verify", "--book", copy).status == .done)
    let read = await bench.run("log", "read", "--format", "json")
    #expect(
      await bench.run("log", "read", "--format", "json", "--book", copy).answer == read.answer)
    // The restored book is a book: it says the same and takes the import again as a repeat.
    let report = await bench.run("accounts", "trial-balance", "--format", "json")
    let same = await bench.run("accounts", "trial-balance", "--format", "json", "--book", copy)
    #expect(same.answer == report.answer)
    #expect(await bench.run("import", "synthea", Fixtures.synthea, "--book", copy).status == .done)
    #expect(await bench.run("log", "compare", bench.book, copy).status == .done)
  }

  @Test func `tell a copy that is behind from one that was written to apart`() async throws {
    let bench = try Bench()
    let copy = bench.folder.file("copy")
    func initialise(_ book: String, _ name: String) async -> ToolStatus {
      await bench.run(
        "init", "--name", name, "--currency", "EUR", "--zone", "Europe/Madrid", "--book", book
      ).status
    }
    #expect(await initialise(bench.book, "Sol") == .done)
    let backup = bench.folder.file("backup")
    #expect(await bench.run("backup", backup).status == .done)
    #expect(await bench.run("restore", backup, "--book", copy).status == .done)
    let imported = await bench.run("import", "synthea", Fixtures.synthea)
    #expect(imported.status == .done)
    let ahead = await bench.run("log", "compare", bench.book, copy, "--format", "csv")
    #expect(ahead.status == .done)
    #expect(facts(ahead)["relation"] == "ahead")
    let common = try #require(facts(ahead)["common"].flatMap { Int($0) })
    #expect(facts(ahead)["aheadBy"] == "\((Int(facts(ahead)["first"] ?? "") ?? 0) - common)")
    // Written to as well, a minute later.
    var later = bench
    later.world.clock = LaterClock()
    let apart = await later.run("import", "synthea", Fixtures.synthea, "--book", copy)
    #expect(apart.status == .done)
    let parted = await bench.run("log", "compare", bench.book, copy, "--format", "csv")
    #expect(parted.status == .refused)
    #expect(facts(parted)["relation"] == "parted")
    #expect(facts(parted)["common"] == "\(common)")
    #expect(parted.said.contains("part at position \(common + 1)"))
    #expect(await bench.run("backup", backup).status == .done)
    let refused = await bench.run("backup", backup, "--book", copy)
    #expect(refused.status == .refused)
    #expect(refused.said.contains("they part at position \(common + 1)"))
  }

  @Test func `say what keeps them from it`() async throws {
    let bench = try await Bench.withBundledExport()
    let backup = bench.folder.file("backup")
    let nothing = bench.folder.file("nothing")
    #expect(await bench.run("restore", nothing, "--book", nothing).status == .noBook)
    #expect(await bench.run("backup", backup, "--book", nothing).status == .noBook)
    #expect(await bench.run("backup", bench.book).status == .usage)
    #expect(await bench.run("backup", backup).status == .done)
    #expect(await bench.run("restore", backup).status == .usage)
    let segment = FilePath.join(backup, "log/00000000000000000001.seg")
    let files = LiveFileSystem()
    var bytes = try files.bytes(of: segment, atMost: 1 << 26)
    bytes[5000] ^= 1
    try files.replaceFile(segment, with: bytes.span)
    let damaged = await bench.run("restore", backup, "--book", nothing)
    #expect(damaged.status == .noBook)
    #expect(damaged.said.contains("log/00000000000000000001.seg of the backup in \(backup)"))
    #expect(!files.exists(nothing))
    #expect(await bench.run("log", "compare", bench.book, nothing).status == .noBook)
  }
}

private struct LaterClock: WallClock {
  func now() -> Instant { Instant(milliseconds: StoppedClock().now().milliseconds + 60_000) }
}
