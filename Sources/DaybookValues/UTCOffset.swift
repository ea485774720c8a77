/// How far a civil clock is ahead of UTC.
@frozen public struct UTCOffset: Hashable, Sendable {
  /// Seconds ahead of UTC, negative behind it.
  public var seconds: Int32

  /// UTC itself.
  @inlinable public init() {
    seconds = 0
  }

  /// So many seconds ahead of UTC, unchecked.
  @inlinable public init(seconds: Int32) {
    self.seconds = seconds
  }

  /// Reads `+02:00`, `-03:30` or `Z`; `+00:44:30` for the old offsets that have seconds.
  ///
  /// `-00:00` is refused: in RFC 3339 it says that the offset is not known.
  ///
  /// - Throws: `.empty`, `.malformed`, `.outOfRange`.
  public init(parsing text: some StringProtocol) throws(ValueError) {
    var reader = try TextReader(String(text), subject: "UTC offset")
    self = try Self.read(&reader)
    try reader.finish()
  }

  static func read(_ reader: inout TextReader) throws(ValueError) -> UTCOffset {
    let start = reader.offset
    if reader.takeIfPresent("Z") { return .utc }
    let isBehind = reader.takeIfPresent("-")
    if !isBehind { try reader.take("+") }
    let hours = try reader.number(digits: 2, in: 0...23)
    try reader.take(":")
    let minutes = try reader.number(digits: 2, in: 0...59)
    let seconds = reader.takeIfPresent(":") ? try reader.number(digits: 2, in: 0...59) : 0
    let ahead = Int32((hours * 60 + minutes) * 60 + seconds)
    guard ahead != 0 || !isBehind else { throw reader.fault(.malformed, at: start) }
    return UTCOffset(seconds: isBehind ? -ahead : ahead)
  }

  /// No offset: UTC.
  @inlinable public static var utc: UTCOffset { UTCOffset() }

  /// Whether the offset is below 24 hours either way, as every offset that can be read.
  @inlinable public var isInRange: Bool { seconds > -86_400 && seconds < 86_400 }
}

extension UTCOffset: Comparable {
  /// Ordered from west to east.
  @inlinable public static func < (a: UTCOffset, b: UTCOffset) -> Bool {
    a.seconds < b.seconds
  }
}

extension UTCOffset: CustomStringConvertible {
  /// `+02:00`, with seconds only when not zero.
  public var description: String {
    var text = NumberText()
    append(to: &text)
    return text.text
  }

  func append(to text: inout NumberText) {
    let (minutes, second) = UInt64(seconds.magnitude).quotientAndRemainder(dividingBy: 60)
    let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
    text.append(seconds < 0 ? "-" : "+")
    text.append(hour, digits: 2)
    text.append(":")
    text.append(minute, digits: 2)
    if second > 0 {
      text.append(":")
      text.append(second, digits: 2)
    }
  }
}
