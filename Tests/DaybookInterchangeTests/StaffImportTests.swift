import Daybook
import DaybookInterchange
import DaybookScenarios
import DaybookTesting
import Testing

@Suite struct `Importing absences` {
  private func source(_ path: String, year: Int = AbsencesImport.usualYear) -> AbsencesImport {
    AbsencesImport(path: path, in: LiveFileSystem(), year: year)
  }

  private func check(
    _ book: ImportedBook, hours: Int, absences: Int, workers: Int
  ) async throws {
    let facts = try ImportedFacts(book)
    #expect(facts.absences.count == absences)
    var seconds = 0
    for absence in facts.absences { seconds += Int(absence.seconds) }
    #expect(seconds == hours * 3600)
    #expect(Set(facts.absences.map(\.staff)).count == workers)
    #expect(facts.absences.allSatisfy { !$0.requested })
    // The read model says the same, and no day is held twice.
    let known = try await book.office.snapshot(of: HumanResourcesModel.self)
    var query = StaffQuery()
    query.to = try Day(year: 2100, month: 1, day: 1)
    let report = try StaffHoursReport.report(from: known.model, asOf: known.asOf, query)
    #expect(report.namedTotals["absent"] == .seconds(Int64(hours) * 3600))
    var taken: Set<[Int64]> = []
    for absence in facts.absences {
      for day in absence.from.daysSince1970...absence.to.daysSince1970 {
        #expect(taken.insert([Int64(absence.staff.number), Int64(day)]).inserted)
      }
    }
  }

  @Test func `the fixture is what the generator writes`() throws {
    try GeneratedFiles.expectFixture(AbsenceFile(seed: 1).file, of: "absences")
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `gives the figures of a generated file`(_ seed: UInt64) async throws {
    let made = AbsenceFile(seed: seed)
    let files = try GeneratedFiles([made.file])
    let book = try ImportedBook()
    let report = try await book.takeTwice(source(files.path), at: testSite())
    #expect(report.refused.map(\.place.row) == made.refusedRows)
    #expect(report.refused.allSatisfy { $0.code == "badValue" })
    #expect(report.findings == [])
    try await check(book, hours: made.hours, absences: made.absences, workers: made.workers)
    await book.office.close()
  }

  @Test(.realData("staff-absence"), arguments: [2001, 2008])
  func `gives the hours of the real workers`(_ year: Int) async throws {
    let real = try RealFile("staff-absence")
    let book = try ImportedBook()
    let report = try await book.takeTwice(source(real.path, year: year), at: testSite(.eur, "UTC"))
    #expect(report.refused == [])
    #expect(report.findings == [])
    try await check(book, hours: 3_462, absences: 500, workers: 31)
    let first = try Day(year: year, month: 1, day: 1)
    #expect(try ImportedFacts(book).absences.map(\.from).min() == first)
    await book.office.close()
  }

  @Test func `puts the n-th row on the n-th free day, a day for each eight hours begun`()
    async throws
  {
    let files = try GeneratedFiles([
      SampleFile(
        name: "a.csv",
        text: """
          Absenteeism time in hours,ID,Reason for absence
          0,7,0
          20,7,19
          8,7,26
          1.5,8,24
          """)
    ])
    let book = try ImportedBook()
    let report = try await book.take(source(files.path, year: 2024), at: testSite())
    #expect(report.isComplete)
    let found = try ImportedFacts(book).absences
    #expect(
      found.map { "\($0.staff) \($0.type) \($0.from) \($0.to) \($0.seconds)" } == [
        "D1 other 2024-01-01 2024-01-01 0", "D1 accident 2024-01-02 2024-01-04 72000",
        "D1 unpaid 2024-01-05 2024-01-05 28800", "D2 other 2024-01-01 2024-01-01 5400",
      ])
    await book.office.close()
  }
}

@Suite struct `Importing hours` {
  private func source(_ path: String) -> HoursImport {
    HoursImport(path: path, in: LiveFileSystem())
  }

  @Test func `the fixture is what the generator writes`() throws {
    try GeneratedFiles.expectFixture(HoursFile(seed: 1).file, of: "hours")
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `gives the hundredths of a generated file`(_ seed: UInt64) async throws {
    let made = HoursFile(seed: seed)
    let files = try GeneratedFiles([made.file])
    let book = try ImportedBook()
    let report = try await book.takeTwice(source(files.path), at: testSite(.usd, "America/Chicago"))
    #expect(report.refused.map(\.place.row) == made.refusedRows)
    #expect(report.findings.map(\.code) == [.unbalanced])
    let facts = try ImportedFacts(book)
    #expect(facts.count("ClinicDefined") == made.facilities)
    #expect(facts.count("HoursRecorded") == made.totals)
    for (index, role) in made.roles.enumerated() {
      let (own, hired) = (made.employees[index] * 36, made.contractors[index] * 36)
      #expect(facts.seconds(role, "employee") == own)
      #expect(facts.seconds(role, "contractor") == hired)
    }
    await book.office.close()
  }

  @Test(
    .realData("staff-hours-pbj"),
    .enabled(if: Effort.isFull, "takes the optimiser"))
  func `gives the hundredths of every column of the real journal`() async throws {
    let export = try Export(copying: Export.shared("staff-hours-pbj"))
    let real = try RealFile("staff-hours-pbj")
    let book = try ImportedBook()
    let report = try await book.takeTwice(source(real.path), at: testSite(.usd, "America/Chicago"))
    #expect(report.refused == [])
    #expect(report.findings == [])
    let facts = try ImportedFacts(book)
    let name = try #require(try LiveFileSystem().list(export.path).first)
    let rows = try export.rows(name)
    var columns = 0
    for (index, title) in rows[0].enumerated() where title.hasPrefix("Hrs_") {
      let isContractor = title.hasSuffix("_ctr")
      guard isContractor || title.hasSuffix("_emp") else { continue }
      columns += 1
      // Hundredths, from the digits as they stand.
      var hundredths = 0
      for row in rows.dropFirst() {
        let parts = row[index].split(separator: ".", omittingEmptySubsequences: false)
        let decimals = parts.count > 1 ? String((parts[1] + "00").prefix(2)) : "00"
        hundredths += try #require(Int(parts[0])) * 100 + #require(Int(decimals))
      }
      let role = String(title.dropFirst(4).dropLast(4))
      let contract = isContractor ? "contractor" : "employee"
      #expect(facts.seconds(role, contract) == hundredths * 36, "\(title)")
    }
    #expect(columns == 16)
    #expect(facts.count("HoursRecorded") == 5_787)
    await book.office.close()
  }

  @Test func `refuses a day that says something else, and keeps what stands`() async throws {
    let header = "PROVNAME,WorkDate,Hrs_RN_emp,Hrs_RN_ctr,Hrs_CNA_emp,Hrs_CNA_ctr\n"
    let files = try GeneratedFiles([
      SampleFile(name: "h.csv", text: header + "Elm,2025-01-02,8.0,0.0,30.25,1.01\n")
    ])
    let book = try ImportedBook()
    let first = try await book.take(source(files.path), at: testSite())
    #expect(first.eventsAppended == 4)
    // A role that is 0 now makes no event, and the row is another all the same.
    try files.write("h.csv", header + "Elm,20250102,8.0,0.0,30.25,0.0\n")
    let second = try await book.take(source(files.path), at: testSite())
    #expect(second.eventsAppended == 0)
    #expect(second.refused.map(\.code) == ["duplicateSource"])
    try files.write("h.csv", "PROVNAME,WorkDate\n")
    #expect(throws: CSVError.self) { try source(files.path).check() }
    await book.office.close()
  }
}
