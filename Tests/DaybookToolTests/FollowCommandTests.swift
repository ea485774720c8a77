import Daybook
import DaybookBytes
import DaybookTool
import Testing

@Suite struct `daybook log follow` {
  @Test(arguments: ["text", "csv", "json"])
  func `prints what log read prints`(_ format: String) async throws {
    let bench = try await Bench.withBundledExport()
    let read = await bench.run("log", "read", "--format", format)
    let followed = await bench.run("log", "follow", "--idle", "0", "--format", format)
    #expect(followed.status == .done)
    #expect(followed.answer == read.answer)
  }

  @Test func `begins and ends where it is told, and never inside an action`() async throws {
    let bench = try await Bench.withBundledExport()
    // An action of several events, by the positions of which one is the reference's.
    let all = try LogReader(bench.book, in: bench.world).actions()
    let action = try #require(all.first { $0.count > 2 && $0.lowerBound > 100 })
    let run = await bench.run(
      "log", "follow", "--format", "csv", "--from", "\(action.lowerBound - 3)", "--until",
      "\(action.lowerBound)")
    #expect(run.status == .done)
    #expect(run.lines.first == action.lowerBound - 3)
    #expect(run.lines.last == action.upperBound)
    #expect(run.lines.count == action.count + 3)
  }

  @Test func `ends when nothing comes, also without a book`() async throws {
    let bench = try Bench()
    let run = await bench.run("log", "follow", "--idle", "0.4")
    #expect(run.status == .done)
    #expect(run.answer.isEmpty)
    #expect(run.said == "daybook: there is no book in \(bench.book) yet; waiting for one\n")
  }

  @Test func `waits for a book and gives what is written meanwhile`() async throws {
    let bench = try Bench()
    async let followed = bench.run("log", "follow", "--until", "2109", "--format", "json")
    let imported = await bench.run("import", "synthea", Fixtures.synthea)
    #expect(imported.status == .done)
    let read = await bench.run("log", "read", "--format", "json")
    #expect(await followed.answer == read.answer)
  }

  @Test func `refuses what makes no sense`() async throws {
    let bench = try Bench()
    for arguments in [
      ["--format", "html"], ["--from", "9", "--until", "8"], ["--idle", "-1"], ["--from", "x"],
    ] {
      #expect(await bench.run(["log", "follow"] + arguments).status == .usage)
    }
  }

  @Test func `says where the book is damaged`() async throws {
    let bench = try await Bench.withBundledExport()
    try bench.flipByte(at: 5000)
    let run = await bench.run("log", "follow", "--idle", "0")
    #expect(run.status == .noBook)
    #expect(run.said.contains("is damaged at byte"))
  }
}

extension ToolRun {
  /// The first numbers of the lines of a CSV answer.
  fileprivate var lines: [UInt64] {
    answer.split(separator: "\r\n").dropFirst().compactMap { line in
      UInt64(line.prefix { $0.isNumber })
    }
  }
}

extension LogReader {
  /// The positions of each action.
  fileprivate consuming func actions() throws -> [ClosedRange<UInt64>] {
    var found: [ClosedRange<UInt64>] = []
    try scan(from: Position(1)) { record in
      guard record.header.beginsAction else { return }
      let first = record.header.position.number
      found.append(first...first + UInt64(record.header.actionCount) - 1)
    }
    return found
  }
}
