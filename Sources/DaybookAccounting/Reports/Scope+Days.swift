import DaybookEvents
import DaybookValues

// Postings of some days, without a look at the chunks that have none of them.
extension Scope {
  /// Calls `body` with every posting in scope with effect on one of `days`, in position order.
  ///
  /// - Complexity: O(postings of the chunks that touch the days).
  func forEachPosting<Failure: Error>(
    in days: ClosedRange<Int32>, _ body: (JournalLineRow) throws(Failure) -> Void
  ) throws(Failure) {
    let (ledger, count) = (model.ledger, model.postingCount(at: position))
    let hasMerges = model.hasMerges(at: position)
    let size = ledger.postings.chunkRows
    var number = 0
    for index in 0..<(count + size - 1) / size {
      let rest = count - index * size
      if rest >= size, let known = ledger.knownTurnovers(ofChunk: index), !known.touches(days) {
        number += known.entryTotal
        continue
      }
      for (place, row) in ledger.postings.chunk(index).prefix(rest).enumerated() {
        if row.line == 1 { number += 1 }
        guard days.contains(row.day), includes(clinic: row.clinic) else { continue }
        try body(
          JournalLineRow(
            row: hasMerges ? model.current(row, at: position) : row, entry: number,
            index: index * size + place))
      }
    }
  }

  /// The days that the query asks for; nil where the range is empty.
  var days: ClosedRange<Int32>? { from <= through ? from...through : nil }

  /// The currency of a report's clinic by a small index, as `currencies` has them.
  var currencies: [Currency] {
    Set(
      model.slots.currencies.indices.filter { includes(clinic: UInt16($0)) }
        .map { model.slots.currencies[$0] }
    ).sorted()
  }
}
