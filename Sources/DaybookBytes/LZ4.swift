import CDaybookLZ4

/// LZ4 blocks, each of which may refer to the raw bytes before it in its chain.
public enum LZ4 {
  /// How far back a block may refer, in bytes.
  public static let dictionaryBytesMax = 65536

  /// The longest block that `rawCount` bytes can make.
  public static func blockBytesMax(_ rawCount: Int) -> Int {
    precondition(
      rawCount >= 0 && rawCount <= Int(LZ4_MAX_INPUT_SIZE), "\(rawCount) bytes in one block")
    return Int(LZ4_compressBound(CInt(rawCount)))
  }

  /// Decompresses `block` straight behind the last byte of `chain`.
  ///
  /// The last `prefix` bytes of the chain serve as dictionary, as they did when the block was made
  /// (of more than 64 KiB only the last are used). Nothing is copied, and nothing is allocated where
  /// the chain has room for `rawCount` more bytes.
  ///
  /// - Throws: `.badCompression`, at the block's offset, unless the block is whole, refers to
  ///   nothing before the prefix and gives exactly `rawCount` bytes; the chain is then as before.
  ///   A count that no block of this length can give is refused before room is made for it.
  public static func decompress(
    _ block: ByteReader, rawCount: Int, appendingTo chain: inout ByteWriter, prefix: Int
  ) throws(WireError) {
    precondition(
      prefix >= 0 && prefix <= chain.count, "a prefix of \(prefix) bytes of \(chain.count)")
    let blockCount = block.remaining
    guard blockCount <= CInt.max, rawCount >= 0, rawCount <= CInt.max,
      rawCount <= gainMax &* blockCount
    else { throw WireError(.badCompression, at: block.offset) }

    chain.reserve(rawCount)
    let dictionary = min(prefix, dictionaryBytesMax)
    let made = unsafe LZ4_decompress_safe_usingDict(
      block.cursor.assumingMemoryBound(to: CChar.self),
      (chain.memory + chain.length).assumingMemoryBound(to: CChar.self),
      CInt(truncatingIfNeeded: blockCount), CInt(truncatingIfNeeded: rawCount),
      (chain.memory + (chain.length - dictionary)).assumingMemoryBound(to: CChar.self),
      CInt(truncatingIfNeeded: dictionary))
    guard Int(made) == rawCount else { throw WireError(.badCompression, at: block.offset) }
    chain.length &+= rawCount
  }

  /// No byte of a block gives more bytes than this: a length grows by 255 for each byte spent on it.
  private static let gainMax = 255
}
