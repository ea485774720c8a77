import DaybookClinicEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import DaybookVisits
import Testing

@Suite struct `A patient's card` {
  private func desk() throws -> FrontDesk {
    var desk = try FrontDesk()
    try desk.cover(
      1, by: 9, from: "2026-01-01", to: "2026-03-02", copay: .share(Rate(basisPoints: 2000)))
    try desk.cover(1, by: 8, from: "2026-01-01", .secondary)
    try desk.cover(1, by: 7, from: "2026-03-03")
    try desk.book(1, 1, at: "2026-03-02T10:00:00+01:00")
    try desk.book(2, 1, with: 4, at: "2026-03-09T10:00:00+01:00")
    try desk.book(3, 1, at: "2026-02-25T10:00:00+01:00")
    try desk.miss(3, at: "2026-02-26T09:00:00+01:00")
    try desk.book(4, 2, at: "2026-03-02T11:00:00+01:00")
    try desk.request(1, 1, from: "2026-04-01", .soon, at: "2026-02-27T09:00:00+01:00")
    try desk.arrive(1, 1, for: 1, at: "2026-03-02T09:55:00+01:00")
    try desk.start(1, of: 1, 1, at: "2026-03-02T10:05:00+01:00")
    return desk
  }

  @Test func `has what is on record, the coverage of the day, what comes and what was`() throws {
    let report = try desk().card(1)
    #expect(report.texts("kind", "from", "id", "ref").first == "patient 2026-01-02 P1 patient-1")
    #expect(report.rows.first?.last == .text("born 1980, female"))
    #expect(
      report.lines.dropFirst() == [
        "coverage 2026-01-01 2026-03-02 Y9 primary patient pays 20%",
        "coverage 2026-01-01 Y8 secondary",
        "coming 2026-03-09T10:00:00+01:00 A2 D4 provider-b L1 clinic-sol booked",
        "request 2026-02-27T09:00:00+01:00 2026-04-01 AR1 L1 clinic-sol soon",
        "past 2026-02-25T10:00:00+01:00 A3 D3 provider-a L1 clinic-sol noShow",
        "past 2026-03-02T10:00:00+01:00 A1 D3 provider-a L1 clinic-sol inProgress came as V1",
        "visit 2026-03-02T09:55:00+01:00 V1 D3 provider-a L1 clinic-sol inProgress for A1",
      ])
    #expect(report.footer.entries == 8)
  }

  @Test func `shows another day as it was then, and only what was known`() throws {
    let desk = try desk()
    let before = try desk.card(1) { $0.on = try day("2026-02-28") }
    #expect(
      before.texts("kind", "id", "status").suffix(4) == [
        "coming A1 booked", "coming A2 booked", "request AR1 soon", "past A3 noShow",
      ])
    let after = try desk.card(1) { $0.on = try day("2026-03-03") }
    #expect(
      after.texts("kind", "id", "status").filter { $0.hasPrefix("coverage") } == [
        "coverage Y7 primary", "coverage Y8 secondary",
      ])
    let nothing = try desk.card(1) { $0.knownAt = Position(1) }
    #expect(nothing.rows.isEmpty)
  }

  @Test func `of a range has what is in it, and the record and coverage of its last day`() throws {
    let desk = try desk()
    let february = try desk.card(1) {
      ($0.from, $0.to) = (try day("2026-02-01"), try day("2026-02-28"))
    }
    #expect(
      february.texts("kind", "id", "status") == [
        "patient P1", "coverage Y9 primary", "coverage Y8 secondary", "request AR1 soon",
        "past A3 noShow",
      ])
    #expect(try february.from == day("2026-02-01"))
    #expect(try february.to == day("2026-02-28"))
    // A1 is over, A2 of the ninth is not resolved, and nothing of February stands beside them.
    let march = try desk.card(1) {
      ($0.from, $0.to) = (try day("2026-03-01"), try day("2026-03-05"))
    }
    #expect(
      march.texts("kind", "id", "status") == [
        "patient P1", "coverage Y7 primary", "coverage Y8 secondary", "past A1 inProgress",
        "visit V1 inProgress",
      ])
  }

  @Test func `of days before the patient was registered has nothing of what came later`() throws {
    let desk = try desk()
    let before = try desk.card(1) {
      ($0.from, $0.to) = (try day("1999-01-01"), try day("1999-12-31"))
    }
    #expect(before.rows.isEmpty)
    // On a day, what was booked by then or since is to come.
    let then = try desk.card(1) { $0.on = try day("1999-12-31") }
    #expect(then.texts("kind", "id") == ["coming A3", "coming A1", "coming A2", "request AR1"])
  }

  @Test func `has what was amended, and since when`() throws {
    var desk = try desk()
    try desk.amend(1, born: 1981, at: "2026-03-04T09:00:00+01:00")
    let amended = try desk.card(1) { $0.on = try day("2026-03-04") }
    #expect(amended.rows.first?.last == .text("born 1981, female, as amended on 2026-03-04"))
  }

  @Test func `of who nobody knows is empty`() throws {
    #expect(try desk().card(99).rows.isEmpty)
  }
}

