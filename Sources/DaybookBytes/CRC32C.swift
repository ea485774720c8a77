import CDaybookCRC32C

/// A CRC-32C checksum (Castagnoli), made in as many pieces as one likes.
///
/// Uses the processor's instruction where there is one (SSE 4.2, ARMv8 CRC) and tables where there
/// is not; both give the same value. It finds accidents, not forgeries.
///
/// Source: RFC 3720, section 12.1 and appendix B.4 (read 2026).
public struct CRC32C: Sendable {
  /// The checksum of all bytes so far.
  public private(set) var value: UInt32

  /// A checksum that goes on from `seed`, the checksum of what stands before.
  ///
  /// Two seeds never give the same checksum for the same bytes: the place of a record can be part
  /// of its checksum without being stored in it.
  public init(seed: UInt32 = 0) {
    value = seed
  }

  /// Adds `bytes`.
  public mutating func update(_ bytes: Span<UInt8>) {
    value = CRC32C.checksum(bytes, seed: value)
  }

  /// Adds what `reader` has left.
  public mutating func update(_ reader: ByteReader) {
    value = CRC32C.checksum(reader, seed: value)
  }

  /// Adds the eight bytes of `word`, lowest first.
  public mutating func update(littleEndian word: UInt64) {
    value = daybook_crc32c_word(value, word)
  }

  /// Adds the two bytes of `pair`, lowest first, and then what `reader` has left.
  public mutating func update(littleEndian pair: UInt16, then reader: ByteReader) {
    value = unsafe daybook_crc32c_pair_then(value, pair, reader.cursor, reader.remaining)
  }

  /// The checksum of `bytes`, going on from `seed`.
  public static func checksum(_ bytes: Span<UInt8>, seed: UInt32 = 0) -> UInt32 {
    unsafe bytes.withUnsafeBytes { unsafe daybook_crc32c(seed, $0.baseAddress, $0.count) }
  }

  /// The checksum of what `reader` has left, going on from `seed`.
  public static func checksum(_ reader: ByteReader, seed: UInt32 = 0) -> UInt32 {
    unsafe daybook_crc32c(seed, reader.cursor, reader.remaining)
  }

  /// The checksum of `bytes` by tables alone, as on a processor without the instruction.
  ///
  /// Slower by a factor of five to fifteen; it is here so that both ways can be compared.
  public static func portable(_ bytes: Span<UInt8>, seed: UInt32 = 0) -> UInt32 {
    unsafe bytes.withUnsafeBytes { unsafe daybook_crc32c_portable(seed, $0.baseAddress, $0.count) }
  }

  /// Whether ``checksum(_:seed:)`` runs on the processor's instruction here.
  public static var usesInstruction: Bool { daybook_crc32c_has_instruction() }
}
