import Daybook
import DaybookEngine
import DaybookEvents
import DaybookScenarios
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `Appending what was decided elsewhere` {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var code: RefusalCode
    var change: @Sendable (inout EncodedAction) -> Void

    init(
      _ name: String, _ code: RefusalCode,
      _ change: @escaping @Sendable (inout EncodedAction) -> Void
    ) {
      testDescription = name
      self.code = code
      self.change = change
    }
  }

  static let cases: [Case] = [
    Case("no events", .invalidState) {
      $0 = EncodedAction(headers: [], payloads: [], payloadEnds: [])
    },
    Case("another count", .invalidState) { $0.headers[0].actionCount += 1 },
    Case("another index", .invalidState) { $0.headers[0].actionIndex += 1 },
    Case("another position", .versionConflict) { $0.headers[0].position = Position(9_999) },
    Case("another version", .versionConflict) { $0.headers[0].version += 1 },
    Case("a number left out", .numberGap) { $0.headers[0].stream.number += 1 },
    Case("another kind of stream", .invalidState) {
      $0.headers[0].stream = StreamID(StreamKind(999), 1)
    },
    Case("an event that nobody knows", .unknownReference) { $0.headers[0].tag = 4_000 },
    Case("a cause that is to come", .unknownReference) {
      $0.headers[0].cause = $0.headers[0].position
    },
    Case("a time that no calendar has", .outOfRange) {
      $0.headers[0].effective = Moment(Instant(milliseconds: .max), .utc)
    },
    Case("a reference without end", .tooLarge) {
      $0.source = ActionSource(
        reference: String(repeating: "x", count: 201), digest: CommandDigest(low: 1, high: 2))
    },
    Case("events that a salvage lost", .invalidState) {
      $0.headers[0].family = FamilyNumber(0)
      $0.headers[0].tag = 2
    },
  ]

  /// A book that holds the first actions of a shop, and the next one, which begins a stream.
  static func begun() async throws -> (folder: TemporaryDirectory, BackOffice, EncodedAction) {
    let book = try `Importing our own export`.life(.shop, days: 1)
    defer { book.engine.close() }
    let actions = try ForgedBook.actions(of: "/book", in: book.world)
    let folder = try TemporaryDirectory()
    let office = try BackOffice.open(
      folder.file("book"), options: LogOptions(creation: .ifMissing))
    let next = try #require(
      actions.indices.dropFirst(3).first {
        actions[$0].headers.count == 1 && actions[$0].headers[0].version == 1
      })
    for action in actions[..<next] {
      _ = try await office.append(decided: action).result.get()
    }
    return (folder, office, actions[next])
  }

  @Test(arguments: cases)
  func `is refused where it does not go on from here, and nothing is appended`(
    _ one: Case
  ) async throws {
    let (folder, office, action) = try await Self.begun()
    let before = await office.lastPosition
    var changed = action
    one.change(&changed)
    switch try await office.append(decided: changed).result {
    case .success: Issue.record("\(one.testDescription) was appended in \(folder.path)")
    case .failure(let refusal):
      #expect(refusal.violations.map(\.code) == [one.code])
      #expect(refusal.violations.allSatisfy { !$0.reason.message.isEmpty })
    }
    #expect(await office.lastPosition == before)
    // As it was, it is taken, once.
    let receipt = try await office.append(decided: action).result.get()
    #expect(receipt.events.count == action.headers.count)
    #expect(throws: Refusal.self) {
      try ActionTrial(.clinic).take(action)
    }
    await office.close()
  }

  @Test func `a reference stands once`() async throws {
    let (folder, office, action) = try await Self.begun()
    var named = action
    named.source = ActionSource(reference: "once", digest: CommandDigest(low: 1, high: 2))
    let first = try await office.append(decided: named).result.get()
    let trial = ActionTrial(.clinic)
    var log = try LogReader(folder.file("book"), in: .live)
    try await office.settle()
    _ = try log.refresh()
    #expect(log.durable == first.last && trial.last == .start)
    var again = named
    for index in again.headers.indices {
      again.headers[index].position = Position(first.last.number + 1 + UInt64(index))
      again.headers[index].version += 1
      again.headers[index].cause = .start
    }
    guard case .failure(let refusal) = try await office.append(decided: again).result else {
      Issue.record("it was appended twice")
      return
    }
    #expect(refusal.violations.map(\.code) == [.duplicateSource])
    await office.close()
  }
}
