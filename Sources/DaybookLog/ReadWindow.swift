import DaybookBytes
import DaybookWorld

/// The bytes of a file around where it is being read, fetched ahead in large pieces.
struct ReadWindow: ~Copyable {
  let file: any File
  private var buffer: ByteWriter
  /// Where the buffer's first byte stands in the file.
  private var start: UInt64 = 0
  private let aheadBytes: Int
  /// How much is read next: little where the end is near, more and more on the way.
  private var nextBytes: Int

  init(_ file: any File, aheadBytes: Int = 256 << 10) {
    self.file = file
    self.aheadBytes = aheadBytes
    nextBytes = aheadBytes
    buffer = ByteWriter(capacity: aheadBytes)
  }

  /// Forgets what was read: the file has grown since.
  mutating func forget() {
    buffer.removeAll()
    // Who follows a writer comes for a frame at a time: what lies behind it are zeros.
    nextBytes = min(4096, aheadBytes)
  }

  /// How many of the `count` bytes from `offset` there are: fewer only at the end of the file.
  ///
  /// They stay in the window until the next call.
  @inline(always)
  mutating func fill(at offset: UInt64, count: Int) throws(FileError) -> Int {
    // From before the window the distance wraps to more than any buffer holds.
    let from = offset &- start
    if from <= UInt64(buffer.count), count <= buffer.count - Int(truncatingIfNeeded: from) {
      return count
    }
    return try read(at: offset, count: count)
  }

  @inline(never)
  private mutating func read(at offset: UInt64, count: Int) throws(FileError) -> Int {
    buffer.removeAll()
    start = offset
    let read = try file.read(at: offset, count: max(count, nextBytes), into: &buffer)
    nextBytes = min(nextBytes * 4, aheadBytes)
    return min(read, count)
  }

  /// Lends `count` bytes from `offset`, which `fill` found.
  func withReader<Result, Failure: Error>(
    at offset: UInt64, count: Int, _ body: (ByteReader) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let from = Int(offset - start)
    return try buffer.withReader(in: from..<from + count, body)
  }

  /// Whether nothing but zeros stands from `offset` to the end of the file, or where not.
  mutating func firstNonzero(from offset: UInt64) throws(FileError) -> UInt64? {
    var next = offset
    while true {
      let count = try fill(at: next, count: aheadBytes)
      if count == 0 { return nil }
      let zeros = withReader(at: next, count: count) { $0.zeroCount }
      if zeros < count { return next + UInt64(zeros) }
      next += UInt64(count)
    }
  }

  /// One past the last byte that is not zero between `offset` and the end of the file; `offset`
  /// where all are zero.
  mutating func endOfNonzero(from offset: UInt64) throws(FileError) -> UInt64 {
    var end = offset
    while let found = try firstNonzero(from: end) {
      let count = try fill(at: found, count: aheadBytes)
      withReader(at: found, count: count) { bytes in
        var rest = bytes
        while let byte = try? rest.readByte() {
          if byte != 0 { end = found + UInt64(rest.offset) }
        }
      }
    }
    return end
  }
}
