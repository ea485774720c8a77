import DaybookClinicEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import DaybookVisits
import Testing

@Suite struct `No-shows` {
  /// Of D3: two came, one did not, one left, one was called off, one is not known. Of D4 one is yet
  /// to come.
  private func desk() throws -> FrontDesk {
    var desk = try FrontDesk()
    for number in UInt64(1)...6 {
      try desk.book(number, 1 + number % 4, at: "2026-03-02T1\(number):00:00+01:00")
    }
    try desk.book(7, 1, with: 4, at: "2026-03-09T10:00:00+01:00")
    try desk.arrive(1, 2, for: 1, at: "2026-03-02T11:00:00+01:00")
    try desk.start(1, of: 1, 2, at: "2026-03-02T11:00:00+01:00")
    try desk.arrive(2, 3, for: 2, at: "2026-03-02T12:00:00+01:00")
    try desk.miss(3, at: "2026-03-02T13:30:00+01:00")
    try desk.arrive(3, 1, for: 4, at: "2026-03-02T14:00:00+01:00")
    try desk.miss(4, .leftUnseen, at: "2026-03-02T15:00:00+01:00")
    try desk.cancel(5)
    return desk
  }

  // Of the four of D3 of which something is known, one did not come: 25 %.
  @Test func `are counted by practitioner, with their rate`() throws {
    let report = try desk().noShows { $0.to = try day("2026-03-31") }
    #expect(
      report.lines == ["D3 provider-a 5 2 1 1 1 1 25%", "D4 provider-b 1 0 0 0 1 0"])
    #expect(
      report.totals.dropFirst(2) == [
        .count(6), .count(2), .count(1), .count(1), .count(2), .count(1),
        .rate(Rate(basisPoints: 2500)),
      ])
    #expect(report.footer.entries == 7)
  }

  @Test func `count on the day of the appointment, so that adjoining ranges add up`() throws {
    let desk = try desk()
    let first = try desk.noShows { $0.to = try day("2026-03-02") }
    let second = try desk.noShows {
      $0.from = try day("2026-03-03")
      $0.to = try day("2026-03-31")
    }
    #expect(first.lines == ["D3 provider-a 5 2 1 1 1 1 25%"])
    #expect(second.lines == ["D4 provider-b 1 0 0 0 1 0"])
    #expect(try desk.noShows().lines == first.lines)
  }

  @Test func `can be counted by patient, clinic and day of the week`() throws {
    let desk = try desk()
    let all = { (query: inout VisitsQuery) in query.to = try day("2026-03-31") }
    #expect(
      try desk.noShows(by: .patient, all).texts("patient", "appointments", "noShow") == [
        "P1 2 0", "P2 1 0", "P3 2 0", "P4 1 1",
      ])
    #expect(try desk.noShows(by: .clinic, all).texts("clinic", "noShow", "rate") == ["L1 1 25%"])
    #expect(
      try desk.noShows(by: .weekday, all).texts("weekday", "appointments") == ["Monday 6"])
  }

  @Test func `a third is rounded half away from zero in basis points`() throws {
    var desk = try FrontDesk()
    for number in UInt64(1)...3 {
      try desk.book(number, number, at: "2026-03-02T1\(number):00:00+01:00")
      try desk.miss(number, .noShow, at: "2026-03-02T18:00:00+01:00")
    }
    #expect(try desk.noShows().texts("rate") == ["100%"])
    try desk.book(4, 4, at: "2026-03-02T10:00:00+01:00")
    try desk.book(5, 4, at: "2026-03-02T15:00:00+01:00")
    try desk.book(6, 4, at: "2026-03-02T16:00:00+01:00")
    for visit in UInt64(4)...6 {
      try desk.arrive(visit, 4, for: visit, at: "2026-03-02T10:00:00+01:00")
    }
    try desk.book(7, 1, at: "2026-03-02T17:00:00+01:00")
    try desk.miss(7, .noShow, at: "2026-03-02T18:00:00+01:00")
    // Four of seven.
    #expect(try desk.noShows().texts("rate") == ["57.14%"])
  }

  @Test func `are listed one by one`() throws {
    #expect(
      try desk().missed().texts("at", "appointment", "kind", "patient") == [
        "2026-03-02T13:00:00+01:00 A3 noShow P4", "2026-03-02T14:00:00+01:00 A4 leftUnseen P1",
      ])
  }

  @Test func `what was not known then is not counted then`() throws {
    var desk = try FrontDesk()
    try desk.book(1, 1, at: "2026-03-02T10:00:00+01:00")
    try desk.arrive(1, 2, at: "2026-03-02T10:00:00+01:00")
    let then = desk.feed.position
    try desk.miss(1, at: "2026-03-02T11:00:00+01:00")
    #expect(try desk.noShows().texts("noShow", "rate") == ["1 100%"])
    #expect(try desk.noShows { $0.knownAt = then }.texts("noShow", "unresolved") == ["0 1"])
  }
}
