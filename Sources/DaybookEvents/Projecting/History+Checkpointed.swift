public import DaybookBytes
import DaybookValues

// Every chunk is a page; of the open one, all but the rows is read at once.
extension History: Checkpointed {
  public mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    if parts.isReading { try read(&parts) } else { write(&parts) }
  }

  private mutating func write(_ parts: inout CheckpointParts) {
    precondition(stagedCount == 0, "a checkpoint in the middle of an entry")
    parts.write(chunkRows)
    parts.write(full.count)
    for (index, chunk) in full.enumerated() {
      parts.write(chunk.first)
      parts.write(chunk.last)
      parts.write(chunk.digest)
      parts.write(chunk.page, index: index)
    }
    parts.write(openCount)
    parts.write(Self.hashes(of: openBlocks[...], of: blockRows, in: openRows))
    guard let tail = tail ?? freshTail() else { return }
    self.tail = tail
    parts.write(tail.first)
    parts.write(tail.last)
    parts.write(tail.rest)
    parts.write(tail.page, index: full.count)
  }

  /// The open chunk as it is now; nil where it is empty.
  private func freshTail() -> Tail? {
    guard let first = open.first, let last = open.last else { return nil }
    let rest = open[(openBlocks.count * blockRows)...]
    return Tail(
      StoredPage(open), count: open.count, first: first.position, last: last.position,
      rest: Self.digest(of: rest))
  }

  private mutating func read(_ parts: inout CheckpointParts) throws(WireError) {
    guard try parts.read(Int.self) == chunkRows else { throw parts.fault(.outOfRange) }
    precondition(isEmpty, "a checkpoint is read into what holds nothing")
    let chunks: Int = try parts.read()
    guard chunks >= 0 else { throw parts.fault(.outOfRange) }
    for index in 0..<chunks {
      let (first, last) = (try parts.read(Position.self), try parts.read(Position.self))
      guard first <= last, lastPosition <= first else { throw parts.fault(.wrongOrder) }
      let digest: SHA256Hash = try parts.read()
      let page: StoredPage<Row> = try parts.readPage(chunkRows, index: index)
      full.append(Chunk(page, first: first, last: last, digest: digest))
      fullCount += chunkRows
    }
    let count: Int = try parts.read()
    openBlocks = try parts.read([SHA256Hash].self).map { BlockHash($0) }
    guard (0..<chunkRows).contains(count), openBlocks.count == count / blockRows else {
      throw parts.fault(.outOfRange)
    }
    guard count > 0 else { return }
    let (first, last) = (try parts.read(Position.self), try parts.read(Position.self))
    guard first <= last, lastPosition <= first else { throw parts.fault(.wrongOrder) }
    let rest: SHA256Hash = try parts.read()
    tail = Tail(
      try parts.readPage(count, index: full.count), count: count, first: first, last: last,
      rest: rest)
  }
}
