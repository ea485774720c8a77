import DaybookBytes

/// A row of a history: it knows the position that made it, and its bytes for digests.
protocol HistoryRow: Sendable {
  /// The position of the event that made it; rows come in position order.
  var position: UInt64 { get }
  /// Appends all that digests cover, in a fixed order.
  func digest(into writer: inout ByteWriter)
}

/// Rows in position order: immutable chunks of one size and one open chunk.
///
/// A copy shares the chunks, so that a snapshot costs no more than the open rows. Blocks of rows are
/// hashed as they fill, so that the digest of any prefix needs only the rows of its last block.
struct History<Row: HistoryRow>: Sendable {
  /// A full chunk; never changed.
  struct Chunk: Sendable {
    let rows: [Row]
    let blocks: [SHA256Hash]
    let digest: SHA256Hash
  }

  /// How many rows a full chunk has.
  let chunkRows: Int
  private let blockRows: Int
  private(set) var chunks: [Chunk] = []
  private(set) var open: [Row] = []
  private var openBlocks: [SHA256Hash] = []

  /// - Parameter chunkRows: Rows in a full chunk; a multiple of 4,096, or less than that.
  init(chunkRows: Int) {
    precondition(chunkRows > 0 && (chunkRows < 4096 || chunkRows % 4096 == 0))
    self.chunkRows = chunkRows
    blockRows = min(chunkRows, 4096)
  }

  var count: Int { chunks.count * chunkRows + open.count }

  subscript(index: Int) -> Row {
    let chunk = index / chunkRows
    return chunk < chunks.count
      ? chunks[chunk].rows[index - chunk * chunkRows] : open[index - chunks.count * chunkRows]
  }

  /// Appends a row that may still be taken back.
  mutating func append(_ row: Row) { open.append(row) }

  /// Takes back what was appended since the history had `count` rows.
  mutating func takeBack(to count: Int) {
    open.removeLast(self.count - count)
  }

  /// Keeps all rows for ever; hashes the blocks and closes the chunks that they fill.
  mutating func commit() {
    while open.count >= (openBlocks.count + 1) * blockRows {
      let start = openBlocks.count * blockRows
      openBlocks.append(Self.hash(open[start..<start + blockRows]))
      if openBlocks.count * blockRows == chunkRows { close() }
    }
  }

  private mutating func close() {
    let rest = Array(open[chunkRows...])
    open.removeLast(rest.count)
    chunks.append(Chunk(rows: open, blocks: openBlocks, digest: Self.hash(openBlocks)))
    open = rest
    openBlocks = []
  }

  /// How many rows stand at or before `position`.
  func count(through position: UInt64) -> Int {
    if let last = open.first, last.position <= position {
      return chunks.count * chunkRows + Self.upperBound(open, position)
    }
    var low = 0
    var high = chunks.count
    while low < high {
      let middle = (low + high) / 2
      if chunks[middle].rows[0].position <= position { low = middle + 1 } else { high = middle }
    }
    return low == 0
      ? 0 : (low - 1) * chunkRows + Self.upperBound(chunks[low - 1].rows, position)
  }

  private static func upperBound(_ rows: [Row], _ position: UInt64) -> Int {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].position <= position { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Calls `body` with the first `count` rows, in order, a chunk at a time.
  func forEachSlice(_ count: Int, _ body: (ArraySlice<Row>) throws -> Void) rethrows {
    var left = count
    for chunk in chunks where left > 0 {
      try body(chunk.rows.prefix(left))
      left -= min(left, chunkRows)
    }
    if left > 0 { try body(open.prefix(left)) }
  }

  /// Appends the digest of the first `count` rows: the same whether their chunks are closed or not.
  func digest(_ count: Int, into writer: inout ByteWriter) {
    writer.appendLittleEndian(UInt64(count))
    let whole = count / chunkRows
    for chunk in chunks.prefix(whole) { chunk.digest.append(to: &writer) }
    let rest = count - whole * chunkRows
    guard rest > 0 else { return }
    let rows = whole < chunks.count ? chunks[whole].rows : open
    let blocks = whole < chunks.count ? chunks[whole].blocks : openBlocks
    let wholeBlocks = rest / blockRows
    for block in blocks.prefix(wholeBlocks) { block.append(to: &writer) }
    if rest % blockRows > 0 {
      Self.hash(rows[wholeBlocks * blockRows..<rest]).append(to: &writer)
    }
  }

  private static func hash(_ rows: ArraySlice<Row>) -> SHA256Hash {
    var writer = ByteWriter(capacity: rows.count * 64)
    for row in rows { row.digest(into: &writer) }
    return writer.withSpan { SHA256.hash($0) }
  }

  private static func hash(_ blocks: [SHA256Hash]) -> SHA256Hash {
    var writer = ByteWriter(capacity: blocks.count * SHA256Hash.byteCount)
    for block in blocks { block.append(to: &writer) }
    return writer.withSpan { SHA256.hash($0) }
  }
}
