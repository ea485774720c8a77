import Daybook
import DaybookInterchange
import DaybookScenarios
import DaybookTesting
import Testing

@Suite struct `Importing treatments` {
  private func source(_ path: String) -> TreatmentsImport {
    TreatmentsImport(path: path, in: LiveFileSystem())
  }

  @Test func `the fixture is what the generator writes`() throws {
    try GeneratedFiles.expectFixture(TreatmentFile(seed: 1).file, of: "treatments")
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `gives the figures of a generated file`(_ seed: UInt64) async throws {
    let made = TreatmentFile(seed: seed)
    #expect(made.corrected > 0)
    let files = try GeneratedFiles([made.file])
    let book = try ImportedBook()
    let report = try await book.takeTwice(source(files.path), at: testSite())
    #expect(report.refused.map(\.place.row) == made.refusedRows)
    #expect(report.refused.allSatisfy { $0.code == "unknownReference" })
    #expect(report.findings == [])
    let facts = try ImportedFacts(book)
    #expect(facts.count("TreatmentPerformed") == made.treatments)
    #expect(facts.count("ChargePosted") == made.treatments)
    #expect(facts.count("EncounterCompleted") == made.visits)
    // A treatment takes its charge along.
    #expect(facts.count("Reversed") == 2 * made.corrected)
    #expect(facts.units == Int64(made.booked))
    await book.office.close()
  }

  @Test(
    .realData("hospital-treatments"),
    .enabled(if: Effort.isFull, "takes the optimiser"))
  func `gives the net executions of the real hospital`() async throws {
    let real = try RealFile("hospital-treatments")
    let book = try ImportedBook()
    let report = try await book.takeTwice(source(real.path), at: testSite())
    #expect(report.rowsRead == 117_322)
    #expect(report.rowsRefused == 76)
    #expect(report.refused.allSatisfy { $0.code == "unknownReference" && $0.place.row > 0 })
    let facts = try ImportedFacts(book)
    #expect(facts.units == 210_756)
    #expect(facts.count("TreatmentPerformed") == 116_438)
    // 808 treatments, each with its charge.
    #expect(facts.count("Reversed") == 1_616)
    let reader = try Export(copying: Export.shared("hospital-treatments"))
    let rows = try reader.rows("treatments.csv")
    let column = try #require(rows[0].firstIndex(of: "number_of_executions"))
    var refused = 0.0
    for row in report.refused { refused += try #require(Double(rows[row.place.row][column])) }
    #expect(refused == -77)
    var total = 0.0
    for row in rows.dropFirst() { total += try #require(Double(row[column])) }
    #expect(total == 210_679)
    await book.office.close()
  }

  @Test func `takes back the newest equal row, once, and no part of one`() async throws {
    let files = try GeneratedFiles([
      SampleFile(
        name: "activities.csv",
        text: """
          case_id,timestamp,activity_code,activity_name,number_of_executions,department,producer_code
          1,2005-01-03,10,consult,1.0,Ward,W1
          1,2005-01-03,10,consult,2.0,Ward,W1
          1,2005-01-04,10,consult,1.0,,
          1,2005-01-05,10,consult,-1.0,,
          1,2005-01-05,10,consult,-1.0,,
          1,2005-01-05,10,consult,-1.0,,
          1,2005-01-05,10,consult,0.0,,
          1,2005-01-05,10,consult,1.5,,
          2,2005-01-05,10,consult,-2.0,,
          1,2005-01-03,10,consult,1.0,Ward,W2
          """)
    ])
    let book = try ImportedBook()
    let report = try await book.takeTwice(source(files.path), at: testSite())
    #expect(report.refused.map(\.place.row) == [6, 7, 8, 9])
    #expect(
      report.refused.map(\.code) == [
        "unknownReference", "badValue", "badValue", "unknownReference",
      ]
    )
    let facts = try ImportedFacts(book)
    #expect(facts.units == 3)
    #expect(facts.count("EncounterStarted") == 3)
    await book.office.close()
  }

  @Test func `refuses a visit whole that the Desk refuses, and what takes it back`() async throws {
    let files = try GeneratedFiles([
      SampleFile(
        name: "activities.csv",
        text: """
          case_id,timestamp,activity_code,activity_name,number_of_executions
          0,2005-01-03,10,consult,1.0
          1,9000-01-03,10,consult,1.0
          1,9000-01-03,11,consult,1.0
          1,9000-01-03,10,consult,-1.0
          """)
    ])
    let book = try ImportedBook()
    let report = try await book.take(source(files.path), at: testSite())
    #expect(report.refused.map(\.place.row) == [2, 3, 4])
    #expect(report.refused.map(\.code).first == "futureNotAllowed")
    #expect(report.rowsAppended == 1)
    #expect(try ImportedFacts(book).units == 1)
    await book.office.close()
  }

  @Test(arguments: [0, 3, 12, 30]) func `goes on where it stopped`(_ actions: Int) async throws {
    let files = try GeneratedFiles([TreatmentFile(seed: 4).file])
    let whole = try ImportedBook()
    let expected = try await whole.take(source(files.path), at: testSite())
    let book = try ImportedBook()
    await #expect(throws: Interrupted.Killed.self) {
      _ = try await source(files.path).run(
        into: Interrupted(book.office, after: actions), at: testSite(), progress: { _ in })
    }
    let rest = try await book.take(source(files.path), at: testSite())
    #expect(rest.actionsAlreadyThere + rest.actionsAppended == expected.actionsAppended)
    #expect(await book.office.lastPosition == whole.office.lastPosition)
    await book.office.close()
    await whole.office.close()
  }
}
