import DaybookBytes
import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld

/// What a checkpoint says of itself: of which log, model and position it is.
struct CheckpointHeader: Hashable, Sendable {
  /// The version of the form of all checkpoint files.
  static let formatVersion: UInt32 = 1
  private static let magic: UInt64 = 0x3150_4b43_4b42_5944  // "DYBKCKP1", lowest byte first
  private static let fixedBytes = 20
  private static let checksumBytes = 4
  /// No root is larger: what is not in pages fits into memory many times.
  static let bytesMax = 1 << 30

  var logLow: UInt64 = 0
  var logHigh: UInt64 = 0
  /// The model's name and version, and a mark of the events that its catalogue knows.
  var model = ""
  var version: UInt32 = 0
  var catalogueMark: UInt32 = 0
  /// The last event in the model, and the digest of its canonical record.
  var position = Position.start
  var record = SHA256Hash(first: 0, second: 0, third: 0, fourth: 0)
  /// Records that the catalogue did not know, and positions lost before a salvage, up to there.
  var skipped = 0
  var lost = 0
}

extension CheckpointHeader {
  init(reading reader: inout ByteReader) throws(WireError) {
    logLow = try UInt64(reading: &reader)
    logHigh = try UInt64(reading: &reader)
    model = try String(reading: &reader)
    version = try UInt32(reading: &reader)
    catalogueMark = try UInt32(reading: &reader)
    position = try Position(reading: &reader)
    record = try SHA256Hash(reading: &reader)
    skipped = try Int(reading: &reader)
    lost = try Int(reading: &reader)
  }

  func store(to writer: inout ByteWriter) {
    logLow.store(to: &writer)
    logHigh.store(to: &writer)
    model.store(to: &writer)
    version.store(to: &writer)
    catalogueMark.store(to: &writer)
    position.store(to: &writer)
    record.store(to: &writer)
    skipped.store(to: &writer)
    lost.store(to: &writer)
  }

  /// Whether it is of this log.
  func isOf(_ log: LogID) -> Bool { logLow == log.low && logHigh == log.high }
}

// A root: magic, version, length, header and draft, checksum.
extension CheckpointHeader {
  /// The bytes of a root that holds a draft, whose places are filled in.
  func root(_ draft: borrowing ByteWriter) -> ByteWriter {
    var writer = ByteWriter(capacity: draft.count + 256)
    writer.appendLittleEndian(Self.magic)
    writer.appendLittleEndian(Self.formatVersion)
    writer.appendLittleEndian(UInt64(0))
    store(to: &writer)
    draft.withReader { writer.append($0) }
    writer.overwriteLittleEndian(UInt64(writer.count - Self.fixedBytes), at: 12)
    let checksum = writer.withSpan { CRC32C.checksum($0) }
    writer.appendLittleEndian(checksum)
    return writer
  }

  /// Checks the bytes of a root, and lends `body` its header and its draft.
  ///
  /// - Throws: `CheckpointFault` where it is not a whole root of this version.
  static func withRoot<Result>(
    _ bytes: borrowing ByteWriter,
    _ body: (CheckpointHeader, ByteReader) throws(CheckpointFault) -> Result
  ) throws(CheckpointFault) -> Result {
    try bytes.withReader { (reader) throws(CheckpointFault) in
      let header: CheckpointHeader
      var draft: ByteReader
      do throws(WireError) {
        draft = try whole(reader, bytes)
        header = try CheckpointHeader(reading: &draft)
      } catch {
        throw CheckpointFault(.damaged, "it is not a whole root: \(error)")
      }
      return try body(header, draft.rebased)
    }
  }

  /// What stands between the fixed bytes and the checksum of a root.
  private static func whole(
    _ reader: ByteReader, _ bytes: borrowing ByteWriter
  ) throws(WireError) -> ByteReader {
    var reader = reader
    guard try reader.readLittleEndian(UInt64.self) == magic else {
      throw WireError(.wrongType, at: 0, field: "magic")
    }
    let version = try reader.readLittleEndian(UInt32.self)
    guard version == formatVersion else {
      throw WireError(.wrongType, at: 8, field: "format version \(version)")
    }
    let length = try reader.readLittleEndian(UInt64.self)
    guard reader.remaining >= checksumBytes, length == UInt64(reader.remaining - checksumBytes)
    else { throw WireError(.truncated, at: 12, field: "length") }
    let content = try reader.readBytes(Int(length))
    let checksum = bytes.withSpan(in: 0..<content.offset + Int(length)) { CRC32C.checksum($0) }
    guard try reader.readLittleEndian(UInt32.self) == checksum else {
      throw WireError(.notCanonical, at: content.offset + Int(length), field: "checksum")
    }
    return content
  }
}
