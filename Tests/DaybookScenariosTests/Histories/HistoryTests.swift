import DaybookTesting
import DaybookWorld
import Testing

/// Random histories of 1,000 actions: twenty, or those of `DAYBOOK_HISTORIES=0..<500`.
@Suite struct `A random history` {
  static let seeds: [UInt64] = {
    guard let text = Environment.variable("DAYBOOK_HISTORIES") else { return Array(0..<20) }
    let ends = text.split(separator: "..<").compactMap { UInt64($0) }
    return ends.count == 2 && ends[0] < ends[1] ? Array(ends[0]..<ends[1]) : ends
  }()

  @Test(arguments: seeds)
  func `of what is allowed keeps every rule, and refuses what is all but allowed`(
    _ seed: UInt64
  ) throws {
    var book = try LegalBook(seed: seed)
    try book.live(1_000)
    try book.expectRulesHold()
    try book.expectChecksPass()
    try book.expectSameStateAfterReplay()
    #expect(book.accepted == 1_000, "seed \(seed)")
    #expect(book.refused.count >= 5, "seed \(seed): \(book.refused)")
  }
}
