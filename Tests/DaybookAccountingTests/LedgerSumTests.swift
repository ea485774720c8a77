import DaybookEvents
import DaybookValues
import Testing

@testable import DaybookAccounting

@Suite struct `The sums of an entry` {
  private var ledger = Ledger(chunkRows: 4)

  private mutating func enter(
    _ lines: [(side: Ledger.Side, amount: Int64)]
  ) throws(PostingError) {
    var template = Posting()
    template.position = Position(UInt64(ledger.postings.count + 1))
    ledger.begin(template)
    do throws(PostingError) {
      for line in lines { try ledger.add(7, line.side, line.amount) }
      try ledger.commit(betweenClinics: 1)
    } catch {
      ledger.abandon()
      throw error
    }
  }

  @Test mutating func `are those of its lines, in whatever order`() throws {
    try enter([(.debit, 5), (.credit, 5)])
    try enter([(.credit, 3), (.credit, 4), (.debit, 7)])
    try enter([(.debit, 0), (.credit, 0)])
    #expect(ledger.postings.map(\.amount) == [5, -5, -3, -4, 7])
    #expect(ledger.postings.map(\.line) == [1, 2, 1, 2, 3])
    #expect(ledger.debits == 12)
  }

  @Test mutating func `may not leave 64 bits, on whichever side they would first`() throws {
    try enter([(.debit, 1), (.credit, 1)])
    let tooLarge: [[(side: Ledger.Side, amount: Int64)]] = [
      [(.debit, .max), (.debit, 1), (.credit, .max), (.credit, 1)],
      [(.credit, .max), (.credit, 2), (.debit, .max), (.debit, 2)],
      [(.debit, .max), (.credit, .max)],
    ]
    for lines in tooLarge {
      var refused: PostingError?
      do throws(PostingError) { try enter(lines) } catch { refused = error }
      #expect(refused == PostingError(.overflow, at: Position(3)))
      #expect(ledger.postings.count == 2)
      #expect(ledger.debits == 1)
    }
    try enter([(.debit, .max - 1), (.credit, .max - 1)])
    #expect(ledger.debits == .max)
  }

  @Test mutating func `stop the program where they are not equal`() async {
    await #expect(processExitsWith: .failure) {
      var ledger = Ledger(chunkRows: 4)
      ledger.begin(Posting())
      try ledger.add(7, .debit, 5)
      try ledger.add(7, .credit, 4)
      try ledger.commit(betweenClinics: 1)
    }
    await #expect(processExitsWith: .failure) {
      var ledger = Ledger(chunkRows: 4)
      ledger.begin(Posting())
      try ledger.add(7, .credit, .max)
      try ledger.add(7, .credit, 2)
      try ledger.add(7, .debit, .max)
      try ledger.commit(betweenClinics: 1)
    }
  }
}
