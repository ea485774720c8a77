import CDaybookLZ4

/// Compresses the parts of a chain one by one, each with the parts before it as dictionary.
///
/// A chain is the raw bytes of a ``ByteWriter``, appended to part by part. What ``LZ4`` needs to
/// decompress a part is the raw bytes before it, of which the last 64 KiB count.
@safe
public struct LZ4Compressor: ~Copyable {
  private let stream: UnsafeMutablePointer<LZ4_stream_t>

  // The bytes that the stream refers to begin in this memory and end at this count. Nobody else
  // may be referred to: matches are looked up in the chain's present memory, never in remembered
  // bytes, so it is enough that the memory is the chain's.
  private var memory: UnsafeRawPointer?
  private var end = 0

  /// Creates a compressor, 16 KiB large, at the start of a chain.
  public init() {
    guard let stream = unsafe LZ4_createStream() else { preconditionFailure("out of memory") }
    unsafe self.stream = unsafe stream
    unsafe memory = nil
  }

  deinit { unsafe LZ4_freeStream(stream) }

  /// Forgets the chain; the next part may still have bytes of its chain before it.
  public mutating func reset() {
    unsafe memory = nil
  }

  /// Compresses the bytes of `chain` from `start` on and appends the block to `output`.
  ///
  /// The bytes before `start` are the block's dictionary. Parts that follow each other in a chain
  /// whose memory stays are compressed without a look back; where the memory has moved (the chain
  /// grew) or a part was left out, the last 64 KiB are indexed anew, which takes some 20
  /// microseconds: reserve a chain's room before it is filled. A part of 32 KiB and more, which hundreds
  /// of callers at once or an import bring together, is searched for repetitions at every other place:
  /// with 512 callers an eighth more actions a second, for 2 % more bytes.
  ///
  /// - Returns: The bytes of the block: at most `LZ4.blockBytesMax` of the part's count, which is
  ///   more than the part itself where it does not compress.
  @discardableResult
  public mutating func compress(
    chain: borrowing ByteWriter, from start: Int, into output: inout ByteWriter
  ) -> Int {
    precondition(start >= 0 && start <= chain.count, "a part from \(start) of \(chain.count)")
    let count = chain.count - start
    let room = LZ4.blockBytesMax(count)
    let part = unsafe UnsafePointer(
      (chain.memory + start).assumingMemoryBound(to: CChar.self))

    if start == 0 {
      unsafe LZ4_resetStream_fast(stream)
    } else if unsafe memory != UnsafeRawPointer(chain.memory) || end != start {
      let dictionary = min(start, LZ4.dictionaryBytesMax)
      unsafe _ = LZ4_loadDict(stream, part - dictionary, CInt(dictionary))
    }

    output.reserve(room)
    let block = unsafe (output.memory + output.length).assumingMemoryBound(to: CChar.self)
    let made = unsafe LZ4_compress_fast_continue(
      stream, part, block, CInt(count), CInt(room), LZ4Compressor.acceleration(count))
    precondition(made > 0, "LZ4 did not keep to its bound")
    output.length += Int(made)
    unsafe memory = UnsafeRawPointer(chain.memory)
    end = chain.count
    return Int(made)
  }

  /// How fast LZ4 goes on where it finds nothing, as its `acceleration` has it: 1 looks at every place.
  private static func acceleration(_ count: Int) -> CInt { count < 32_768 ? 1 : 2 }
}
