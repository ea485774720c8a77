import DaybookEvents
import DaybookValues
import Testing

@testable import DaybookAccounting

@Suite struct `What accounts had up to a day` {
  @Test(arguments: [3, 4, 5] as [UInt64])
  func `is the same to who asks first, before the sums of chunks are made, and to who asks again`(
    seed: UInt64
  ) throws {
    var random = try RandomBooks(seed: seed, chunkRows: 16)
    try random.steps(120)
    let ledger = random.books.model.ledger
    #expect(ledger.postings.fullChunkCount > 3)
    let days = Set(ledger.postings.chunk(0).map(\.day)).sorted()
    for day in [days[0], days[days.count / 2], .max] {
      var copy = try RandomBooks(seed: seed, chunkRows: 16)
      try copy.steps(120)
      let fresh = copy.books.model
      #expect(fresh.ledger.knownTurnovers(ofChunk: 0) == nil)
      let first = fresh.turnovers(through: day, at: fresh.asOf)
      #expect(fresh.ledger.knownTurnovers(ofChunk: 0) == nil)
      let second = fresh.turnovers(through: day, at: fresh.asOf)
      #expect(fresh.ledger.knownTurnovers(ofChunk: 0) != nil)
      for clinic in 0..<fresh.slots.count {
        #expect(first.entryCount(clinic) == second.entryCount(clinic))
        for account in fresh.chart.accounts.indices {
          #expect(first[account, clinic] == second[account, clinic], "\(account) at \(clinic)")
        }
      }
    }
  }
}
