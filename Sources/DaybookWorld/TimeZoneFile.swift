import DaybookValues

/// One zone as a file of the IANA database holds it: a table, and a rule for the years beyond.
///
/// Version 2 and later are read, whose times have 64 bits. Source: RFC 9636, section 3.
struct TimeZoneFile {
  /// What is wrong with a file.
  struct Fault: Error {
    var text: String
  }

  /// From `at` (seconds since 1970-01-01T00:00:00Z) on, civil time is UTC plus `offset` seconds.
  struct Change: Equatable {
    var at: Int64
    var offset: Int32
  }

  /// The first four bytes of every file.
  static let magic = Array("TZif".utf8)

  /// The offset before the first change.
  var initial: Int32 = 0
  /// The changes, strictly ascending; some change a name only and no offset.
  var table: [Change] = []
  /// What holds after the last of the table; nil when it simply goes on.
  var rule: TimeZoneRule?

  init(_ bytes: [UInt8]) throws(Fault) {
    var cursor = Cursor(bytes: bytes)
    let old = try Counts(&cursor)
    guard old.version >= UInt8(ascii: "2") else { throw Fault(text: "version 1, 32-bit times") }
    try cursor.skip(old.dataBytes(timeBytes: 4))
    let counts = try Counts(&cursor)
    guard counts.leapSeconds == 0 else { throw Fault(text: "it counts leap seconds") }
    guard counts.types > 0 else { throw Fault(text: "no local time types") }

    var times: [Int64] = []
    for _ in 0..<counts.times {
      let time = Int64(truncatingIfNeeded: try cursor.bigEndian(8))
      if let last = times.last, last >= time { throw Fault(text: "times that do not ascend") }
      times.append(time)
    }
    var types: [Int] = []
    for _ in 0..<counts.times { types.append(Int(try cursor.bigEndian(1))) }
    var offsets: [Int32] = []
    for _ in 0..<counts.types {
      let offset = Int32(truncatingIfNeeded: try cursor.bigEndian(4))
      // RFC 9636 section 3.2: more than -25 hours and less than 26.
      guard offset > -90_000, offset < 93_600 else { throw Fault(text: "an offset of \(offset) s") }
      offsets.append(offset)
      try cursor.skip(2)
    }
    try cursor.skip(counts.characters + counts.standardFlags + counts.utcFlags)

    initial = offsets[0]
    for (time, type) in zip(times, types) {
      guard type < offsets.count else { throw Fault(text: "a type past the last") }
      table.append(Change(at: time, offset: offsets[type]))
    }
    let footer = try cursor.footer()
    if !footer.isEmpty {
      guard let rule = TimeZoneRule(parsing: footer) else {
        throw Fault(text: "the rule \"\(String(decoding: footer, as: UTF8.self))\"")
      }
      self.rule = rule
    }
  }

  /// The offset at `start`, and every change of it after that and before `end`.
  func offsets(from start: Int64, before end: Int64) -> [Change] {
    var timeline = Timeline(start: start, end: end, offset: initial)
    for change in table where change.at < end { timeline.add(change) }
    if let rule {
      let last = table.last?.at ?? Int64.min
      // A civil year begins up to a day before or after the year in UTC.
      var year = max(TimeZoneFile.year(of: start), TimeZoneFile.year(of: last)) - 1
      while year <= TimeZoneFile.year(of: end) + 1 {
        for change in rule.changes(in: year) where change.at > last { timeline.add(change) }
        year += 1
      }
    }
    return timeline.changes
  }

  /// The year in UTC of a second since 1970-01-01T00:00:00Z, within the years of `Day`.
  private static func year(of second: Int64) -> Int {
    let number = second / 86_400 - (second % 86_400 < 0 ? 1 : 0)
    let first = Int64(Day.min.daysSince1970)
    let last = Int64(Day.max.daysSince1970)
    return Day(daysSince1970: Int32(Swift.min(Swift.max(number, first), last))).year
  }

  /// Changes put one after the other, of which only the real ones are kept.
  private struct Timeline {
    let end: Int64
    var changes: [Change]

    init(start: Int64, end: Int64, offset: Int32) {
      self.end = end
      changes = [Change(at: start, offset: offset)]
    }

    mutating func add(_ change: Change) {
      let last = changes[changes.count - 1]
      if changes.count == 1 && change.at <= last.at {
        changes[0].offset = change.offset
      } else if change.at == last.at {
        // Daylight time all year ends in the instant it begins: the later word counts.
        changes.removeLast()
        add(change)
      } else if change.at > last.at && change.at < end && change.offset != last.offset {
        changes.append(change)
      }
    }
  }

  /// The header before a block of data: how many of each follow.
  private struct Counts {
    var version: UInt8
    var utcFlags: Int
    var standardFlags: Int
    var leapSeconds: Int
    var times: Int
    var types: Int
    var characters: Int

    init(_ cursor: inout Cursor) throws(Fault) {
      for byte in TimeZoneFile.magic where try cursor.bigEndian(1) != UInt64(byte) {
        throw Fault(text: "a block that does not begin with TZif")
      }
      version = UInt8(try cursor.bigEndian(1))
      try cursor.skip(15)
      utcFlags = Int(try cursor.bigEndian(4))
      standardFlags = Int(try cursor.bigEndian(4))
      leapSeconds = Int(try cursor.bigEndian(4))
      times = Int(try cursor.bigEndian(4))
      types = Int(try cursor.bigEndian(4))
      characters = Int(try cursor.bigEndian(4))
    }

    func dataBytes(timeBytes: Int) -> Int {
      times * timeBytes + times + types * 6 + characters + leapSeconds * (timeBytes + 4)
        + standardFlags + utcFlags
    }
  }

  /// Reads numbers, highest byte first, and never past the end.
  private struct Cursor {
    let bytes: [UInt8]
    var offset = 0

    mutating func skip(_ count: Int) throws(Fault) {
      guard count <= bytes.count - offset else {
        throw Fault(text: "it ends at byte \(bytes.count)")
      }
      offset += count
    }

    mutating func bigEndian(_ width: Int) throws(Fault) -> UInt64 {
      let start = offset
      try skip(width)
      return bytes[start..<offset].reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The line that follows the data.
    func footer() throws(Fault) -> [UInt8] {
      let line = bytes[offset...]
      guard line.first == 0x0A, let end = line.dropFirst().firstIndex(of: 0x0A) else {
        throw Fault(text: "no rule behind the table")
      }
      return Array(bytes[(offset + 1)..<end])
    }
  }
}
