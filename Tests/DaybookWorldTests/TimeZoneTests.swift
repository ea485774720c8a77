import DaybookValues
import DaybookWorld
import Testing

@Suite struct `Time zones` {
  private func changes(
    _ zone: String, _ from: String, _ through: String, in zones: LiveTimeZones = LiveTimeZones()
  ) throws -> [String] {
    try zones.transitions(
      of: zone, from: Day(parsing: from), through: Day(parsing: through)
    ).map { "\($0.at) \($0.offset.seconds)" }
  }

  @Test func `UTC never changes`() throws {
    #expect(try changes("UTC", "1970-01-01", "2046-12-31") == ["1970-01-01T00:00:00Z 0"])
  }

  @Test func `Madrid has had European summer time since 1981`() throws {
    #expect(
      try changes("Europe/Madrid", "2026-01-01", "2026-12-31") == [
        "2026-01-01T00:00:00Z 3600", "2026-03-29T01:00:00Z 7200", "2026-10-25T01:00:00Z 3600",
      ])
    #expect(
      try changes("Europe/Madrid", "1970-01-01", "1974-12-31") == [
        "1970-01-01T00:00:00Z 3600", "1974-04-13T22:00:00Z 7200", "1974-10-05T23:00:00Z 3600",
      ])
  }

  @Test func `Madrid beyond the table follows the rule behind it`() throws {
    #expect(
      try changes("Europe/Madrid", "2100-06-01", "2101-12-31") == [
        "2100-06-01T00:00:00Z 7200", "2100-10-31T01:00:00Z 3600", "2101-03-27T01:00:00Z 7200",
        "2101-10-30T01:00:00Z 3600",
      ])
    #expect(
      try changes("Europe/Madrid", "9999-09-01", "9999-12-31") == [
        "9999-09-01T00:00:00Z 7200", "9999-10-31T01:00:00Z 3600",
      ])
  }

  @Test func `table and rule join without a gap`() throws {
    let all = try LiveTimeZones().transitions(
      of: "Europe/Madrid", from: Day(parsing: "1981-01-01"), through: Day(parsing: "2200-12-31"))
    // The state at the start, then two changes in each of 220 years.
    #expect(all.count == 1 + 2 * 220)
    #expect(zip(all, all.dropFirst()).allSatisfy { $0.at < $1.at && $0.offset != $1.offset })
  }

  @Test func `New York has changed in March and November since 2007`() throws {
    #expect(
      try changes("America/New_York", "2006-01-01", "2007-12-31") == [
        "2006-01-01T00:00:00Z -18000", "2006-04-02T07:00:00Z -14400", "2006-10-29T06:00:00Z -18000",
        "2007-03-11T07:00:00Z -14400", "2007-11-04T06:00:00Z -18000",
      ])
    #expect(
      try changes("America/New_York", "1974-01-01", "1975-12-31") == [
        "1974-01-01T00:00:00Z -18000", "1974-01-06T07:00:00Z -14400", "1974-10-27T06:00:00Z -18000",
        "1975-02-23T07:00:00Z -14400", "1975-10-26T06:00:00Z -18000",
      ])
    #expect(
      try changes("America/New_York", "2046-01-01", "2046-12-31") == [
        "2046-01-01T00:00:00Z -18000", "2046-03-11T07:00:00Z -14400", "2046-11-04T06:00:00Z -18000",
      ])
  }

  @Test func `Kolkata stands five hours and a half ahead, always`() throws {
    #expect(
      try changes("Asia/Kolkata", "1970-01-01", "2046-12-31") == ["1970-01-01T00:00:00Z 19800"])
  }

  @Test func `Monrovia had seconds in its offset until 1972`() throws {
    #expect(
      try changes("Africa/Monrovia", "1970-01-01", "2046-12-31") == [
        "1970-01-01T00:00:00Z -2670", "1972-01-07T00:44:30Z 0",
      ])
  }

  @Test func `Lord Howe moves by half an hour, southern summer`() throws {
    #expect(
      try changes("Australia/Lord_Howe", "2025-12-01", "2026-12-31") == [
        "2025-12-01T00:00:00Z 39600", "2026-04-04T15:00:00Z 37800", "2026-10-03T15:30:00Z 39600",
      ])
    #expect(
      try changes("Australia/Lord_Howe", "2090-01-01", "2090-12-31") == [
        "2090-01-01T00:00:00Z 39600", "2090-04-01T15:00:00Z 37800", "2090-09-30T15:30:00Z 39600",
      ])
  }

  @Test func `winter time below standard time is told as the offset that holds`() throws {
    #expect(
      try changes("Europe/Dublin", "2060-01-01", "2060-12-31") == [
        "2060-01-01T00:00:00Z 0", "2060-03-28T01:00:00Z 3600", "2060-10-31T01:00:00Z 0",
      ])
  }

  @Test func `both days belong to what is asked`() throws {
    #expect(
      try changes("Europe/Madrid", "2026-03-29", "2026-03-29") == [
        "2026-03-29T00:00:00Z 3600", "2026-03-29T01:00:00Z 7200",
      ])
    #expect(
      try changes("Europe/Madrid", "2026-03-28", "2026-03-28") == ["2026-03-28T00:00:00Z 3600"])
    #expect(
      try changes("Europe/Madrid", "2026-03-30", "2026-03-30") == ["2026-03-30T00:00:00Z 7200"])
  }

  @Test(arguments: [
    "", "Europe", "Europe/Atlantis", "/etc/passwd", "../zoneinfo/UTC", "Europe/Madrid/", "UTC\0",
    "Europe//../UTC", "zone.tab", "tzdata.zi", "Madrid", "Europe/Madrid/Centro", "CET -1",
    String(repeating: "a", count: 256),
  ])
  func `a name that no zone has is refused`(_ zone: String) throws {
    let error = #expect(throws: TimeZoneError.self) {
      try LiveTimeZones().transitions(of: zone, from: Day(), through: Day())
    }
    #expect(error?.kind == .unknownZone)
  }
}

