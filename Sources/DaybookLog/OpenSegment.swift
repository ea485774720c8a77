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

  /// Sees to it that `count` more bytes find room that was zeroed before.
  mutating func makeRoom(for count: UInt64, step: UInt64) throws(FileError) {
    let wanted = end + count
    if wanted <= allocated { return }
    let step = max(step, 1)
    let target = (wanted + step - 1) / step * step
    try Preallocation.extend(file, from: allocated, to: target)
    allocated = target
  }

  /// Makes a segment: written aside with header and room, synced, renamed, the directory synced.
  static func create(
    _ header: SegmentHeader, in directory: LogDirectory, _ files: any FileSystem, step: UInt64
  ) throws(FileError) -> OpenSegment {
    let name = SegmentName(header.firstPosition)
    let path = directory.segment(name)
    let aside = path + SegmentName.asideSuffix
    // Left by a stop in the middle of this; it never was part of the log.
    if files.exists(aside) { try files.remove(aside) }
    let start = UInt64(SegmentHeader.byteCount)
    let step = max(step, 1)
    let allocated = max((start + step - 1) / step * step, start)
    let made = try files.open(aside, .create)
    do throws(FileError) {
      try made.write(header.encoded().span, at: 0)
      try Preallocation.extend(made, from: start, to: allocated)
      try made.sync()
    } catch {
      made.close()
      throw error
    }
    made.close()
    try files.rename(aside, to: path)
    try files.syncDirectory(directory.log)
    let file = try files.open(path, .readWrite)
    return OpenSegment(name: name, header: header, file: file, end: start, allocated: allocated)
  }
}
