import DaybookBytes
public import DaybookValues

/// The first 4 KiB of a segment: what it is, whose, and where it stands in its log.
///
/// Source: Format, section "Segment header".
public struct SegmentHeader: Hashable, Sendable {
  /// The version of the format that it was written in.
  public var formatVersion: UInt16 = SegmentHeader.currentVersion
  /// The oldest version of the format whose readers can read it.
  public var lowestReaderVersion: UInt16 = SegmentHeader.currentVersion
  /// Features without which it cannot be read, a bit each.
  public var incompatibleFeatures: UInt32 = 0
  /// Features without which it can be read, but not written.
  public var compatibleFeatures: UInt32 = 0
  /// How frames are compressed; 1 is LZ4 in linked blocks.
  public var codec: UInt16 = SegmentHeader.linkedLZ4
  /// The identity of the log.
  public var logID: LogID
  /// The segment's ordinal in the log: 1, 2, 3 ...
  public var number: UInt64
  /// The position of its first record.
  public var firstPosition: Position
  /// When it was made.
  public var created: Instant
  /// What the checksums behind the header begin with.
  public var checksumSeed: UInt32

  /// The version of the format that this code writes.
  public static let currentVersion: UInt16 = 1

  static let byteCount = 4096
  static let linkedLZ4: UInt16 = 1
  private static let checksumOffset = 4092
  // 89 44 41 59 42 4f 4f 4b
  private static let magic: UInt64 = 0x4b4f_4f42_5941_4489

  /// A header of the current version.
  init(
    logID: LogID, number: UInt64, firstPosition: Position, created: Instant, checksumSeed: UInt32
  ) {
    self.logID = logID
    self.number = number
    self.firstPosition = firstPosition
    self.created = created
    self.checksumSeed = checksumSeed
  }

  /// What the segment's checksums go on from.
  var place: PlaceChecksum { PlaceChecksum(checksumSeed: checksumSeed, segmentNumber: number) }

  /// Whether this version may append to the segment, and not only read it.
  var isWritable: Bool {
    formatVersion == SegmentHeader.currentVersion && compatibleFeatures == 0
  }

  /// The block as it stands on disk.
  func encoded() -> [UInt8] {
    var block = ByteWriter(capacity: SegmentHeader.byteCount)
    block.appendLittleEndian(SegmentHeader.magic)
    block.appendLittleEndian(formatVersion)
    block.appendLittleEndian(lowestReaderVersion)
    block.appendLittleEndian(incompatibleFeatures)
    block.appendLittleEndian(compatibleFeatures)
    block.appendLittleEndian(codec)
    block.appendLittleEndian(UInt16(0))
    block.appendLittleEndian(logID.low)
    block.appendLittleEndian(logID.high)
    block.appendLittleEndian(number)
    block.appendLittleEndian(firstPosition.number)
    block.appendLittleEndian(created.milliseconds)
    block.appendLittleEndian(checksumSeed)
    block.append([UInt8](repeating: 0, count: SegmentHeader.checksumOffset - block.count))
    let sum = block.withReader { CRC32C.checksum($0) }
    block.appendLittleEndian(sum)
    return block.bytes
  }

  /// Reads the block.
  ///
  /// - Parameter segment: The file's name, for the error.
  /// - Throws: `.damaged`, `.trialVersion`, `.newerVersion`, `.unknownFeature`.
  init(reading block: ByteReader, segment: String) throws(LogError) {
    func damaged(_ offset: UInt64, _ detail: String) -> LogError {
      LogError(.damaged, segment: segment, offset: offset, detail: detail)
    }
    guard block.remaining >= SegmentHeader.byteCount else {
      throw damaged(UInt64(block.remaining), "it is shorter than its header")
    }
    do {
      var all = block
      var reader = try all.readBytes(SegmentHeader.byteCount)
      let covered = try SegmentHeader.prefix(of: reader, SegmentHeader.checksumOffset)
      let computed = CRC32C.checksum(covered)
      guard try reader.readLittleEndian(UInt64.self) == SegmentHeader.magic else {
        throw damaged(0, "it does not begin like a segment")
      }
      formatVersion = try reader.readLittleEndian(UInt16.self)
      lowestReaderVersion = try reader.readLittleEndian(UInt16.self)
      incompatibleFeatures = try reader.readLittleEndian(UInt32.self)
      compatibleFeatures = try reader.readLittleEndian(UInt32.self)
      codec = try reader.readLittleEndian(UInt16.self)
      var areZero = try reader.readLittleEndian(UInt16.self) == 0
      logID = LogID(
        low: try reader.readLittleEndian(UInt64.self),
        high: try reader.readLittleEndian(UInt64.self))
      number = try reader.readLittleEndian(UInt64.self)
      firstPosition = Position(try reader.readLittleEndian(UInt64.self))
      created = Instant(milliseconds: try reader.readLittleEndian(Int64.self))
      checksumSeed = try reader.readLittleEndian(UInt32.self)
      let rest = try reader.readBytes(SegmentHeader.checksumOffset - reader.offset + block.offset)
      areZero = areZero && rest.isAllZero
      let stored = try reader.readLittleEndian(UInt32.self)
      guard stored == computed else {
        throw damaged(0, "the header's checksum is \(hex(computed)), expected \(hex(stored))")
      }
      if formatVersion == 0 { throw LogError(.trialVersion, segment: segment) }
      if lowestReaderVersion > SegmentHeader.currentVersion {
        throw LogError(
          .newerVersion, segment: segment,
          detail: "format version \(formatVersion), read from version \(lowestReaderVersion) on")
      }
      if incompatibleFeatures != 0 || codec != SegmentHeader.linkedLZ4 {
        throw LogError(
          .unknownFeature, segment: segment,
          detail: "codec \(codec), features \(hex(incompatibleFeatures))")
      }
      // A later version may use what is still unused here, and say that it can be read all the same.
      guard areZero || formatVersion > SegmentHeader.currentVersion else {
        throw damaged(0, "unused bytes of the header are not zero")
      }
      guard firstPosition.number > 0, firstPosition.number <= LogLimits.positionMax, number > 0
      else { throw damaged(40, "segment number or first position is out of range") }
    } catch let error as LogError {
      throw error
    } catch {
      throw damaged(0, "\(error)")
    }
  }

  private static func prefix(of reader: ByteReader, _ count: Int) throws(WireError) -> ByteReader {
    var reader = reader
    return try reader.readBytes(count)
  }
}

/// A checksum as it is printed.
func hex(_ value: UInt32) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 8 - digits.utf8.count) + digits
}

extension ByteReader {
  /// Whether all bytes left are zero.
  var isAllZero: Bool { zeroCount == remaining }

  /// How many of the bytes left are zero before the first that is not.
  var zeroCount: Int {
    var rest = self
    while rest.remaining >= 8, let word = try? rest.readLittleEndian(UInt64.self) {
      if word != 0 { return rest.offset - offset - 8 + word.trailingZeroBitCount / 8 }
    }
    while let byte = rest.peekedByte, byte == 0 { _ = try? rest.readByte() }
    return rest.offset - offset
  }
}
