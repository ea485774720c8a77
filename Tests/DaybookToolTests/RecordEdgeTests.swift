import Daybook
import DaybookTesting
import DaybookTool
import Testing

/// What stands around `record` and is not as it should be.
@Suite struct `Recording, when something gets in the way,` {
  private static let arrival = #"{"action":"check-in","patient":"P1"}"# + "\n"

  @Test func `keeps what stands before and behind a line that is broken, and names it`()
    async throws
  {
    let bench = try await Bench.withClinic()
    let run = await bench.run(
      ["record", "--json", "-"],
      input: [Self.arrival, #"{"action":"check-in","pat"# + "\n", Self.arrival])
    let lines = run.answer.split(separator: "\n")
    #expect(run.status == .refused)
    #expect(run.said == "daybook: line 2 was refused; the others stand by themselves\n")
    try #require(lines.count == 3)
    #expect(lines[0].contains(#""line":1,"result":"done""#))
    #expect(lines[1].contains(#""line":2,"result":"misunderstood","error":"no JSON from byte"#))
    #expect(lines[2].contains(#""line":3,"result":"done""#))
    #expect(await bench.run("verify").status == .done)
  }

  @Test func `does not take the half line of a sender that is gone`() async throws {
    let bench = try await Bench.withClinic()
    let run = await bench.run(
      ["record", "--json", "-"], input: [Self.arrival, #"{"action":"check-in","patient":"P1""#])
    #expect(run.status == .refused)
    #expect(run.said.contains("line 2 was refused"), "\(run.said)")
    #expect(await bench.run("show", "V1").status == .done)
    #expect(await bench.run("show", "V2").status != .done)
  }

  @Test func `stops where nobody reads the results, and says how far it came`() async throws {
    let bench = try await Bench.withClinic()
    let output = ClosedPipe()
    let left = Locked(Array(repeating: Self.arrival, count: 5)[...])
    let status = await DaybookTool.run(
      ["record", "--json", "-"],
      in: ToolContext(
        world: bench.world, output: output,
        input: { (_, buffer) throws(FileError) in
          guard let part = left.withLock({ $0.popFirst() }) else { return 0 }
          buffer.append(utf8: part)
          return part.utf8.count
        }, variable: { $0 == "DAYBOOK" ? bench.book : nil }))
    #expect(status == .refused)
    #expect(
      output.said == "daybook: nobody reads the results; line 1 is the last that was carried out\n")
    #expect(await bench.run("show", "V1").status == .done)
    #expect(await bench.run("show", "V2").status != .done)
  }

  @Test func `says who has the book, and ends with 4`() async throws {
    let bench = try await Bench.withClinic()
    let office = try BackOffice.open(bench.book, world: bench.world)
    let run = await bench.run("record", "check-in", "P1", "--wait", "0")
    #expect(run.status == .locked)
    #expect(run.said.contains("the book is open for writing by"), "\(run.said)")
    await office.close()
    #expect(await bench.run("record", "check-in", "P1").status == .done)
  }

  @Test func `of a book that may only be read ends with 5, and names the file`() async throws {
    var bench = try await Bench.withClinic()
    bench.world.files = ReadOnlyDisk()
    let run = await bench.run("record", "check-in", "P1")
    #expect(run.status == .file)
    #expect(run.said.contains("/LOCK: permission denied; check owner and mode"), "\(run.said)")
    #expect(await bench.run("list", "patients").answer.contains("Ana García"))
  }
}

/// An output that nobody reads any more.
private final class ClosedPipe: ToolOutput {
  private let taken = Locked("")

  func write(_ bytes: Span<UInt8>) throws(FileError) {
    throw FileError(operation: "write", path: "standard output", kind: .brokenPipe)
  }
  func say(_ text: String) { taken.withLock { $0 += text } }
  var columns: Int? { nil }
  var isWatched: Bool { false }

  var said: String { taken.withLock { $0 } }
}

/// A disk on which this user may only read.
private struct ReadOnlyDisk: ForwardingFileSystem {
  let underlying: any FileSystem = LiveFileSystem()

  func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    guard mode == .read else { throw refusal("open", path) }
    return try underlying.open(path, mode)
  }
  func createDirectory(_ path: String) throws(FileError) { throw refusal("create", path) }
  func rename(_ from: String, to: String) throws(FileError) { throw refusal("rename", from) }
  func remove(_ path: String) throws(FileError) { throw refusal("remove", path) }
  func lock(_ path: String) throws(FileError) -> any FileLock { throw refusal("lock", path) }

  private func refusal(_ operation: String, _ path: String) -> FileError {
    FileError(operation: operation, path: path, kind: .permission)
  }
}
