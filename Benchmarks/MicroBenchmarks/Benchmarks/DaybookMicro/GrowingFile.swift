import Daybook

/// A file that only grows, in memory.
final class GrowingFile: File {
  private let bytes: Locked<[UInt8]>
  var path: String { "segment" }

  init(bytes: Locked<[UInt8]>) { self.bytes = bytes }

  func size() throws(FileError) -> UInt64 { UInt64(bytes.withLock { $0.count }) }

  func read(
    at offset: UInt64, count: Int, into buffer: inout ByteWriter
  ) throws(FileError) -> Int { throw refused }

  func write(_ added: Span<UInt8>, at offset: UInt64) throws(FileError) {
    var copy: [UInt8] = []
    for index in added.indices { copy.append(added[index]) }
    bytes.withLock { $0 += copy }
  }
  func sync() throws(FileError) {}
  func allocate(from offset: UInt64, count: UInt64) throws(FileError) {}
  func truncate(to size: UInt64) throws(FileError) { throw refused }
  func close() {}

  private var refused: FileError { FileError(operation: "read", path: path, kind: .permission) }
}
