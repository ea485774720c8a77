import Daybook
import DaybookInterchange
import DaybookScenarios
import DaybookTesting
import Testing

/// What a diary says of a clinic, counted from the file without our importer.
private struct Expected: Hashable {
  var attended = 0
  var cancelled = 0
  var missed = 0
  var open = 0
  var waitSeconds = 0
  var attendedSeconds = 0

  init() {}

  init(_ figures: AppointmentFiles.Figures) {
    (attended, cancelled, missed) = (figures.attended, figures.cancelled, figures.missed)
    open = figures.scheduled + figures.unknown
    (waitSeconds, attendedSeconds) = (figures.waitSeconds, figures.attendedSeconds)
  }

  /// Reads each row of `rows`, the header first.
  static func counted(_ rows: [[String]]) throws -> [String: Expected] {
    let header = rows[0]
    func place(_ name: String) throws -> Int { try #require(header.firstIndex(of: name)) }
    let (clinic, status) = (try place("clinic"), try place("status"))
    let times = [try place("check_in_time"), try place("start_time"), try place("end_time")]
    var found: [String: Expected] = [:]
    for row in rows.dropFirst() {
      var one = found[row[clinic]] ?? Expected()
      switch row[status] {
      case "attended":
        let seconds = times.map { column in
          row[column].split(separator: ":").compactMap { Int($0) }.reduce(0) { $0 * 60 + $1 }
        }
        one.attended += 1
        // Whoever is seen after midnight is seen on the next day.
        one.waitSeconds += (seconds[1] - seconds[0] + 86_400) % 86_400
        one.attendedSeconds += (seconds[2] - seconds[1] + 86_400) % 86_400
      case "cancelled": one.cancelled += 1
      case "did not attend": one.missed += 1
      default: one.open += 1
      }
      found[row[clinic]] = one
    }
    return found
  }
}

@Suite struct `Importing appointments` {
  /// The read model says of each clinic what was counted from the file.
  private func check(_ book: ImportedBook, _ expected: [String: Expected]) async throws {
    let known = try await book.office.snapshot(of: VisitsModel.self)
    var query = VisitsQuery()
    query.on = try Day(year: 2026, month: 1, day: 1)
    let missed = try NoShowReport.report(
      by: .clinic, from: known.model, asOf: known.asOf, query)
    let attendance = try AttendanceReport.report(
      by: .clinic, from: known.model, asOf: known.asOf, query)
    #expect(missed.rows.count == expected.count)
    for (clinic, one) in expected {
      let reference = "appointments/clinics/\(clinic)"
      let counts = missed.row(reference)
      #expect(counts["attended"] == .count(Int64(one.attended)))
      #expect(counts["noShow"] == .count(Int64(one.missed)))
      #expect(counts["unresolved"] == .count(Int64(one.open)))
      #expect(counts["cancelled"] == .count(Int64(one.cancelled)))
      let known = one.attended + one.missed
      let rate = Int64((one.missed * 20_000 + known) / (2 * known))
      #expect(counts["rate"] == .rate(Rate(basisPoints: rate)))
      let times = attendance.row(reference)
      #expect(times["visits"] == .count(Int64(one.attended)))
      #expect(times["waited"] == .seconds(Int64(one.waitSeconds)))
      let mean = Int64((one.waitSeconds * 2 + one.attended) / (2 * one.attended))
      #expect(times["meanWait"] == .seconds(mean))
      #expect(times["attended"] == .seconds(Int64(one.attendedSeconds)))
    }
  }

  private func unresolved(_ book: ImportedBook, on day: Day?) async throws -> Int {
    let known = try await book.office.snapshot(of: VisitsModel.self)
    var query = VisitsQuery()
    query.on = day
    return UnresolvedReport.report(from: known.model, asOf: known.asOf, query).rows.count
  }