@Suite struct `Patients who are one person` {
  private func desk() throws -> FrontDesk {
    var desk = try FrontDesk()
    try desk.cover(1, by: 9, from: "2026-01-01")
    try desk.cover(2, by: 8, from: "2026-01-01")
    try desk.cover(2, by: 7, from: "2026-01-01", .secondary)
    try desk.book(1, 1, at: "2026-03-02T10:00:00+01:00")
    try desk.book(2, 2, at: "2026-03-02T11:00:00+01:00")
    try desk.arrive(1, 2, for: 2, at: "2026-03-02T11:00:00+01:00")
    return desk
  }

  @Test func `stand under the one number in every report from the merge on, for all days`() throws {
    var desk = try desk()
    let before = desk.feed.position
    try desk.merge(2, into: 1, at: "2026-03-05T09:00:00+01:00")
    let on = { (query: inout VisitsQuery) in query.on = try day("2026-03-02") }
    #expect(
      try desk.dayList(on).texts("appointment", "patient", "ref") == [
        "A1 P1 patient-1", "A2 P1 patient-1",
      ])
    #expect(try desk.waiting(on).texts("id", "patient") == ["V1 P1"])
    #expect(
      try desk.noShows(by: .patient).texts("patient", "appointments", "attended") == ["P1 2 1"])
    let then = { (query: inout VisitsQuery) in
      query.on = try day("2026-03-02")
      query.knownAt = before
    }
    #expect(try desk.dayList(then).texts("patient") == ["P1", "P2"])
    #expect(try desk.waiting(then).texts("patient") == ["P2"])
  }

  @Test func `have one card, on which the other number and its policies stand`() throws {
    var desk = try desk()
    try desk.merge(2, into: 1, at: "2026-03-02T12:00:00+01:00")
    #expect(
      try desk.card(1).texts("kind", "id", "status") == [
        "patient P1", "same P2 merged", "coverage Y9 primary", "coverage Y7 secondary",
        "coming A1 booked", "past A2 arrived", "visit V1 arrived",
      ])
    #expect(try desk.card(2).texts("kind", "id", "status") == ["patient P2 merged into P1"])
  }

  @Test func `may be more than two, merged one after the other`() throws {
    var desk = try desk()
    try desk.merge(2, into: 1, at: "2026-03-02T12:00:00+01:00")
    try desk.merge(1, into: 3, at: "2026-03-02T13:00:00+01:00")
    #expect(try desk.dayList().texts("patient") == ["P3", "P3"])
    #expect(
      try desk.card(3).texts("kind", "id").filter { $0.hasPrefix("same") } == [
        "same P2", "same P1",
      ])
    #expect(try desk.card(2).texts("status").first == "merged into P3")
  }

  @Test func `merged in a circle, which no Desk allows, hold nobody up`() throws {
    var desk = try desk()
    try desk.merge(2, into: 1, at: "2026-03-02T12:00:00+01:00")
    try desk.merge(1, into: 2, at: "2026-03-02T13:00:00+01:00")
    #expect(try desk.dayList().rows.count == 2)
    _ = try desk.card(1)
  }
}
