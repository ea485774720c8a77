/// The 32 bytes of a SHA-256 hash, kept without an allocation.
@frozen
public struct SHA256Hash: Hashable, Sendable {
  /// Bytes 0 to 7, the first one highest.
  public var first: UInt64
  /// Bytes 8 to 15, the first one highest.
  public var second: UInt64
  /// Bytes 16 to 23, the first one highest.
  public var third: UInt64
  /// Bytes 24 to 31, the first one highest.
  public var fourth: UInt64

  /// How many bytes a hash takes.
  public static let byteCount = 32

  /// Creates a hash of four words, in each of which the first byte stands highest.
  @inlinable
  public init(first: UInt64, second: UInt64, third: UInt64, fourth: UInt64) {
    self.first = first
    self.second = second
    self.third = third
    self.fourth = fourth
  }

  /// Reads the next 32 bytes of `reader`.
  public init(reading reader: inout ByteReader) throws(WireError) {
    var own = try reader.readBytes(SHA256Hash.byteCount)
    first = try own.readLittleEndian(UInt64.self).byteSwapped
    second = try own.readLittleEndian(UInt64.self).byteSwapped
    third = try own.readLittleEndian(UInt64.self).byteSwapped
    fourth = try own.readLittleEndian(UInt64.self).byteSwapped
  }

  /// Appends the 32 bytes to `writer`.
  public func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(first.byteSwapped)
    writer.appendLittleEndian(second.byteSwapped)
    writer.appendLittleEndian(third.byteSwapped)
    writer.appendLittleEndian(fourth.byteSwapped)
  }

  /// The 32 bytes, copied.
  public var bytes: [UInt8] {
    var writer = ByteWriter(capacity: SHA256Hash.byteCount)
    append(to: &writer)
    return writer.bytes
  }
}

extension SHA256Hash: CustomStringConvertible {
  /// The hash as 64 hexadecimal digits, in lower case.
  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(2 * SHA256Hash.byteCount)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 0xf)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
