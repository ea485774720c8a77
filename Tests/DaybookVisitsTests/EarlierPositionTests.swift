import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

@testable import DaybookVisits

@Suite struct `A model of visits` {
  /// Three weeks in which everything happens that may happen.
  private func tell(
    _ desk: inout FrontDesk, _ numbers: Range<UInt64> = 10..<29,
    _ visit: (FrontDesk) throws -> Void = { _ in }
  ) throws {
    for number in numbers {
      let (patient, staff) = (1 + number % 4, 3 + number % 2)
      let date = "2026-03-\(number)"
      try desk.book(
        number, patient, with: staff, at: "\(date)T10:00:00Z", made: "\(date)T08:00:00Z")
      try visit(desk)
      switch number % 6 {
      case 0:
        try desk.move(
          number, with: 4, to: "\(date)T15:00:00Z", made: "\(date)T09:00:00Z")
        try visit(desk)
        try desk.cancel(number, at: "\(date)T09:30:00Z")
      case 1: try desk.miss(number, at: "\(date)T11:00:00Z")
      case 2:
        try desk.arrive(number, patient, for: number, at: "\(date)T09:50:00Z")
        try visit(desk)
        try desk.miss(number, .leftUnseen, at: "\(date)T11:00:00Z")
      case 3: break
      default:
        try desk.arrive(number, patient, for: number, at: "\(date)T09:50:00Z")
        try visit(desk)
        try desk.start(number, of: number, patient, with: staff, at: "\(date)T10:00:00Z")
        try visit(desk)
        if number % 2 == 0 { try desk.complete(number, at: "\(date)T10:20:00Z") }
      }
      try visit(desk)
      if number == 15 { try desk.define(room: 7) }
      if number == 17 {
        try desk.request(1, patient, from: "2026-04-01", at: "\(date)T12:00:00Z")
      }
      if number == 19 { try desk.cover(1, by: 9, from: "2026-03-01") }
      if number == 20 { try desk.amend(2, born: 1990, at: "\(date)T12:00:00Z") }
      if number == 21 { try desk.merge(4, into: 2, at: "\(date)T12:00:00Z") }
      if number == 22 { try desk.hire(6, from: "2026-03-22", reference: "late") }
      try visit(desk)
    }
  }

  private func reports(_ desk: FrontDesk, _ known: Position? = nil) throws -> [String] {
    let ask = { (query: inout VisitsQuery) in query.knownAt = known }
    return [
      try desk.dayList(ask), try desk.unresolved(ask), try desk.waiting(ask),
      try desk.noShows(ask), try desk.missed(ask), try desk.free(ask), try desk.card(2, ask),
    ].map { render($0, as: .json) }
  }

  @Test(arguments: [1, 2, 3, 7, 65_536])
  func `answers for every earlier position as it did then, byte for byte`(chunk: Int) throws {
    var then: [Position: (digest: String, reports: [String])] = [:]
    var desk = try FrontDesk(VisitsModel(chunkRows: chunk))
    try tell(&desk) { then[$0.feed.position] = ($0.feed.model.digest, try reports($0)) }
    #expect(then.count > 50)
    for (position, was) in then {
      #expect(desk.feed.model.digest(knownAt: position) == was.digest)
      #expect(try reports(desk, position) == was.reports)
    }
  }

  @Test func `has the same digest for the same history and another for any other`() throws {
    var one = try FrontDesk()
    var two = try FrontDesk()
    try tell(&one)
    try tell(&two)
    #expect(one.feed.model.digest == two.feed.model.digest)
    try two.arrive(40, 1, at: "2026-04-01T10:00:00Z")
    #expect(one.feed.model.digest != two.feed.model.digest)
  }

  @Test func `a copy is a snapshot that later events do not reach`() throws {
    var desk = try FrontDesk()
    try tell(&desk)
    let snapshot = desk
    let before = try reports(snapshot)
    try desk.arrive(40, 1, at: "2026-04-01T10:00:00Z")
    #expect(try reports(snapshot) == before)
    #expect(try reports(desk) != before)
  }

  @Test(arguments: [UInt64(10), 13, 18, 22, 29])
  func `from a checkpoint and the tail behind it is what a replay is`(cut: UInt64) throws {
    var replayed = try FrontDesk(VisitsModel(chunkRows: 4))
    try tell(&replayed)
    var resumed = try FrontDesk(VisitsModel(chunkRows: 4))
    try tell(&resumed, 10..<cut)
    resumed.feed.model = try MemoryPages.copy(
      &resumed.feed.model, into: VisitsModel(chunkRows: 4)
    ).model
    try tell(&resumed, cut..<29)
    #expect(resumed.feed.model.digest == replayed.feed.model.digest)
    #expect(
      try MemoryPages.state(of: resumed.feed.model)
        == MemoryPages.state(of: replayed.feed.model))
    #expect(try reports(resumed) == reports(replayed))
  }

  @Test func `of which no page can be had is computed from without a trap`() throws {
    var desk = try FrontDesk(VisitsModel(chunkRows: 4))
    try tell(&desk)
    guard let draft = try CheckpointDraft(of: &desk.feed.model) else { return }
    desk.feed.model = try MemoryPages.copy(
      &desk.feed.model, into: VisitsModel(chunkRows: 4), damaged: Set(draft.slots.map(\.name))
    ).model
    _ = try reports(desk)
    _ = VisitsChecks.run(desk.feed.model)
  }
}
