import DaybookBytes
import DaybookValues
import DaybookWorld

/// A segment as it was found: its header, and its footer where it is sealed.
struct SegmentFacts: Hashable, Sendable {
  var name: SegmentName
  var header: SegmentHeader
  /// Bytes of the file.
  var size: UInt64
  /// What seals it; nil while it is being written.
  var footer: SegmentFooter?

  var firstPosition: UInt64 { header.firstPosition.number }

  /// Reads header and footer of a segment.
  ///
  /// - Parameter isLast: The last segment may be without a footer; any other may not.
  static func read(
    _ name: SegmentName, isLast: Bool, in directory: LogDirectory, _ files: any FileSystem
  ) throws(LogError) -> SegmentFacts {
    let found = try examine(name, isLast: isLast, in: directory, files)
    // A last segment is judged frame by frame; its end may be torn.
    guard !isLast, let fault = found.fault else { return found.facts }
    throw LogError(
      .damaged, segment: "\(name)", offset: fault.offset,
      intactThrough: name.firstPosition.previous, detail: fault.detail)
  }

  /// Reads the header of a segment, and its footer or why it has none.
  ///
  /// - Parameter isLast: Whether it may be without a footer.
  static func examine(
    _ name: SegmentName, isLast: Bool, in directory: LogDirectory, _ files: any FileSystem
  ) throws(LogError) -> (facts: SegmentFacts, fault: FooterFault?) {
    let file: any File
    let size: UInt64
    let header: SegmentHeader
    do throws(FileError) {
      file = try files.open(directory.segment(name), .read)
      size = try file.size()
    } catch {
      throw LogError(error, segment: "\(name)")
    }
    defer { file.close() }
    header = try readHeader(file, name)
    guard header.firstPosition == name.firstPosition else {
      throw LogError(
        .damaged, segment: "\(name)", offset: 48, intactThrough: name.firstPosition.previous,
        detail: "its header says that it begins at position \(header.firstPosition)")
    }
    var facts = SegmentFacts(name: name, header: header, size: size)
    switch try readFooter(file, header, name, size: size, searchesBehindZeros: !isLast) {
    case .success(let found): facts.footer = found
    case .failure(let fault): return (facts, fault)
    }
    return (facts, nil)
  }

  /// Reads the header of an open segment.
  static func readHeader(
    _ file: any File, _ name: SegmentName
  ) throws(LogError) -> SegmentHeader {
    var block = ByteWriter(capacity: SegmentHeader.byteCount)
    do throws(FileError) {
      _ = try file.read(at: 0, count: SegmentHeader.byteCount, into: &block)
    } catch {
      throw LogError(error, segment: "\(name)")
    }
    do throws(LogError) {
      return try block.withReader { (bytes) throws(LogError) in
        try SegmentHeader(reading: bytes, segment: "\(name)")
      }
    } catch {
      // It takes nothing from the segments before.
      var fault = error
      if fault.kind == .damaged { fault.intactThrough = name.firstPosition.previous }
      throw fault
    }
  }

  /// Where and how a segment's end is not a footer.
  struct FooterFault: Error {
    var offset: UInt64
    var detail: String
  }

  /// Reads the footer that ends the file.
  ///
  /// - Parameter searchesBehindZeros: Whether it may be followed by zeros, as after a stop between
  ///   the second and the third step of sealing; looked for backwards, through all of them.
  static func readFooter(
    _ file: any File, _ header: SegmentHeader, _ name: SegmentName, size: UInt64,
    searchesBehindZeros: Bool
  ) throws(LogError) -> Result<SegmentFooter, FooterFault> {
    do throws(FileError) {
      let end = searchesBehindZeros ? try endOfContent(file, size: size) : size
      let seal = UInt64(SegmentFooter.sealCount)
      var window = ReadWindow(file, aheadBytes: 4096)
      guard end >= seal else { return .failure(FooterFault(offset: 0, detail: "it is empty")) }
      let count = try window.fill(at: end - seal, count: SegmentFooter.sealCount)
      let offset = window.withReader(at: end - seal, count: count) {
        SegmentFooter.offset(fromSeal: $0)
      }
      guard let offset, offset < end else {
        return .failure(FooterFault(offset: end - seal, detail: "it does not end with a seal"))
      }
      let begun = try window.fill(at: offset, count: 8)
      guard window.withReader(at: offset, count: begun, { SegmentFooter.begins($0) }) else {
        return .failure(
          FooterFault(
            offset: offset, detail: "no footer stands where its seal says, at byte \(end - seal)"))
      }
      switch try SegmentFooter.read(&window, at: offset, of: header) {
      case .success(let footer) where footer.end == end: return .success(footer)
      case .success:
        return .failure(FooterFault(offset: offset, detail: "its footer has a wrong length"))
      case .failure(let fault):
        return .failure(FooterFault(offset: offset, detail: fault.detail))
      }
    } catch {
      throw LogError(error, segment: "\(name)")
    }
  }

  /// One past the last byte that is not zero.
  private static func endOfContent(_ file: any File, size: UInt64) throws(FileError) -> UInt64 {
    let piece: UInt64 = 64 << 10
    var end = size
    while end > 0 {
      let start = end > piece ? end - piece : 0
      var bytes = ByteWriter(capacity: Int(piece))
      _ = try file.read(at: start, count: Int(end - start), into: &bytes)
      let last = bytes.bytes.lastIndex { $0 != 0 }
      if let last { return start + UInt64(last) + 1 }
      end = start
    }
    return 0
  }

  /// Checks that each segment follows the one before it and belongs to the same log.
  static func checkOrder(_ segments: [SegmentFacts]) throws(LogError) {
    var expected: (number: UInt64, position: UInt64) = (1, 1)
    for segment in segments {
      func damaged(_ offset: UInt64, _ detail: String) -> LogError {
        LogError(
          .damaged, segment: "\(segment.name)", offset: offset,
          intactThrough: Position(expected.position - 1), detail: detail)
      }
      if segment.firstPosition != expected.position || segment.header.number != expected.number {
        throw damaged(
          40,
          "it is segment \(segment.header.number) from position \(segment.firstPosition) on, where "
            + "segment \(expected.number) from position \(expected.position) on must stand")
      }
      if segment.header.logID != segments[0].header.logID
        || segment.header.checksumSeed != segments[0].header.checksumSeed
      {
        throw damaged(24, "it belongs to another log, \(segment.header.logID)")
      }
      if let footer = segment.footer {
        expected = (segment.header.number + 1, footer.tally.lastPosition + 1)
      }
    }
  }
}

extension SegmentFacts {
  /// Whether a last file is shorter than a header, or all zeros: made, and never written.
  ///
  /// - Complexity: O(1) for a file that begins with anything but zeros; else O(bytes).
  static func holdsNothing(
    _ name: SegmentName, in directory: LogDirectory, _ files: any FileSystem
  ) throws(LogError) -> Bool {
    do throws(FileError) {
      let file = try files.open(directory.segment(name), .read)
      defer { file.close() }
      if try file.size() < UInt64(SegmentHeader.byteCount) { return true }
      // In small pieces: of nearly every file the first one answers.
      var window = ReadWindow(file, aheadBytes: SegmentHeader.byteCount)
      return try window.firstNonzero(from: 0) == nil
    } catch {
      throw LogError(error, segment: "\(name)")
    }
  }
}
