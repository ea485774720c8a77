/// What an identifier names: a patient, a charge, a room.
public protocol IdentifierKind: Sendable {
  /// The letters in front of the printed number: `P` in `P17`.
  static var prefix: String { get }
  /// The singular in lower case, for messages: `patient`.
  static var name: String { get }
  /// The number of the kind in the log, never used again for another kind.
  static var number: UInt16 { get }
}

/// A small dense number that names one thing of a kind, given by the Desk: 1, 2, 3 ...
///
/// 0 is "none". The kind is part of the type, so that a patient cannot stand where a room belongs.
@frozen public struct Identifier<Kind: IdentifierKind>: Hashable, Sendable {
  /// The number, counted per kind from 1; 0 is none.
  public var number: UInt64

  /// The identifier with this number; none by default.
  // In line, as is the comparison: a call for a number costs every field of every event a few registers.
  @inlinable
  @inline(always)
  public init(_ number: UInt64 = 0) {
    self.number = number
  }

  /// Reads an identifier as it is printed: the kind's prefix, then its number.
  ///
  /// - Throws: `.empty`, `.malformed`, `.overflow` (2^64 and above).
  public init(parsing text: some StringProtocol) throws(ValueError) {
    var reader = try TextReader(String(text), subject: Kind.name)
    for byte in Kind.prefix.utf8 {
      guard reader.next == byte else { throw reader.fault(.malformed) }
      reader.advance()
    }
    number = try reader.wholeNumber()
    try reader.finish()
  }

  /// Whether both have one number.
  @inlinable
  @inline(always)
  public static func == (a: Identifier, b: Identifier) -> Bool { a.number == b.number }

  /// Whether it names nothing.
  @inlinable public var isNone: Bool { number == 0 }
}

extension Identifier: Comparable {
  /// Ordered by number, which is the order of creation.
  @inlinable public static func < (a: Identifier, b: Identifier) -> Bool {
    a.number < b.number
  }
}

extension Identifier: CustomStringConvertible {
  /// Prefix and number: `P17`.
  public var description: String { Kind.prefix + String(number) }
}
