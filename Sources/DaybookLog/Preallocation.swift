import DaybookWorld

/// Room in a file ahead of what is written to it.
///
/// The room is taken first, so that a full disk is met before anything is written, and then filled
/// with zeros: a sync of bytes that replace zeros changes no extent of the file, and is the cheaper
/// for it.
enum Preallocation {
  private static let zeros = [UInt8](repeating: 0, count: 1 << 20)

  /// Lengthens the file from `start`, its end, to `end`, in zeros.
  ///
  /// - Throws: `.noSpace` with nothing written but zeros.
  static func extend(_ file: any File, from start: UInt64, to end: UInt64) throws(FileError) {
    guard end > start else { return }
    try takeRoom(file, from: start, to: end)
    try writeZeros(file, from: start, to: end)
  }

  /// Takes room, where the file system can promise it; where it cannot, the zeros will take it.
  static func takeRoom(_ file: any File, from start: UInt64, to end: UInt64) throws(FileError) {
    do throws(FileError) {
      try file.allocate(from: start, count: end - start)
    } catch {
      guard error.kind == .unsupported else { throw error }
    }
  }

  /// Writes zeros over the bytes from `start` to `end`.
  static func writeZeros(_ file: any File, from start: UInt64, to end: UInt64) throws(FileError) {
    var offset = start
    while offset < end {
      let count = min(UInt64(zeros.count), end - offset)
      try file.write(zeros.span.extracting(0..<Int(count)), at: offset)
      offset += count
    }
  }
}
