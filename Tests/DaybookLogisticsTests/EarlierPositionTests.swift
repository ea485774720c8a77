import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

@testable import DaybookLogistics

@Suite struct `A logistics model` {
  private func tell(_ room: inout Stockroom, _ visit: (Stockroom) throws -> Void = { _ in }) throws
  {
    for number in UInt64(10)...29 {
      let time = "2026-03-\(number)T10:00:00Z"
      try room.receive(
        Stockroom.stent, "2", lot: "L\(number % 4)", expiry: number % 2 == 0 ? "2027-01-01" : nil,
        cents: 200, at: time, clinic: 1 + number % 2)
      try room.start(number, patient: 1 + number % 3, at: time)
      try visit(room)
      try room.treat(number, line: 1, devices: [("L\(number % 5)", "S\(number)")], at: time)
      try room.issue(
        Stockroom.stent, [("L\(number % 4)", "1", 100)],
        on: number % 3 == 0 ? nil : EncounterLine(EncounterID(number), line: 1), at: time,
        clinic: 1 + number % 2)
      if number == 20 { try room.define(ItemID(3), "C", "Late", at: time) }
      try visit(room)
    }
  }

  private func reports(_ room: Stockroom, _ known: Position? = nil) throws -> [String] {
    let ask = { (query: inout StockQuery) in query.knownAt = known }
    return [
      render(try room.onHand(ask), as: .json), render(try room.movements(ask), as: .json),
      render(try room.recall(ask), as: .json),
    ]
  }

  @Test(arguments: [1, 2, 3, 7, 65_536])
  func `answers for every earlier position as it did then, byte for byte`(chunk: Int) throws {
    var then: [Position: (digest: String, reports: [String])] = [:]
    var room = try Stockroom(LogisticsModel(chunkRows: chunk))
    try tell(&room) { then[$0.feed.position] = ($0.feed.model.digest, try reports($0)) }
    #expect(then.count == 40)
    for (position, was) in then {
      #expect(room.feed.model.digest(knownAt: position) == was.digest)
      #expect(try reports(room, position) == was.reports)
    }
  }

  @Test func `has the same digest for the same history and another for any other`() throws {
    var one = try Stockroom()
    var two = try Stockroom()
    try tell(&one)
    try tell(&two)
    #expect(one.feed.model.digest == two.feed.model.digest)
    #expect(try reports(one) == reports(two))
    try two.receive(Stockroom.gloves, "1", at: "2026-04-01T10:00:00Z")
    #expect(one.feed.model.digest != two.feed.model.digest)
  }

  @Test func `a copy is a snapshot that later events do not reach`() throws {
    var room = try Stockroom()
    try tell(&room)
    let snapshot = room
    let before = try reports(snapshot)
    try room.receive(Stockroom.gloves, "1", at: "2026-04-01T10:00:00Z")
    #expect(try reports(snapshot) == before)
    #expect(try reports(room) != before)
  }
}
