import DaybookBytes
import DaybookEvents
import DaybookValues

/// The open items of the full chunks, each made once for all copies of the books when items are first
/// asked for: the latest that is known, and room for that of all full chunks.
///
/// They go on from each other, so that no more than two are kept.
struct ItemIndexes: Sendable {
  private struct Entry: Sendable {
    var chunks = 0
    let index: Once<ItemIndex>
  }

  private var entries: [Entry] = []

  /// Makes room for the items of so many full chunks.
  mutating func note(_ chunks: Int) {
    let known = entries.last { $0.index.value != nil }
    entries = [known, Entry(chunks: chunks, index: Once())].compactMap { $0 }
  }

  /// The items of all full chunks of `books`.
  ///
  /// - Complexity: O(1), and once O(postings that are new since they were last known).
  func latest(_ books: AccountingModel) -> ItemIndex {
    guard let last = entries.last else { return ItemIndex() }
    if let known = last.index.value { return known }
    var index = entries.last { $0.index.value != nil }?.index.value ?? ItemIndex()
    index.take(books, through: last.chunks * books.ledger.postings.chunkRows)
    return last.index.set(index)
  }

  /// Keeps what a checkpoint has written, or read.
  fileprivate mutating func keep(_ index: ItemIndex, _ chunks: Int) {
    entries = chunks == 0 ? [] : [Entry(chunks: chunks, index: Once(index))]
  }
}

extension AccountingModel {
  /// The open items that answer for `position`, with what came later to some of them.
  ///
  /// - Complexity: O(postings of the open chunk), and once O(postings).
  func items(at position: Position) -> ItemIndex {
    var index = ledger.items.latest(self)
    if position < index.position { return index }
    index.take(self, through: ledger.postings.count)
    index.finish(self)
    return index
  }

  /// Writes the items of all full chunks, or reads them in their place.
  mutating func describeItems(_ parts: inout CheckpointParts) throws(WireError) {
    let chunks = ledger.postings.fullChunkCount
    var index = parts.isReading ? ItemIndex() : ledger.items.latest(self)
    try parts.visit("items", &index)
    guard index.rowCount == chunks * ledger.postings.chunkRows, index.touches.count == chunks else {
      throw WireError(.outOfRange, at: 0, field: "items.rowCount")
    }
    ledger.items.keep(index, chunks)
  }
}