@Suite struct `Time zone files` {
  let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func write(_ bytes: [UInt8]) throws {
    let files = LiveFileSystem()
    let path = folder.file("Zone")
    let file = try files.open(path, files.exists(path) ? .readWrite : .create)
    try file.truncate(to: 0)
    try file.write(bytes.span, at: 0)
  }

  private func read(through: String = "2030-12-31") throws -> [String] {
    try LiveTimeZones(folder: folder.path).transitions(
      of: "Zone", from: Day(parsing: "1970-01-01"), through: Day(parsing: through)
    ).map { "\($0.at) \($0.offset.seconds)" }
  }

  private func bigEndian(_ value: Int64, _ width: Int) -> [UInt8] {
    (0..<width).reversed().map { UInt8(truncatingIfNeeded: value >> Int64($0 * 8)) }
  }

  /// A file of version 2 with the given changes, the first offset before all of them.
  private func file(
    _ offsets: [Int64], _ table: [(at: Int64, type: UInt8)] = [], rule: String,
    version: String = "2"
  ) -> [UInt8] {
    let magic = Array("TZif\(version)".utf8) + [UInt8](repeating: 0, count: 15)
    let none = magic + [UInt8](repeating: 0, count: 24)
    let counts = [0, 0, 0, Int64(table.count), Int64(offsets.count), 1]
    return none + magic + counts.flatMap { bigEndian($0, 4) }
      + table.flatMap { bigEndian($0.at, 8) } + table.map(\.type)
      + offsets.flatMap { bigEndian($0, 4) + [0, 0] } + [0] + Array("\n\(rule)\n".utf8)
  }

