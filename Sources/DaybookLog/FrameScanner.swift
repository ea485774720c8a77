import DaybookBytes
import DaybookEvents
import DaybookValues
import DaybookWorld

/// Reads the frames of one segment in order: checks them, and undoes their compression into one
/// contiguous buffer.
///
/// It begins where a chain does. What it meets besides frames it reports and does not judge.
struct FrameScanner: ~Copyable {
  /// What stands at the next place.
  enum Step: Equatable {
    /// A frame, whose records can be read now.
    case frame
    /// A byte of zero: the end, if nothing but zeros follows.
    case zero
    /// The first byte of a footer.
    case footer
    /// The end of the file.
    case endOfFile
    /// Something that cannot be a frame, told in half a sentence.
    case damage(String)
  }

  let header: SegmentHeader
  let name: String
  private let place: PlaceChecksum
  private let skipsChecksum: Bool
  private var window: ReadWindow
  private var chain: ByteWriter
  private var rawStart = 0
  // What the first record of the frame read last is compared with; once its records were read, what
  // that of the next frame is.
  private var base = RecordBase()
  private var isWalked = true

  /// The frame read last, once there is one.
  private(set) var frame: FrameHeader?
  /// Where it begins.
  private(set) var frameOffset: UInt64
  /// The position of its first record.
  private(set) var frameFirst: UInt64
  /// Where the next frame begins.
  private(set) var offset: UInt64
  /// The position that its first record must have.
  private(set) var nextPosition: UInt64

  /// - Parameters:
  ///   - offset: Where a chain begins; the segment's first by default.
  ///   - position: Of the chain's first record; the segment's first by default.
  init(
    _ file: any File, _ header: SegmentHeader, name: String, offset: UInt64? = nil,
    position: UInt64? = nil, aheadBytes: Int = 256 << 10
  ) {
    self.header = header
    self.name = name
    place = header.place
    skipsChecksum = file.misleads(into: .skipsChecksum)
    window = ReadWindow(file, aheadBytes: aheadBytes)
    // Room for a whole chain, so that its memory stays where it is.
    chain = ByteWriter(capacity: LogLimits.chainBytesMax)
    self.offset = offset ?? UInt64(SegmentHeader.byteCount)
    nextPosition = position ?? header.firstPosition.number
    frameOffset = self.offset
    frameFirst = nextPosition
  }

  /// The position of the last record of the frame read last, or the one before where it began.
  var lastPosition: Position { Position(nextPosition - 1) }

  /// Forgets what was read ahead: the file has grown since.
  mutating func forgetReadAhead() { window.forget() }

  /// Reads what stands at `offset`, and moves on if it is a frame.
  ///
  /// - Throws: The file system's refusals only.
  mutating func step() throws(LogError) -> Step {
    do throws(FileError) {
      return try readFrame()
    } catch {
      throw LogError(error, segment: name)
    }
  }

  private mutating func readFrame() throws(FileError) -> Step {
    // The base of the next frame is this frame's first record, even if nobody reads the records.
    if !isWalked { findBase() }
    let available = try window.fill(at: offset, count: FrameHeader.byteCountMax)
    if available == 0 { return .endOfFile }
    let placeSum = place.at(offset)
    let found: FrameHeader
    do throws(FrameHeader.Fault) {
      found = try window.withReader(at: offset, count: available) {
        (bytes) throws(FrameHeader.Fault) in
        try FrameHeader(reading: bytes, place: placeSum)
      }
    } catch {
      return stepWithoutFrame(error, available: available)
    }
    guard try window.fill(at: offset, count: found.byteCount) == found.byteCount else {
      return .damage("a frame of \(found.byteCount) bytes is cut short")
    }
    if found.beginsChain {
      chain.removeAll()
    } else if frame == nil {
      return .damage("a frame that begins a chain was expected")
    } else if chain.count + found.rawCount > LogLimits.chainBytesMax {
      return .damage("a chain is longer than \(LogLimits.chainBytesMax) bytes")
    }
    if found.beginsChain, found.firstPosition != nextPosition {
      return .damage("position \(found.firstPosition) stands where \(nextPosition) must")
    }
    if nextPosition + UInt64(found.recordCount) - 1 > LogLimits.positionMax {
      return .damage("its positions go beyond \(LogLimits.positionMax)")
    }
    let damage = FrameScanner.unpack(
      found, at: offset, window, into: &chain, skipsChecksum: skipsChecksum)
    if let damage { return damage }

    rawStart = chain.count - found.rawCount
    if found.beginsChain { base = RecordBase() }
    isWalked = false
    frame = found
    frameOffset = offset
    frameFirst = nextPosition
    offset += UInt64(found.byteCount)
    nextPosition += UInt64(found.recordCount)
    return .frame
  }

