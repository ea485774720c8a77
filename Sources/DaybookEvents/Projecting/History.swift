public import DaybookBytes
public import DaybookValues

/// A row of a read model's history: what one event, or one line of it, came to.
public protocol HistoryRow: StoredValue {
  /// The event that it comes from.
  var position: Position { get }

  /// Appends all that the row says, in a fixed form; the model's digest is made of it.
  ///
  /// A checkpoint keeps the row in the same form, unless it has a `store(to:)` of its own.
  func append(to writer: inout ByteWriter)
}

extension HistoryRow {
  /// Appends the row as a checkpoint keeps it: as the digest has it, unless the row says otherwise.
  @inlinable
  public func store(to writer: inout ByteWriter) { append(to: &writer) }
}

/// Rows in position order, in full chunks that never change again and one open chunk.
///
/// A copy is a snapshot and shares the full chunks; what the history was at an earlier position is
/// its first `count(through:)` rows, so that one model answers for every position behind it.
///
/// Rows are appended for good, or staged until all that belongs to them is known to be sound: then
/// `commit` keeps them, and `takeBack` forgets them. A full block of rows is hashed when a digest is
/// first asked for, once for all copies: a replay does not wait for it, and the digest of any prefix
/// costs no more than the blocks that are new and the rows of its last one.
///
/// The rows of a history from a checkpoint stay in its files until they are asked for: a chunk's first
/// and last position and its digest are all that is read.
public struct History<Row: HistoryRow>: Sendable {
  @usableFromInline
  struct Chunk: Sendable {
    /// Empty where the page alone knows them.
    @usableFromInline let rows: [Row]
    /// Empty where they have to be made again.
    @usableFromInline let blocks: [BlockHash]
    @usableFromInline let kept: Once<SHA256Hash>
    @usableFromInline let first: Position
    @usableFromInline let last: Position
    @usableFromInline let page: StoredPage<Row>

    @usableFromInline
    init(rows: [Row], blocks: [BlockHash]) {
      self.rows = rows
      self.blocks = blocks
      kept = Once()
      first = rows[0].position
      last = rows[rows.count - 1].position
      page = StoredPage(rows)
    }

    /// A chunk of a checkpoint.
    init(_ page: StoredPage<Row>, first: Position, last: Position, digest: SHA256Hash) {
      rows = []
      blocks = []
      kept = Once(digest)
      self.first = first
      self.last = last
      self.page = page
    }

    @inlinable var allRows: [Row] { rows.isEmpty ? page.elements : rows }

    /// The digest of the blocks' digests.
    @inlinable var digest: SHA256Hash {
      if let known = kept.value { return known }
      let hashes = History.hashes(of: blocks[...], of: rows.count / blocks.count, in: rows)
      return kept.set(History.digest(of: hashes))
    }
  }

  /// The digest of a block that is full, once it was asked for.
  @usableFromInline typealias BlockHash = Once<SHA256Hash>

  /// The open chunk as a checkpoint has it.
  @usableFromInline
  struct Tail: Sendable {
    @usableFromInline let page: StoredPage<Row>
    @usableFromInline let count: Int
    @usableFromInline let first: Position
    @usableFromInline let last: Position
    /// The digest of the rows behind the last whole block.
    @usableFromInline let rest: SHA256Hash

    init(
      _ page: StoredPage<Row>, count: Int, first: Position, last: Position, rest: SHA256Hash
    ) {
      self.page = page
      self.count = count
      self.first = first
      self.last = last
      self.rest = rest
    }
  }

  /// Rows of a full chunk.
  public let chunkRows: Int
  @usableFromInline let blockRows: Int
  @usableFromInline var full: [Chunk] = []
  /// Rows of all full chunks.
  @usableFromInline var fullCount = 0
  /// Empty also where the tail alone knows them.
  @usableFromInline var open: [Row] = []
  @usableFromInline var openBlocks: [BlockHash] = []
  @usableFromInline var stagedCount = 0
  /// Nil as soon as the open chunk is no longer what a checkpoint has of it.
  @usableFromInline var tail: Tail?

  /// An empty history; chunks are smaller in tests only.
  ///
  /// - Parameter chunkRows: Rows of a full chunk: at most 1,024, or a multiple of that.
  @inlinable
  public init(chunkRows: Int = 65_536) {
    precondition(
      chunkRows > 0 && (chunkRows < 1024 || chunkRows % 1024 == 0), "a chunk of \(chunkRows) rows")
    self.chunkRows = chunkRows
    blockRows = Swift.min(chunkRows, 1024)
  }

