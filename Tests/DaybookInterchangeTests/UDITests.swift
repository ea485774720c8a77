import DaybookInterchange
import DaybookValues
import Testing

@Suite struct `UDI text` {
  @Test func `reads item, dates, lot and serial as printed`() throws {
    let text = "(01)13465995954590(11)760704(17)010719(10)8477791433724820(21)488266988"
    let udi = try UDI(parsing: text, asOf: 1976)
    #expect(udi.item == "13465995954590")
    #expect(udi.lot == "8477791433724820")
    #expect(udi.serial == "488266988")
    #expect(udi.made.map { "\($0)" } == "1976-07-04")
    #expect(udi.expiry.map { "\($0)" } == "2001-07-19")
  }

  @Test func `reads the same elements as scanned, in any order, and skips others`() throws {
    let scanned = try UDI(
      parsing: "0113465995954590" + "10A7/x\u{1d}" + "17010719" + "240ref\u{1d}" + "2142",
      asOf: 1999)
    let printed = try UDI(
      parsing: "(10)A7/x(21)42(240)ref(17)010719(01)13465995954590", asOf: 1999)
    #expect(scanned == printed)
    #expect(scanned.lot == "A7/x" && scanned.serial == "42" && scanned.made == nil)
  }

  @Test(arguments: [
    (1976, "26", 2026), (1976, "27", 1927), (2026, "76", 2076), (2026, "77", 1977),
    (2050, "00", 2100), (2000, "51", 1951), (2000, "50", 2050), (2023, "48", 2048),
  ]) func `reads a year within 49 before and 50 after`(_ asOf: Int, _ short: String, _ full: Int)
    throws
  {
    #expect(try UDI(parsing: "(17)\(short)0131", asOf: asOf).expiry?.year == full)
  }

  @Test func `takes day 00 for the last of the month`() throws {
    #expect(
      try UDI(parsing: "(17)240200", asOf: 2024).expiry == Day(year: 2024, month: 2, day: 29))
  }

  @Test(arguments: [
    ("", ValueError.Kind.empty, 0), ("(01)1346599595459", .malformed, 4),
    ("(17)241301", .outOfRange, 4), ("(17)2402", .malformed, 4), ("(17)240230", .outOfRange, 4),
    ("(10)", .malformed, 4), ("(10)A(10)B", .malformed, 5), ("(1)A", .malformed, 2),
    ("(10", .malformed, 3), ("(10)A)(21", .malformed, 9), ("LOT", .malformed, 0),
    ("0112", .malformed, 4), ("10\u{1d}", .malformed, 2), ("(17)24é0", .malformed, 4),
  ]) func `refuses anything else with the place`(
    _ text: String, _ kind: ValueError.Kind, _ offset: Int
  ) {
    #expect(throws: ValueError(kind, subject: "UDI", text: text, offset: offset)) {
      _ = try UDI(parsing: text, asOf: 2024)
    }
  }
}
