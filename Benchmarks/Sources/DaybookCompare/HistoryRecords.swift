import CBenchmark
import CNeighbours
import Daybook

/// The records of a history as the log encodes them, for stores that keep them under the position:
/// the bodies of its frames of one event, which hold all of a record but its position.
struct HistoryRecords {
  private(set) var bytes: [UInt8]
  private(set) var records: [neighbour_record] = []

  init(_ logs: Logs) throws {
    let book = logs.book(.alone)
    let floor = try Floor(of: book, logs.world)
    guard floor.frames == floor.events else { throw Failure("a frame of \(book) has two events") }
    bytes = [UInt8](repeating: 0, count: floor.rawBytes)
    var ends = [UInt64](repeating: 0, count: floor.frames)
    let folder = FilePath.join(book, "log")
    var sum = benchmark_floor()
    for name in try logs.world.files.list(folder).sorted() where name.hasSuffix(".seg") {
      let path = FilePath.join(folder, name)
      let line = unsafe bytes.withUnsafeMutableBufferPointer { bytes in
        unsafe ends.withUnsafeMutableBufferPointer { ends in
          // Neither array is empty: a history has events.
          guard let start = bytes.baseAddress, let first = ends.baseAddress else { return CInt(-1) }
          var bodies = unsafe benchmark_bodies(bytes: start, ends: first)
          return unsafe benchmark_frame_bodies(path, &sum, &bodies)
        }
      }
      guard line == 0 else { throw Failure("floor.c gave up at line \(line) in \(name)") }
    }
    records.reserveCapacity(floor.events)
    var log = try LogReader(book, in: logs.world)
    var start: UInt64 = 0
    try log.scan(from: Position(1)) { record in
      let header = record.header
      let end = ends[records.count]
      records.append(
        neighbour_record(
          position: header.position.number, stream_kind: UInt64(header.stream.kind.number),
          stream_number: header.stream.number, version: header.version, start: start,
          count: end - start))
      start = end
    }
  }

  /// Lends records and bytes to a call of C.
  func withPointers<Result>(
    from first: Int,
    _ body: (UnsafePointer<neighbour_record>, UnsafePointer<UInt8>) throws -> Result
  ) throws -> Result {
    try unsafe records.withUnsafeBufferPointer { records in
      try unsafe bytes.withUnsafeBufferPointer { bytes in
        guard let record = records.baseAddress, let byte = bytes.baseAddress else {
          throw Failure("there are no records")
        }
        return try unsafe body(record + first, byte)
      }
    }
  }
}
