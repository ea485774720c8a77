import DaybookBytes
import DaybookWorld

/// A file that is only bytes, read as far as it goes.
struct MemoryFile: File {
  let path: String
  let content: [UInt8]

  init(_ content: [UInt8], path: String = "test.csv") {
    self.path = path
    self.content = content
  }

  func size() throws(FileError) -> UInt64 { UInt64(content.count) }

  func read(
    at offset: UInt64, count: Int, into buffer: inout ByteWriter
  ) throws(FileError) -> Int {
    let start = min(Int(offset), content.count)
    let end = min(start + count, content.count)
    buffer.append(Array(content[start..<end]))
    return end - start
  }

  func write(_ bytes: Span<UInt8>, at offset: UInt64) throws(FileError) { throw refusal("write") }
  func sync() throws(FileError) { throw refusal("sync") }
  func allocate(from offset: UInt64, count: UInt64) throws(FileError) { throw refusal("allocate") }
  func truncate(to size: UInt64) throws(FileError) { throw refusal("truncate") }
  func close() {}

  private func refusal(_ operation: String) -> FileError {
    FileError(operation: operation, path: path, kind: .unsupported)
  }
}

/// The generator of the fixtures, so that a failing seed fails everywhere.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
