import DaybookValues

/// The name of a file of references: the first position of its first segment in twenty digits, and
/// how many segments it covers, as `00000000000000000001-4.refs`.
struct ReferenceFileName: Hashable, Sendable {
  var firstPosition: Position
  var span: Int

  static let suffix = ".refs"
  /// What a file is called before it is complete; never read.
  static let asideSuffix = ".refs.new"

  init(_ firstPosition: Position, span: Int) {
    self.firstPosition = firstPosition
    self.span = span
  }

  /// Reads a file's name; nil when it is not one of a file of references.
  init?(parsing name: String) {
    guard name.hasSuffix(ReferenceFileName.suffix) else { return nil }
    let parts = name.dropLast(ReferenceFileName.suffix.utf8.count).split(
      separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let first = UInt64(parts[0]), let span = Int(parts[1]), span > 0 else {
      return nil
    }
    self.init(Position(first), span: span)
    guard description == name else { return nil }
  }
}

extension ReferenceFileName: CustomStringConvertible {
  var description: String {
    let digits = String(firstPosition.number)
    return String(repeating: "0", count: 20 - digits.utf8.count) + digits + "-\(span)"
      + ReferenceFileName.suffix
  }
}
