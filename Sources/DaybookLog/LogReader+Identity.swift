public import DaybookWorld

extension LogReader {
  /// The identity of the log of the book in `directory`, without opening it.
  ///
  /// - Throws: `.noLog`, `.damaged`, `.newerVersion`, `.file`.
  /// - Complexity: One block is read.
  public static func identity(
    of directory: String, in world: World
  ) throws(LogError) -> LogID {
    let place = LogDirectory(directory)
    guard let first = try place.segmentNames(in: world.files).first else {
      throw LogError(.noLog, detail: directory)
    }
    let file: any File
    do throws(FileError) {
      file = try world.files.open(place.segment(first), .read)
    } catch {
      throw LogError(error, segment: "\(first)")
    }
    defer { file.close() }
    return try SegmentFacts.readHeader(file, first).logID
  }
}
