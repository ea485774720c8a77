public import DaybookBytes
public import DaybookValues

/// A set of positions of which few are in it: a bit each, in blocks that exist where a bit is set.
///
/// A book of ten million events with a thousand positions in the set takes some 170 kB; a checkpoint
/// writes only the pages of it that changed.
public struct PositionSet: Sendable {
  private static let blockWords = 16
  private static let blockBits = UInt64(blockWords * 64)

  /// By block of positions, where its words are; -1 where it has none.
  private var blocks = PagedArray<Int32>()
  private var words = PagedArray<UInt64>(pageCount: 1024)
  /// How many positions are in the set.
  public private(set) var count = 0

  /// The empty set.
  public init() {}

  /// Whether `position` is in the set.
  ///
  /// - Complexity: O(1).
  public func contains(_ position: Position) -> Bool {
    let block = position.number / Self.blockBits
    guard block < UInt64(blocks.count) else { return false }
    let first = blocks[Int(block)]
    guard first >= 0 else { return false }
    return words[Int(first) + word(position)] & bit(position) != 0
  }

  /// Puts `position` into the set.
  ///
  /// It must not lie far beyond everything known, since the blocks before it take four bytes each.
  ///
  /// - Returns: Whether it was not in it before.
  @discardableResult
  public mutating func insert(_ position: Position) -> Bool {
    let block = Int(position.number / Self.blockBits)
    while blocks.count <= block { blocks.append(-1) }
    if blocks[block] < 0 {
      blocks[block] = Int32(words.count)
      for _ in 0..<Self.blockWords { words.append(0) }
    }
    let index = Int(blocks[block]) + word(position)
    guard words[index] & bit(position) == 0 else { return false }
    words[index] |= bit(position)
    count += 1
    return true
  }

  private func word(_ position: Position) -> Int {
    Int(position.number % Self.blockBits / 64)
  }

  private func bit(_ position: Position) -> UInt64 { 1 << (position.number % 64) }
}

extension PositionSet: Checkpointed {
  public mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("blocks", &blocks)
    try parts.visit("words", &words)
    try parts.visit("count", &count)
  }
}
