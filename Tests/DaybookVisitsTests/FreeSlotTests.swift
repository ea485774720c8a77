import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import DaybookVisits
import Testing

@Suite struct `Free time` {
  /// Monday 2 March 2026, with one practitioner.
  private func free(
    _ desk: FrontDesk, _ on: String = "2026-03-02", minutes: UInt32 = 30, with staff: UInt64 = 3,
    _ ask: (inout VisitsQuery) -> Void = { _ in }
  ) throws -> [String] {
    try desk.free(minutes: minutes) {
      $0.on = try day(on)
      $0.practitioner = StaffID(staff)
      ask(&$0)
    }.texts("from", "to", "free", "slots").map {
      $0.replacing("\(on)T", with: "").replacing(":00+01:00", with: "")
    }
  }

  @Test func `is what the clinic's hours leave between the appointments`() throws {
    var desk = try FrontDesk()
    try desk.book(1, 1, at: "2026-03-02T09:00:00+01:00")
    try desk.book(2, 2, at: "2026-03-02T10:00:00+01:00", minutes: 15)
    try desk.book(3, 3, at: "2026-03-02T12:00:00+01:00", minutes: 60)
    try desk.book(4, 4, with: 4, at: "2026-03-02T15:00:00+01:00")
    #expect(
      try free(desk) == [
        "09:30 10:00 1800 1", "10:15 12:00 6300 3", "13:00 17:00 14400 8",
      ])
    #expect(try free(desk, minutes: 31) == ["10:15 12:00 6300 3", "13:00 17:00 14400 7"])
    #expect(try free(desk, with: 4) == ["09:00 15:00 21600 12", "15:30 17:00 5400 3"])
  }

  @Test func `is none on a day on which the clinic is closed, and less on a short one`() throws {
    let desk = try FrontDesk()
    #expect(try free(desk, "2026-03-07") == ["09:00 13:00 14400 8"])
    #expect(try free(desk, "2026-03-08") == [])
  }

  @Test func `comes back when an appointment is called off, missed or moved`() throws {
    var desk = try FrontDesk()
    for hour in UInt64(10)...13 {
      try desk.book(
        hour, 1, at: "2026-03-02T\(hour):00:00+01:00", minutes: 60)
    }
    #expect(try free(desk) == ["09:00 10:00 3600 2", "14:00 17:00 10800 6"])
    try desk.cancel(10)
    try desk.move(11, to: "2026-03-03T10:00:00+01:00")
    try desk.miss(12, at: "2026-03-02T12:30:00+01:00")
    #expect(try free(desk) == ["09:00 13:00 14400 8", "14:00 17:00 10800 6"])
    #expect(try free(desk, "2026-03-03") == ["09:00 10:00 3600 2", "10:30 17:00 23400 13"])
  }

  @Test func `overbooked appointments take their time once`() throws {
    var desk = try FrontDesk()
    try desk.book(1, 1, at: "2026-03-02T09:00:00+01:00", minutes: 120)
    try desk.book(2, 2, at: "2026-03-02T10:00:00+01:00", minutes: 120)
    try desk.book(3, 3, at: "2026-03-02T09:30:00+01:00", minutes: 15)
    #expect(try free(desk) == ["12:00 17:00 18000 10"])
  }

  @Test func `with a room is where the room is open and free too`() throws {
    var desk = try FrontDesk()
    try desk.define(room: 7, hours: [OpenHours(.monday, from: 8 * 3600, to: 14 * 3600)])
    try desk.book(1, 1, with: 4, at: "2026-03-02T10:00:00+01:00", room: 7)
    let room = { (query: inout VisitsQuery) in query.resource = ResourceID(7) }
    #expect(try free(desk, "2026-03-02", room) == ["09:00 10:00 3600 2", "10:30 14:00 12600 7"])
    #expect(try free(desk, "2026-03-03", room) == [])
    try desk.service(room: 7, .unfit)
    #expect(try free(desk, "2026-03-02", room) == [])
    try desk.service(room: 7, .fit)
    #expect(try free(desk, "2026-03-02", room).count == 2)
    try desk.define(room: 7, retired: true)
    #expect(try free(desk, "2026-03-02", room) == [])
  }

  @Test func `a clinic that says nothing of its hours is always open`() throws {
    let desk = try FrontDesk(hours: [])
    let report = try desk.free {
      $0.on = try day("2026-03-29")
      $0.practitioner = StaffID(3)
    }
    // The day on which the clock goes forward has 23 hours.
    #expect(
      report.texts("from", "to", "free") == [
        "2026-03-29T00:00:00+01:00 2026-03-30T00:00:00+02:00 82800"
      ])
  }

  @Test func `of everybody is listed by practitioner, for a week where no end is given`() throws {
    let desk = try FrontDesk()
    let report = try desk.free { $0.from = try day("2026-03-02") }
    #expect(report.from == (try day("2026-03-02")))
    #expect(report.to == (try day("2026-03-08")))
    let practitioners = report.texts("practitioner")
    #expect(
      practitioners == Array(repeating: "D3", count: 6) + Array(repeating: "D4", count: 6))
  }

  @Test func `can be narrowed to a part of the day, and ends in the past`() throws {
    let desk = try FrontDesk()
    func narrowed(_ notBefore: String?) throws -> [String] {
      try desk.free(
        from: 12 * 3600, to: 14 * 3600,
        notBefore: try notBefore.map { try Moment(parsing: $0).instant }
      ) {
        $0.on = try day("2026-03-02")
        $0.practitioner = StaffID(3)
      }.texts("from", "free")
    }
    #expect(try narrowed(nil) == ["2026-03-02T12:00:00+01:00 7200"])
    #expect(
      try narrowed("2026-03-02T13:10:00+01:00") == ["2026-03-02T13:10:00+01:00 3000"])
    #expect(try narrowed("2026-03-02T20:00:00+01:00") == [])
  }

  @Test func `is of clinics where somebody works, and none before the contract`() throws {
    var desk = try FrontDesk()
    try desk.define(clinic: 2, hours: [OpenHours(.monday, from: 0, to: 3600)])
    try desk.hire(5, at: [ClinicID(1), ClinicID(2)], from: "2026-03-02")
    func clinics(_ on: String, _ clinic: UInt64? = nil) throws -> [String] {
      try desk.free {
        $0.on = try day(on)
        $0.practitioner = StaffID(5)
        $0.clinic = clinic
      }.texts("clinic", "free")
    }
    #expect(try clinics("2026-03-02") == ["L2 3600", "L1 28800"])
    #expect(try clinics("2026-03-02", 1) == ["L1 28800"])
    #expect(try clinics("2026-02-23") == [])
  }

  @Test func `who is booked at another clinic is not free here`() throws {
    var desk = try FrontDesk()
    try desk.define(clinic: 2, hours: [])
    try desk.book(1, 1, at: "2026-03-02T09:00:00+01:00", minutes: 420, clinic: 2)
    #expect(try free(desk) { $0.clinic = 1 } == ["16:00 17:00 3600 2"])
  }

  @Test func `in a week with shifts is within them, whatever the clinic's hours`() throws {
    var desk = try FrontDesk()
    try desk.schedule(1, 3, from: "2026-03-03T18:00:00+01:00", to: "2026-03-03T20:00:00+01:00")
    try desk.schedule(2, 3, from: "2026-03-03T20:00:00+01:00", to: "2026-03-03T21:00:00+01:00")
    try desk.book(1, 1, at: "2026-03-03T18:30:00+01:00")
    #expect(try free(desk, "2026-03-02") == [])
    // Touching shifts are two: no booking lies in both.
    #expect(
      try free(desk, "2026-03-03") == [
        "18:00 18:30 1800 1", "19:00 20:00 3600 2", "20:00 21:00 3600 2",
      ])
    #expect(try free(desk, "2026-03-09") == ["09:00 17:00 28800 16"])
    #expect(try free(desk, "2026-03-02", with: 4) == ["09:00 17:00 28800 16"])
  }

  @Test func `a night shift reaches over midnight, also into the next week`() throws {
    var desk = try FrontDesk()
    try desk.schedule(1, 3, from: "2026-03-08T22:00:00+01:00", to: "2026-03-09T06:00:00+01:00")
    let report = try desk.free {
      $0.from = try day("2026-03-08")
      $0.to = try day("2026-03-10")
      $0.practitioner = StaffID(3)
    }
    #expect(
      report.texts("from", "to") == ["2026-03-08T22:00:00+01:00 2026-03-09T06:00:00+01:00"])
  }

  @Test func `is none while somebody is absent, once it is decided`() throws {
    var desk = try FrontDesk()
    try desk.absent(1, 3, from: "2026-03-02", to: "2026-03-03", requested: true)
    #expect(try free(desk) == ["09:00 17:00 28800 16"])
    try desk.decide(1, .approved)
    let approved = desk.feed.position
    #expect(try free(desk) == [])
    #expect(try free(desk, "2026-03-03") == [])
    #expect(try free(desk, "2026-03-04") == ["09:00 17:00 28800 16"])
    try desk.decide(1, .cancelled)
    #expect(try free(desk) == ["09:00 17:00 28800 16"])
    #expect(try free(desk) { $0.knownAt = approved } == [])
    try desk.absent(2, 3, from: "2026-03-02", to: "2026-03-02", requested: false)
    #expect(try free(desk) == [])
  }

  @Test func `moves with a contract, and ends with it`() throws {
    var desk = try FrontDesk()
    try desk.define(clinic: 2, hours: [OpenHours(.monday, from: 0, to: 3600)])
    let (from, last) = (try day("2026-03-09"), try day("2026-03-16"))
    let amended = ContractAmended.with {
      $0.staff = StaffID(3)
      $0.from = from
      $0.clinics = [ClinicID(2)]
    }
    try desk.feed.append(amended, to: 3, at: "2026-03-09T00:00:00+01:00")
    let left = StaffLeft.with {
      $0.staff = StaffID(3)
      $0.lastDay = last
    }
    try desk.feed.append(left, to: 3, at: "2026-03-16T00:00:00+01:00")
    #expect(try free(desk, "2026-03-02") == ["09:00 17:00 28800 16"])
    #expect(try free(desk, "2026-03-09") == ["00:00 01:00 3600 2"])
    #expect(try free(desk, "2026-03-16") == ["00:00 01:00 3600 2"])
    #expect(try free(desk, "2026-03-23") == [])
  }

  @Test func `is as before where a shift or an absence is reversed`() throws {
    var desk = try FrontDesk()
    let shift = try desk.schedule(
      1, 3, from: "2026-03-03T18:00:00+01:00", to: "2026-03-03T20:00:00+01:00")
    let absence = try desk.absent(1, 4, from: "2026-03-02", to: "2026-03-03", requested: false)
    let before = desk.feed.position
    #expect(try free(desk) == [])
    #expect(try free(desk, with: 4) == [])
    try desk.reverse(shift)
    try desk.reverse(absence)
    #expect(try free(desk) == ["09:00 17:00 28800 16"])
    #expect(try free(desk, with: 4) == ["09:00 17:00 28800 16"])
    #expect(try free(desk) { $0.knownAt = before } == [])
    #expect(try free(desk, with: 4) { $0.knownAt = before } == [])
  }

  @Test func `is none with a room that is not known`() throws {
    let desk = try FrontDesk()
    #expect(try free(desk) { $0.resource = ResourceID(9) } == [])
  }

  @Test func `is left by an absence of a part of the day`() throws {
    var desk = try FrontDesk()
    try desk.hire(5, weekHours: 40)
    try desk.absent(
      1, 5, from: "2026-03-02", to: "2026-03-02", hours: 3, requested: false)
    #expect(try free(desk, with: 5) == ["09:00 17:00 28800 16"])
    try desk.absent(
      2, 5, from: "2026-03-03", to: "2026-03-03", hours: 8, requested: false)
    #expect(try free(desk, "2026-03-03", with: 5) == [])
  }
}
