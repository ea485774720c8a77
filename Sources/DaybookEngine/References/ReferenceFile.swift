import DaybookBytes
import DaybookValues
import DaybookWorld

/// The references of one or more sealed segments in a file, sorted by fingerprint; never changed.
///
/// Blocks are read when they are asked for, and believed when their checksum fits. They are read
/// and not mapped: an error of the disk is then an error, and not the end of the process, and a
/// look-up costs a third of a microsecond more, of a block that is read the first time. What it does
/// not hold is remembered.
final class ReferenceFile: Sendable {
  let head: ReferenceFileHead
  private let file: any File
  private let filter = Locked(ReferenceFilter())

  /// Opens the file at `path` and reads its head.
  static func open(
    _ path: String, _ hash: ReferenceHash, in files: any FileSystem
  ) throws(ReferenceFault) -> ReferenceFile {
    let file: any File
    do throws(FileError) {
      file = try files.open(path, .read)
    } catch {
      throw ReferenceFault(detail: "\(error)")
    }
    do throws(ReferenceFault) {
      let opened = try ReferenceFile(file)
      guard opened.head.logID == hash.logID, opened.head.bits == hash.bits else {
        throw ReferenceFault(detail: "it belongs to another log")
      }
      return opened
    } catch {
      file.close()
      throw error
    }
  }

  private init(_ file: any File) throws(ReferenceFault) {
    self.file = file
    let size: Int
    var bytes = ByteWriter()
    do throws(FileError) {
      size = Int(truncatingIfNeeded: try file.size())
      _ = try file.read(at: 0, count: ReferenceFileHead.fixedCount, into: &bytes)
    } catch {
      throw ReferenceFault(detail: "\(error)")
    }
    let length = try bytes.withReader { (reader) throws(ReferenceFault) in
      try ReferenceFileHead.claimedByteCount(reader, fileBytes: size)
    }
    bytes.removeAll()
    do throws(FileError) {
      guard try file.read(at: 0, count: length, into: &bytes) == length else {
        throw FileError(operation: "read", path: file.path, kind: .tooShort)
      }
    } catch {
      throw ReferenceFault(detail: "\(error)")
    }
    head = try bytes.withReader { (reader) throws(ReferenceFault) in
      try ReferenceFileHead(reading: reader)
    }
  }

  var path: String { file.path }

  /// Bytes taken in memory.
  var bytes: Int {
    head.fences.capacity * 4 + head.sums.capacity * 4 + filter.withLock { $0.bytes }
  }

  func close() { file.close() }

  /// Appends the position of every entry of that fingerprint to `found`.
  ///
  /// - Parameter scratch: Room for a block; what is in it is forgotten.
  func find(
    _ fingerprint: UInt64, _ scratch: inout ByteWriter, _ found: inout [Position]
  ) throws(ReferenceFault) {
    let high = UInt32(truncatingIfNeeded: fingerprint >> 16)
    // Entries of one fingerprint may begin in the block before the first that begins with it.
    var block = max(firstBlock(notBelow: high) - 1, 0)
    while block < head.fences.count, head.fences[block] <= high {
      let asked = block
      if filter.withLock({ $0.excludes(fingerprint, from: asked) }) {
        block += 1
        continue
      }
      try read(block, &scratch)
      do throws(WireError) {
        try scratch.withReader { (entries) throws(WireError) in
          try ReferenceFile.find(fingerprint, in: entries, &found)
          try learn(entries, of: asked)
        }
      } catch {
        throw ReferenceFault(detail: "\(error)")
      }
      block += 1
    }
  }

  /// Remembers what a block holds.
  private func learn(_ entries: ByteReader, of block: Int) throws(WireError) {
    if filter.withLock({ $0.knows(block) }) { return }
    var entries = entries
    var fingerprints: [UInt64] = []
    fingerprints.reserveCapacity(ReferenceFileHead.blockEntries)
    while !entries.isAtEnd {
      fingerprints.append(try ReferenceEntry(reading: &entries).fingerprint)
    }
    let known = fingerprints
    let count = head.fences.count
    filter.withLock { $0.learn(known, in: block, of: count) }
  }

  private func firstBlock(notBelow high: UInt32) -> Int {
    var low = 0
    var end = head.fences.count
    while low < end {
      let middle = (low + end) / 2
      if head.fences[middle] < high { low = middle + 1 } else { end = middle }
    }
    return low
  }

  private static func find(
    _ fingerprint: UInt64, in entries: ByteReader, _ found: inout [Position]
  ) throws(WireError) {
    var low = 0
    var end = entries.remaining / ReferenceEntry.byteCount
    let count = end
    func entry(_ index: Int) throws(WireError) -> ReferenceEntry {
      var reader = entries
      try reader.skip(index * ReferenceEntry.byteCount)
      return try ReferenceEntry(reading: &reader)
    }
    while low < end {
      let middle = (low + end) / 2
      if try entry(middle).fingerprint < fingerprint { low = middle + 1 } else { end = middle }
    }
    while low < count {
      let entry = try entry(low)
      if entry.fingerprint != fingerprint { return }
      found.append(entry.position)
      low += 1
    }
  }

  /// Reads a block into `scratch` and checks it.
  func read(_ block: Int, _ scratch: inout ByteWriter) throws(ReferenceFault) {
    let start = block * ReferenceFileHead.blockEntries
    let entries = min(ReferenceFileHead.blockEntries, head.count - start)
    let offset = head.byteCount + start * ReferenceEntry.byteCount
    let count = entries * ReferenceEntry.byteCount
    scratch.removeAll()
    do throws(FileError) {
      let read = try file.read(at: UInt64(offset), count: count, into: &scratch)
      guard read == count else {
        throw FileError(operation: "read", path: file.path, kind: .tooShort)
      }
    } catch {
      throw ReferenceFault(detail: "\(error)")
    }
    guard scratch.withReader({ CRC32C.checksum($0) }) == head.sums[block] else {
      throw ReferenceFault(detail: "its block at byte \(offset) is damaged")
    }
  }
}
