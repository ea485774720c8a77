/// A cursor over borrowed bytes, every step of which is checked against their end.
///
/// A reader is lent for the length of a closure and must never be stored longer: it does not keep
/// the memory alive. Offsets count from where the first reader began, so that an error in a nested
/// message names its place in the whole.
///
/// What goes wrong is marked as what hardly ever happens (`_fastPath`): whoever reads a dozen numbers in
/// a row then keeps what it has in registers, and clears them for an error only where there is one.
@safe @frozen
public struct ByteReader {
  @usableFromInline var cursor: UnsafeRawPointer
  @usableFromInline let end: UnsafeRawPointer
  @usableFromInline let base: UnsafeRawPointer

  @inlinable
  init(cursor: UnsafeRawPointer, end: UnsafeRawPointer, base: UnsafeRawPointer) {
    unsafe self.cursor = cursor
    unsafe self.end = end
    unsafe self.base = base
  }

  /// Lends the memory from `start` for `count` bytes; the caller keeps it alive.
  @inlinable
  @unsafe
  public init(start: UnsafeRawPointer, count: Int) {
    unsafe self.init(cursor: start, end: start + count, base: start)
  }

  /// Bytes read so far, from where the first reader began.
  @inlinable
  @inline(always)
  public var offset: Int { unsafe cursor - base }

  /// Bytes left to read.
  @inlinable
  @inline(always)
  public var remaining: Int { unsafe end - cursor }

  /// Whether nothing is left.
  @inlinable
  public var isAtEnd: Bool { unsafe cursor == end }

  /// Reads one byte.
  @inlinable
  @inline(always)
  public mutating func readByte() throws(WireError) -> UInt8 {
    guard _fastPath(unsafe cursor < end) else { throw WireError(.truncated, at: offset) }
    let byte = unsafe cursor.load(as: UInt8.self)
    unsafe cursor += 1
    return byte
  }

  /// Moves on by the byte that `peekedByte` has shown.
  @inlinable
  public mutating func skipPeeked() {
    precondition(unsafe cursor < end, "nothing was peeked")
    unsafe cursor += 1
  }

  /// The next byte, without moving on; nil at the end.
  @inlinable
  public var peekedByte: UInt8? {
    unsafe cursor < end ? unsafe cursor.load(as: UInt8.self) : nil
  }

  /// Reads a varint: seven bits a byte, lowest first, in the fewest bytes that hold its value.
  @inlinable
  @inline(always)
  public mutating func readVarint() throws(WireError) -> UInt64 {
    // Up to three bytes are told apart by branches, in line: the numbers of one field are mostly of
    // one length, which is foretold, so that nothing waits for their bytes.
    guard _fastPath(unsafe cursor < end) else { throw WireError(.truncated, at: offset) }
    let first = UInt64(unsafe cursor.load(as: UInt8.self))
    if first < 0x80 {
      unsafe cursor += 1
      return first
    }
    let left = remaining
    if left > 1 {
      let second = UInt64(unsafe cursor.load(fromByteOffset: 1, as: UInt8.self))
      let two = first ^ 0x80 | second << 7
      if second < 0x80, second > 0 {
        unsafe cursor += 2
        return two
      }
      if left > 2, second >= 0x80 {
        let third = UInt64(unsafe cursor.load(fromByteOffset: 2, as: UInt8.self))
        if third < 0x80, third > 0 {
          unsafe cursor += 3
          return two ^ 0x4000 | third << 14
        }
      }
    }
    let (value, width) = try longVarint()
    unsafe cursor += width
    return value
  }

  /// Reads a varint as `readVarint` does, in less code: for what is hardly ever above 127.
  @inlinable
  @inline(always)
  public mutating func readSmallVarint() throws(WireError) -> UInt64 {
    guard _fastPath(unsafe cursor < end) else { throw WireError(.truncated, at: offset) }
    let first = UInt64(unsafe cursor.load(as: UInt8.self))
    if _fastPath(first < 0x80) {
      unsafe cursor += 1
      return first
    }
    let (value, width) = try longVarint()
    unsafe cursor += width
    return value
  }

