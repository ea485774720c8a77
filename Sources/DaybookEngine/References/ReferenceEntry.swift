import DaybookBytes
import DaybookValues

/// A fingerprint and the position of the action that bears it, in 12 bytes.
struct ReferenceEntry: Hashable, Sendable {
  /// The upper 32 bits of the fingerprint.
  var high: UInt32
  /// Its lower 16 bits, and the upper 16 of the position.
  private var middle: UInt32
  private var low: UInt32

  static let byteCount = 12

  init(_ fingerprint: UInt64, at position: Position) {
    high = UInt32(truncatingIfNeeded: fingerprint >> 16)
    middle = UInt32(truncatingIfNeeded: fingerprint << 16 | position.number >> 32)
    low = UInt32(truncatingIfNeeded: position.number)
  }

  init(reading reader: inout ByteReader) throws(WireError) {
    high = try reader.readLittleEndian(UInt32.self)
    middle = try reader.readLittleEndian(UInt32.self)
    low = try reader.readLittleEndian(UInt32.self)
  }

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(high)
    writer.appendLittleEndian(middle)
    writer.appendLittleEndian(low)
  }

  var fingerprint: UInt64 { UInt64(high) << 16 | UInt64(middle >> 16) }

  var position: Position { Position(UInt64(middle & 0xffff) << 32 | UInt64(low)) }
}

extension ReferenceEntry: Comparable {
  /// By fingerprint, then by position.
  static func < (a: ReferenceEntry, b: ReferenceEntry) -> Bool {
    (UInt64(a.high) << 32 | UInt64(a.middle), a.low)
      < (UInt64(b.high) << 32 | UInt64(b.middle), b.low)
  }
}
