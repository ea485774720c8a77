public import DaybookEvents
public import DaybookValues
import DaybookWorld

extension LogReader {
  /// The position of the last durable record of `stream`; nil when it has none.
  ///
  /// - Parameter end: Look no further than here; all that is durable by default.
  /// - Throws: `.damaged` where a record behind it cannot be read.
  /// - Complexity: O(records behind it), read from the end in growing pieces.
  public mutating func lastPosition(
    of stream: StreamID, through end: Position? = nil
  ) throws -> Position? {
    var high = min(end ?? durable, durable).number
    var piece: UInt64 = 4096
    while high > 0 {
      // Read from where a chain begins: what stands before it would be unpacked for nothing.
      let low = try firstOfChain(holding: high > piece ? high - piece : 1)
      var found: Position?
      try scan(from: Position(low), through: Position(high)) {
        if $0.header.stream == stream { found = $0.header.position }
      }
      if let found { return found }
      high = low - 1
      piece = min(piece * 2, 1 << 20)
    }
    return nil
  }

  private mutating func firstOfChain(holding position: UInt64) throws(LogError) -> UInt64 {
    let facts = try segment(holding: position)
    let file = try open(facts)
    defer { file.close() }
    return try chain(holding: position, in: facts, file).first
  }

  /// Calls `body` with each durable record of `stream`, the last one first.
  ///
  /// From the last one the records themselves lead backwards, each to the one before it. Where that
  /// one was lost, and says so, the one before it is looked for.
  ///
  /// - Parameter end: Begin with the last one up to here; with the last of all by default.
  /// - Throws: `.damaged` where a record cannot be read or leads to another stream; and what `body`
  ///   throws, which ends the walk.
  /// - Complexity: O(records behind the stream's last one), then at most a chain a record.
  public mutating func walkBack(
    _ stream: StreamID, through end: Position? = nil, _ body: (RecordView) throws -> Void
  ) throws {
    guard let last = try lastPosition(of: stream, through: end) else { return }
    var next = last
    var version: UInt64?
    while next > .start {
      var isLost = false
      let header = try record(at: next) { record in
        isLost = PositionLost.isOne(record.header) && stream != PositionLost.stream
        let fits =
          record.header.stream == stream
          && record.header.version == version ?? record.header.version
        if fits { try body(record) }
        return fits ? record.header : nil
      }
      if isLost {
        guard let earlier = try lastPosition(of: stream, through: next.previous) else { return }
        (next, version) = (earlier, nil)
        continue
      }
      guard let header else {
        throw LogError(
          .damaged, segment: "\(try segment(holding: next.number).name)",
          intactThrough: next.previous,
          detail: "position \(next) is not what the stream of position \(last) leads back to")
      }
      (next, version) = (header.previous, header.version - 1)
    }
  }

  /// The positions of all durable records of `stream`, in order; empty when it has none.
  ///
  /// - Parameter end: Leave out what stands behind it.
  /// - Throws: As `walkBack`.
  public mutating func positions(
    of stream: StreamID, through end: Position? = nil
  ) throws -> [Position] {
    var positions: [Position] = []
    try walkBack(stream, through: end) { positions.append($0.header.position) }
    return positions.reversed()
  }
}
