public import DaybookBytes
public import DaybookValues

/// A row of a read model's history: what one event, or one line of it, came to.
public protocol HistoryRow: Sendable {
  /// The event that it comes from.
  var position: Position { get }

  /// Appends all that the row says, in a fixed form; the model's digest is made of it.
  func append(to writer: inout ByteWriter)
}

/// Rows in position order, in full chunks that never change again and one open chunk.
///
/// A copy is a snapshot and shares the full chunks; what the history was at an earlier position is
/// its first `count(through:)` rows, so that one model answers for every position behind it.
public struct History<Row: HistoryRow>: Sendable {
  /// Rows of a full chunk.
  public let chunkCount: Int
  @usableFromInline var full: [[Row]] = []
  @usableFromInline var open: [Row] = []
  private var digests: [SHA256Hash] = []

  /// An empty history; chunks are smaller in tests only.
  public init(chunkCount: Int = 65_536) {
    precondition(chunkCount > 0, "a chunk of \(chunkCount) rows")
    self.chunkCount = chunkCount
  }

  /// Appends `row`, which stands at or behind the last one.
  ///
  /// - Complexity: O(1), and the digest of a chunk once for every chunk.
  public mutating func append(_ row: Row) {
    precondition(
      last.map { $0.position <= row.position } ?? true,
      "a row of position \(row.position) behind one of \(last?.position ?? .start)")
    open.append(row)
    guard open.count == chunkCount else { return }
    digests.append(Self.digest(of: open[...]))
    full.append(open)
    open = []
  }

  /// How many rows the history had at `position`, inclusive.
  ///
  /// - Complexity: O(log rows); O(1) for a position at or behind the last row.
  public func count(through position: Position) -> Int {
    guard let last, last.position > position else { return count }
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].position <= position { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The rows that the history had at `position`, inclusive.
  public func rows(through position: Position) -> Slice<Self> {
    self[0..<count(through: position)]
  }

  /// The digest that the history had at `position`, inclusive.
  ///
  /// - Complexity: O(chunks), and the rows of the chunk that `position` cuts.
  public func digest(through position: Position) -> SHA256Hash {
    let count = count(through: position)
    let whole = count / chunkCount
    var writer = ByteWriter(capacity: 32 * whole + 48)
    writer.appendLittleEndian(UInt64(count))
    for digest in digests[..<whole] { digest.append(to: &writer) }
    let rest = count % chunkCount
    if rest > 0 {
      let chunk = whole < full.count ? full[whole] : open
      Self.digest(of: chunk[..<rest]).append(to: &writer)
    }
    return writer.withSpan { SHA256.hash($0) }
  }

  private static func digest(of rows: ArraySlice<Row>) -> SHA256Hash {
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
}

extension History: RandomAccessCollection {
  /// Always 0.
  @inlinable public var startIndex: Int { 0 }

  /// The number of rows.
  @inlinable public var endIndex: Int { full.count * chunkCount + open.count }

  /// The row at `index`, from 0.
  @inlinable
  public subscript(index: Int) -> Row {
    let chunk = index / chunkCount
    return chunk < full.count ? full[chunk][index % chunkCount] : open[index % chunkCount]
  }
}
