import DaybookClinicEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import DaybookVisits
import Testing

extension FrontDesk {
  func attendance(
    by dimension: AppointmentDimension = .practitioner,
    _ ask: (inout VisitsQuery) throws -> Void = { _ in }
  ) throws -> Report {
    var query = VisitsQuery()
    try ask(&query)
    return try AttendanceReport.report(
      by: dimension, from: feed.model, asOf: feed.position, query)
  }
}

@Suite struct `Attendance` {
  /// D3 sees two of three, one of them twice; who walks in is seen by D4 until after midnight.
  private func desk() throws -> FrontDesk {
    var desk = try FrontDesk()
    try desk.book(1, 1, at: "2026-03-02T10:00:00+01:00")
    try desk.book(2, 2, at: "2026-03-02T10:30:00+01:00")
    try desk.book(3, 3, at: "2026-03-02T11:00:00+01:00")
    try desk.arrive(1, 1, for: 1, at: "2026-03-02T09:50:00+01:00")
    try desk.start(1, of: 1, 1, at: "2026-03-02T10:00:00+01:00")
    try desk.complete(1, at: "2026-03-02T10:20:00+01:00")
    try desk.start(2, of: 1, 1, at: "2026-03-02T10:40:00+01:00")
    try desk.complete(2, at: "2026-03-02T10:45:00+01:00")
    try desk.arrive(2, 2, for: 2, at: "2026-03-02T10:30:00+01:00")
    try desk.start(3, of: 2, 2, at: "2026-03-02T10:45:01+01:00")
    try desk.arrive(3, 3, for: 3, at: "2026-03-02T11:00:00+01:00")
    try desk.arrive(4, 4, at: "2026-03-02T23:50:00+01:00")
    try desk.start(4, of: 4, 4, with: 4, at: "2026-03-02T23:50:00+01:00")
    try desk.complete(4, at: "2026-03-03T00:10:00+01:00")
    return desk
  }

  // Ten minutes and 901 seconds: 1501 s, 750.5 s each.
  @Test func `says how long patients waited and were seen`() throws {
    let report = try desk().attendance()
    #expect(
      report.texts("practitioner", "visits", "seen", "waited", "meanWait", "attended") == [
        "D3 3 2 1501 751 1500", "D4 1 1 0 0 1200",
      ])
    #expect(
      report.totals.dropFirst(2) == [
        .count(4), .count(3), .seconds(1501), .seconds(500), .seconds(2700),
      ])
    #expect(report.footer.entries == 4)
  }

  @Test func `counts a visit on the day of its arrival`() throws {
    let desk = try desk()
    let next = try desk.attendance { $0.from = try day("2026-03-03") }
    #expect(next.rows.isEmpty)
    let first = try desk.attendance(by: .weekday) { $0.to = try day("2026-03-02") }
    #expect(first.texts("weekday", "visits", "attended") == ["Monday 4 2700"])
  }

  @Test func `can be asked by clinic, by patient, and of one practitioner`() throws {
    let desk = try desk()
    #expect(try desk.attendance(by: .clinic).texts("clinic", "ref", "seen") == ["L1 clinic-sol 3"])
    #expect(
      try desk.attendance(by: .patient).texts("patient", "meanWait") == [
        "P1 600", "P2 901", "P3", "P4 0",
      ])
    #expect(try desk.attendance { $0.practitioner = StaffID(4) }.rows.count == 1)
  }
}