  @Test func `a table without a rule goes on as it ended`() throws {
    try write(file([0, 3600], [(0, 1), (86_400, 0), (172_800, 0), (172_801, 1)], rule: ""))
    #expect(
      try read() == [
        "1970-01-01T00:00:00Z 3600", "1970-01-02T00:00:00Z 0", "1970-01-03T00:00:01Z 3600",
      ])
  }

  @Test(arguments: [
    // Day 60 without a leap day is always 1 March; day 59 counted with one is so in 2021 only.
    ("XXX0YYY,J60/0,J61/0", ["2020-03-01T00:00:00Z 3600", "2020-03-01T23:00:00Z 0"]),
    ("XXX0YYY,59/0,60/0", ["2020-02-29T00:00:00Z 3600", "2020-02-29T23:00:00Z 0"]),
    // Before the midnight of the day, with signs, minutes and seconds.
    (
      "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
      ["2020-03-29T01:00:00Z -3600", "2020-10-25T01:00:00Z -7200"]
    ),
    (
      "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
      ["2020-04-04T15:00:00Z 37800", "2020-10-03T15:30:00Z 39600"]
    ),
    (
      "ABC+0:00:10DEF-0:00:05,M2.5.6/1:2:3,M2.5.6/167",
      [
        "2020-02-29T01:02:13Z 5", "2020-03-06T22:59:55Z -10",
      ]
    ),
  ])
  func `a rule says when daylight time begins and ends`(_ rule: String, _ changes: [String]) throws
  {
    try write(file([0], rule: rule))
    #expect(try read().filter { $0.hasPrefix("2020") } == changes)
  }

  @Test func `daylight time all the year round is one change`() throws {
    try write(file([-18_000], rule: "EST5EDT,0/0,J365/25"))
    #expect(try read() == ["1970-01-01T00:00:00Z -14400"])
  }

  @Test(arguments: [
    "X", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,M13.5.0",
    "CET-1CEST,M3.6.0,M4.1.0",
    "CET-1CEST,M3.5.7,M4.1.0", "CET-1CEST,J0,J365", "CET-1CEST,366,1", "CET-168", "CET-1:60",
    "<CET-1", "CET-1CEST,M3.5.0,M10.5.0/3x", "CET-1CEST,M3.5.0/,M10.5.0", "CET-9999999999999999999",
  ])
  func `a rule that says nothing is refused`(_ rule: String) throws {
    try write(file([3600], rule: rule))
    let error = #expect(throws: TimeZoneError.self) { try read() }
    #expect(error?.kind == .malformed("the rule \"\(rule)\""))
  }

  @Test func `files of other makes are refused`() throws {
    for (bytes, text) in [
      (file([3600], rule: "", version: "\0"), "version 1, 32-bit times"),
      (file([], rule: ""), "no local time types"),
      (file([100_000], rule: ""), "an offset of 100000 s"),
      (file([0], [(5, 0), (5, 0)], rule: ""), "times that do not ascend"),
      (file([0], [(5, 1)], rule: ""), "a type past the last"),
      (Array(file([0], rule: "").dropLast()), "no rule behind the table"),
    ] {
      try write(bytes)
      let error = #expect(throws: TimeZoneError.self) { try read() }
      #expect(error?.kind == .malformed(text))
    }
    try write(Array("not a zone".utf8))
    #expect(throws: TimeZoneError(zone: "Zone", kind: .unknownZone)) { try read() }
  }

  @Test func `a file cut at any length is refused`() throws {
    let bytes = file([0, 3600], [(0, 1), (86_400, 0)], rule: "XXX0YYY,J60,J300")
    for length in 0..<bytes.count {
      try write(Array(bytes[..<length]))
      #expect(throws: TimeZoneError.self, "\(length)") { try read() }
    }
  }

  @Test func `a file with any byte changed is read or refused, and never traps`() throws {
    let bytes = file([0, 3600], [(0, 1), (86_400, 0)], rule: "XXX0YYY,J60,J300")
    var refused = 0
    for index in bytes.indices {
      for flip in [0x01, 0x80, 0xFF] as [UInt8] {
        var changed = bytes
        changed[index] ^= flip
        try write(changed)
        if (try? read()) == nil { refused += 1 }
      }
    }
    #expect(refused > 100)
  }
}
