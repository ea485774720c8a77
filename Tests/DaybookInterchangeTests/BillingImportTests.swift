import Daybook
import DaybookInterchange
import DaybookScenarios
import DaybookTesting
import Testing

@Suite struct `Importing billing cases` {
  private func source(_ path: String) -> BillingImport {
    BillingImport(path: path, in: LiveFileSystem())
  }

  private func figures(_ report: ImportReport) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: report.figures.map { ($0.name, $0.count) })
  }

  @Test func `the fixture is what the generator writes`() throws {
    try GeneratedFiles.expectFixture(BillingFile(seed: 1).file, of: "billing")
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `gives the figures of a generated file`(_ seed: UInt64) async throws {
    let made = BillingFile(seed: seed)
    let files = try GeneratedFiles([made.file])
    let book = try ImportedBook()
    let report = try await book.takeTwice(source(files.path), at: testSite())
    #expect(report.refused.map(\.place.row) == made.refusedRows)
    #expect(report.refused.allSatisfy { $0.code == "unknownReference" })
    let facts = try ImportedFacts(book)
    #expect(facts.count("ChargePosted") == made.figures.charges)
    #expect(facts.count("ClaimSubmitted") == made.figures.claims)
    #expect(facts.replacing == made.figures.replacing)
    #expect(facts.count("ClaimAdjudicated") == made.figures.answers)
    #expect(facts.count("Reversed") == made.figures.reversals)
    let expected: [String: Int] = [
      "cases": made.figures.cases, "billed": made.figures.billed,
      "deleted": made.figures.deleted, "neverBilled": made.figures.neverBilled,
      "reopened": made.figures.reopened, "variants": made.figures.variants,
      "codesRefused": made.figures.codesRefused,
    ]
    #expect(figures(report) == expected)
    #expect(try await book.balances() == [:])
    await book.office.close()
  }

  @Test(
    .realData("hospital-billing"),
    .enabled(if: Effort.isFull, "takes the optimiser"))
  func `gives the counts of the real cases`() async throws {
    let real = try RealFile("hospital-billing")
    let book = try ImportedBook()
    let report = try await book.takeTwice(source(real.path), at: testSite())
    #expect(report.refused == [])
    #expect(
      figures(report) == [
        "cases": 8_000, "billed": 5_593, "deleted": 760, "neverBilled": 1_647, "reopened": 502,
        "variants": 249, "codesRefused": 166,
      ])
    // Every answer that the hospital wrote down came behind the STORNO of its bill: each is found.
    #expect(report.findings.map(\.code) == [.invalidState])
    #expect(report.findingsCount == 188)
    let facts = try ImportedFacts(book)
    // The books say the same of billed, deleted and never billed, without the import's own count.
    #expect(facts.claimed.count == 5_593)
    let others = facts.charges.filter { !facts.claimed.contains($0.key) }
    #expect(others.values.count { $0 == 0 } == 760)
    #expect(others.values.count { $0 > 0 } == 1_647)
    #expect(facts.count("ChargePosted") == 8_658)
    #expect(facts.count("ClaimSubmitted") == 5_848)
    #expect(facts.count("ClaimAdjudicated") == 188)
    // Two bills behind a REOPEN of what was billed, or a BILLED where nothing else is to be billed.
    #expect(facts.replacing > 0 && facts.replacing < 100, "\(facts.replacing)")
    await book.office.close()
  }

  @Test func `goes on with a case that has grown, and keeps what has changed`() async throws {
    let header = "case_id,activity,timestamp,speciality\n"
    let first = "A,NEW,2013-01-01 08:00:00,K\nA,BILLED,2013-02-01 08:00:00,\n"
    let files = try GeneratedFiles([SampleFile(name: "billing.csv", text: header + first)])
    let book = try ImportedBook()
    let report = try await book.take(source(files.path), at: testSite())
    #expect(report.isComplete)
    try files.write(
      "billing.csv", header + first + "A,STORNO,2013-03-01 08:00:00,\nA,REJECT,2013-03-02,\n")
    let second = try await book.take(source(files.path), at: testSite())
    #expect(second.refused.map(\.place) == [RowPlace("billing.csv", row: 4, column: "timestamp")])
    #expect(second.eventsAppended == 1)
    try files.write(
      "billing.csv",
      header + first
        + "A,STORNO,2013-03-01 08:00:00,\nA,REJECT,2013-03-02 09:00:00,\nA,STORNO,2013-03-03 09:00,\n"
    )
    let third = try await book.take(source(files.path), at: testSite())
    #expect(third.eventsAppended == 1)
    #expect(third.findings.map(\.code) == [.invalidState])
    #expect(third.refused.map(\.code) == ["unknownReference"])
    await book.office.close()
  }

  @Test(arguments: [0, 3, 30, 90]) func `goes on where it stopped`(_ actions: Int) async throws {
    let files = try GeneratedFiles([BillingFile(seed: 4).file])
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
