import DaybookBytes
import DaybookValues
import DaybookWorld

extension LogWriter {
  /// Seals the segment and goes on in a new one, in the five steps of Format, section "Rotation".
  ///
  /// The room of the successor is taken before the first of them, and that of the footer was taken
  /// with each frame: once begun, no full disk stops it.
  ///
  /// - Parameter count: How many bytes the successor must have room for.
  /// - Returns: Whether it did. Where there is no room for a successor the segment goes on.
  mutating func rotate(for count: UInt64) throws(LogError) -> Bool {
    awaitHelper()
    let next = SegmentName(lastWritten.next)
    let allocated: UInt64
    do throws(FileError) {
      allocated = try OpenSegment.allocate(
        next, in: directory, world.files, count: count, step: options.preallocateBytes)
    } catch {
      if error.kind == .noSpace { return false }
      throw LogError(error, segment: "\(next)")
    }
    do throws(FileError) {
      // Synced already, unless nothing is.
      if options.durability == .none { try segment.file.sync() }
      try LogWriter.seal(segment.file, segment.header, tally, at: segment.end)
      segment.file.close()
      let header = LogWriter.successorHeader(of: segment.header, after: lastWritten, world)
      segment = try OpenSegment.begin(
        header, in: directory, world.files, allocated: allocated)
      tally = SegmentTally(firstPosition: segment.header.firstPosition.number)
    } catch {
      throw LogError(error, segment: "\(segment.name)")
    }
    world.instruments.count(Instruments.Name.rotations)
    return true
  }

  /// Writes the footer behind the last frame, syncs it, and cuts the file to its end.
  static func seal(
    _ file: any File, _ header: SegmentHeader, _ tally: SegmentTally, at end: UInt64
  ) throws(FileError) {
    let isMisled = file.misleads(into: .dropsIndexEntry)
    var footer = SegmentFooter.encodedIndex(isMisled ? tally.withoutLastChain : tally)
    var hash = SHA256()
    try update(&hash, with: file, to: end)
    footer.withReader { hash.update($0) }
    SegmentFooter.close(&footer, hash: hash.finalize(), at: end, place: header.place)
    try footer.withSpan { (bytes) throws(FileError) in try file.write(bytes, at: end) }
    try file.sync()
    try file.truncate(to: end + UInt64(footer.count))
    try file.sync()
  }

  /// Adds the first `end` bytes of the file to a hash.
  static func update(
    _ hash: inout SHA256, with file: any File, to end: UInt64
  ) throws(FileError) {
    var piece = ByteWriter(capacity: 1 << 20)
    var offset: UInt64 = 0
    while offset < end {
      piece.removeAll()
      let wanted = Int(min(end - offset, 1 << 20))
      guard try file.read(at: offset, count: wanted, into: &piece) == wanted else {
        throw FileError(operation: "read back", path: file.path, kind: .tooShort)
      }
      piece.withReader { hash.update($0) }
      offset += UInt64(wanted)
    }
  }

  /// Makes the segment that follows one which ends at `last`.
  static func successor(
    of header: SegmentHeader, after last: Position, in directory: LogDirectory, _ world: World,
    _ options: LogOptions
  ) throws(FileError) -> OpenSegment {
    try OpenSegment.create(
      successorHeader(of: header, after: last, world), in: directory, world.files,
      step: options.preallocateBytes)
  }

  private static func successorHeader(
    of header: SegmentHeader, after last: Position, _ world: World
  ) -> SegmentHeader {
    SegmentHeader(
      logID: header.logID, number: header.number + 1, firstPosition: last.next,
      created: world.clock.now(), checksumSeed: header.checksumSeed)
  }
}
