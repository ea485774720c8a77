import DaybookValues
import Testing

@Suite struct `Instants` {
  @Test(arguments: Samples.seeds) func `read back as they are printed`(_ seed: UInt64) throws {
    var samples = Samples(seed: seed)
    for _ in 0..<2_000 {
      let instant = samples.instant()
      #expect(try Instant(parsing: instant.description) == instant)
    }
  }

  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.999Z", -1),
      ("2026-03-02T09:30:00Z", 1_772_443_800_000), ("2001-09-09T01:46:40.123Z", 1_000_000_000_123),
      ("0001-01-01T00:00:00Z", -62_135_596_800_000),
      ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
      ("2024-02-29T12:00:00.050Z", 1_709_208_000_050),
    ] as [(String, Int64)])
  func `count milliseconds from 1970`(_ text: String, _ count: Int64) throws {
    #expect(try Instant(parsing: text).milliseconds == count)
    #expect(Instant(milliseconds: count).description == text)
  }

  @Test func `accept fewer decimals`() throws {
    #expect(try Instant(parsing: "1970-01-01T00:00:00.5Z").milliseconds == 500)
    #expect(try Instant(parsing: "1970-01-01T00:00:00.05Z").milliseconds == 50)
    #expect(try Instant(parsing: "1970-01-01T00:00:00.000Z").description == "1970-01-01T00:00:00Z")
  }

  @Test(arguments: [
    Fault("", .empty, at: 0), Fault("2026-03-02", .malformed, at: 10),
    Fault("2026-03-02 09:30:00Z", .malformed, at: 10),
    Fault("2026-03-02T09:30Z", .malformed, at: 16),
    Fault("2026-03-02T24:00:00Z", .outOfRange, at: 11),
    Fault("2026-03-02T09:60:00Z", .outOfRange, at: 14),
    Fault("2026-12-31T23:59:60Z", .outOfRange, at: 17),
    Fault("2026-03-02T09:30:00", .malformed, at: 19),
    Fault("2026-03-02T09:30:00.Z", .malformed, at: 20),
    Fault("2026-03-02T09:30:00.1234Z", .tooPrecise, at: 23),
    Fault("2026-03-02T09:30:00z", .malformed, at: 19),
    Fault("2026-03-02T09:30:00+01:00", .malformed, at: 19),
    Fault("2026-03-02T09:30:00Z ", .malformed, at: 20),
    Fault("2025-02-29T00:00:00Z", .outOfRange, at: 8),
  ])
  func `refuse a bad text, naming the byte`(_ fault: Fault) {
    #expect(
      fault.describes(error { () throws(ValueError) in _ = try Instant(parsing: fault.text) }))
  }

  @Test func `step and measure with checks`() throws {
    #expect(try Instant().adding(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
    #expect(try Instant.max.milliseconds(since: .min) == 315_537_897_599_999)
    for step in [1, Int64.max] {
      #expect(
        error { () throws(ValueError) in _ = try Instant.max.adding(milliseconds: step) }?.kind
          == .outOfRange)
    }
    let (first, last) = (Instant(milliseconds: .min), Instant(milliseconds: .max))
    #expect(
      error { () throws(ValueError) in _ = try last.milliseconds(since: first) }?.kind == .overflow)
  }

  @Test func `of any stored count print without a trap`() {
    for count in [Int64.min, .min + 1, .max - 1, .max] {
      let instant = Instant(milliseconds: count)
      #expect(!instant.isInRange)
      #expect((try? Instant(parsing: instant.description)) == nil)
    }
  }
}