  /// Appends `row`, which stands at or behind the last one, for good.
  ///
  /// - Complexity: O(1).
  @inlinable
  public mutating func append(_ row: Row) {
    stage(row)
    commit()
  }

  /// Appends `row`, which stands at or behind the last one and may still be taken back.
  @inlinable
  public mutating func stage(_ row: Row) {
    if tail != nil { takeUpTail() }
    let last = open.isEmpty ? lastStoredPositionHere() : open[open.count - 1].position
    precondition(last <= row.position, "a row of position \(row.position) behind \(last)")
    open.append(row)
    stagedCount += 1
  }

  /// The open chunk is about to become another than the checkpoint's.
  @usableFromInline
  mutating func takeUpTail() {
    if open.isEmpty, let tail {
      // Not on large pages, which are had at once: who opens a book may append a row and be done.
      open.reserveCapacity(chunkRows + blockRows)
      open.append(contentsOf: tail.page.elements)
    }
    tail = nil
  }

  /// Keeps what is staged for ever.
  @inlinable
  public mutating func commit() {
    stagedCount = 0
    if open.count - openBlocks.count * blockRows >= blockRows { closeBlocks() }
  }

  /// Forgets what is staged.
  @inlinable
  public mutating func takeBack() {
    open.removeLast(stagedCount)
    stagedCount = 0
  }

  /// How many rows are staged.
  @inlinable public var stagedRowCount: Int { stagedCount }

  /// The rows that are staged.
  @inlinable public var staged: ArraySlice<Row> { open.suffix(stagedCount) }

  @usableFromInline var lastPosition: Position {
    @inlinable get { open.isEmpty ? lastStoredPosition : open[open.count - 1].position }
  }

  // Mutating, though it changes nothing: one that is not would be lent a copy of the whole history
  // from a method that changes it, for every row.
  @usableFromInline
  mutating func lastStoredPositionHere() -> Position { lastStoredPosition }

  // Out of line, for what is hardly ever asked: the ways of every row stay short.
  @usableFromInline var lastStoredPosition: Position { tail?.last ?? full.last?.last ?? .start }

  @usableFromInline
  func storedRow(_ index: Int) -> Row {
    index < fullCount
      ? full[index / chunkRows].page.elements[index % chunkRows] : openRows[index - fullCount]
  }

  /// Rows of the open chunk.
  @usableFromInline var openCount: Int {
    @inlinable get { open.isEmpty && tail != nil ? tailCount : open.count }
  }

  @usableFromInline var tailCount: Int { tail?.count ?? 0 }

  @usableFromInline var openFirst: Position? {
    @inlinable get { open.first?.position ?? tail?.first }
  }

  @usableFromInline var openRows: [Row] {
    @inlinable get { open.isEmpty ? tail?.page.elements ?? [] : open }
  }

  /// Notes the blocks that are full, and closes the chunks that they fill.
  @inlinable
  mutating func closeBlocks() {
    while open.count - openBlocks.count * blockRows >= blockRows {
      openBlocks.append(BlockHash())
      if openBlocks.count * blockRows == chunkRows { close() }
    }
  }

  @inlinable
  mutating func close() {
    var rest: [Row] = []
    // With room for the rows of an entry that ends in the next chunk: else they would move all rows.
    rest.reserveLargePages(chunkRows + blockRows)
    rest.append(contentsOf: open[chunkRows...])
    open.removeLast(rest.count)
    full.append(Chunk(rows: open, blocks: openBlocks))
    fullCount += chunkRows
    open = rest
    openBlocks = []
  }

  /// The digests of blocks of so many rows, with which `rows` begins.
  @inlinable
  static func hashes(
    of blocks: ArraySlice<BlockHash>, of size: Int, in rows: @autoclosure () -> [Row]
  ) -> [SHA256Hash] {
    blocks.enumerated().map { index, block in
      block.value ?? block.set(digest(of: rows()[index * size..<(index + 1) * size]))
    }
  }

  @inlinable
  static func digest(of rows: ArraySlice<Row>) -> SHA256Hash {
    var hash = SHA256()
    var writer = ByteWriter(capacity: 1 << 16)
    for row in rows {
      row.append(to: &writer)
      if writer.count >= 60_000 {
        writer.withSpan { hash.update($0) }
        writer.removeAll()
      }
    }
    writer.withSpan { hash.update($0) }
    return hash.finalize()
  }

