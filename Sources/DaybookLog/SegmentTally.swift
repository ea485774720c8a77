import DaybookEvents
import DaybookValues

/// What a segment's footer says of a chain: where it is, and what it covers.
struct ChainEntry: Hashable, Sendable {
  var firstPosition: UInt64
  var offset: UInt64
  var rawCount: UInt32 = 0
  var frameCount: UInt32 = 0
  var firstRecorded: Int64 = 0
  var lastRecorded: Int64 = 0
}

/// What a segment holds, counted while it is written or read: all of its footer but the hash.
struct SegmentTally: Hashable, Sendable {
  var firstPosition: UInt64
  var lastPosition: UInt64
  var actionCount: UInt64 = 0
  var frameCount: UInt64 = 0
  var firstRecorded: Int64 = 0
  var lastRecorded: Int64 = 0
  var lowestEffective: Int64 = 0
  var highestEffective: Int64 = 0
  var chains: [ChainEntry] = []
  var types = TypeCounts()

  init(firstPosition: UInt64) {
    self.firstPosition = firstPosition
    lastPosition = firstPosition - 1
  }

  /// Counts a frame whose records follow.
  mutating func beginFrame(_ frame: FrameHeader, at offset: UInt64) {
    beginFrame(begins: frame.beginsChain, rawCount: frame.rawCount, at: offset)
  }

  mutating func beginFrame(begins: Bool, rawCount: Int, at offset: UInt64) {
    if begins { chains.append(ChainEntry(firstPosition: lastPosition + 1, offset: offset)) }
    frameCount += 1
    chains[chains.count - 1].rawCount += UInt32(rawCount)
    chains[chains.count - 1].frameCount += 1
  }

  /// The same with an entry left out of the index, if that leaves one: its frames are counted with
  /// those of the chain before.
  var withoutLastChain: SegmentTally {
    guard chains.count > 1 else { return self }
    var less = self
    let dropped = less.chains.removeLast()
    less.chains[chains.count - 2].rawCount += dropped.rawCount
    less.chains[chains.count - 2].frameCount += dropped.frameCount
    less.chains[chains.count - 2].lastRecorded = dropped.lastRecorded
    return less
  }

  /// Counts a record of the frame.
  mutating func add(_ header: RecordHeader) {
    let recorded = header.recorded.milliseconds
    let effective = header.effective.instant.milliseconds
    if lastPosition < firstPosition {
      firstRecorded = recorded
      lowestEffective = effective
      highestEffective = effective
    } else if effective < lowestEffective {
      lowestEffective = effective
    } else if effective > highestEffective {
      highestEffective = effective
    }
    let chain = chains.count - 1
    if chains[chain].firstPosition == header.position.number {
      chains[chain].firstRecorded = recorded
    }
    chains[chain].lastRecorded = recorded
    lastRecorded = recorded
    lastPosition = header.position.number
    if header.beginsAction { actionCount += 1 }
    types.add(header.family, header.tag)
  }

  var isEmpty: Bool { frameCount == 0 }
  var recordCount: UInt64 { lastPosition + 1 - firstPosition }
}
