import Daybook
import DaybookInterchange
import Testing

@Suite struct `The clinic that a file tells of` {
  private func site(_ zone: String) throws -> ImportSite {
    try ImportSite(
      making: ImportSite.Assumption(name: "Shop", currency: .usd, zone: zone), world: .live)
  }

  @Test(arguments: [
    ("2010-03-27T12:00:00Z", 27, 12, 0), ("2010-03-28T00:59:00Z", 28, 0, 59),
    // The clock goes from one to two: half past one is half an hour after one.
    ("2010-03-28T01:30:00Z", 28, 1, 30), ("2010-03-28T01:00:00Z", 28, 2, 0),
    ("2010-03-28T11:00:00Z", 28, 12, 0),
  ])
  func `reads the clock in spring`(_ text: String, _ day: Int, _ hour: Int64, _ minute: Int64)
    throws
  {
    let found = try site("Europe/London").instant(
      Day(year: 2010, month: 3, day: day), millisecond: (hour * 60 + minute) * 60_000)
    #expect(found == (try Instant(parsing: text)))
  }

  @Test(arguments: [
    ("2010-10-31T00:30:00Z", 1, 30), ("2010-10-31T02:00:00Z", 2, 0),
    ("2010-10-30T23:30:00Z", 0, 30),
  ])
  func `reads an hour that comes twice as the first`(
    _ text: String, _ hour: Int64, _ minute: Int64
  ) throws {
    let found = try site("Europe/London").instant(
      Day(year: 2010, month: 10, day: 31), millisecond: (hour * 60 + minute) * 60_000)
    #expect(found == (try Instant(parsing: text)))
  }

  @Test func `knows the day on the other side of the world`() throws {
    let day = try Day(year: 2015, month: 1, day: 1)
    let site = try site("Pacific/Auckland")
    let midnight = site.instant(day)
    #expect(midnight == (try Instant(parsing: "2014-12-31T11:00:00Z")))
    #expect(site.moment(midnight).day == day)
    #expect(site.moment(Instant(milliseconds: midnight.milliseconds - 1)).day != day)
  }

  @Test func `refuses a zone that is none`() throws {
    #expect(throws: (any Error).self) { _ = try site("Mars/Ares") }
  }
}
