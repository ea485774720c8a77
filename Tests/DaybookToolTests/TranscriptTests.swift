import Daybook
import DaybookTesting
import DaybookTool
import Testing

/// What people type through a day and what the tool answers, as `Fixtures/golden/record` has it: a
/// line behind `$` is typed, what follows is printed, and `[exit 2]` is how it ended if not well. A
/// line behind `=` sets the clock. With `DAYBOOK_ACCEPT=1` the answers are written anew.
@Suite struct `A transcript` {
  static let scenes = [
    "setting-up", "front-desk", "money", "claims", "counter", "stock", "office", "people",
    "explaining", "spain", "closing", "refusals",
  ]

  @Test(arguments: scenes) func `is what the tool prints`(_ scene: String) async throws {
    var bench = try Bench()
    bench.actor = "D1"
    var text = ""
    for line in try Transcript.script(scene) {
      if line.hasPrefix("#"), !text.isEmpty { text += "\n" }
      text += line + "\n"
      if let time = line.dropping("= ") {
        bench.world.clock = StoppedClock(at: try Moment(parsing: time).instant)
      }
      guard let typed = line.dropping("$ daybook ") else { continue }
      let run = await bench.type(typed)
      text += Transcript.plain(run.answer + run.said).replacing(bench.book, with: "book")
      if run.status != .done { text += "[exit \(run.status.rawValue)]\n" }
    }
    try Golden.expect(text, is: "record/\(scene).txt")
    let verified = await bench.run("verify")
    #expect(verified.status == .done, "\(verified.answer)")
  }

  @Test func `has every action, once as it should be and once as it is refused`() async throws {
    let list = try await Bench().run("record", "--list")
    let actions = list.answer.split(separator: "\n").dropFirst().map {
      String($0.split(separator: " ")[0])
    }
    #expect(actions.count > 60)
    var (done, failed): (Set<String>, Set<String>) = ([], [])
    for scene in Self.scenes {
      let lines = try Transcript.lines(scene)
      for (index, line) in lines.enumerated() {
        guard let typed = line.dropping("$ daybook record ") else { continue }
        let action = String(typed.split(separator: " ")[0])
        let answer = lines[(index + 1)...].prefix { !$0.hasPrefix("$") && !$0.hasPrefix("#") }
        if answer.contains(where: { $0.hasPrefix("[exit") }) {
          failed.insert(action)
        } else if answer.contains(where: { !$0.isEmpty }) {
          done.insert(action)
        }
      }
    }
    #expect(actions.filter { !done.contains($0) } == [], "never done")
    #expect(actions.filter { !failed.contains($0) } == [], "never refused")
  }
}

/// The files of transcripts.
enum Transcript {
  /// All lines of a scene.
  static func lines(_ scene: String) throws -> [String] {
    let golden = FilePath.join(FilePath.folder(of: Fixtures.synthea), "golden/record/\(scene).txt")
    let bytes = try LiveFileSystem().bytes(of: golden, atMost: 1 << 20)
    return String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// An answer without its digests, which every new event of the clinic and every new figure of a read
  /// model changes, and without the ends of lines that CSV has.
  static func plain(_ answer: String) -> String {
    answer.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map { word in
          word.count == 64 && word.allSatisfy(\.isHexDigit) ? "(digest)" : word
        }
        return words.joined(separator: " ")
      }.joined(separator: "\n")
  }

  /// What is typed and what is said about it, without the answers.
  static func script(_ scene: String) throws -> [String] {
    try lines(scene).filter { line in
      ["$ ", "# ", "= "].contains { line.hasPrefix($0) }
    }
  }
}

extension String {
  /// What follows `prefix`; nil where it does not begin so.
  func dropping(_ prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
