import Daybook
import DaybookBytes
import DaybookTool
import Testing

/// What a run of the tool said, and how it ended.
struct ToolRun {
  var status: ToolStatus
  var answer: String
  var said: String
}

/// The tool in a directory of its own, with a clock that stands still.
struct Bench {
  let folder: TemporaryDirectory
  var world = World.live
  /// Who acts unless a run says otherwise.
  var actor: String?

  init() throws {
    folder = try TemporaryDirectory()
    world.clock = StoppedClock()
  }

  /// The book that runs are about unless they name another.
  var book: String { folder.file("book") }

  /// Runs `daybook` with these arguments on the bench's book.
  func run(_ arguments: String...) async -> ToolRun { await run(arguments) }

  func run(_ arguments: [String]) async -> ToolRun {
    let output = CapturedOutput()
    let variables = ["DAYBOOK": book, "DAYBOOK_ACTOR": actor ?? ""]
    let status = await DaybookTool.run(
      arguments,
      in: ToolContext(world: world, output: output, variable: { variables[$0] }))
    return ToolRun(status: status, answer: output.answer, said: output.said)
  }

  /// A bench whose book holds the bundled export.
  static func withBundledExport() async throws -> Bench {
    let bench = try Bench()
    let run = await bench.run("import", "synthea", Fixtures.synthea)
    try #require(run.status == .done, "\(run.said)")
    return bench
  }

  /// Writes a file of this text in the bench's folder.
  func write(_ text: String, to name: String) throws -> String {
    let path = folder.file(name)
    try LiveFileSystem().replaceFile(path, with: Array(text.utf8).span)
    return path
  }
}

/// Noon of 2 March 2026, UTC, unless it stands elsewhere.
struct StoppedClock: WallClock {
  var at = Instant(milliseconds: 1_772_452_800_000)

  func now() -> Instant { at }
}

/// Takes what would go to standard output and standard error.
final class CapturedOutput: ToolOutput {
  private let taken = Locked((answer: [UInt8](), said: ""))

  func write(_ bytes: Span<UInt8>) throws(FileError) {
    var copy: [UInt8] = []
    for index in bytes.indices { copy.append(bytes[index]) }
    taken.withLock { $0.answer += copy }
  }

  func say(_ text: String) { taken.withLock { $0.said += text } }

  var columns: Int? { nil }
  var isWatched: Bool { false }

  var answer: String { String(decoding: taken.withLock { $0.answer }, as: UTF8.self) }
  var said: String { taken.withLock { $0.said } }
}

/// What we made ourselves to be read by tests.
enum Fixtures {
  static let synthea: String = {
    let tests = FilePath.folder(of: FilePath.folder(of: #filePath))
    return FilePath.join(FilePath.folder(of: tests), "Fixtures/synthea")
  }()
}

extension ToolRun {
  /// The rows of a CSV answer without quoted fields, below its header.
  var rows: [[String]] {
    answer.split(separator: "\r\n").dropFirst().map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }
}

extension Bench {
  private var segment: String {
    FilePath.join(book, "log/00000000000000000001.seg")
  }

  private func change(_ body: (inout [UInt8]) -> Void) throws {
    let files = LiveFileSystem()
    var bytes = try files.bytes(of: segment, atMost: 1 << 26)
    body(&bytes)
    try files.replaceFile(segment, with: bytes.span)
  }

  /// Damages the first segment.
  func flipByte(at offset: Int) throws { try change { $0[offset] ^= 0x20 } }

  /// Makes the first segment one of a later version, which its readers must be of too.
  func setVersion(to version: UInt8) throws {
    try change { bytes in
      bytes[8] = version
      bytes[10] = version
      let head = Array(bytes[..<4092])
      let sum = CRC32C.checksum(head.span)
      for index in 0..<4 { bytes[4092 + index] = UInt8(truncatingIfNeeded: sum >> (8 * index)) }
    }
  }
}
