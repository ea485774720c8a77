import DaybookBytes
import DaybookWorld

/// Looks for frames where none is expected, byte by byte: behind damage.
enum FrameSearch {
  /// What was found.
  struct Found: Hashable, Sendable {
    /// Where it begins.
    var offset: UInt64
    /// `frame` or `footer`.
    var what: String
    /// The position of a frame's first record, where the frame begins a chain; else nil.
    var firstPosition: UInt64?
  }

  /// The first valid frame or footer at any offset from `start` on.
  ///
  /// - Parameter wanted: Which are looked for; any by default.
  /// - Complexity: O(bytes), each looked at as the first of a frame.
  static func first(
    in window: inout ReadWindow, of header: SegmentHeader, from start: UInt64, to end: UInt64,
    where wanted: (Found) -> Bool = { _ in true }
  ) throws(FileError) -> Found? {
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
        if let found = try check(candidate, &window, header), wanted(found) { return found }
      }
      offset += UInt64(count)
    }
    return nil
  }

  /// Where the first chain behind `offset` begins whose first position is one of `positions`.
  ///
  /// - Complexity: O(bytes), each looked at as the first of a frame.
  static func nextChain(
    in file: any File, of header: SegmentHeader, behind offset: UInt64,
    positions: ClosedRange<UInt64>
  ) throws(FileError) -> (first: UInt64, offset: UInt64)? {
    var window = ReadWindow(file)
    let found = try first(in: &window, of: header, from: offset + 1, to: try file.size()) { found in
      found.firstPosition.map(positions.contains) ?? false
    }
    return found.flatMap { found in found.firstPosition.map { ($0, found.offset) } }
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
  ) throws(FileError) -> Found? {
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
        guard (try? body.skip(frame.headerCount)) != nil else { return false }
        return frame.sum(with: body) == frame.sum
      }
      guard isValid else { return nil }
      return Found(
        offset: offset, what: "frame", firstPosition: frame.beginsChain ? frame.firstPosition : nil)
    }
    if case .success = try SegmentFooter.read(&window, at: offset, of: header) {
      return Found(offset: offset, what: "footer", firstPosition: nil)
    }
    return nil
  }
}
