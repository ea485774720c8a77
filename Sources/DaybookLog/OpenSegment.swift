import DaybookBytes
import DaybookValues
import DaybookWorld

/// The segment that is being written.
struct OpenSegment: Sendable {
  let name: SegmentName
  let header: SegmentHeader
  let file: any File
  /// Where the next frame belongs.
  var end: UInt64
  /// Up to where the file has room, in zeros.
  var allocated: UInt64

  /// What the checksums of the next frame go on from.
  var placeSum: CRC32C { header.place.at(end) }

  /// Sees to it that `count` more bytes find room that was zeroed before: a step more than is
  /// needed, or on a disk that is nearly full, no more than is needed.
  mutating func makeRoom(for count: UInt64, step: UInt64) throws(FileError) {
    if hasRoom(for: count) { return }
    let wanted = end + count
    do throws(FileError) {
      try extend(to: OpenSegment.roundUp(wanted, to: step))
    } catch {
      guard error.kind == .noSpace else { throw error }
      try extend(to: OpenSegment.roundUp(wanted, to: OpenSegment.block))
    }
  }

  /// Whether `count` more bytes find room.
  func hasRoom(for count: UInt64) -> Bool { end + count <= allocated }

  private mutating func extend(to target: UInt64) throws(FileError) {
    try Preallocation.extend(file, from: allocated, to: target)
    allocated = max(allocated, target)
  }

  private static let block: UInt64 = 4096

  private static func roundUp(_ count: UInt64, to step: UInt64) -> UInt64 {
    let step = max(step, 1)
    return (count + step - 1) / step * step
  }

  /// Makes a segment: written aside with header and room, synced, renamed, the directory synced.
  static func create(
    _ header: SegmentHeader, in directory: LogDirectory, _ files: any FileSystem, step: UInt64
  ) throws(FileError) -> OpenSegment {
    let name = SegmentName(header.firstPosition)
    let allocated = try allocate(name, in: directory, files, count: 0, step: step)
    return try begin(header, in: directory, files, allocated: allocated)
  }

  /// Takes the room of a segment that comes next, aside and in zeros, before it is needed.
  ///
  /// - Parameter count: For how many bytes behind the header; a step more where the disk has it.
  /// - Returns: How many bytes it has, with the header.
  /// - Throws: `.noSpace` with the room given back.
  static func allocate(
    _ name: SegmentName, in directory: LogDirectory, _ files: any FileSystem, count: UInt64,
    step: UInt64
  ) throws(FileError) -> UInt64 {
    let aside = directory.segment(name) + SegmentName.asideSuffix
    // Left by a stop in the middle of this; it never was part of the log.
    if files.exists(aside) { try files.remove(aside) }
    let wanted = UInt64(SegmentHeader.byteCount) + count
    let made = try files.open(aside, .create)
    defer { made.close() }
    do throws(FileError) {
      let target = roundUp(wanted, to: step)
      do throws(FileError) {
        try Preallocation.extend(made, from: 0, to: target)
        return target
      } catch {
        guard error.kind == .noSpace else { throw error }
        let least = roundUp(wanted, to: block)
        try Preallocation.extend(made, from: 0, to: least)
        return least
      }
    } catch {
      try? files.remove(aside)
      throw error
    }
  }

  /// Writes the header into the room that was taken, and gives the segment its name.
  static func begin(
    _ header: SegmentHeader, in directory: LogDirectory, _ files: any FileSystem, allocated: UInt64
  ) throws(FileError) -> OpenSegment {
    let name = SegmentName(header.firstPosition)
    let path = directory.segment(name)
    let aside = path + SegmentName.asideSuffix
    let made = try files.open(aside, .readWrite)
    do throws(FileError) {
      try made.write(header.encoded().span, at: 0)
      try made.sync()
    } catch {
      made.close()
      throw error
    }
    made.close()
    try files.rename(aside, to: path)
    try files.syncDirectory(directory.log)
    let file = try files.open(path, .readWrite)
    return OpenSegment(
      name: name, header: header, file: file, end: UInt64(SegmentHeader.byteCount),
      allocated: allocated)
  }
}
