import DaybookEvents
import DaybookTesting
import DaybookVisits
import Testing

@Suite struct `A check of visits` {
  private func failed(_ desk: FrontDesk) -> [String] {
    VisitsChecks.run(desk.feed.model).filter { !$0.passed }.map(\.detail)
  }

  @Test func `passes what happened, and says how much it looked at`() throws {
    var desk = try FrontDesk()
    try desk.book(1, 1, at: "2026-03-02T10:00:00+01:00")
    try desk.move(1, to: "2026-03-02T11:00:00+01:00")
    try desk.arrive(1, 1, for: 1, at: "2026-03-02T10:55:00+01:00")
    try desk.start(1, of: 1, 1, at: "2026-03-02T11:00:00+01:00")
    try desk.complete(1, at: "2026-03-02T11:20:00+01:00")
    try desk.book(2, 2, at: "2026-03-02T10:00:00+01:00")
    try desk.miss(2, at: "2026-03-02T11:20:00+01:00")
    try desk.arrive(2, 3, at: "2026-03-02T11:20:00+01:00")
    let checks = VisitsChecks.run(desk.feed.model)
    #expect(checks.filter { !$0.passed } == [])
    #expect(
      checks.map(\.detail) == [
        "5 steps of 2 appointments", "2 visits, 2 starts and ends",
        "2 appointments of 1 practitioners", "1 waiting",
      ])
    #expect(VisitsChecks.run(VisitsModel()).filter { !$0.passed } == [])
  }

  @Test func `finds an appointment that nobody booked`() throws {
    var desk = try FrontDesk()
    try desk.move(5, to: "2026-03-02T11:00:00+01:00")
    #expect(
      failed(desk).first == "appointment A5 at position 8: moved, and not booked before")
  }

  @Test func `finds an appointment that ends twice`() throws {
    var desk = try FrontDesk()
    try desk.book(1, 1, at: "2026-03-02T10:00:00+01:00")
    try desk.cancel(1)
    try desk.miss(1, at: "2026-03-02T10:30:00+01:00")
    #expect(failed(desk).first == "appointment A1 at position 10: ended, and ended before")
  }

  @Test func `finds an encounter without a visit, and one that ended before it began`() throws {
    var desk = try FrontDesk()
    try desk.start(1, of: 7, 1, at: "2026-03-02T11:00:00+01:00")
    #expect(failed(desk) == ["encounter E1 at position 8: visit V7 had not begun"])
    var other = try FrontDesk()
    try other.arrive(1, 1, at: "2026-03-02T11:00:00+01:00")
    try other.start(1, of: 1, 1, at: "2026-03-02T11:00:00+01:00")
    try other.complete(1, at: "2026-03-02T10:59:00+01:00")
    #expect(failed(other) == ["encounter E1 at position 10: it ended before it began"])
    var ended = try FrontDesk()
    try ended.complete(1, at: "2026-03-02T10:59:00+01:00")
    #expect(failed(ended) == ["encounter E1 at position 8: it ended without having begun"])
  }
}
