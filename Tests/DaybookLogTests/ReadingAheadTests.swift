import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `Reading ahead on another thread` {
  private let disk = MemoryFileSystem()
  private let written: [Kept]
  /// The segments' paths, in order.
  private let paths: [String]

  init() throws {
    var maker = ActionMaker(seed: 191)
    written = try write(
      frames: 400, to: .memory(disk), maker: &maker, options: .small(segmentBytes: 9000))
    paths = disk.names.filter { $0.hasSuffix(".seg") }
  }

  /// What a scan lends, and what ended it.
  private func scan(
    ahead: Bool, from first: UInt64 = 1, through last: UInt64? = nil
  ) throws -> (events: [Kept], error: LogError?) {
    var events: [Kept] = []
    let decoder = EventDecoder()
    let (first, last) = (Position(first), last.map { Position($0) })
    do {
      var log = try LogReader("/book", in: .memory(disk))
      try log.scan(from: first, through: last, by: decoder, ahead: ahead) {
        events.append(Kept($0.record))
      }
    } catch let error as LogError {
      return (events, error)
    }
    return (events, nil)
  }

  @Test func `lends every event in order, from wherever to wherever`() throws {
    #expect(paths.count > 3)
    #expect(try scan(ahead: true).events == written)
    let end = UInt64(written.count)
    for (first, last) in [(1, 1), (2, end - 1), (end / 2, end / 2 + 7), (end, end), (9, 8)] {
      let ahead = try scan(ahead: true, from: first, through: last)
      let alone = try scan(ahead: false, from: first, through: last)
      #expect(ahead.events == alone.events, "\(first) to \(last)")
      #expect(ahead.error == nil)
    }
    #expect(try scan(ahead: true, from: end + 1).events.isEmpty)
  }

  @Test func `ends where damage is, with the same word of it and all events before`() throws {
    let path = paths[2]
    let bytes = disk.bytes(path)
    for offset in stride(from: 4100, to: bytes.count, by: 211) {
      var damaged = bytes
      damaged[offset] ^= 0x40
      disk.setBytes(damaged, path)
      let ahead = try scan(ahead: true)
      let alone = try scan(ahead: false)
      #expect(ahead.events == alone.events, "byte \(offset)")
      #expect(ahead.error == alone.error, "byte \(offset)")
    }
  }

  @Test func `ends with who takes the events`() throws {
    struct Enough: Error {}
    for count in [1, 2, 50, written.count] {
      var log = try LogReader("/book", in: .memory(disk))
      var taken = 0
      #expect(throws: Enough.self) {
        try log.scan(from: Position(1), by: EventDecoder(), ahead: true) { _ in
          taken += 1
          if taken == count { throw Enough() }
        }
      }
      #expect(taken == count)
    }
  }
}
