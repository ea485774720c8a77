/// A record's ordinal in the whole log: 1, 2, 3 ... dense; 0 stands before everything.
@frozen public struct Position: Hashable, Sendable {
  /// The ordinal.
  public var number: UInt64

  /// The start of the log, before every record.
  @inlinable public init() {
    number = 0
  }

  /// The position with this ordinal.
  @inlinable public init(_ number: UInt64) {
    self.number = number
  }

  /// Reads an ordinal as it is printed: no sign, no leading zeros.
  ///
  /// - Throws: `.empty`, `.malformed`, `.overflow` (2^64 and above).
  public init(parsing text: some StringProtocol) throws(ValueError) {
    var reader = try TextReader(String(text), subject: "position")
    number = try reader.wholeNumber()
    try reader.finish()
  }

  /// Before everything.
  @inlinable public static var start: Position { Position() }

  /// The position one further; the last of all, 2^64 - 1, stays where it is.
  @inlinable public var next: Position {
    // Kept from wrapping: a damaged header may claim any position, and must not trap its reader.
    Position(number == .max ? number : number &+ 1)
  }

  /// The position one back; `.start` stays where it is.
  @inlinable public var previous: Position {
    Position(number == 0 ? 0 : number &- 1)
  }
}

extension Position: Comparable {
  /// Ordered as the log is.
  @inlinable public static func < (a: Position, b: Position) -> Bool {
    a.number < b.number
  }
}

extension Position: CustomStringConvertible {
  /// The ordinal in decimal.
  public var description: String { String(number) }
}
