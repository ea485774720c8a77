import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import DaybookVisits
import Testing

@Suite struct `Day list` {
  @Test func `of a book without anything is empty`() {
    let report = DayListReport.report(from: VisitsModel(), asOf: .start, VisitsQuery())
    #expect(report.rows.isEmpty)
    #expect(report.on == nil)
    #expect(report.footer.entries == 0)
  }

  @Test func `says of each appointment what became of it, in the order of time`() throws {
    var desk = try FrontDesk()
    try desk.book(1, 1, at: "2026-03-02T10:00:00+01:00")
    try desk.book(2, 2, with: 4, at: "2026-03-02T09:00:00+01:00")
    try desk.book(3, 3, at: "2026-03-02T11:00:00+01:00")
    try desk.book(4, 4, at: "2026-03-02T12:00:00+01:00")
    try desk.book(5, 1, at: "2026-03-03T12:00:00+01:00")
    try desk.arrive(1, 2, for: 2, at: "2026-03-02T08:55:00+01:00")
    try desk.start(1, of: 1, 2, with: 4, at: "2026-03-02T09:05:00+01:00")
    try desk.complete(1, at: "2026-03-02T09:25:00+01:00")
    try desk.arrive(2, 1, for: 1, at: "2026-03-02T09:50:00+01:00")
    try desk.start(2, of: 2, 1, at: "2026-03-02T10:00:00+01:00")
    try desk.arrive(3, 3, for: 3, at: "2026-03-02T10:40:00+01:00")
    let report = try desk.dayList { $0.on = try day("2026-03-02") }
    #expect(
      report.texts("at", "appointment", "patient", "ref", "practitioner", "status", "visit") == [
        "2026-03-02T09:00:00+01:00 A2 P2 patient-2 D4 seen V1",
        "2026-03-02T10:00:00+01:00 A1 P1 patient-1 D3 inProgress V2",
        "2026-03-02T11:00:00+01:00 A3 P3 patient-3 D3 arrived V3",
        "2026-03-02T12:00:00+01:00 A4 P4 patient-4 D3 booked",
      ])
    #expect(report.footer.entries == 4)
    #expect(report.footer.digest == desk.feed.model.digest)
  }

  @Test func `has who walked in, on the day of arrival`() throws {
    var desk = try FrontDesk()
    try desk.arrive(1, 1, at: "2026-03-02T09:00:00+01:00")
    let waits = try desk.dayList()
    #expect(
      waits.texts("at", "visit", "patient", "status") == [
        "2026-03-02T09:00:00+01:00 V1 P1 arrived"
      ])
    try desk.start(1, of: 1, 1, with: 4, at: "2026-03-02T09:10:00+01:00")
    #expect(try desk.dayList().texts("practitioner", "status") == ["D4 inProgress"])
  }

  @Test func `a booking that is moved and then called off stands where it was last`() throws {
    var desk = try FrontDesk()
    try desk.book(1, 1, at: "2026-03-02T10:00:00+01:00")
    let booked = desk.feed.position
    try desk.move(1, with: 4, to: "2026-03-04T16:00:00+01:00", minutes: 45)
    let moved = desk.feed.position
    try desk.cancel(1)
    func statuses(_ on: String, _ known: Position) throws -> [String] {
      try desk.dayList {
        $0.on = try day(on)
        $0.knownAt = known
      }.texts("at", "planned", "practitioner", "status")
    }
    #expect(try statuses("2026-03-02", booked) == ["2026-03-02T10:00:00+01:00 1800 D3 booked"])
    #expect(try statuses("2026-03-04", booked) == [])
    #expect(try statuses("2026-03-02", moved) == [])
    #expect(try statuses("2026-03-04", moved) == ["2026-03-04T16:00:00+01:00 2700 D4 booked"])
    let now = desk.feed.position
    #expect(try statuses("2026-03-02", now) == [])
    #expect(try statuses("2026-03-04", now) == ["2026-03-04T16:00:00+01:00 2700 D4 cancelled"])
  }

  @Test func `a visit over midnight stands on the day for which it was booked`() throws {
    var desk = try FrontDesk()
    try desk.book(1, 1, at: "2026-03-02T23:45:00+01:00")
    try desk.arrive(1, 1, for: 1, at: "2026-03-02T23:40:00+01:00")
    try desk.start(1, of: 1, 1, at: "2026-03-03T00:20:00+01:00")
    try desk.complete(1, at: "2026-03-03T01:00:00+01:00")
    try desk.arrive(2, 2, at: "2026-03-02T23:59:00+01:00")
    #expect(
      try desk.dayList { $0.on = try day("2026-03-02") }.texts("appointment", "visit", "status")
        == ["A1 V1 seen", "V2 arrived"])
    #expect(try desk.dayList { $0.on = try day("2026-03-03") }.rows.isEmpty)
  }

  @Test func `the day is the clinic's own, not that of UTC nor of the booking`() throws {
    var desk = try FrontDesk()
    // Half past midnight in the summer of Madrid, booked in winter.
    try desk.book(1, 1, at: "2026-03-31T22:30:00Z")
    #expect(
      try desk.dayList { $0.on = try day("2026-04-01") }.texts("at")
        == ["2026-04-01T00:30:00+02:00"])
  }

  @Test func `tells what was noted later, of the days asked for`() throws {
    var desk = try FrontDesk()
    try desk.book(1, 1, at: "2026-03-02T10:00:00+01:00")
    try desk.book(2, 2, at: "2026-03-04T10:00:00+01:00")
    try desk.miss(1, at: "2026-03-05T08:00:00+01:00")
    #expect(try desk.dayList { $0.on = try day("2026-03-02") }.texts("status") == ["noShow"])
    let range = try desk.dayList {
      $0.from = try day("2026-03-01")
      $0.to = try day("2026-03-04")
    }
    #expect(range.texts("appointment", "status") == ["A1 noShow", "A2 booked"])
    #expect(try desk.dayList().rows.isEmpty)
  }

  @Test func `one clinic, practitioner or room can be asked for`() throws {
    var desk = try FrontDesk()
    try desk.define(clinic: 2, hours: [])
    try desk.book(1, 1, at: "2026-03-02T10:00:00+01:00", room: 7)
    try desk.book(2, 2, with: 4, at: "2026-03-02T10:00:00+01:00", clinic: 2)
    func listed(_ ask: (inout VisitsQuery) -> Void) throws -> [String] {
      try desk.dayList {
        $0.on = try day("2026-03-02")
        ask(&$0)
      }.texts("appointment", "clinic")
    }
    #expect(try listed { $0.clinic = 2 } == ["A2 L2"])
    #expect(try listed { $0.practitioner = StaffID(3) } == ["A1 L1"])
    #expect(try listed { $0.resource = ResourceID(7) } == ["A1 L1"])
    #expect(try listed { $0.clinic = 9 } == [])
  }

  @Test func `no name of anybody stands in any report`() throws {
    var desk = try FrontDesk()
    try desk.book(1, 1, at: "2026-03-02T10:00:00+01:00")
    try desk.arrive(1, 1, for: 1, at: "2026-03-02T09:50:00+01:00")
    for report in [
      try desk.dayList(), try desk.waiting(), try desk.noShows(by: .patient), try desk.card(1),
      try desk.free(), try desk.unresolved(), try desk.missed(),
    ] {
      for format in ReportFormat.allCases {
        #expect(!render(report, as: format).contains("Nobody"))
      }
    }
  }
}