  /// Reads a varint as `readVarint` does, without a branch for its length: for numbers of all lengths,
  /// of which none is foretold.
  @inlinable
  @inline(always)
  public mutating func readVariedVarint() throws(WireError) -> UInt64 {
    guard _fastPath(remaining >= 8) else { return try readVarint() }
    let word = UInt64(littleEndian: unsafe cursor.loadUnaligned(as: UInt64.self))
    let ends = ~word & 0x8080_8080_8080_8080
    let bits = word & (ends &- 1) & 0x7f7f_7f7f_7f7f_7f7f
    let width = (ends.trailingZeroBitCount &+ 1) &>> 3
    // Nine bytes and more are told apart there, and so is a last byte of zero.
    guard _fastPath(ends != 0 && (bits > (ends ^ (ends &- 1)) &>> 8 || width == 1)) else {
      return try readVarint()
    }
    unsafe cursor += width
    let pairs = (bits & 0x007f_007f_007f_007f) | (bits & 0x7f00_7f00_7f00_7f00) &>> 1
    let fours = (pairs & 0x0000_3fff_0000_3fff) | (pairs & 0x3fff_0000_3fff_0000) &>> 2
    return (fours & 0x0fff_ffff) | (fours & 0x0fff_ffff_0000_0000) &>> 4
  }

  /// The value and the width of a varint of more than one byte.
  ///
  /// It takes the reader by value, so that the cursor of who calls it may stay in a register.
  @usableFromInline
  func longVarint() throws(WireError) -> (value: UInt64, width: Int) {
    // Two to eight bytes are found and put together within one word. Near the end the word is the
    // last one, moved down; the zeros that come in end what is cut short.
    let left = remaining
    guard offset + left >= 8 else { return try varintByBytes() }
    let surplus = max(8 &- left, 0)
    let start = unsafe cursor - surplus
    let word =
      UInt64(littleEndian: unsafe start.loadUnaligned(as: UInt64.self)) &>> UInt64(8 &* surplus)
    let ends = ~word & 0x8080_8080_8080_8080
    guard ends != 0 else { return try varintByBytes() }
    // All ones up to the top bit of the last byte.
    let inside = ends ^ (ends &- 1)
    let bits = word & inside & 0x7f7f_7f7f_7f7f_7f7f
    let width = (ends.trailingZeroBitCount &+ 1) / 8
    if width > left { throw WireError(.truncated, at: offset) }
    // A last byte of zero adds nothing: a shorter form exists.
    if bits &>> UInt64(8 &* (width &- 1)) == 0 { throw WireError(.overlongVarint, at: offset) }
    let pairs = (bits & 0x007f_007f_007f_007f) | (bits & 0x7f00_7f00_7f00_7f00) >> 1
    let fours = (pairs & 0x0000_3fff_0000_3fff) | (pairs & 0x3fff_0000_3fff_0000) >> 2
    return ((fours & 0x0fff_ffff) | (fours & 0x0fff_ffff_0000_0000) >> 4, width)
  }

  private func varintByBytes() throws(WireError) -> (value: UInt64, width: Int) {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    var next = unsafe cursor
    while unsafe next < end {
      let byte = unsafe next.load(as: UInt8.self)
      unsafe next += 1
      let bits = UInt64(byte & 0x7f)
      // The tenth byte holds the 64th bit and nothing else.
      if shift == 63, byte > 1 { throw WireError(.overlongVarint, at: offset) }
      value |= bits << shift
      if byte < 0x80 {
        // A last byte of zero adds nothing: a shorter form exists.
        if byte == 0, shift > 0 { throw WireError(.overlongVarint, at: offset) }
        return (value, unsafe next - cursor)
      }
      shift += 7
    }
    throw WireError(.truncated, at: offset)
  }

