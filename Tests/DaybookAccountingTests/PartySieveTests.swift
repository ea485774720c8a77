import DaybookTesting
import Testing

@testable import DaybookAccounting

@Suite struct `The sieve of a chunk` {
  @Test(arguments: [1, 16, 1_000, 65_536])
  func `holds every party that has a posting, and few others`(rows: Int) {
    var random = SeededNumbers(seed: UInt64(rows))
    let postings = (0..<rows).map { _ in
      var posting = Posting()
      posting.party = UInt32.random(in: 0..<UInt32.max / 2, using: &random)
      return posting
    }
    let sieve = PartySieve(postings)
    #expect(postings.allSatisfy { sieve.mayHold($0.party) })
    let others = (0..<10_000).map { _ in UInt32.random(in: UInt32.max / 2 ... .max, using: &random)
    }
    #expect(others.count { sieve.mayHold($0) } < 3_000)
  }
}