  private func stepWithoutFrame(_ fault: FrameHeader.Fault, available: Int) -> Step {
    switch fault {
    case .truncated: return .damage("a frame's header is cut short")
    case .check: return .damage("the check of a frame's header is wrong")
    case .length: return .damage("a frame's header has an impossible length")
    case .flags:
      let first = window.withReader(at: offset, count: available) { $0.peekedByte }
      if first == 0 { return .zero }
      return first == SegmentFooter.firstByte ? .footer : .damage("there is no frame")
    }
  }

  /// Checks the body and appends its raw bytes to the chain; the damage, if any.
  private static func unpack(
    _ frame: FrameHeader, at offset: UInt64, _ window: borrowing ReadWindow,
    into chain: inout ByteWriter, skipsChecksum: Bool
  ) -> Step? {
    window.withReader(at: offset, count: frame.byteCount) { bytes in
      var body = bytes
      do throws(WireError) {
        try body.skip(frame.headerCount)
        let sum = frame.sum(with: body)
        guard sum == frame.sum || skipsChecksum else {
          return .damage("a frame's checksum is \(hex(sum)), expected \(hex(frame.sum))")
        }
        if frame.isCompressed {
          try LZ4.decompress(
            body, rawCount: frame.rawCount, appendingTo: &chain, prefix: chain.count)
        } else {
          chain.append(body)
        }
      } catch {
        return .damage("a frame cannot be decompressed")
      }
      return nil
    }
  }

  /// Where the records of a frame of the present chain are.
  struct Place: Sendable {
    var first: UInt64
    var recordCount: Int
    var offset: UInt64
    fileprivate var raw: Range<Int>
    fileprivate var base: RecordBase

    var last: UInt64 { first + UInt64(recordCount) - 1 }
  }

  /// The frame read last, to be found again until the next chain begins; asked for before its records
  /// are read.
  var framePlace: Place {
    precondition(!isWalked, "the records of the frame were read")
    return Place(
      first: frameFirst, recordCount: frame?.recordCount ?? 0, offset: frameOffset,
      raw: rawStart..<chain.count, base: base)
  }

  /// Lends the record at `position`, which is in the frame at `place`.
  func record<Result>(
    at position: Position, in place: Place, _ body: (RecordView) throws -> Result
  ) throws -> Result {
    try chain.withReader(in: place.raw) { bytes in
      var records = FrameRecords(
        bytes, base: place.base, first: place.first, count: place.recordCount)
      var record = RecordView.none
      do throws(WireError) {
        repeat { try records.next(into: &record) } while record.header.position < position
      } catch {
        throw malformed(error, at: place.offset, first: place.first)
      }
      return try body(record)
    }
  }

  /// Calls `body` with each record of the frame read last: once for each frame.
  ///
  /// - Throws: `LogError.damaged` where the records are not what they must be, though the checksums
  ///   are right; and what `body` throws.
  mutating func forEachRecord(_ body: (RecordView) throws -> Void) throws {
    var record = RecordView.none
    base = try walk { records in
      try read(&records, into: &record)
      try body(record)
    }
    isWalked = true
  }

