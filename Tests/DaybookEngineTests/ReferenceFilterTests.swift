import DaybookTesting
import Testing

@testable import DaybookEngine

@Suite struct `What is remembered of a block of references` {
  /// Fingerprints as a block of a large file has them: alike in their upper bits.
  private static func block(_ random: inout SeededNumbers) -> [UInt64] {
    let upper = (random.next() & 0x1_ffff) << 31
    return (0..<64).map { _ in upper | (random.next() & 0x7fff_ffff) }
  }

  @Test func `excludes nothing that stands there, and most of what does not`() {
    var random = SeededNumbers(seed: 1)
    var filter = ReferenceFilter()
    var (excluded, asked) = (0, 0)
    for block in 0..<100 {
      let entries = Self.block(&random)
      filter.learn(entries, in: block, of: 100)
      for entry in entries {
        #expect(!filter.excludes(entry, from: block))
        asked += 1
        let other = entries[0] & 0xffff_8000_0000 | (random.next() & 0x7fff_ffff)
        if filter.excludes(other, from: block) { excluded += 1 }
      }
    }
    #expect(excluded * 100 > asked * 94, "\(excluded) of \(asked)")
  }

  @Test func `excludes nothing of a block that was never read`() {
    var random = SeededNumbers(seed: 2)
    var filter = ReferenceFilter()
    #expect(!filter.excludes(7, from: 0) && !filter.knows(0) && filter.bytes == 0)
    filter.learn(Self.block(&random), in: 1, of: 3)
    for block in [0, 2] {
      #expect(!filter.knows(block))
      for _ in 0..<100 { #expect(!filter.excludes(random.next() >> 16, from: block)) }
    }
  }
}
