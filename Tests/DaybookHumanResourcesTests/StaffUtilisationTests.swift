import DaybookClinicEvents
import DaybookEvents
import DaybookHumanResources
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Staff utilisation` {
  @Test func `a book without staff has an empty report`() throws {
    let report = try StaffUtilisationReport.report(
      from: HumanResourcesModel(), asOf: .start, StaffQuery())
    #expect(report.rows.isEmpty)
    #expect(report.on == nil)
    #expect(report.footer.entries == 0)
  }

  @Test func `attended time is the time from start to completion, by practitioner`() throws {
    var clinic = try Clinic()
    try clinic.encounter(with: 4, from: "2026-03-02T09:00:00Z", to: "2026-03-02T09:30:00Z")
    try clinic.encounter(with: 3, from: "2026-03-02T09:00:00Z", to: "2026-03-02T09:15:00Z")
    try clinic.encounter(with: 3, from: "2026-03-03T09:00:00Z", to: "2026-03-03T09:00:01Z")
    #expect(
      try clinic.utilisation().csvRows == [
        "D3,provider-a,0,0,2,901,0,0", "D4,provider-b,0,0,1,1800,0,0",
      ])
  }

  @Test func `an encounter that is not completed is open and has no time yet`() throws {
    var clinic = try Clinic()
    let number = try clinic.encounter(with: 3, from: "2026-03-02T09:00:00Z", to: nil)
    #expect(try clinic.utilisation().csvRows == ["D3,provider-a,0,0,1,0,0,1"])
    try clinic.complete(number, at: "2026-03-02T10:00:00Z")
    #expect(try clinic.utilisation().csvRows == ["D3,provider-a,0,0,1,3600,0,0"])
  }

  @Test func `an encounter over midnight counts whole on the day on which it began`() throws {
    var clinic = try Clinic()
    try clinic.encounter(with: 3, from: "2026-03-02T22:30:00Z", to: "2026-03-05T22:30:00Z")
    let before = try clinic.utilisation { $0.to = try day("2026-03-02") }
    let after = try clinic.utilisation { $0.from = try day("2026-03-03") }
    #expect(before.csvRows == ["D3,provider-a,0,0,1,259200,0,0"])
    #expect(after.rows.isEmpty)
  }

  @Test func `the days of an encounter are the clinic's, not those of UTC`() throws {
    var clinic = try Clinic()
    // 23:30 UTC on the 2nd is half past midnight on the 3rd in Madrid.
    try clinic.feed.append(
      EncounterStarted.with {
        $0.encounter = EncounterID(9)
        $0.practitioner = StaffID(3)
        $0.start = try time("2026-03-02T23:30:00Z")
      }, to: 9, at: "2026-03-03T00:30:00+01:00")
    let report = try clinic.utilisation {
      $0.from = try day("2026-03-03")
      $0.to = try day("2026-03-03")
    }
    #expect(report.csvRows == ["D3,provider-a,0,0,1,0,0,1"])
  }

  @Test func `an appointment counts on its own civil day, whatever the offset of its booking`()
    throws
  {
    var clinic = try Clinic()
    // Booked in winter for 00:30 in summer: 23:30 in the offset of the booking.
    try clinic.feed.append(
      AppointmentBooked.with {
        $0.appointment = AppointmentID(1)
        $0.practitioner = StaffID(3)
        $0.start = try time("2026-04-01T22:30:00Z")
        $0.durationSeconds = 900
      }, to: 1, at: "2026-01-02T09:00:00+01:00")
    let report = try clinic.utilisation {
      $0.from = try day("2026-04-02")
      $0.to = try day("2026-04-02")
    }
    #expect(report.csvRows == ["D3,provider-a,1,900,0,0,0,0"])
  }

  @Test func `overrun is what was attended beyond the booking, encounter by encounter`() throws {
    var clinic = try Clinic()
    try clinic.encounter(
      with: 3, from: "2026-03-02T09:00:00Z", to: "2026-03-02T09:40:00Z", bookedMinutes: 30)
    try clinic.encounter(
      with: 3, from: "2026-03-02T10:00:00Z", to: "2026-03-02T10:10:00Z", bookedMinutes: 30)
    #expect(try clinic.utilisation().csvRows == ["D3,provider-a,2,3600,2,3000,600,0"])
  }

  @Test func `an encounter with somebody else than who was booked has no overrun`() throws {
    var clinic = try Clinic()
    try clinic.encounter(
      with: 4, from: "2026-03-02T09:00:00Z", to: "2026-03-02T09:40:00Z", bookedMinutes: 30,
      bookedWith: 3)
    #expect(
      try clinic.utilisation().csvRows == [
        "D3,provider-a,1,1800,0,0,0,0", "D4,provider-b,0,0,1,2400,0,0",
      ])
  }

  @Test func `adjoining ranges add up to the whole`() throws {
    var clinic = try Clinic()
    for number in 1...28 {
      let text = number < 10 ? "0\(number)" : "\(number)"
      try clinic.encounter(
        with: 3 + UInt64(number % 2), from: "2026-02-\(text)T21:00:00Z",
        to: "2026-02-\(text)T23:\(text):00Z", bookedMinutes: UInt32(number))
    }
    let whole = try clinic.utilisation()
    for cut in 1...27 {
      let middle = try day("2026-02-01").advanced(by: cut)
      let first = try clinic.utilisation { $0.to = middle.advanced(by: -1) }
      let second = try clinic.utilisation { $0.from = middle }
      for column in [2, 3, 4, 5, 6, 7] {
        #expect(
          number(first, column) + number(second, column) == number(whole, column),
          "column \(column) cut at \(middle)")
      }
    }
  }

  private func number(_ report: Report, _ column: Int) -> Int64 {
    switch report.totals[column] {
    case .count(let number), .seconds(let number): number
    default: 0
    }
  }

  @Test func `one clinic and one member of staff can be asked for`() throws {
    var clinic = try Clinic()
    try clinic.encounter(with: 3, from: "2026-03-02T09:00:00Z", to: "2026-03-02T09:30:00Z")
    try clinic.encounter(
      with: 3, from: "2026-03-02T09:00:00Z", to: "2026-03-02T09:10:00Z", clinic: 2)
    try clinic.encounter(
      with: 4, from: "2026-03-02T09:00:00Z", to: "2026-03-02T09:05:00Z", clinic: 2)
    #expect(
      try clinic.utilisation { $0.clinic = 2 }.csvRows == [
        "D3,provider-a,0,0,1,600,0,0", "D4,provider-b,0,0,1,300,0,0",
      ])
    #expect(
      try clinic.utilisation { $0.staff = StaffID(4) }.csvRows == ["D4,provider-b,0,0,1,300,0,0"])
    #expect(try clinic.utilisation { $0.clinic = 7 }.rows.isEmpty)
  }

  @Test func `without a day the report is on the latest day of a fact, not of a booking`() throws {
    var clinic = try Clinic()
    try clinic.encounter(with: 3, from: "2026-03-02T09:00:00Z", to: "2026-03-02T09:30:00Z")
    try clinic.feed.append(
      AppointmentBooked.with {
        $0.appointment = AppointmentID(7)
        $0.practitioner = StaffID(3)
        $0.start = try time("2026-05-01T09:00:00Z")
        $0.durationSeconds = 900
      }, to: 7, at: "2026-05-01T09:00:00Z")
    let report = try clinic.utilisation()
    #expect(report.on == (try day("2026-03-02")))
    #expect(report.csvRows == ["D3,provider-a,0,0,1,1800,0,0"])
    #expect(try clinic.utilisation { $0.on = try day("2026-05-01") }.totals[2] == .count(1))
  }

  @Test func `an encounter completed without having started is an error`() throws {
    var clinic = try Clinic()
    #expect(throws: HumanResourcesFault.notOpen("E5")) {
      try clinic.complete(5, at: "2026-03-02T10:00:00Z")
    }
  }

  @Test func `no name of anybody stands in a report`() throws {
    var clinic = try Clinic()
    try clinic.encounter(with: 3, from: "2026-03-02T09:00:00Z", to: "2026-03-02T09:30:00Z")
    for format in ReportFormat.allCases {
      #expect(!render(try clinic.utilisation(), as: format).contains("Nobody"))
      #expect(!render(try clinic.list(), as: format).contains("Nobody"))
    }
  }
}
