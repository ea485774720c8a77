import Daybook
import DaybookBytes
import DaybookEngine
import DaybookEvents
import DaybookInterchange
import DaybookLog
import DaybookScenarios
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `Importing our own export` {
  /// A business that has lived for so many days.
  static func life(_ trade: BusinessLife.Trade, days: Int, seed: UInt64 = 3) throws -> LivedBook {
    let first = try Day(parsing: "2026-02-02")
    var book = try LivedBook(
      trade == .clinic
        ? BusinessLife.clinic(seed: seed, from: first) : BusinessLife.shop(seed: seed, from: first))
    try book.live(days)
    return book
  }

  static func expectSame(
    _ moved: MovedBook, _ path: String, in world: World, _ note: Comment
  ) async throws {
    let before = try MovedBook.digests(of: path, in: world)
    let report = try await moved.take()
    #expect(report.refused == [], note)
    let lines = try moved.text()
    #expect(report.eventsAppended == lines.count && report.rowsRead == lines.count, note)
    #expect(try MovedBook.digests(of: moved.copy) == before, note)
    #expect(try moved.linesOfCopy() == lines.map(MovedBook.untimed), note)
    #expect(try moved.failures() == [], note)
    let again = try await moved.take()
    #expect(again.isComplete && again.eventsAppended == 0, note)
    #expect(again.rowsAlreadyThere == lines.count, note)
    #expect(try moved.linesOfCopy().count == lines.count, note)
  }

  @Test(arguments: Effort.cases([BusinessLife.Trade.clinic, .shop], few: 1), [3] as [UInt64])
  func `gives the same book of a lived one, closings and all, and nothing the second time`(
    _ trade: BusinessLife.Trade, _ seed: UInt64
  ) async throws {
    let book = try Self.life(trade, days: Effort.count(50, few: 34), seed: seed)
    defer { book.engine.close() }
    let moved = try MovedBook(of: "/book", in: book.world)
    try await Self.expectSame(moved, "/book", in: book.world, "\(trade) of seed \(seed)")
  }

  @Test func `the fixture is what a shop of two days exports`() async throws {
    let book = try Self.life(.shop, days: 2)
    defer { book.engine.close() }
    let moved = try MovedBook(of: "/book", in: book.world)
    let files = LiveFileSystem()
    let bytes = try files.bytes(of: moved.lines, atMost: 1 << 24)
    let path = FilePath.join(`Importing opening balances`.root, "Fixtures/imports/jsonl/shop.jsonl")
    if Environment.variable("DAYBOOK_ACCEPT") == "1" {
      let folder = FilePath.folder(of: path)
      if !files.exists(folder) { try files.createDirectory(folder) }
      try files.replaceFile(path, with: bytes.span)
    }
    #expect(try files.bytes(of: path, atMost: 1 << 24) == bytes)
  }

  @Test(arguments: Effort.cases([57, 1, 2, 800], few: 1))
  func `goes on where it was interrupted`(_ actions: Int) async throws {
    let book = try Self.life(.clinic, days: Effort.count(30, few: 8))
    defer { book.engine.close() }
    let moved = try MovedBook(of: "/book", in: book.world)
    try await moved.take(failingBehind: actions)
    let report = try await moved.take()
    #expect(report.isComplete && report.actionsAlreadyThere == actions)
    #expect(
      try MovedBook.digests(of: moved.copy) == MovedBook.digests(of: "/book", in: book.world))
  }

  @Test(.enabled(if: Effort.isFull, "takes the optimiser"))
  func `brings a copy up to date with the book that it was made from`() async throws {
    var book = try Self.life(.shop, days: 20)
    defer { book.engine.close() }
    let moved = try MovedBook(of: "/book", in: book.world)
    try await moved.take()
    let before = try moved.text()
    try book.live(15)
    let grown = try MovedBook(of: "/book", in: book.world)
    let more = try grown.text()
    #expect(more.count > before.count && Array(more.prefix(before.count)) == before)
    try moved.write(more)
    let report = try await moved.take()
    #expect(report.rowsAlreadyThere == before.count)
    #expect(report.eventsAppended == more.count - before.count)
    #expect(
      try MovedBook.digests(of: moved.copy) == MovedBook.digests(of: "/book", in: book.world))
  }

  @Test func `appends nothing to a book that holds something else`() async throws {
    let book = try Self.life(.shop, days: 3)
    let other = try Self.life(.shop, days: 3, seed: 4)
    defer {
      book.engine.close()
      other.engine.close()
    }
    let moved = try MovedBook(of: "/book", in: book.world)
    try await moved.take()
    let count = try moved.linesOfCopy().count
    try moved.write(try MovedBook(of: "/book", in: other.world).text())
    let report = try await moved.take()
    #expect(!report.isComplete && report.eventsAppended == 0)
    #expect(
      report.refused.first?.reason.contains("the book holds something else at position") == true)
    #expect(try moved.linesOfCopy().count == count)
  }

  // MARK: - Damage

  struct Damage: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var line: Int
    var reason: String
    var change: @Sendable (inout [String]) -> Void

    init(
      _ name: String, line: Int, _ reason: String,
      _ change: @escaping @Sendable (inout [String]) -> Void
    ) {
      testDescription = name
      self.line = line
      self.reason = reason
      self.change = change
    }
  }

  static let damages: [Damage] = [
    Damage("a digit", line: 40, "does not fit its checksum") { lines in
      lines[39] = lines[39].replacing(/"version":1/, with: "\"version\":2")
        .replacing(/"recordedAt":"2026/, with: "\"recordedAt\":\"2025")
    },
    Damage("a missing line", line: 41, "") { $0.remove(at: 40) },
    Damage("a line twice", line: 42, "") { $0.insert($0[40], at: 41) },
    Damage("two lines changed over", line: 41, "") { $0.swapAt(40, 41) },
    Damage("a cut off line", line: 50, "does not") { lines in
      lines[49] = String(lines[49].prefix(lines[49].count / 2))
    },
    Damage("no JSON", line: 7, "no JSON from byte 0") { $0[6] = "Hello" },
    Damage("an empty line", line: 7, "no JSON") { $0[6] = "" },
    Damage("another object", line: 1, "the member position is missing") { $0[0] = "{}" },
    Damage("a member too many", line: 12, "does not fit its checksum") { lines in
      lines[11] = "{\"more\":1," + lines[11].dropFirst()
    },
    Damage("an event that nobody knows", line: 12, "does not know the event Unheard") { lines in
      lines[11] = lines[11].replacing(/"type":"[^"]*"/, with: "\"type\":\"Unheard\"")
    },
    Damage("the end of an action", line: 0, "") { lines in
      while lines.last?.contains("\"actionIndex\":0,") == true { lines.removeLast() }
      lines.removeLast()
    },
  ]

  @Test(arguments: damages)
  func `refuses a damaged export with its line, and makes no book`(
    _ damage: Damage
  ) async throws {
    let book = try Self.life(.clinic, days: 5)
    defer { book.engine.close() }
    let moved = try MovedBook(of: "/book", in: book.world)
    var lines = try moved.text()
    damage.change(&lines)
    try moved.write(lines)
    let report = try await moved.take()
    let refused = try #require(report.refused.first)
    #expect(report.refused.count == 1 && report.eventsAppended == 0)
    // A line that is not JSON any more may end in the middle of one.
    let reason = damage.reason == "does not" ? "no JSON" : damage.reason
    #expect(refused.reason.contains(reason), "\(refused)")
    #expect(damage.line == 0 || abs(refused.place.row - damage.line) <= 2, "\(refused)")
    #expect(refused.place.file == "events.jsonl")
    #expect(!LiveFileSystem().exists(moved.copy))
  }

  @Test func `refuses half a last line, an empty file and what is no text`() async throws {
    let book = try Self.life(.shop, days: 2)
    defer { book.engine.close() }
    let moved = try MovedBook(of: "/book", in: book.world)
    let files = LiveFileSystem()
    let bytes = try files.bytes(of: moved.lines, atMost: 1 << 24)
    func refusal(_ bytes: [UInt8]) async throws -> RefusedRow {
      try files.replaceFile(moved.lines, with: bytes.span)
      return try #require(try await moved.take().refused.first)
    }
    let lines = try moved.text().count
    let cut = try await refusal(Array(bytes.dropLast(30)))
    #expect(cut.place.row == lines && cut.reason.contains("it was cut off"), "\(cut)")
    #expect(try await refusal([]).reason.contains("the file is empty"))
    let wide = try await refusal([0xff, 0xfe] + bytes.flatMap { [$0, 0] as [UInt8] })
    #expect(wide.reason == "the file is UTF-16; save it as UTF-8")
    let latin = try await refusal([0xe9, 0x0a] + bytes)
    #expect(latin.place.row == 1 && latin.reason.contains("not UTF-8"))
    // What a text editor or a mail adds is no damage.
    try files.replaceFile(
      moved.lines,
      with: ([0xef, 0xbb, 0xbf] + bytes.flatMap { $0 == 0x0a ? [0x0d, 0x0a] : [$0] }).span)
    #expect(try await moved.take().isComplete)
    #expect(try moved.failures() == [])
  }

  // MARK: - Forgery

  @Test(arguments: Effort.cases(0..<12 as Range<UInt64>, few: 4))
  func `makes no book of a forged export that would not pass verify`(_ seed: UInt64) async throws {
    let book = try Self.life(seed % 2 == 0 ? .clinic : .shop, days: 8, seed: 1 + seed % 4)
    defer { book.engine.close() }
    var actions = try ForgedBook.actions(of: "/book", in: book.world)
    var random = SeededNumbers(seed: seed &* 7_919)
    let index = Int.random(in: 0..<actions.count, using: &random)
    var action = actions[index]
    let record = Int.random(in: 0..<action.headers.count, using: &random)
    switch Int.random(in: 0..<8, using: &random) {
    case 0: action.headers[record].clinic += 1
    case 1:
      let effective = action.headers[record].effective
      action.headers[record].effective = Moment(
        Instant(milliseconds: effective.instant.milliseconds - 40 * 86_400_000), effective.offset)
    default:
      let start = record == 0 ? 0 : action.payloadEnds[record - 1]
      guard start < action.payloadEnds[record] else { return }
      let place = Int.random(in: start..<action.payloadEnds[record], using: &random)
      action.payloads[place] = action.payloads[place] &+ UInt8.random(in: 1...4, using: &random)
    }
    actions[index] = action
    let forged = try ForgedBook(actions)
    let moved: MovedBook
    do {
      moved = try MovedBook(of: forged.path, in: .live)
    } catch is ExportError {
      // Bytes that are no payload any more are not even exported.
      return
    }
    let report = try await moved.take()
    if report.isComplete {
      #expect(try moved.failures() == [], "seed \(seed), \(action.headers[record])")
    } else {
      #expect(!LiveFileSystem().exists(moved.copy), "seed \(seed)")
      #expect(report.refused.first.map { $0.place.row > 0 && !$0.reason.isEmpty } == true)
    }
  }
}
