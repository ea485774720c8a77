import DaybookBytes
import DaybookEvents
public import DaybookValues
public import DaybookWorld

/// How two logs stand to each other, by the canonical form of their records: a book and its copy, its
/// backup, or what became of a copy that was written to apart.
public struct LogComparison: Hashable, Sendable {
  /// One of the two.
  public struct Side: Hashable, Sendable {
    /// The identity of the log.
    public var logID: LogID
    /// Its last durable position.
    public var position: Position
    /// When that was recorded; nil for an empty log.
    public var lastRecorded: Instant?
    /// When the first record was recorded that the other does not have; nil where there is none.
    public var ownSince: Instant?
  }

  /// How they stand to each other.
  public enum Relation: Hashable, Sendable {
    /// They hold the same records.
    case same
    /// The second holds all that the first does, and more.
    case firstBehind
    /// The first holds all that the second does, and more.
    case secondBehind
    /// From a position on each holds records that the other does not.
    case parted
  }

  /// How they stand to each other.
  public var relation: Relation
  /// The first log.
  public var first: Side
  /// The second log.
  public var second: Side
  /// Up to here they hold the same records.
  public var common: Position

  /// How many records the one that is behind lacks; 0 unless one is.
  public var behindCount: UInt64 {
    switch relation {
    case .same, .parted: 0
    case .firstBehind: second.position.number - first.position.number
    case .secondBehind: first.position.number - second.position.number
    }
  }

  /// Where and when they part, as half a sentence.
  var partingText: String {
    func time(_ side: Side) -> String { side.ownSince.map { "\($0)" } ?? "unknown" }
    return "they part at position \(common.next), recorded at \(time(first)) in the one and at "
      + "\(time(second)) in the other"
  }

  /// Compares the log of the book, or of the backup, in `first` with that in `second`.
  ///
  /// - Throws: `LogError` where one of them cannot be read.
  /// - Complexity: O(segments) where sealed ones have the same hash; else O(records).
  public static func compare(
    _ first: String, _ second: String, in world: World
  ) throws(LogError) -> LogComparison {
    var one = try LogReader(first, in: world)
    var other = try LogReader(second, in: world)
    do {
      return try compare(&one, &other)
    } catch let error as LogError {
      throw error
    } catch {
      preconditionFailure("comparing threw \(error)")
    }
  }

  private static func compare(
    _ one: inout LogReader, _ other: inout LogReader
  ) throws -> LogComparison {
    try one.readSegments()
    try other.readSegments()
    let end = min(one.durable, other.durable)
    var common = sameSegments(one, other, through: end)
    while common < end {
      let last = min(Position(common.number + chunkCount), end)
      if try digest(&one, common.next, last) == digest(&other, common.next, last) {
        common = last
      } else {
        common = try firstDifference(&one, &other, common.next, last).previous
        break
      }
    }
    var comparison = LogComparison(
      relation: .same, first: try side(&one, common), second: try side(&other, common),
      common: common)
    switch (one.durable > common, other.durable > common) {
    case (false, false): comparison.relation = .same
    case (false, true): comparison.relation = .firstBehind
    case (true, false): comparison.relation = .secondBehind
    case (true, true): comparison.relation = .parted
    }
    return comparison
  }

  private static let chunkCount: UInt64 = 16_384

  /// The last position of the sealed segments that both have, byte for byte, as their hashes say.
  private static func sameSegments(
    _ one: borrowing LogReader, _ other: borrowing LogReader, through end: Position
  ) -> Position {
    var common = Position.start
    guard one.logID == other.logID else { return common }
    for index in 0..<min(one.segments.count, other.segments.count) {
      guard let footer = one.segments[index].footer, footer == other.segments[index].footer,
        one.segments[index].header == other.segments[index].header,
        footer.tally.lastPosition <= end.number
      else { break }
      common = Position(footer.tally.lastPosition)
    }
    return common
  }

  private static func digest(
    _ log: inout LogReader, _ first: Position, _ last: Position
  ) throws -> SHA256Hash {
    var digest = LogDigest()
    try log.scan(from: first, through: last) { digest.add($0) }
    return digest.value()
  }

  /// The position at which the two first hold another record; some one up to `last` is.
  private static func firstDifference(
    _ one: inout LogReader, _ other: inout LogReader, _ first: Position, _ last: Position
  ) throws -> Position {
    var (low, high) = (first, last)
    // The records up to `low.previous` are the same, and those up to `high` are not.
    while low < high {
      let middle = Position((low.number + high.number) / 2)
      if try digest(&one, low, middle) == digest(&other, low, middle) {
        low = middle.next
      } else {
        high = middle
      }
    }
    return low
  }

  private static func side(_ log: inout LogReader, _ common: Position) throws -> Side {
    let durable = log.durable
    return Side(
      logID: log.logID, position: durable,
      lastRecorded: durable == .start ? nil : try log.record(at: durable) { $0.header.recorded },
      ownSince: durable == common
        ? nil : try log.record(at: common.next) { $0.header.recorded })
  }
}
