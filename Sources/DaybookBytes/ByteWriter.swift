/// A growing run of bytes, made to be emptied and used again.
///
/// It owns raw memory, so that writing a byte is a compare and a store. Its memory moves when it
/// grows: a reader or span of it is valid only inside the closure that lends it.
@safe @frozen
public struct ByteWriter: ~Copyable {
  @usableFromInline var memory: UnsafeMutableRawPointer
  /// Bytes written.
  @inlinable public var count: Int { length }
  @usableFromInline var length: Int
  @usableFromInline var capacity: Int

  /// Creates an empty writer with room for `capacity` bytes.
  @inlinable
  public init(capacity: Int = 0) {
    unsafe memory = UnsafeMutableRawPointer.allocate(byteCount: max(capacity, 1), alignment: 16)
    self.capacity = max(capacity, 1)
    length = 0
  }

  @inlinable
  deinit { unsafe memory.deallocate() }

  /// Forgets every byte and keeps the room.
  @inlinable
  public mutating func removeAll() { length = 0 }

  /// Forgets the bytes from `count` on.
  @inlinable
  public mutating func truncate(to count: Int) {
    precondition(count >= 0 && count <= length, "truncate to \(count) of \(length)")
    length = count
  }

  /// Makes room for `additional` more bytes.
  @inlinable
  public mutating func reserve(_ additional: Int) {
    if capacity - length < additional { grow(additional) }
  }

