import Daybook
import DaybookAccounting
import DaybookBytes
import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookInterchange
import DaybookLog
import DaybookScenarios
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `Merging two books` {
  static func life(
    _ trade: BusinessLife.Trade, days: Int, seed: UInt64 = 3, from first: String = "2026-02-02"
  ) throws -> LivedBook {
    let first = try Day(parsing: first)
    var book = try LivedBook(
      trade == .clinic
        ? BusinessLife.clinic(seed: seed, from: first) : BusinessLife.shop(seed: seed, from: first))
    try book.live(days)
    return book
  }

  /// Sets in one book what the other has set for all clinics.
  static func adopt(rulesOf other: LivedBook, by book: LivedBook) throws {
    var envelope = Envelope()
    envelope.clinic = 1
    envelope.actor = Importer.journal.actor
    envelope.role = .import
    envelope.effective = Moment(book.machine.clock.now())
    try other.scan { event in
      guard event.header.family == .administration else { return }
      switch AdministrationTag(rawValue: event.header.tag) {
      case .accountDefined:
        let defined = try event.payload(AccountDefined.self)
        let command = DefineAccount.with {
          $0.code = defined.code
          $0.name = defined.name
          $0.type = defined.type
          $0.group = defined.group
        }
        _ = try book.engine.submit(command, envelope).result.get()
      case .postingRuleSet:
        let set = try event.payload(PostingRuleSet.self)
        let command = SetPostingRule.with {
          $0.eventType = set.eventType
          $0.slots = set.slots
        }
        _ = try book.engine.submit(command, envelope).result.get()
      default: return
      }
    }
    book.engine.log.step()
  }

  /// Merges the second book into a copy of the first, and expects what every merge must give.
  @discardableResult
  static func expectMerged(
    _ first: World, _ second: World, _ note: Comment
  ) async throws -> MergedBook {
    let merged = try await MergedBook(of: "/book", in: first)
    let report = try await merged.merge("/book", in: second)
    #expect(report.refused == [], note)
    let path = merged.book.copy
    let expected = try MergedBook.sum(
      MergedBook.balances("/book", in: first), MergedBook.balances("/book", in: second))
    #expect(try MergedBook.balances(path) == expected, note)
    #expect(try merged.book.failures() == [], note)
    #expect(report.rowsRead == report.rowsAppended + report.rowsWithoutEvent, note)
    let before = try MergedBook.events("/book", in: first)
    let events = try MergedBook.events(path)
    #expect(events[1] == before[1], note)
    #expect(
      events.values.reduce(0, +) == before.values.reduce(0, +) + report.rowsAppended, note)
    let digests = try MovedBook.digests(of: path)
    let again = try await merged.book.take()
    #expect(again.isComplete && again.eventsAppended == 0, note)
    #expect(again.rowsAlreadyThere == report.rowsAppended, note)
    #expect(try MovedBook.digests(of: path) == digests, note)
    return merged
  }

  static let pairs: [(BusinessLife.Trade, BusinessLife.Trade)] = [(.shop, .clinic), (.shop, .shop)]

  @Test(arguments: Effort.cases(pairs, few: 1))
  func `gives every account the sum of both, closings and payrolls and all`(
    _ first: BusinessLife.Trade, _ second: BusinessLife.Trade
  ) async throws {
    let one = try Self.life(first, days: 8)
    let other = try Self.life(second, days: 26, seed: 4, from: "2026-02-09")
    defer {
      one.engine.close()
      other.engine.close()
    }
    // Both books post by the same rules, or they are not merged.
    if first != second { try Self.adopt(rulesOf: other, by: one) }
    let merged = try await Self.expectMerged(one.world, other.world, "\(first) and \(second)")
    guard first == second else { return }
    // The same again is the same book.
    let twin = try await MergedBook(of: "/book", in: one.world)
    try await twin.merge("/book", in: other.world)
    #expect(
      try MovedBook.digests(of: twin.book.copy) == MovedBook.digests(of: merged.book.copy))
    #expect(try twin.book.linesOfCopy() == merged.book.linesOfCopy())
  }

  @Test(arguments: Effort.cases([(1, 2), (3, 4)] as [(UInt64, UInt64)], few: 1))
  func `of random histories passes verify, and so does what is merged into it next`(
    _ first: UInt64, _ second: UInt64
  ) async throws {
    let one = try RandomBook(seed: first, actions: 450, start: "2026-01-05T08:00:00Z")
    let other = try RandomBook(seed: second, actions: 450, start: "2026-01-05T08:00:01Z")
    let merged = try await Self.expectMerged(one.world, other.world, "\(first) and \(second)")
    let third = try RandomBook(seed: 11, actions: 100, start: "2026-02-05T08:00:00Z")
    let report = try await merged.merge("/book", in: third.world)
    #expect(report.refused == [])
    #expect(try merged.book.failures() == [])
  }

  @Test(arguments: Effort.cases([40, 1, 250], few: 1))
  func `goes on where it was interrupted`(_ actions: Int) async throws {
    let one = try Self.life(.shop, days: 4)
    let other = try Self.life(.shop, days: 5, seed: 4, from: "2026-02-03")
    defer {
      one.engine.close()
      other.engine.close()
    }
    let whole = try await MergedBook(of: "/book", in: one.world)
    try await whole.merge("/book", in: other.world)
    let merged = try await MergedBook(of: "/book", in: one.world)
    try await merged.merge("/book", in: other.world, failingBehind: actions)
    let report = try await merged.book.take()
    #expect(report.isComplete && report.actionsAlreadyThere == actions)
    #expect(try MovedBook.digests(of: merged.book.copy) == MovedBook.digests(of: whole.book.copy))
    #expect(try merged.book.linesOfCopy() == whole.book.linesOfCopy())
  }

  @Test func `is refused at what only one thing of a business may have`() async throws {
    let one = try Self.life(.clinic, days: 2)
    let other = try Self.life(.clinic, days: 2, seed: 4, from: "2026-02-03")
    defer {
      one.engine.close()
      other.engine.close()
    }
    let merged = try await MergedBook(of: "/book", in: one.world)
    let report = try await merged.merge("/book", in: other.world)
    #expect(report.refused.count == 1)
    #expect(report.refused.first.map { "\($0)".contains("has the serial number") } == true)
    #expect(try merged.book.failures() == [])
  }

  @Test func `appends what the other book has new, whatever this one did in between`() async throws
  {
    let one = try Self.life(.shop, days: 4)
    var other = try Self.life(.shop, days: 5, seed: 4, from: "2026-02-03")
    defer {
      one.engine.close()
      other.engine.close()
    }
    let merged = try await MergedBook(of: "/book", in: one.world)
    try await merged.merge("/book", in: other.world)
    let office = try merged.book.open()
    var envelope = Envelope()
    envelope.clinic = 1
    envelope.actor = Importer.journal.actor
    envelope.role = .import
    envelope.effective = try Moment(parsing: "2026-02-20T10:00:00Z")
    for name in ["Soler", "Vidal"] {
      _ = try await office.perform(
        RegisterPatient.with { $0.person.familyName = name }, envelope)
    }
    await office.close()
    try other.live(5)
    let report = try await merged.merge("/book", in: other.world)
    #expect(report.refused == [] && report.eventsAppended > 0)
    let expected = try MergedBook.sum(
      MergedBook.balances("/book", in: one.world), MergedBook.balances("/book", in: other.world))
    #expect(try MergedBook.balances(merged.book.copy) == expected)
    #expect(try merged.book.failures() == [])
    #expect(try await merged.book.take().eventsAppended == 0)
  }

  @Test func `into no book is moving it, as it is`() async throws {
    let book = try Self.life(.shop, days: 5)
    defer { book.engine.close() }
    var moved = try MovedBook(of: "/book", in: book.world)
    moved.isMerging = true
    let report = try await moved.take()
    #expect(report.isComplete)
    #expect(try moved.linesOfCopy() == moved.text().map(MovedBook.untimed))
    #expect(try await moved.take().eventsAppended == 0)
  }

  @Test func `is only done when it is asked for`() async throws {
    let one = try Self.life(.shop, days: 3)
    let other = try Self.life(.shop, days: 3, seed: 4, from: "2026-02-03")
    defer {
      one.engine.close()
      other.engine.close()
    }
    var merged = try await MergedBook(of: "/book", in: one.world)
    merged.book.isMerging = false
    let report = try await merged.merge("/book", in: other.world)
    #expect(report.eventsAppended == 0)
    #expect(report.refused.first?.reason.contains("or merge the two with --merge") == true)
  }

  @Test func `is refused of two books that were one and went on apart`() async throws {
    var one = try Self.life(.shop, days: 6)
    defer { one.engine.close() }
    let merged = try await MergedBook(of: "/book", in: one.world)
    let office = try merged.book.open()
    var envelope = Envelope()
    envelope.clinic = 1
    envelope.actor = Importer.journal.actor
    envelope.role = .import
    envelope.effective = try Moment(parsing: "2026-02-06T10:00:00Z")
    _ = try await office.perform(
      RegisterPatient.with { $0.person.familyName = "Soler" }, envelope)
    await office.close()
    try one.live(2)
    let report = try await merged.merge("/book", in: one.world)
    #expect(report.eventsAppended == 0)
    #expect(
      report.refused.first?.reason.contains("were one book once and went on apart") == true)
  }

  @Test func `writes every event with its own numbers as it was`() throws {
    let book = try RandomBook(seed: 9, actions: 1_200, start: "2026-01-05T08:00:00Z")
    let same = SameNumbers()
    let renumberer = PayloadRenumberer()
    var log = try LogReader("/book", in: book.world)
    var count = 0
    try log.scan(from: Position(1)) { record in
      let event = try #require(Catalogue.clinic.event(record.header.family, record.header.tag))
      let bytes = try event.renumbered(
        record.payload, base: record.header.effective.instant, by: same, renumberer)
      #expect(bytes == record.payload.copyRemaining(), "\(event.name)")
      count += 1
    }
    #expect(count > 1_000)
  }
}

private final class SameNumbers: Renumbering {
  func number(_ number: UInt64, ofKind kind: StreamKind) -> UInt64? { number }
  func person(_ number: UInt64) -> UInt64? { number }
  func position(_ position: Position) -> Position? { position }
}