  @usableFromInline
  static func digest(of blocks: [SHA256Hash]) -> SHA256Hash {
    var writer = ByteWriter(capacity: blocks.count * SHA256Hash.byteCount)
    for block in blocks { block.append(to: &writer) }
    return writer.withSpan { SHA256.hash($0) }
  }
}

// What the history was at an earlier position.
extension History {
  /// How many rows the history had at `position`, inclusive.
  ///
  /// - Complexity: O(log rows); O(1) for a position at or behind the last row.
  @inlinable
  public func count(through position: Position) -> Int {
    if lastPosition <= position { return count }
    if let first = openFirst, first <= position {
      return fullCount + Self.upperBound(openRows, position)
    }
    var (low, high) = (0, full.count)
    while low < high {
      let middle = (low + high) / 2
      if full[middle].first <= position { low = middle + 1 } else { high = middle }
    }
    if low == 0 { return 0 }
    let chunk = full[low - 1]
    return (low - 1) * chunkRows
      + (chunk.last <= position ? chunkRows : Self.upperBound(chunk.allRows, position))
  }

  @inlinable
  static func upperBound(_ rows: [Row], _ position: Position) -> Int {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].position <= position { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The rows that the history had at `position`, inclusive.
  @inlinable
  public func rows(through position: Position) -> Slice<Self> {
    self[0..<count(through: position)]
  }

  /// The digest that the history had at `position`, inclusive, whether or not chunks were full.
  ///
  /// - Complexity: O(chunks), the blocks of the chunk that `position` cuts, and the rows of one block.
  @inlinable
  public func digest(through position: Position) -> SHA256Hash {
    let count = count(through: position)
    let whole = count / chunkRows
    var hashes = full[..<whole].map(\.digest)
    let rest = count - whole * chunkRows
    let wholeBlocks = rest / blockRows
    if whole == full.count {
      hashes += Self.hashes(of: openBlocks[..<wholeBlocks], of: blockRows, in: openRows)
      if rest > wholeBlocks * blockRows {
        if rest == openCount, let tail {
          hashes.append(tail.rest)
        } else {
          hashes.append(Self.digest(of: openRows[wholeBlocks * blockRows..<rest]))
        }
      }
    } else if rest > 0 {
      let chunk = full[whole]
      let rows = chunk.allRows
      // Those of a chunk from a checkpoint are not kept.
      let blocks =
        chunk.blocks.isEmpty ? (0..<wholeBlocks).map { _ in BlockHash() } : chunk.blocks
      hashes += Self.hashes(of: blocks[..<wholeBlocks], of: blockRows, in: rows)
      if rest > wholeBlocks * blockRows {
        hashes.append(Self.digest(of: rows[wholeBlocks * blockRows..<rest]))
      }
    }
    return Self.digest(of: count, hashes)
  }

  @usableFromInline
  static func digest(of count: Int, _ hashes: [SHA256Hash]) -> SHA256Hash {
    var writer = ByteWriter(capacity: hashes.count * SHA256Hash.byteCount + 8)
    writer.appendLittleEndian(UInt64(count))
    for hash in hashes { hash.append(to: &writer) }
    return writer.withSpan { SHA256.hash($0) }
  }
}

// The rows a chunk at a time: for sums kept beside the chunks, and for scans.
extension History {
  /// How many chunks are full.
  @inlinable public var fullChunkCount: Int { full.count }

  /// The rows of a chunk: the full ones by their index from 0, the open one behind them.
  @inlinable
  public func chunk(_ index: Int) -> [Row] {
    index < full.count ? full[index].allRows : openRows
  }

  /// Calls `body` with the first `count` rows, in order, a chunk at a time.
  @inlinable
  public func forEachSlice(_ count: Int, _ body: (ArraySlice<Row>) throws -> Void) rethrows {
    var left = count
    for chunk in full where left > 0 {
      try body(chunk.allRows.prefix(left))
      left -= Swift.min(left, chunkRows)
    }
    if left > 0 { try body(openRows.prefix(left)) }
  }
}

extension History: RandomAccessCollection {
  /// Always 0.
  @inlinable public var startIndex: Int { 0 }

  /// The number of rows.
  @inlinable public var endIndex: Int { fullCount + openCount }

  /// The row at `index`, from 0.
  @inlinable
  public subscript(index: Int) -> Row {
    let place = index - fullCount
    if place >= 0 { return place < open.count ? open[place] : storedRow(index) }
    let chunk = index / chunkRows
    return full[chunk].rows.isEmpty
      ? storedRow(index) : full[chunk].rows[index - chunk * chunkRows]
  }
}
