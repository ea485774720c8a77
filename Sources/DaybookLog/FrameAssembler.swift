import DaybookBytes
import DaybookEvents
import DaybookValues
import DaybookWorld

/// What a frame that was put together holds.
struct AssembledFrame {
  var byteCount: Int
  var rawCount: Int
  /// How many of the waiting actions it took.
  var actionCount: Int
  /// Whether it begins a chain.
  var begins: Bool
}

/// Puts waiting actions together into one frame: encodes the records, compresses them with their
/// chain as dictionary, and writes the header before them.
///
/// A frame that was put together becomes part of the chain by `commit`; without it the next one
/// takes its place.
struct FrameAssembler: ~Copyable {
  private var compressor = LZ4Compressor()
  // The raw bytes of the chain so far; room for all of it, so that its memory stays where it is.
  private var chain = ByteWriter(capacity: LogLimits.chainBytesMax)
  private var block = ByteWriter(capacity: 4096)
  private var output = ByteWriter(capacity: 4096)
  // What the next frame's first record is compared with; nil when the next frame begins a chain.
  private var base: RecordBase?
  private var committed = 0
  private var nextBase: RecordBase?
  private var opening: UInt64?

  /// - Parameter opening: Eight random bytes for the first frame.
  init(opening bytes: [UInt8]) {
    opening = bytes.reduce(0) { $0 << 8 | UInt64($1) }.byteSwapped
  }

  /// Lets the next frame begin a chain.
  mutating func startChain() {
    base = nil
  }

  /// Makes the frame that was put together last part of the chain.
  mutating func commit() {
    committed = chain.count
    base = nextBase
    opening = nil
  }

  /// Puts the first of `queue` together, as many as a frame may hold.
  ///
  /// - Parameters:
  ///   - first: The position of the first record.
  ///   - place: The checksum of the place where the frame will stand.
  mutating func assemble(
    _ queue: [EncodedAction], first: Position, place: CRC32C
  ) -> AssembledFrame {
    // To take an action out of an array, not of a span, counts a reference for each of its parts.
    let queue = queue.span
    let count = FrameAssembler.fitting(queue)
    // Where the chain cannot hold them, there is no need to try.
    var begins =
      base == nil
      || committed + FrameAssembler.rawBytesLeast(queue, count) > LogLimits.chainBytesMax
    if !begins {
      chain.truncate(to: committed)
      encode(queue, count, base ?? RecordBase())
      begins = chain.count > LogLimits.chainBytesMax
    }
    if begins {
      chain.removeAll()
      committed = 0
      encode(queue, count, RecordBase())
    }
    let rawCount = chain.count - committed
    block.removeAll()
    compressor.compress(chain: chain, from: committed, into: &block)
    let saves = block.count + ByteWriter.varintWidth(UInt64(rawCount)) < rawCount
    var records = 0
    for index in 0..<count { records += queue[index].headers.count }

    output.removeAll()
    let first = begins ? first.number : nil
    let lag = FrameAssembler.lag(of: queue[count - 1])
    if saves {
      FrameAssembler.append(
        block, from: 0, rawCount: rawCount, records: records, first: first, opening: opening,
        lag: lag, place: place, to: &output)
    } else {
      FrameAssembler.append(
        chain, from: committed, rawCount: nil, records: records, first: first, opening: opening,
        lag: lag, place: place, to: &output)
    }
    return AssembledFrame(
      byteCount: output.count, rawCount: rawCount, actionCount: count, begins: begins)
  }

  /// Writes the frame that was put together last.
  func write(to file: any File, at offset: UInt64) throws(FileError) {
    try output.withSpan { (bytes) throws(FileError) in try file.write(bytes, at: offset) }
  }

  private static func append(
    _ bytes: borrowing ByteWriter, from start: Int, rawCount: Int?, records: Int, first: UInt64?,
    opening: UInt64?, lag: UInt64?, place: CRC32C, to output: inout ByteWriter
  ) {
    bytes.withReader(in: start..<bytes.count) { body in
      FrameHeader.append(
        body: body, rawCount: rawCount, recordCount: records, firstPosition: first,
        opening: opening, lag: lag, place: place, to: &output)
    }
  }

  /// How far the clock stood behind the last record of an action, where that is to be told.
  private static func lag(of action: EncodedAction) -> UInt64? {
    guard let clock = action.clock, let last = action.headers.last else { return nil }
    let (lag, overflows) = last.recorded.milliseconds
      .subtractingReportingOverflow(clock.milliseconds)
    return min(overflows ? .max : UInt64(max(lag, 1)), FrameHeader.lagLimit - 1)
  }

  private mutating func encode(_ queue: Span<EncodedAction>, _ count: Int, _ base: RecordBase) {
    var base = base
    var isFirst = true
    for index in 0..<count {
      FrameAssembler.encode(queue[index], &base, &isFirst, to: &chain)
    }
    nextBase = base
  }

  private static func encode(
    _ action: EncodedAction, _ base: inout RecordBase, _ isFirst: inout Bool,
    to chain: inout ByteWriter
  ) {
    withReader(of: action.payloads) { payloads in
      var rest = payloads
      for index in action.headers.indices {
        let header = action.headers[index]
        let end = action.payloadEnds[index]
        guard let payload = try? rest.readBytes(end - rest.offset) else {
          preconditionFailure("payload \(header.position) ends beyond its action's bytes")
        }
        RecordEncoder.append(
          header, source: index == 0 ? action.source : nil, payload: payload, base: base,
          to: &chain)
        if isFirst {
          base = RecordBase(header)
          isFirst = false
        }
      }
    }
  }

  /// No encoding of the first `count` actions has fewer raw bytes: a record has a length, three
  /// bytes of flags and a number.
  private static func rawBytesLeast(_ queue: Span<EncodedAction>, _ count: Int) -> Int {
    var bytes = 0
    for index in 0..<count { bytes += queue[index].payloads.count + 5 * queue[index].headers.count }
    return bytes
  }

  /// How many of the actions fit into a frame; at least one, since each alone was checked. Where the clock
  /// begins or ceases to stand behind, so does a frame.
  private static func fitting(_ queue: Span<EncodedAction>) -> Int {
    var bytes = 0
    for index in queue.indices {
      if (queue[index].clock == nil) != (queue[0].clock == nil) { return index }
      bytes += LogLimits.rawBytesBound(queue[index])
      if bytes > LogLimits.frameBytesMax { return max(index, 1) }
    }
    return queue.count
  }
}
