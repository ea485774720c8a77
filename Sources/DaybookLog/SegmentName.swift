public import DaybookValues

/// The name of a segment's file: its first position in twenty digits, and `.seg`.
public struct SegmentName: Hashable, Sendable {
  /// The position of the segment's first record.
  public var firstPosition: Position

  static let suffix = ".seg"

  /// What a segment is called before it is complete; never read.
  static let asideSuffix = ".new"

  /// The name of the segment that begins at `firstPosition`.
  public init(_ firstPosition: Position) {
    self.firstPosition = firstPosition
  }

  /// Reads a file's name; nil when it is not a segment's.
  public init?(parsing name: String) {
    let bytes = Array(name.utf8)
    guard bytes.count == 24, name.hasSuffix(SegmentName.suffix) else { return nil }
    var number: UInt64 = 0
    for digit in bytes.prefix(20) {
      guard digit >= 0x30, digit <= 0x39 else { return nil }
      let (tens, over) = number.multipliedReportingOverflow(by: 10)
      let (sum, over2) = tens.addingReportingOverflow(UInt64(digit - 0x30))
      if over || over2 { return nil }
      number = sum
    }
    self.init(Position(number))
  }
}

extension SegmentName: Comparable {
  /// Ordered as the segments follow each other.
  public static func < (a: SegmentName, b: SegmentName) -> Bool {
    a.firstPosition < b.firstPosition
  }
}

extension SegmentName: CustomStringConvertible {
  /// The file's name.
  public var description: String {
    let digits = String(firstPosition.number)
    return String(repeating: "0", count: 20 - digits.utf8.count) + digits + SegmentName.suffix
  }
}
