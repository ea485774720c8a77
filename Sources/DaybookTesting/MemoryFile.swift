public import DaybookBytes
public import DaybookWorld

/// A file of bytes that stand in memory and never change, read as far as it goes.
public struct MemoryFile: File {
  public let path: String
  /// All that the file holds.
  public let bytes: [UInt8]

  /// A file of these bytes.
  public init(_ bytes: [UInt8], path: String = "file") {
    self.bytes = bytes
    self.path = path
  }

  public func size() throws(FileError) -> UInt64 { UInt64(bytes.count) }

  public func read(
    at offset: UInt64, count: Int, into buffer: inout ByteWriter
  ) throws(FileError) -> Int {
    guard offset < UInt64(bytes.count) else { return 0 }
    let start = Int(offset)
    let end = start + min(count, bytes.count - start)
    buffer.append(bytes.span.extracting(start..<end))
    return end - start
  }

  public func write(_ bytes: Span<UInt8>, at offset: UInt64) throws(FileError) {
    throw refusal("write")
  }
  public func sync() throws(FileError) { throw refusal("sync") }
  public func allocate(from offset: UInt64, count: UInt64) throws(FileError) {
    throw refusal("allocate")
  }
  public func truncate(to size: UInt64) throws(FileError) { throw refusal("truncate") }
  public func close() {}

  private func refusal(_ operation: String) -> FileError {
    FileError(operation: operation, path: path, kind: .unsupported)
  }
}
