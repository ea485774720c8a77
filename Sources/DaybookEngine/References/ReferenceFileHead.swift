import DaybookBytes
import DaybookLog
import DaybookValues

/// Why a file of references cannot be believed, as half a sentence.
struct ReferenceFault: Error, Hashable, Sendable {
  var detail: String
}

/// What stands before the entries of a file of references: whose they are, and how to find one.
///
/// ```
/// offset  bytes  field
/// 0       8      magic
/// 8       2      version, 1
/// 10      2      bits of a fingerprint
/// 12      4      entries in a block
/// 16      16     identity of the log
/// 32      8      entries
/// 40      4      segments
/// 44      4      CRC-32C of what stands before
/// 48      56 n   a segment: number, first position, last position, SHA-256
///         4 b    a block: the upper 32 bits of its first fingerprint
///         4 b    a block: CRC-32C of its entries
///         4      CRC-32C of everything before
/// ```
///
/// Entries follow, 12 bytes each, sorted, to the end of the file. All numbers are little endian.
struct ReferenceFileHead: Hashable, Sendable {
  var logID: LogID
  var bits: Int
  var count: Int
  var segments: [SealedSegment]
  /// By block.
  var fences: [UInt32] = []
  var sums: [UInt32] = []

  // 89 44 41 59 52 45 46 53
  private static let magic: UInt64 = 0x5346_4552_5941_4489
  private static let version: UInt16 = 1
  static let fixedCount = 48
  private static let segmentCount = 24 + SHA256Hash.byteCount
  /// Entries in a block: 768 bytes are checked for an answer, and a block has 8 bytes in memory.
  static let blockEntries = 64
  static let blockBytes = blockEntries * ReferenceEntry.byteCount

  init(_ hash: ReferenceHash, count: Int, segments: [SealedSegment]) {
    logID = hash.logID
    bits = hash.bits
    self.count = count
    self.segments = segments
  }

  static func blockCount(_ count: Int) -> Int { (count + blockEntries - 1) / blockEntries }

  /// Bytes of a head for so many entries and segments.
  static func byteCount(entries: Int, segments: Int) -> Int {
    fixedCount + segments * segmentCount + blockCount(entries) * 8 + 4
  }

  var byteCount: Int {
    ReferenceFileHead.byteCount(entries: count, segments: segments.count)
  }

  /// Bytes of the whole file.
  var fileBytes: Int { byteCount + count * ReferenceEntry.byteCount }

  func encoded() -> ByteWriter {
    var head = ByteWriter(capacity: byteCount)
    head.appendLittleEndian(ReferenceFileHead.magic)
    head.appendLittleEndian(ReferenceFileHead.version)
    head.appendLittleEndian(UInt16(bits))
    head.appendLittleEndian(UInt32(ReferenceFileHead.blockEntries))
    head.appendLittleEndian(logID.low)
    head.appendLittleEndian(logID.high)
    head.appendLittleEndian(UInt64(count))
    head.appendLittleEndian(UInt32(segments.count))
    head.appendLittleEndian(head.withReader { CRC32C.checksum($0) })
    for segment in segments {
      head.appendLittleEndian(segment.number)
      head.appendLittleEndian(segment.firstPosition.number)
      head.appendLittleEndian(segment.lastPosition.number)
      segment.hash.append(to: &head)
    }
    for fence in fences { head.appendLittleEndian(fence) }
    for sum in sums { head.appendLittleEndian(sum) }
    head.appendLittleEndian(head.withReader { CRC32C.checksum($0) })
    return head
  }

  /// How long the head is that begins with these bytes, in a file of `fileBytes`.
  static func claimedByteCount(_ bytes: ByteReader, fileBytes: Int) throws(ReferenceFault) -> Int {
    do throws(WireError) {
      var reader = bytes
      var rest = bytes
      let summed = try rest.readBytes(fixedCount - 4)
      let isWhole = try rest.readLittleEndian(UInt32.self) == CRC32C.checksum(summed)
      guard try reader.readLittleEndian(UInt64.self) == magic, isWhole else {
        throw WireError(.notCanonical, at: 0)
      }
      try reader.skip(24)
      let count = try reader.readLittleEndian(UInt64.self)
      let segments = try reader.readLittleEndian(UInt32.self)
      // Believed only as far as the file reaches.
      guard count <= UInt64(fileBytes), segments > 0, segments <= UInt32(fileBytes / segmentCount)
      else { throw WireError(.outOfRange, at: 32) }
      let claimed = byteCount(entries: Int(count), segments: Int(segments))
      guard claimed + Int(count) * ReferenceEntry.byteCount == fileBytes else {
        throw WireError(.truncated, at: 32)
      }
      return claimed
    } catch {
      throw ReferenceFault(detail: "it does not begin, or end, like one")
    }
  }

  /// Reads a head whose length is what it claims.
  init(reading bytes: ByteReader) throws(ReferenceFault) {
    do throws(WireError) {
      var reader = bytes
      var rest = bytes
      let summed = try rest.readBytes(bytes.remaining - 4)
      guard try rest.readLittleEndian(UInt32.self) == CRC32C.checksum(summed) else {
        throw WireError(.notCanonical, at: 0)
      }
      try reader.skip(8)
      let version = try reader.readLittleEndian(UInt16.self)
      bits = Int(try reader.readLittleEndian(UInt16.self))
      let perBlock = try reader.readLittleEndian(UInt32.self)
      guard version == ReferenceFileHead.version, perBlock == ReferenceFileHead.blockEntries else {
        throw WireError(.outOfRange, at: 8)
      }
      logID = LogID(
        low: try reader.readLittleEndian(UInt64.self),
        high: try reader.readLittleEndian(UInt64.self))
      count = Int(try reader.readLittleEndian(UInt64.self))
      let segmentCount = try reader.readLittleEndian(UInt32.self)
      try reader.skip(4)
      segments = []
      for _ in 0..<segmentCount {
        segments.append(
          SealedSegment(
            number: try reader.readLittleEndian(UInt64.self),
            firstPosition: Position(try reader.readLittleEndian(UInt64.self)),
            lastPosition: Position(try reader.readLittleEndian(UInt64.self)),
            hash: try SHA256Hash(reading: &reader)))
      }
      let blocks = ReferenceFileHead.blockCount(count)
      fences.reserveCapacity(blocks)
      for _ in 0..<blocks { fences.append(try reader.readLittleEndian(UInt32.self)) }
      sums.reserveCapacity(blocks)
      for _ in 0..<blocks { sums.append(try reader.readLittleEndian(UInt32.self)) }
    } catch {
      throw ReferenceFault(detail: "its head is damaged or of another version")
    }
  }
}