  /// Reads a signed number written zigzag: 0, -1, 1, -2 ... as 0, 1, 2, 3 ...
  @inlinable
  @inline(always)
  public mutating func readZigzag() throws(WireError) -> Int64 {
    ByteReader.signed(try readVarint())
  }

  /// Reads a signed number as `readZigzag` does, of any length.
  @inlinable
  @inline(always)
  public mutating func readVariedZigzag() throws(WireError) -> Int64 {
    ByteReader.signed(try readVariedVarint())
  }

  @inlinable
  @inline(always)
  static func signed(_ raw: UInt64) -> Int64 {
    Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
  }

  /// Reads a fixed-width integer, lowest byte first.
  @inlinable
  @inline(always)
  public mutating func readLittleEndian<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type
  ) throws(WireError) -> Number {
    let width = MemoryLayout<Number>.size
    guard _fastPath(remaining >= width) else { throw WireError(.truncated, at: offset) }
    let value = unsafe cursor.loadUnaligned(as: type)
    unsafe cursor += width
    return Number(littleEndian: value)
  }

  /// Takes the next `count` bytes as a reader of their own.
  @inlinable
  @inline(always)
  public mutating func readBytes(_ count: Int) throws(WireError) -> ByteReader {
    guard _fastPath(count >= 0 && count <= remaining) else {
      throw WireError(.truncated, at: offset)
    }
    let start = unsafe cursor
    unsafe cursor += count
    return unsafe ByteReader(cursor: start, end: cursor, base: base)
  }

  /// Moves on by `count` bytes.
  @inlinable
  public mutating func skip(_ count: Int) throws(WireError) {
    guard _fastPath(count >= 0 && count <= remaining) else {
      throw WireError(.truncated, at: offset)
    }
    unsafe cursor += count
  }

  /// The same bytes with offsets counted from here.
  @inlinable
  public var rebased: ByteReader {
    unsafe ByteReader(cursor: cursor, end: end, base: cursor)
  }

  /// The bytes left, copied.
  public func copyRemaining() -> [UInt8] {
    unsafe [UInt8](UnsafeRawBufferPointer(start: cursor, count: remaining))
  }

  /// Appends the bytes left to `bytes`.
  public func append(to bytes: inout [UInt8]) {
    unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: cursor, count: remaining))
  }

  /// The bytes left as text; nil where they are not UTF-8.
  @inlinable
  public func text() -> String? {
    let bytes = unsafe UnsafeBufferPointer(
      start: cursor.assumingMemoryBound(to: UInt8.self), count: remaining)
    return unsafe String(validating: bytes, as: UTF8.self)
  }

  /// Lends the bytes left as a span.
  @inlinable
  public func withSpan<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let span = unsafe Span<UInt8>(
      _unsafeStart: cursor.assumingMemoryBound(to: UInt8.self), count: remaining)
    return try body(span)
  }

  /// Whether the bytes left equal those of `other`.
  public func hasSameBytes(as other: ByteReader) -> Bool {
    let mine = unsafe UnsafeRawBufferPointer(start: cursor, count: remaining)
    let theirs = unsafe UnsafeRawBufferPointer(start: other.cursor, count: other.remaining)
    return unsafe mine.elementsEqual(theirs)
  }
}

/// Lends `bytes` to `body` as a reader.
@inlinable
public func withReader<Result, Failure: Error>(
  of bytes: Span<UInt8>, _ body: (ByteReader) throws(Failure) -> Result
) throws(Failure) -> Result {
  try unsafe bytes.withUnsafeBytes { (raw) throws(Failure) in
    // An empty span may have no address; any non-null one serves for zero bytes.
    let start = unsafe raw.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!
    return try body(unsafe ByteReader(start: start, count: raw.count))
  }
}

/// Lends `bytes` to `body` as a reader.
@inlinable
public func withReader<Result, Failure: Error>(
  of bytes: [UInt8], _ body: (ByteReader) throws(Failure) -> Result
) throws(Failure) -> Result {
  try withReader(of: bytes.span, body)
}
