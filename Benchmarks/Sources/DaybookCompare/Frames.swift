import CBenchmark
import Daybook

/// The bytes of a log's first segment, cut into its frames.
struct Frames {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  init(of book: String, _ world: World) throws {
    let folder = FilePath.join(book, "log")
    guard let first = try world.files.list(folder).filter({ $0.hasSuffix(".seg") }).min() else {
      throw Failure("no segment in \(folder)")
    }
    bytes = try world.files.bytes(of: FilePath.join(folder, first), atMost: 128 << 20)
    bytes.removeFirst(4096)
    // Format, section "Frame": flags, lengths and counts as varints, a check, a sum, the body.
    var place = 0
    while place < bytes.count, bytes[place] & 0xf0 == 0x80 {
      let flags = bytes[place]
      place += 1
      let stored = varint(&place)
      if flags & 1 != 0 { _ = varint(&place) }
      _ = varint(&place)
      if flags & 2 != 0 { _ = varint(&place) }
      if flags & 4 != 0 { place += 8 }
      if flags & 8 != 0 { _ = varint(&place) }
      place += 6 + stored
      ends.append(place)
    }
  }

  private func varint(_ place: inout Int) -> Int {
    var value = 0
    var shift = 0
    while true {
      let byte = bytes[place]
      place += 1
      value |= Int(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  /// Writes and syncs one of the frames.
  func write(_ index: Int, to file: CInt) throws {
    let start = index == 0 ? 0 : ends[index - 1]
    let code = unsafe bytes[start..<ends[index]].withUnsafeBytes {
      unsafe benchmark_raw_append(file, $0.baseAddress, $0.count, UInt64(start))
    }
    if code != 0 { throw Failure("a raw write or sync failed") }
  }
}
