/// What the blocks of a file that have been read do not hold, for certain, in 64 bytes a block.
///
/// Most references are new. Once a block was read, and its checksum fitted, 97 of 100 that it does not
/// hold are known here, without asking the system. A block that was never read may hold anything.
///
/// Source: Bloom, Space/Time Trade-offs in Hash Coding with Allowable Errors, CACM 13 (1970).
struct ReferenceFilter: Sendable {
  private static let blockWords = 8
  /// Three of a block's 512 bits stand for a fingerprint, each named by nine of its lower bits: the
  /// upper ones are much the same in a block.
  private static let shifts = (0 as UInt64, 9 as UInt64, 18 as UInt64)

  /// Zero for a block that was never read; empty before the first was.
  private var words: [UInt64] = []

  /// Bytes taken in memory.
  var bytes: Int { words.capacity * MemoryLayout<UInt64>.stride }

  /// Whether `block` was read.
  func knows(_ block: Int) -> Bool {
    let start = block * Self.blockWords
    guard start < words.count else { return false }
    for index in start..<start + Self.blockWords where words[index] != 0 { return true }
    return false
  }

  /// Whether `block` was read and has no entry of that fingerprint.
  func excludes(_ fingerprint: UInt64, from block: Int) -> Bool {
    guard knows(block) else { return false }
    let (first, second, third) = Self.shifts
    return !isSet(fingerprint >> first, block) || !isSet(fingerprint >> second, block)
      || !isSet(fingerprint >> third, block)
  }

  /// Takes in the fingerprints of all entries of `block`, one of `count` blocks.
  mutating func learn(_ fingerprints: [UInt64], in block: Int, of count: Int) {
    if words.isEmpty { words = [UInt64](repeating: 0, count: count * Self.blockWords) }
    let (first, second, third) = Self.shifts
    for fingerprint in fingerprints {
      set(fingerprint >> first, block)
      set(fingerprint >> second, block)
      set(fingerprint >> third, block)
    }
  }

  private func isSet(_ hash: UInt64, _ block: Int) -> Bool {
    words[block * Self.blockWords + Int(hash >> 6 & 7)] & 1 << (hash & 63) != 0
  }

  private mutating func set(_ hash: UInt64, _ block: Int) {
    words[block * Self.blockWords + Int(hash >> 6 & 7)] |= 1 << (hash & 63)
  }
}
