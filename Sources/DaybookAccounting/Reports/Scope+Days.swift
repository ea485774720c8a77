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
    var number = 0
    for chunk in 0..<chunkCount {
      try forEachPosting(ofChunk: chunk, in: days, after: &number, body)
    }
  }

  /// How many chunks the postings known at S stand in.
  var chunkCount: Int {
    let size = model.ledger.postings.chunkRows
    return (model.postingCount(at: position) + size - 1) / size
  }

  /// The same of one chunk, for who goes on from chunk to chunk.
  ///
  /// - Parameter number: How many entries stand before the chunk; raised by those that begin in it.
  func forEachPosting<Failure: Error>(
    ofChunk chunk: Int, in days: ClosedRange<Int32>, after number: inout Int,
    _ body: (JournalLineRow) throws(Failure) -> Void
  ) throws(Failure) {
    let postings = model.ledger.postings
    let start = chunk * postings.chunkRows
    let rest = model.postingCount(at: position) - start
    if rest >= postings.chunkRows, let known = model.ledger.knownTurnovers(ofChunk: chunk),
      !known.touches(days)
    {
      number += known.entryTotal
      return
    }
    let hasMerges = model.hasMerges(at: position)
    for (place, row) in postings.chunk(chunk).prefix(rest).enumerated() {
      if row.line == 1 { number += 1 }
      guard days.contains(row.day), includes(clinic: row.clinic) else { continue }
      try body(
        JournalLineRow(
          row: hasMerges ? model.current(row, at: position) : row, entry: number,
          index: start + place))
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
