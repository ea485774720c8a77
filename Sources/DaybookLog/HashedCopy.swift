import DaybookBytes
import DaybookWorld

/// A copy of the beginning of a file, hashed as it is made.
enum HashedCopy {
  /// The hash of all that was copied, and of the first bytes of it that were asked for.
  struct Hashes {
    var whole: SHA256Hash
    var beginning: SHA256Hash
  }

  /// Copies the first `count` bytes of `file` into a new file at `path`, and syncs it.
  ///
  /// What stands there is replaced. On an error nothing is left at `path`.
  ///
  /// - Parameter beginning: Of how many bytes a hash of its own is wanted.
  static func make(
    _ file: any File, count: UInt64, beginning: UInt64 = 0, to path: String,
    in files: any FileSystem
  ) throws(FileError) -> Hashes {
    if files.exists(path) { try files.remove(path) }
    let copy = try files.open(path, .create)
    do throws(FileError) {
      defer { copy.close() }
      let hashes = try read(file, count: count, beginning: beginning) {
        (bytes, offset) throws(FileError) in try copy.write(bytes, at: offset)
      }
      try copy.sync()
      return hashes
    } catch {
      try? files.remove(path)
      throw error
    }
  }

  /// The hash of the first `count` bytes of `file`.
  ///
  /// - Throws: `.tooShort` where there are fewer.
  static func hash(_ file: any File, count: UInt64) throws(FileError) -> SHA256Hash {
    try read(file, count: count, beginning: 0) { (_, _) throws(FileError) in }.whole
  }

  private static func read(
    _ file: any File, count: UInt64, beginning: UInt64,
    _ body: (Span<UInt8>, UInt64) throws(FileError) -> Void
  ) throws(FileError) -> Hashes {
    var whole = SHA256()
    var part = SHA256()
    var piece = ByteWriter(capacity: pieceBytes)
    var offset: UInt64 = 0
    while offset < count {
      // A piece ends where the beginning does.
      let end = offset < beginning ? min(beginning, count) : count
      let wanted = Int(min(end - offset, UInt64(pieceBytes)))
      piece.removeAll()
      guard try file.read(at: offset, count: wanted, into: &piece) == wanted else {
        throw FileError(operation: "read \(count) bytes of", path: file.path, kind: .tooShort)
      }
      piece.withReader { bytes in
        whole.update(bytes)
        if offset < beginning { part.update(bytes) }
      }
      try piece.withSpan { (bytes) throws(FileError) in try body(bytes, offset) }
      offset += UInt64(wanted)
    }
    return Hashes(whole: whole.finalize(), beginning: part.finalize())
  }

  private static let pieceBytes = 1 << 20
}
