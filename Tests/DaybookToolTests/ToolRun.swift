import Daybook
import DaybookTool

/// What a run of the tool said, and how it ended.
struct ToolRun {
  var status: ExitStatus
  var answer: String
  var said: String
}

/// The tool in a directory of its own, with a clock that stands still.
struct Bench {
  let folder: TemporaryDirectory
  var world = World.live

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
    let book = book
    let status = await DaybookTool.run(
      arguments,
      in: ToolContext(
        world: world, output: output, variable: { $0 == "DAYBOOK" ? book : nil }))
    return ToolRun(status: status, answer: output.answer, said: output.said)
  }

  /// Runs on a file of this text in the bench's folder.
  func write(_ text: String, to name: String) throws -> String {
    let path = folder.file(name)
    try LiveFileSystem().replaceFile(path, with: Array(text.utf8).span)
    return path
  }
}

/// Noon of 26 November 2026, UTC.
struct StoppedClock: WallClock {
  func now() -> Instant { Instant(milliseconds: 1_795_694_400_000) }
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
