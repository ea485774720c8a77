import DaybookClinicEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import DaybookVisits
import Testing

/// A Monday morning, as it stands a little before noon: compared with what a person last read.
@Suite struct `A morning at the front desk` {
  private let desk: FrontDesk

  init() throws {
    var desk = try FrontDesk()
    try desk.define(room: 1)
    try desk.cover(1, by: 9, from: "2026-01-01", copay: .fixed(Amount(minorUnits: 1500, .eur)))
    // From last week: nobody knows whether P3 came.
    try desk.book(1, 3, at: "2026-02-27T10:00:00+01:00")
    try desk.book(2, 1, at: "2026-03-02T09:00:00+01:00", room: 1)
    try desk.book(3, 2, at: "2026-03-02T09:30:00+01:00", minutes: 45, room: 1)
    try desk.book(4, 3, at: "2026-03-02T10:30:00+01:00")
    try desk.book(5, 4, with: 4, at: "2026-03-02T11:00:00+01:00")
    try desk.book(6, 1, with: 4, at: "2026-03-02T16:00:00+01:00")
    try desk.request(1, 2, from: "2026-03-09", .soon, at: "2026-02-28T10:00:00+01:00")
    // The telephone rings: one is ill, one comes later.
    try desk.cancel(3, at: "2026-03-02T08:40:00+01:00")
    try desk.move(
      4, with: 4, to: "2026-03-02T12:00:00+01:00", made: "2026-03-02T08:45:00+01:00")
    try desk.arrive(1, 1, for: 2, at: "2026-03-02T08:55:00+01:00")
    try desk.start(1, of: 1, 1, at: "2026-03-02T09:05:00+01:00")
    try desk.complete(1, at: "2026-03-02T09:25:00+01:00")
    // Somebody walks in, and is seen in the time that is free.
    try desk.arrive(2, 2, at: "2026-03-02T09:40:00+01:00")
    try desk.start(2, of: 2, 2, at: "2026-03-02T09:50:00+01:00")
    try desk.miss(5, at: "2026-03-02T11:30:00+01:00")
    try desk.arrive(3, 3, for: 4, at: "2026-03-02T11:45:00+01:00")
    self.desk = desk
  }

  private func expect(_ report: Report, is name: String, json: Bool = false) throws {
    try Golden.expect(render(report, as: .text), is: "visits/\(name).txt")
    if json { try Golden.expect(render(report, as: .json), is: "visits/\(name).json") }
  }

  @Test func `prints its day list`() throws {
    try expect(try desk.dayList(), is: "day-list", json: true)
  }

  @Test func `prints who waits`() throws { try expect(try desk.waiting(), is: "waiting") }

  @Test func `prints what is unresolved`() throws {
    try expect(try desk.unresolved(), is: "unresolved")
  }

  @Test func `prints the no-shows`() throws {
    try expect(try desk.noShows(), is: "no-shows")
    try expect(try desk.missed(), is: "missed")
  }

  @Test func `prints the time that is free`() throws {
    let report = try desk.free { $0.from = try day("2026-03-02") }
    try expect(report, is: "free", json: true)
  }

  @Test func `prints a card`() throws { try expect(try desk.card(1), is: "card") }
}
