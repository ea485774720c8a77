import CDaybookSystem
import DaybookBytes

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// An open file of the operating system.
final class LiveFile: File {
  let path: String
  private let descriptor: Descriptor

  init(path: String, descriptor: Descriptor) {
    self.path = path
    self.descriptor = descriptor
  }

  func size() throws(FileError) -> UInt64 {
    try descriptor.use("measure") { (number) throws(FileError) in
      var facts = stat()
      if unsafe fstat(number, &facts) != 0 { throw failure("measure") }
      return UInt64(facts.st_size)
    }
  }

  func read(
    at offset: UInt64, count: Int, into buffer: inout ByteWriter
  ) throws(FileError) -> Int {
    precondition(count >= 0, "a negative count")
    let start = try fileOffset(offset, "read")
    let before = buffer.count
    try descriptor.use("read") { (number) throws(FileError) in
      try unsafe buffer.appendFilling(count) { (room) throws(FileError) in
        var filled = 0
        while filled < count {
          let part = unsafe pread(
            number, room.baseAddress.map { unsafe $0 + filled }, count - filled,
            start + off_t(filled))
          if part == 0 { break }
          if part < 0 {
            if errno == EINTR { continue }
            throw failure("read")
          }
          filled += part
        }
        return filled
      }
    }
    return buffer.count - before
  }

  func write(_ bytes: Span<UInt8>, at offset: UInt64) throws(FileError) {
    let start = try fileOffset(offset, "write")
    try descriptor.use("write") { (number) throws(FileError) in
      try unsafe bytes.withUnsafeBytes { (source) throws(FileError) in
        var written = 0
        while written < source.count {
          let part = unsafe pwrite(
            number, source.baseAddress.map { unsafe $0 + written }, source.count - written,
            start + off_t(written))
          if part > 0 {
            written += part
          } else if part == 0 {
            // No progress and no reason given: going round again might never end.
            throw FileError(operation: "write", path: path, kind: .io)
          } else if errno != EINTR {
            throw failure("write")
          }
        }
      }
    }
  }

  func sync() throws(FileError) {
    try descriptor.use("sync") { (number) throws(FileError) in
      // Not even an interrupted sync is repeated: an error may have been reported and forgotten.
      let code = daybook_sync_data(number)
      if code != 0 { throw FileError(operation: "sync", path: path, code: code) }
    }
  }

  func allocate(from offset: UInt64, count: UInt64) throws(FileError) {
    if count == 0 { return }
    let start = try fileOffset(offset, "allocate")
    let length = try fileOffset(count, "allocate")
    try descriptor.use("allocate") { (number) throws(FileError) in
      let code = daybook_allocate(number, Int64(start), Int64(length))
      if code != 0 { throw FileError(operation: "allocate", path: path, code: code) }
    }
  }

  func truncate(to size: UInt64) throws(FileError) {
    let end = try fileOffset(size, "truncate")
    try descriptor.use("truncate") { (number) throws(FileError) in
      while ftruncate(number, end) != 0 {
        if errno != EINTR { throw failure("truncate") }
      }
    }
  }

  func close() { descriptor.close() }

  private func failure(_ operation: String) -> FileError {
    FileError(operation: operation, path: path, code: errno)
  }

  private func fileOffset(_ value: UInt64, _ operation: String) throws(FileError) -> off_t {
    guard let offset = off_t(exactly: value) else {
      throw FileError(operation: operation, path: path, code: EFBIG)
    }
    return offset
  }
}
