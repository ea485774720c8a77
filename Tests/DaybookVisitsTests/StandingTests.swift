import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import DaybookVisits
import Testing

@Suite struct `Unresolved appointments` {
  private func desk() throws -> FrontDesk {
    var desk = try FrontDesk()
    for number in UInt64(1)...4 {
      try desk.book(number, number, at: "2026-03-0\(number)T10:00:00+01:00")
    }
    return desk
  }

  @Test func `are those of earlier days to which nobody came, and nothing is decided of them`()
    throws
  {
    var desk = try desk()
    try desk.arrive(1, 2, for: 2, at: "2026-03-02T10:00:00+01:00")
    let report = try desk.unresolved { $0.on = try day("2026-03-04") }
    #expect(
      report.texts("at", "appointment", "patient", "ref", "practitioner", "age") == [
        "2026-03-01T10:00:00+01:00 A1 P1 patient-1 D3 3",
        "2026-03-03T10:00:00+01:00 A3 P3 patient-3 D3 1",
      ])
    #expect(report.footer.entries == 2)
  }

  @Test func `end when they are marked as missed, called off or moved to a day to come`() throws {
    var desk = try desk()
    let on = { (query: inout VisitsQuery) in query.on = try day("2026-03-05") }
    #expect(try desk.unresolved(on).rows.count == 4)
    try desk.miss(1, at: "2026-03-05T09:00:00+01:00")
    try desk.cancel(2, by: .clinic, at: "2026-03-05T09:00:00+01:00")
    try desk.move(3, to: "2026-03-09T10:00:00+01:00", made: "2026-03-05T09:00:00+01:00")
    #expect(try desk.unresolved(on).texts("appointment") == ["A4"])
  }

  @Test func `what was noted behind the day does not count on it, nor what is not known yet`()
    throws
  {
    var desk = try desk()
    let before = desk.feed.position
    try desk.miss(1, at: "2026-03-03T09:00:00+01:00")
    func listed(_ on: String, _ known: Position? = nil) throws -> [String] {
      try desk.unresolved {
        $0.on = try day(on)
        $0.knownAt = known
      }.texts("appointment")
    }
    #expect(try listed("2026-03-02") == ["A1"])
    #expect(try listed("2026-03-03") == ["A2"])
    #expect(try listed("2026-03-03", before) == ["A1", "A2"])
    #expect(try listed("2026-03-01") == [])
  }
}

