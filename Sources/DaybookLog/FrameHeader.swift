import DaybookBytes

/// The header of a frame: how long it is, what it holds, and whether to believe it.
///
/// Source: Format, section "Frame".
struct FrameHeader: Sendable {
  var isCompressed: Bool
  /// Bytes of the body as stored.
  var storedCount: Int
  /// Bytes of its records.
  var rawCount: Int
  var recordCount: Int
  /// The position of the first record, where the frame begins a chain; else 0.
  var firstPosition: UInt64
  /// The random bytes of the first frame after an opening, as a number; nil in every other.
  var opening: UInt64?
  /// By how many milliseconds the clock stood behind the recorded time of the last record; nil where
  /// the records bear the clock's times.
  var lag: UInt64?
  /// Bytes of the header itself.
  var headerCount: Int
  /// The checksum that the whole frame must have.
  var sum: UInt32
  // Of the header, and the sum of its place and the bytes that the check covers.
  private var check: UInt16
  private var coveredSum: CRC32C

  var beginsChain: Bool { firstPosition != 0 }
  /// Bytes of header and body.
  var byteCount: Int { headerCount + storedCount }

  /// No header is longer.
  static let byteCountMax = 41
  /// A record of one length byte, three of flags and one of its stream's number.
  static let recordBytesMin = 5

  private static let marker: UInt8 = 0x80
  private static let compressed: UInt8 = 0x01
  private static let beginning: UInt8 = 0x02
  private static let opened: UInt8 = 0x04
  private static let lagging: UInt8 = 0x08
  private static let unused: UInt8 = 0x70

  /// More than any two times that a record can bear lie apart, in milliseconds.
  static let lagLimit: UInt64 = 1 << 49

  /// Whether a frame can begin with `byte`.
  static func canBegin(with byte: UInt8) -> Bool { byte & (marker | unused) == marker }

  /// Why bytes are no frame header.
  enum Fault: Error, Hashable, Sendable {
    /// They end before the header does.
    case truncated
    /// The flags are not a frame's.
    case flags
    /// The check does not fit the bytes and their place.
    case check
    /// The check fits, but a length is beyond its limit.
    case length
  }

  /// Reads the header at the start of `bytes`, whose checksums go on from `place`.
  init(reading bytes: ByteReader, place: CRC32C) throws(Fault) {
    var reader = bytes
    var whole = bytes
    guard let flags = reader.peekedByte else { throw .truncated }
    guard FrameHeader.canBegin(with: flags) else { throw .flags }
    let lengthsMax: UInt64 = 1 << 49
    var stored: UInt64 = 0
    var raw: UInt64 = 0
    var records: UInt64 = 0
    var first: UInt64 = 0
    var opening: UInt64?
    var lag: UInt64?
    let covered: ByteReader
    let check: UInt16
    let sum: UInt32
    do throws(WireError) {
      try reader.skip(1)
      stored = try reader.readVarint()
      raw = flags & FrameHeader.compressed != 0 ? try reader.readVarint() : stored
      records = try reader.readSmallVarint()
      if flags & FrameHeader.beginning != 0 { first = try reader.readVarint() }
      if flags & FrameHeader.opened != 0 { opening = try reader.readLittleEndian(UInt64.self) }
      if flags & FrameHeader.lagging != 0 { lag = try reader.readVarint() }
      covered = try whole.readBytes(reader.offset - bytes.offset)
      check = try reader.readLittleEndian(UInt16.self)
      sum = try reader.readLittleEndian(UInt32.self)
    } catch {
      throw error.kind == .truncated ? .truncated : .flags
    }
    var coveredSum = place
    coveredSum.update(covered)
    guard _fastPath(coveredSum.folded == check) else { throw .check }

    let limit = UInt64(LogLimits.frameBytesMax)
    guard stored >= 1, stored <= limit, raw <= limit, records >= 1, records < lengthsMax,
      records * UInt64(FrameHeader.recordBytesMin) <= raw,
      flags & FrameHeader.compressed == 0 || raw > stored,
      (flags & FrameHeader.beginning != 0) == (first != 0),
      flags & FrameHeader.opened == 0 || first != 0,
      first <= LogLimits.positionMax, lag.map({ $0 >= 1 && $0 < FrameHeader.lagLimit }) ?? true
    else { throw .length }
    isCompressed = flags & FrameHeader.compressed != 0
    storedCount = Int(stored)
    rawCount = Int(raw)
    recordCount = Int(records)
    firstPosition = first
    self.opening = opening
    self.lag = lag
    headerCount = covered.remaining &+ 6
    self.sum = sum
    self.check = check
    self.coveredSum = coveredSum
  }

  /// The checksum of the whole frame, if `body` is its body.
  func sum(with body: ByteReader) -> UInt32 {
    // The check stands between the bytes it covers and the body; the sum covers it too.
    var sum = coveredSum
    sum.update(littleEndian: check, then: body)
    return sum.value
  }

  /// Appends a whole frame with `body` to `output`.
  ///
  /// - Parameter rawCount: The body's raw bytes where it is compressed; nil where it is raw.
  static func append(
    body: ByteReader, rawCount: Int?, recordCount: Int, firstPosition: UInt64?, opening: UInt64?,
    lag: UInt64?, place: CRC32C, to output: inout ByteWriter
  ) {
    let start = output.count
    var flags = marker
    if rawCount != nil { flags |= compressed }
    if firstPosition != nil { flags |= beginning }
    if opening != nil { flags |= opened }
    if lag != nil { flags |= lagging }
    output.append(flags)
    output.appendVarint(UInt64(body.remaining))
    if let rawCount { output.appendVarint(UInt64(rawCount)) }
    output.appendVarint(UInt64(recordCount))
    if let firstPosition { output.appendVarint(firstPosition) }
    if let opening { output.appendLittleEndian(opening) }
    if let lag { output.appendVarint(lag) }
    var sum = place
    output.withReader(in: start..<output.count) { sum.update($0) }
    output.appendLittleEndian(sum.folded)
    output.withReader(in: output.count - 2..<output.count) { sum.update($0) }
    sum.update(body)
    output.appendLittleEndian(sum.value)
    output.append(body)
  }
}
