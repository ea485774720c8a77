public import DaybookValues

/// The name of one line of one journal entry, for ever: `81377.3.1.2`.
///
/// The event's position, the rule that made the entry, the rule's version, and the line from 1.
public struct EntryID: Hashable, Sendable {
  /// The position of the event that made the entry.
  public let position: Position
  /// The number of the posting rule.
  public let rule: UInt16
  /// The version of the posting rule.
  public let version: UInt16
  /// The line, from 1; 0 means the entry as a whole.
  public let line: UInt16

  /// Names a line, or with line 0 a whole entry.
  public init(position: Position, rule: UInt16, version: UInt16, line: UInt16 = 0) {
    self.position = position
    self.rule = rule
    self.version = version
    self.line = line
  }

  /// Reads `81377.3.1` or `81377.3.1.2`; nil where the text is neither.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3 || parts.count == 4 else { return nil }
    var numbers: [UInt16] = []
    for part in parts.dropFirst() {
      guard let number = UInt16(part), number > 0, String(number) == part else { return nil }
      numbers.append(number)
    }
    guard let position = UInt64(parts[0]), String(position) == parts[0] else { return nil }
    self.init(
      position: Position(position), rule: numbers[0], version: numbers[1],
      line: numbers.count > 2 ? numbers[2] : 0)
  }
}

extension EntryID: CustomStringConvertible {
  /// `81377.3.1.2`; without the line for a whole entry.
  public var description: String {
    line == 0
      ? "\(position).\(rule).\(version)" : "\(position).\(rule).\(version).\(line)"
  }
}