  /// As `forEachRecord`, with each record lent in `event`.
  mutating func forEachEvent(
    in event: inout Event, _ body: (borrowing Event) throws -> Void
  ) throws {
    base = try walk { records in
      try read(&records, into: &event.place.value)
      try body(event)
    }
    isWalked = true
  }

  /// Appends the raw bytes of the frame read last to `bytes`, to be read elsewhere.
  func appendFrame(to bytes: inout [UInt8]) {
    chain.withReader(in: rawStart..<chain.count) { $0.append(to: &bytes) }
  }

  /// Lets `step` read each record of the frame read last; what the next frame is compared with.
  private func walk(_ step: (inout FrameRecords) throws -> Void) throws -> RecordBase {
    precondition(!isWalked, "the records of a frame are read once")
    let count = frame?.recordCount ?? 0
    return try chain.withReader(in: rawStart..<chain.count) { bytes in
      var records = FrameRecords(bytes, base: base, first: frameFirst, count: count)
      while !records.isAtEnd { try step(&records) }
      do throws(WireError) { try records.finish() } catch {
        throw malformed(error, at: frameOffset, first: frameFirst)
      }
      return records.firstRecord
    }
  }

  // Told apart from what the reader of the record throws, which may be a `WireError` of its own.
  private func read(
    _ records: inout FrameRecords, into record: inout RecordView
  ) throws(LogError) {
    do throws(WireError) { try records.next(into: &record) } catch {
      throw malformed(error, at: frameOffset, first: frameFirst)
    }
  }

  /// What damage it is that a frame's records cannot be read though its checksum is right.
  private func malformed(_ error: WireError, at offset: UInt64, first: UInt64) -> LogError {
    LogError(
      .damaged, segment: name, offset: offset, intactThrough: Position(first - 1),
      detail: "a record cannot be read: \(error)")
  }

  private mutating func findBase() {
    let count = frame?.recordCount ?? 0
    base = chain.withReader(in: rawStart..<chain.count) { bytes in
      var records = FrameRecords(bytes, base: base, first: frameFirst, count: count)
      var record = RecordView.none
      try? records.next(into: &record)
      return records.firstRecord
    }
    isWalked = true
  }

  /// The first byte from `start`, or else from `offset`, to the end of the file that is not zero.
  mutating func firstNonzero(from start: UInt64? = nil) throws(LogError) -> UInt64? {
    do throws(FileError) {
      return try window.firstNonzero(from: start ?? offset)
    } catch {
      throw LogError(error, segment: name)
    }
  }

  /// Reads the footer that begins at `offset`.
  mutating func readFooter() throws(LogError) -> Result<SegmentFooter, SegmentFooter.Fault> {
    do throws(FileError) {
      return try SegmentFooter.read(&window, at: offset, of: header)
    } catch {
      throw LogError(error, segment: name)
    }
  }
}

extension SegmentFooter {
  /// Reads the footer that begins at `offset`, if one does.
  static func read(
    _ window: inout ReadWindow, at offset: UInt64, of header: SegmentHeader
  ) throws(FileError) -> Result<SegmentFooter, Fault> {
    let begun = try window.fill(at: offset, count: 80)
    let claimed = window.withReader(at: offset, count: begun) { claimedByteCount($0) }
    guard let claimed else { return .failure(Fault(detail: "it has no footer")) }
    let size = try window.file.size()
    guard offset <= size, UInt64(claimed) <= size - offset else {
      return .failure(Fault(detail: "its footer is cut short"))
    }
    let count = try window.fill(at: offset, count: claimed)
    return window.withReader(at: offset, count: count) { bytes in
      do throws(Fault) {
        return .success(try SegmentFooter(reading: bytes, at: offset, of: header))
      } catch {
        return .failure(error)
      }
    }
  }
}