  @usableFromInline
  mutating func grow(_ additional: Int) {
    let wanted = max(capacity * 2, length + additional, 64)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: wanted, alignment: 16)
    unsafe larger.copyMemory(from: memory, byteCount: length)
    unsafe memory.deallocate()
    unsafe memory = larger
    capacity = wanted
  }

  /// Appends one byte.
  @inlinable
  public mutating func append(_ byte: UInt8) {
    if length == capacity { grow(1) }
    unsafe memory.storeBytes(of: byte, toByteOffset: length, as: UInt8.self)
    length += 1
  }

  @inlinable
  mutating func append(raw bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress, bytes.count > 0 else { return }
    reserve(bytes.count)
    unsafe (memory + length).copyMemory(from: start, byteCount: bytes.count)
    length += bytes.count
  }

  /// Appends `bytes`.
  @inlinable
  public mutating func append(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBytes { unsafe append(raw: $0) }
  }

  /// Appends `bytes`.
  @inlinable
  public mutating func append(_ bytes: [UInt8]) {
    append(bytes.span)
  }

  /// Appends what `reader` has left.
  @inlinable
  public mutating func append(_ reader: ByteReader) {
    unsafe append(raw: UnsafeRawBufferPointer(start: reader.cursor, count: reader.remaining))
  }

  /// Appends the UTF-8 bytes of `text`.
  @inlinable
  public mutating func append(utf8 text: String) {
    var text = text
    text.withUTF8 { unsafe append(raw: UnsafeRawBufferPointer($0)) }
  }

  /// Appends the UTF-8 bytes of a text that stands in the program; cheaper than a `String` of it.
  @inlinable
  public mutating func append(literal text: StaticString) {
    text.withUTF8Buffer { unsafe append(raw: UnsafeRawBufferPointer($0)) }
  }

  /// Appends `value` in the fewest bytes, seven bits a byte, lowest first.
  @inlinable
  public mutating func appendVarint(_ value: UInt64) {
    if value < 0x80 {
      append(UInt8(truncatingIfNeeded: value))
    } else {
      appendLongVarint(value)
    }
  }

  @usableFromInline
  mutating func appendLongVarint(_ value: UInt64) {
    reserve(10)
    var rest = value
    while rest >= 0x80 {
      unsafe memory.storeBytes(
        of: UInt8(truncatingIfNeeded: rest) | 0x80, toByteOffset: length, as: UInt8.self)
      length += 1
      rest >>= 7
    }
    unsafe memory.storeBytes(
      of: UInt8(truncatingIfNeeded: rest), toByteOffset: length, as: UInt8.self)
    length += 1
  }

  /// Appends a signed number zigzag: 0, -1, 1, -2 ... as 0, 1, 2, 3 ...
  @inlinable
  public mutating func appendZigzag(_ value: Int64) {
    appendVarint(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  /// Appends a fixed-width integer, lowest byte first.
  @inlinable
  public mutating func appendLittleEndian<Number: FixedWidthInteger & BitwiseCopyable>(
    _ value: Number
  ) {
    reserve(MemoryLayout<Number>.size)
    unsafe memory.storeBytes(of: value.littleEndian, toByteOffset: length, as: Number.self)
    length += MemoryLayout<Number>.size
  }

  /// Replaces the bytes at `offset` by a fixed-width integer, lowest byte first.
  @inlinable
  public mutating func overwriteLittleEndian<Number: FixedWidthInteger & BitwiseCopyable>(
    _ value: Number, at offset: Int
  ) {
    precondition(
      offset >= 0 && offset + MemoryLayout<Number>.size <= length, "overwrite past the end")
    unsafe memory.storeBytes(of: value.littleEndian, toByteOffset: offset, as: Number.self)
  }

  /// Leaves room for the length of what follows; `endLength` fills it in.
  @inlinable
  public mutating func beginLength() -> Int {
    append(0)
    return length
  }

  /// Writes the length of what was appended since `mark` before it.
  ///
  /// One byte was kept, which serves bodies of up to 127 bytes; a longer body is shifted.
  @inlinable
  public mutating func endLength(_ mark: Int) {
    let body = length - mark
    // Unsigned, so that a mark beyond the end is not taken for a short body.
    if UInt(bitPattern: body) < 0x80, mark > 0 {
      unsafe memory.storeBytes(
        of: UInt8(truncatingIfNeeded: body), toByteOffset: mark - 1, as: UInt8.self)
    } else {
      shiftForLength(mark, body)
    }
  }

  @usableFromInline
  mutating func shiftForLength(_ mark: Int, _ body: Int) {
    precondition(body >= 0 && mark >= 1, "a mark of another writer")
    let width = ByteWriter.varintWidth(UInt64(body))
    reserve(width - 1)
    unsafe (memory + mark - 1 + width).copyMemory(from: memory + mark, byteCount: body)
    length = mark - 1
    appendLongVarint(UInt64(body))
    length += body
  }

  /// How many bytes the varint of `value` takes.
  @inlinable
  public static func varintWidth(_ value: UInt64) -> Int {
    (70 - max(value, 1).leadingZeroBitCount) / 7
  }

  /// Lets `fill` write up to `room` bytes behind the last one and appends as many as it says.
  ///
  /// For system and C calls that fill memory themselves.
  @inlinable
  @unsafe
  public mutating func appendFilling<Failure: Error>(
    _ room: Int, _ fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) {
    reserve(room)
    let filled = try unsafe fill(UnsafeMutableRawBufferPointer(start: memory + length, count: room))
    precondition(filled >= 0 && filled <= room, "filled \(filled) bytes of \(room)")
    length += filled
  }

  /// Lends all bytes written.
  @inlinable
  public func withReader<Result, Failure: Error>(
    _ body: (ByteReader) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(unsafe ByteReader(start: memory, count: length))
  }

  /// Lends the bytes in `range`.
  @inlinable
  public func withReader<Result, Failure: Error>(
    in range: Range<Int>, _ body: (ByteReader) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(range.lowerBound >= 0 && range.upperBound <= length, "range past the end")
    return try body(unsafe ByteReader(start: memory + range.lowerBound, count: range.count))
  }

  /// Lends all bytes written as a span.
  @inlinable
  public func withSpan<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withReader { (reader) throws(Failure) in try reader.withSpan(body) }
  }

  /// Lends the bytes in `range` as a span.
  @inlinable
  public func withSpan<Result, Failure: Error>(
    in range: Range<Int>, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withReader(in: range) { (reader) throws(Failure) in try reader.withSpan(body) }
  }

  /// The bytes written, copied.
  public var bytes: [UInt8] { withReader { $0.copyRemaining() } }

  /// The bytes in `range`, copied.
  public func bytes(in range: Range<Int>) -> [UInt8] {
    withReader(in: range) { $0.copyRemaining() }
  }
}