@Suite struct `Offsets` {
  @Test func `read back as they are printed, every second of them`() throws {
    var wrong = 0
    for seconds in Int32(-86_399)...86_399 {
      let offset = UTCOffset(seconds: seconds)
      let read = try UTCOffset(parsing: offset.description)
      if read != offset { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  @Test(
    arguments: [
      (7200, "+02:00"), (0, "+00:00"), (-12_600, "-03:30"), (20_700, "+05:45"),
      (-2670, "-00:44:30"),
      (-1, "-00:00:01"),
    ] as [(Int32, String)])
  func `print hours and minutes`(_ seconds: Int32, _ text: String) {
    #expect(UTCOffset(seconds: seconds).description == text)
  }

  @Test(arguments: [
    Fault("", .empty, at: 0), Fault("02:00", .malformed, at: 0), Fault("+2:00", .malformed, at: 2),
    Fault("+0200", .malformed, at: 3), Fault("+24:00", .outOfRange, at: 1),
    Fault("+02:60", .outOfRange, at: 4), Fault("-00:00", .malformed, at: 0),
    Fault("z", .malformed, at: 0), Fault("Z1", .malformed, at: 1),
    Fault("+02:00:", .malformed, at: 7),
  ])
  func `refuse a bad text, naming the byte`(_ fault: Fault) {
    #expect(
      fault.describes(error { () throws(ValueError) in _ = try UTCOffset(parsing: fault.text) }))
  }

  @Test func `of any stored count print without a trap`() throws {
    for seconds in [Int32.min, .max] {
      #expect(!UTCOffset(seconds: seconds).isInRange)
      _ = UTCOffset(seconds: seconds).description
    }
    #expect(try UTCOffset(parsing: "Z") == .utc)
  }
}

@Suite struct `Moments` {
  @Test(arguments: Samples.seeds) func `read back as they are printed`(_ seed: UInt64) throws {
    var samples = Samples(seed: seed)
    for _ in 0..<2_000 {
      let offset = UTCOffset(seconds: Int32.random(in: -86_399...86_399, using: &samples))
      let moment = Moment(samples.instant(), offset)
      // On the first and last day of the calendar an offset may lead out of it.
      guard moment.day.isInRange else { continue }
      #expect(try Moment(parsing: moment.description) == moment)
      #expect(moment.description.hasPrefix(moment.day.description + "T"))
      let whole = try Moment(moment.day, secondOfDay: moment.secondOfDay, offset: offset)
      #expect(moment.instant.milliseconds - whole.instant.milliseconds < 1000)
      #expect(moment.instant >= whole.instant)
    }
  }

  @Test(arguments: [
    ("2026-03-02T00:30:00+02:00", "2026-03-02", "2026-03-01T22:30:00Z"),
    ("2026-03-01T23:30:00-05:00", "2026-03-01", "2026-03-02T04:30:00Z"),
    ("2024-12-31T23:59:59.999-00:00:01", "2024-12-31", "2025-01-01T00:00:00.999Z"),
    ("1969-12-31T23:00:00Z", "1969-12-31", "1969-12-31T23:00:00Z"),
    ("1970-01-01T00:00:00+01:00", "1970-01-01", "1969-12-31T23:00:00Z"),
    ("9999-12-31T23:59:59.999Z", "9999-12-31", "9999-12-31T23:59:59.999Z"),
    ("0001-01-01T00:00:00-01:00", "0001-01-01", "0001-01-01T01:00:00Z"),
  ])
  func `have the civil day of their own clock`(_ text: String, _ day: String, _ utc: String) throws
  {
    let moment = try Moment(parsing: text)
    #expect(moment.day.description == day)
    #expect(moment.instant.description == utc)
    #expect(moment.description == text)
  }

  @Test func `at no offset print Z, however they were written`() throws {
    let moment = try Moment(parsing: "2026-03-02T09:30:00+00:00")
    #expect(moment.description == "2026-03-02T09:30:00Z")
    #expect(try Moment(parsing: "2026-03-02T09:30:00Z") == moment)
  }

  @Test(arguments: [
    Fault("", .empty, at: 0), Fault("2026-03-02T09:30:00", .malformed, at: 19),
    Fault("2026-03-02T09:30:00+1:00", .malformed, at: 21),
    Fault("2026-03-02T09:30:00+01:00Z", .malformed, at: 25),
    Fault("2026-03-02T09:30:00-00:00", .malformed, at: 19),
    Fault("0001-01-01T00:00:00+00:01", .outOfRange, at: 0),
    Fault("9999-12-31T23:59:59-00:01", .outOfRange, at: 0),
  ])
  func `refuse a bad text, naming the byte`(_ fault: Fault) {
    #expect(fault.describes(error { () throws(ValueError) in _ = try Moment(parsing: fault.text) }))
  }

  @Test func `are made from a day and a clock`() throws {
    let day = try Day(parsing: "2026-03-02")
    let offset = UTCOffset(seconds: 3600)
    let moment = try Moment(day, secondOfDay: 34_200, offset: offset)
    #expect(moment.description == "2026-03-02T09:30:00+01:00")
    #expect(moment.secondOfDay == 34_200)
    for second in [-1, 86_400, .min, .max] {
      #expect(
        error { () throws(ValueError) in _ = try Moment(day, secondOfDay: second) }?.kind
          == .outOfRange)
    }
    #expect(
      error { () throws(ValueError) in _ = try Moment(.min, offset: offset) }?.kind == .outOfRange)
  }

  @Test func `of any stored counts do not trap`() throws {
    for milliseconds in [Int64.min, 0, .max] {
      for seconds in [Int32.min, 0, .max] {
        let moment = Moment(Instant(milliseconds: milliseconds), UTCOffset(seconds: seconds))
        _ = (moment.day, moment.secondOfDay, moment.description)
        for days in [Int32.min, .max] {
          _ = try? Moment(Day(daysSince1970: days), offset: moment.offset)
        }
      }
    }
    #expect(Moment(Instant(milliseconds: .max)).day.daysSince1970 == .max)
  }
}
