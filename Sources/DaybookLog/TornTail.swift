import DaybookBytes
import DaybookValues
import DaybookWorld

/// What stands behind the last valid frame of the last segment and was never acknowledged.
///
/// Source: Format, section "Opening".
struct TornTail: Hashable, Sendable {
  /// Where the bytes begin, behind the last valid frame.
  var offset: UInt64
  /// One past the last of them that is not zero.
  var end: UInt64
  /// What is wrong with them, as half a sentence.
  var detail: String

  /// Judges what stands at the scanner's place, where no frame and no end was found.
  ///
  /// - Throws: `.damaged` when a valid frame or footer follows anywhere behind it, or when the
  ///   records before it do not reach `floor`, the watermark: a crash does neither.
  static func judge(
    _ scanner: borrowing FrameScanner, in file: any File, floor: Position, detail: String
  ) throws(LogError) -> TornTail {
    let offset = scanner.offset
    let last = scanner.lastPosition
    var window = ReadWindow(file)
    let end: UInt64
    let ahead: Ahead?
    do throws(FileError) {
      end = try window.endOfNonzero(from: offset)
      ahead = try validAhead(&window, of: scanner.header, from: offset + 1, to: end)
    } catch {
      throw LogError(error, segment: scanner.name)
    }
    if let ahead {
      throw LogError(
        .damaged, segment: scanner.name, offset: offset, intactThrough: last,
        resumesAt: ahead.firstPosition.map { Position($0) },
        detail: "\(detail), and a valid \(ahead.what) follows at byte \(ahead.offset)")
    }
    guard last >= floor else {
      throw LogError(
        end > offset ? .damaged : .endsBelowWatermark, segment: scanner.name, offset: offset,
        intactThrough: last,
        detail: "\(detail), though everything up to position \(floor) was acknowledged")
    }
    return TornTail(offset: offset, end: end, detail: detail)
  }

  private struct Ahead {
    var offset: UInt64
    var what: String
    var firstPosition: UInt64?
  }

  /// The first valid frame or footer at any offset from `start` on.
  private static func validAhead(
    _ window: inout ReadWindow, of header: SegmentHeader, from start: UInt64, to end: UInt64
  ) throws(FileError) -> Ahead? {
    let place = header.place
    var offset = start
    while offset < end {
      let count = try window.fill(at: offset, count: min(Int(end - offset), 64 << 10))
      if count == 0 { return nil }
      // Candidates of this piece are looked at in a second pass, which may move the window.
      let found = window.withReader(at: offset, count: count) { bytes in
        candidates(in: bytes, at: offset, place: place)
      }
      for candidate in found {
        if let ahead = try check(candidate, &window, header) { return ahead }
      }
      offset += UInt64(count)
    }
    return nil
  }

  /// The offsets in `bytes` at which a frame's header or a footer seems to stand.
  private static func candidates(
    in bytes: ByteReader, at offset: UInt64, place: PlaceChecksum
  ) -> [UInt64] {
    var found: [UInt64] = []
    var rest = bytes
    while let byte = rest.peekedByte {
      let here = offset + UInt64(rest.offset - bytes.offset)
      if FrameHeader.canBegin(with: byte) {
        do throws(FrameHeader.Fault) {
          _ = try FrameHeader(reading: rest, place: place.at(here))
          found.append(here)
        } catch {
          // A header that the piece cuts in two is looked at again with all its bytes.
          if error == .truncated { found.append(here) }
        }
      } else if byte == SegmentFooter.firstByte {
        if rest.remaining < 80 || SegmentFooter.claimedByteCount(rest) != nil { found.append(here) }
      }
      _ = try? rest.readByte()
    }
    return found
  }

  private static func check(
    _ offset: UInt64, _ window: inout ReadWindow, _ header: SegmentHeader
  ) throws(FileError) -> Ahead? {
    let available = try window.fill(at: offset, count: FrameHeader.byteCountMax)
    let place = header.place.at(offset)
    let frame = window.withReader(at: offset, count: available) { bytes in
      try? FrameHeader(reading: bytes, place: place)
    }
    if let frame {
      guard try window.fill(at: offset, count: frame.byteCount) == frame.byteCount else {
        return nil
      }
      let isValid = window.withReader(at: offset, count: frame.byteCount) { bytes in
        var body = bytes
        var sum = frame.headerSum
        guard (try? body.skip(frame.headerCount)) != nil else { return false }
        sum.update(body)
        return sum.value == frame.sum
      }
      guard isValid else { return nil }
      return Ahead(
        offset: offset, what: "frame", firstPosition: frame.beginsChain ? frame.firstPosition : nil)
    }
    if case .success = try SegmentFooter.read(&window, at: offset, of: header) {
      return Ahead(offset: offset, what: "footer", firstPosition: nil)
    }
    return nil
  }
}