@Suite struct `Waiting` {
  @Test func `are those who came and are with nobody yet, the longest first`() throws {
    var desk = try FrontDesk()
    try desk.book(1, 1, with: 4, at: "2026-03-02T10:00:00+01:00")
    try desk.arrive(1, 2, at: "2026-03-02T09:30:00+01:00")
    try desk.arrive(2, 1, for: 1, at: "2026-03-02T09:00:00+01:00")
    try desk.arrive(3, 3, at: "2026-03-02T09:10:00+01:00")
    try desk.start(1, of: 3, 3, at: "2026-03-02T09:20:00+01:00")
    #expect(
      try desk.waiting().lines == [
        "here 2026-03-02T09:00:00+01:00 V2 P1 patient-1 D4 provider-b A1 "
          + "2026-03-02T10:00:00+01:00 L1 clinic-sol",
        "here 2026-03-02T09:30:00+01:00 V1 P2 patient-2 L1 clinic-sol",
      ])
  }

  @Test func `who left unseen waits no more`() throws {
    var desk = try FrontDesk()
    try desk.book(1, 1, at: "2026-03-02T10:00:00+01:00")
    try desk.arrive(1, 1, for: 1, at: "2026-03-02T09:50:00+01:00")
    #expect(try desk.waiting().rows.count == 1)
    try desk.miss(1, .leftUnseen, at: "2026-03-02T11:00:00+01:00")
    #expect(try desk.waiting().rows.isEmpty)
    #expect(try desk.dayList().texts("status") == ["leftUnseen"])
  }

  @Test func `at midnight is who came before and was seen after it`() throws {
    var desk = try FrontDesk()
    try desk.arrive(1, 1, at: "2026-03-02T23:40:00+01:00")
    try desk.start(1, of: 1, 1, at: "2026-03-03T00:20:00+01:00")
    #expect(try desk.waiting { $0.on = try day("2026-03-01") }.rows.isEmpty)
    #expect(try desk.waiting { $0.on = try day("2026-03-02") }.texts("id") == ["V1"])
    #expect(try desk.waiting { $0.on = try day("2026-03-03") }.rows.isEmpty)
  }

  @Test func `has the waiting list behind them, the most pressing first`() throws {
    var desk = try FrontDesk()
    try desk.request(1, 1, from: "2026-03-02", at: "2026-02-20T09:00:00+01:00")
    try desk.request(
      2, 2, with: 4, from: "2026-03-02", to: "2026-03-06", on: [.wednesday, .monday], .urgent,
      at: "2026-02-21T09:00:00+01:00")
    try desk.request(3, 3, from: "2026-03-02", .soon, at: "2026-02-22T09:00:00+01:00")
    try desk.arrive(1, 4, at: "2026-03-02T09:30:00+01:00")
    let columns = ["kind", "id", "patient", "practitioner", "from", "to", "weekdays", "priority"]
    func listed(_ report: Report) -> [String] {
      report.texts(
        columns[0], columns[1], columns[2], columns[3], columns[4], columns[5], columns[6],
        columns[7])
    }
    #expect(
      listed(try desk.waiting()) == [
        "here V1 P4", "list AR2 P2 D4 2026-03-02 2026-03-06 Mon Wed urgent",
        "list AR3 P3 2026-03-02 soon", "list AR1 P1 2026-03-02 routine",
      ])
    #expect(
      try desk.waiting { $0.practitioner = StaffID(3) }.texts("id") == ["V1", "AR3", "AR1"])
    // A booking ends one, a cancellation another.
    try desk.book(1, 2, with: 4, at: "2026-03-04T09:00:00+01:00", request: 2)
    let cancelled = AppointmentCancelled.with {
      $0.request = RequestID(3)
      $0.by = .patient
      $0.reason = .notWanted
    }
    try desk.feed.append(cancelled, to: 3, at: "2026-03-02T10:00:00+01:00")
    #expect(try desk.waiting().texts("id") == ["V1", "AR1"])
  }
}

@Suite struct `What the status says of the front office` {
  @Test func `is what the lists list on the last day`() throws {
    var desk = try FrontDesk()
    try desk.book(1, 1, at: "2026-02-27T10:00:00+01:00")
    try desk.book(2, 2, at: "2026-03-02T10:00:00+01:00")
    try desk.book(3, 3, at: "2026-03-02T11:00:00+01:00")
    try desk.arrive(1, 2, for: 2, at: "2026-03-02T09:50:00+01:00")
    try desk.arrive(2, 3, for: 3, at: "2026-03-02T09:50:00+01:00")
    let before = desk.feed.position
    try desk.start(1, of: 1, 2, at: "2026-03-02T10:00:00+01:00")
    try desk.start(2, of: 1, 2, with: 4, at: "2026-03-02T10:20:00+01:00")
    try desk.miss(3, .leftUnseen, at: "2026-03-02T11:30:00+01:00")
    func counts(_ position: Position) -> [Int] {
      let counts = FrontOfficeCounts(desk.feed.model, asOf: position)
      return [counts.waiting, counts.inProgress, counts.unresolved]
    }
    #expect(counts(desk.feed.position) == [0, 2, 1])
    #expect(counts(before) == [2, 0, 1])
    #expect(counts(.start) == [0, 0, 0])
    #expect(try desk.unresolved().rows.count == 1)
    #expect(try desk.waiting().rows.isEmpty)
  }
}