  @Test func `the fixture is what the generator writes`() throws {
    for file in AppointmentFiles(seed: 1).files {
      try GeneratedFiles.expectFixture(file, of: "appointments")
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `gives the figures of generated files`(_ seed: UInt64) async throws {
    let made = AppointmentFiles(seed: seed)
    let files = try GeneratedFiles(made.files)
    let book = try ImportedBook()
    // The folder and the file in it are the same import.
    let source = AppointmentsImport(path: files.folder.path, in: LiveFileSystem())
    let report = try await book.takeTwice(source, at: testSite())
    #expect(report.refused.map(\.place.row) == made.refusedRows)
    #expect(report.refused.allSatisfy { $0.code == "badValue" })
    let single = AppointmentsImport(path: files.path, in: LiveFileSystem())
    #expect(try await book.take(single, at: testSite()).eventsAppended == 0)
    let expected = zip(made.clinics, made.figures).map { ($0, Expected($1)) }
    try await check(book, Dictionary(uniqueKeysWithValues: expected))
    let unknown = made.figures.reduce(0) { $0 + $1.unknown }
    #expect(try await unresolved(book, on: made.lastDay.advanced(by: 1)) == unknown)
    // Slots given away were free again, and nobody is at two places.
    #expect(report.findings.allSatisfy { $0.field != "practitioner" })
    await book.office.close()
  }

  @Test(
    .realData("appointments-medscheduler"),
    .enabled(if: Effort.isFull, "takes the optimiser"))
  func `gives the counts, times and rates of the real diary`() async throws {
    let export = try Export(copying: Export.shared("appointments-medscheduler"))
    let book = try ImportedBook()
    let source = AppointmentsImport(path: export.path, in: LiveFileSystem())
    let report = try await book.takeTwice(source, at: testSite(Currency("GBP"), "Europe/London"))
    #expect(report.refused == [])
    #expect(report.findings == [])
    let facts = try ImportedFacts(book)
    #expect(facts.count("AppointmentBooked") == 28_308)
    #expect(facts.count("EncounterCompleted") == 21_460)
    #expect(facts.count("AppointmentCancelled") == 4_706)
    #expect(facts.count("AppointmentMissed") == 1_639)
    // 413 are to come, and of 90 nothing is known.
    let known = try await book.office.snapshot(of: VisitsModel.self)
    var query = VisitsQuery()
    query.on = try Day(year: 2026, month: 1, day: 1)
    let all = try NoShowReport.report(
      by: .weekday, from: known.model, asOf: known.asOf, query)
    #expect(all.namedTotals["unresolved"] == .count(503))
    #expect(try await unresolved(book, on: Day(year: 2024, month: 12, day: 1)) == 90)
    #expect(try await unresolved(book, on: nil) == 90)
    #expect(facts.count("PatientRegistered") == 22_289)
    try await check(book, Expected.counted(export.rows("appointments.csv")))
    await book.office.close()
  }

  @Test func `takes a diary of one clinic without patients and slots`() async throws {
    let files = try GeneratedFiles([
      SampleFile(
        name: "diary.csv",
        text: """
          appointment_id,scheduling_date,appointment_date,appointment_time,status,check_in_time,start_time,end_time,patient_id
          1,2025-01-02,2025-01-07,09:00,attended,08:55:00,09:05:00,09:20:00,A
          2,2025-01-02,2025-01-07,09:20,attended,,09:30:00,,B
          3,2025-01-02,2025-01-07,00:05,attended,23:58:00,00:10:00,00:20:00,A
          4,2025-01-09,2025-01-07,10:00,scheduled,,,,C
          5,2025-01-02,2025-01-07,10:20,attended,,,,C
          6,2025-01-02,2025-01-07,10:40,attended,10:30:00,,11:00:00,C
          """)
    ])
    let book = try ImportedBook()
    let report = try await book.take(
      AppointmentsImport(path: files.path, in: LiveFileSystem()), at: testSite())
    #expect(report.refused.map(\.place.row) == [4, 5, 6])
    #expect(
      report.refused.map(\.place.column) == ["scheduling_date", "check_in_time", "start_time"])
    let known = try await book.office.snapshot(of: VisitsModel.self)
    var query = VisitsQuery()
    query.from = try Day(year: 2025, month: 1, day: 6)
    query.to = try Day(year: 2025, month: 1, day: 8)
    let list = DayListReport.report(from: known.model, asOf: known.asOf, query).named
    #expect(list.map { $0["status"]?.words } == ["seen", "seen", "inProgress"])
    #expect(list.map { $0["planned"]?.number } == [1200, 1200, 1200])
    let early = try Moment(parsing: "2025-01-06T23:58:00+01:00")
    #expect(list.first?["arrived"] == .moment(early))
    await book.office.close()
  }

  @Test(arguments: [0, 1, 5, 40, 100]) func `goes on where it stopped`(_ actions: Int) async throws
  {
    let files = try GeneratedFiles(AppointmentFiles(seed: 4).files)
    let source = AppointmentsImport(path: files.folder.path, in: LiveFileSystem())
    let whole = try ImportedBook()
    let expected = try await whole.take(source, at: testSite())
    let book = try ImportedBook()
    await #expect(throws: Interrupted.Killed.self) {
      _ = try await source.run(
        into: Interrupted(book.office, after: actions), at: testSite(), progress: { _ in })
    }
    let rest = try await book.take(source, at: testSite())
    #expect(rest.actionsAlreadyThere + rest.actionsAppended == expected.actionsAppended)
    #expect(await book.office.lastPosition == whole.office.lastPosition)
    await book.office.close()
    await whole.office.close()
  }

  @Test func `stops before anything where a column is missing`() async throws {
    let files = try GeneratedFiles([SampleFile(name: "appointments.csv", text: "clinic,status\n")])
    #expect(throws: CSVError.self) {
      try AppointmentsImport(path: files.path, in: LiveFileSystem()).check()
    }
  }
}
