import CDaybookSystem

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// One page of a file, mapped shared, unmapped when nobody refers to it any more.
@safe
final class LiveMappedWords: MappedWords {
  // Every access is atomic, so the page may be used from any thread.
  nonisolated(unsafe) private let page: UnsafeMutablePointer<UInt64>
  private let isWritable: Bool

  init(_ path: String, writable: Bool) throws(FileError) {
    let descriptor = try openDescriptor(path, writable ? O_RDWR : O_RDONLY, operation: "map")
    defer { descriptor.close() }
    let address = try unsafe descriptor.use("map") { (number) throws(FileError) in
      var facts = stat()
      if unsafe fstat(number, &facts) != 0 {
        throw FileError(operation: "map", path: path, code: errno)
      }
      if facts.st_size < off_t(MappedPage.bytes) {
        throw FileError(operation: "map", path: path, kind: .tooShort)
      }
      let protection = writable ? PROT_READ | PROT_WRITE : PROT_READ
      let mapped = unsafe mmap(nil, MappedPage.bytes, protection, MAP_SHARED, number, 0)
      guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else {
        throw FileError(operation: "map", path: path, code: errno)
      }
      return unsafe mapped
    }
    unsafe page = address.bindMemory(to: UInt64.self, capacity: MappedPage.words)
    isWritable = writable
  }

  deinit { unsafe munmap(page, MappedPage.bytes) }

  func load(_ index: Int) -> UInt64 {
    precondition(index >= 0 && index < MappedPage.words, "no word \(index) in a page")
    return unsafe UInt64(littleEndian: daybook_load_acquire(page + index))
  }

  func store(_ value: UInt64, at index: Int) {
    precondition(index >= 0 && index < MappedPage.words, "no word \(index) in a page")
    precondition(isWritable, "a store into a page mapped for reading")
    unsafe daybook_store_release(page + index, value.littleEndian)
  }
}
