public import DaybookBytes
public import DaybookValues
public import DaybookWorld

/// A segment that is complete: what is made from it, and names it so, can never become untrue.
public struct SealedSegment: Hashable, Sendable {
  /// The segment's ordinal in the log: 1, 2, 3 ...
  public var number: UInt64
  /// The position of its first record.
  public var firstPosition: Position
  /// The position of its last record.
  public var lastPosition: Position
  /// The SHA-256 in its footer: of all its bytes before.
  public var hash: SHA256Hash

  /// Names a sealed segment.
  public init(
    number: UInt64, firstPosition: Position, lastPosition: Position, hash: SHA256Hash
  ) {
    self.number = number
    self.firstPosition = firstPosition
    self.lastPosition = lastPosition
    self.hash = hash
  }
}

extension LogReader {
  /// The sealed segments, in order, as they were known when the log was opened or read last.
  public var sealedSegments: [SealedSegment] {
    segments.compactMap { facts in
      facts.footer.map {
        SealedSegment(
          number: facts.header.number, firstPosition: facts.header.firstPosition,
          lastPosition: Position($0.tally.lastPosition), hash: $0.hash)
      }
    }
  }
}

extension SealedSegment {
  /// Reads what names the sealed segment that begins at `firstPosition`.
  ///
  /// - Throws: `.damaged` where it has no footer; `.file` where there is no such segment.
  /// - Complexity: O(chains of the segment): header and footer are read.
  public init(
    at firstPosition: Position, of directory: String, in world: World
  ) throws(LogError) {
    let name = SegmentName(firstPosition)
    let facts = try SegmentFacts.read(
      name, isLast: false, in: LogDirectory(directory), world.files)
    guard let footer = facts.footer else {
      throw LogError(.damaged, segment: "\(name)", detail: "it is not sealed")
    }
    self.init(
      number: facts.header.number, firstPosition: firstPosition,
      lastPosition: Position(footer.tally.lastPosition), hash: footer.hash)
  }
}
