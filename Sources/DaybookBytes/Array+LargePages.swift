#if canImport(Glibc)
  import Glibc
#endif

extension Array {
  /// Makes room for `count` elements in all, on large pages of memory where the system has them.
  ///
  /// For what is filled to its end: the first touch of a page costs as much as what is written to it,
  /// and a large one takes the place of five hundred. What lies before and behind the large ones is
  /// had at once, in place of page by page. It is a hint, and changes no result.
  @inlinable
  public mutating func reserveLargePages(_ count: Int) {
    reserveCapacity(count)
    unsafe withUnsafeMutableBufferPointer { elements in
      guard let start = elements.baseAddress else { return }
      unsafe adviseLargePages(
        UnsafeMutableRawPointer(start), count &* MemoryLayout<Element>.stride)
    }
  }
}

/// Asks the system to back the memory by large pages, and to do so now.
@usableFromInline
func adviseLargePages(_ start: UnsafeMutableRawPointer, _ byteCount: Int) {
  #if canImport(Glibc)
    let page = 4096
    let first = (Int(bitPattern: start) + page - 1) & ~(page - 1)
    let end = (Int(bitPattern: start) + byteCount) & ~(page - 1)
    guard end - first >= 2 << 20, let place = unsafe UnsafeMutableRawPointer(bitPattern: first)
    else { return }
    _ = unsafe madvise(place, end - first, MADV_HUGEPAGE)
    // From Linux 5.14 on; before it the pages come as they are touched. The C library of some systems
    // on which Swift runs is older than the name.
    let populateWrite: CInt = 23  // MADV_POPULATE_WRITE
    _ = unsafe madvise(place, end - first, populateWrite)
  #endif
}
