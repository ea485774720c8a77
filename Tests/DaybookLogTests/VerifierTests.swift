import DaybookEvents
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@testable import DaybookLog

/// A log of several segments with several chains each: every opening begins one.
private struct Verified {
  let disk = MemoryFileSystem()
  private(set) var written: [Kept] = []

  init() throws {
    var maker = ActionMaker(seed: 97)
    for _ in 0..<14 {
      written += try write(
        frames: 3, to: .memory(disk), maker: &maker, options: .small(segmentBytes: 6200))
    }
  }

  var segments: [String] { disk.names.filter { $0.hasSuffix(".seg") } }

  func facts(_ path: String) throws -> SegmentFacts {
    let name = try #require(SegmentName(parsing: FilePath.name(of: path)))
    return try SegmentFacts.read(name, isLast: true, in: LogDirectory("/book"), disk)
  }

  func flip(_ path: String, _ offset: UInt64) {
    var bytes = disk.bytes(path)
    bytes[Int(offset)] ^= 0x5a
    disk.setBytes(bytes, path)
  }
}

@Suite struct `A verification of a damaged log` {
  private static let boots: [UInt64] = [1, 2]

  @Test func `of which a footer is damaged finds every record of its segment, and none lost`()
    throws
  {
    let log = try Verified()
    for path in log.segments.dropLast() {
      let footer = try #require(try log.facts(path).footer)
      for offset in [footer.offset, footer.offset + 9, footer.end - 40, footer.end - 3] {
        log.flip(path, offset)
        let found = try checks(.memory(log.disk))
        let failed = found.filter { !$0.passed }
        let name = FilePath.name(of: path)
        #expect(failed.map(\.name) == ["header"] && failed[0].segment == name)
        #expect(!failed[0].detail.contains("lost"))
        #expect(found.contains { $0.name == "frames" && $0.segment == name && $0.passed })
        #expect(!found.contains { $0.name == "streams" })
        log.flip(path, offset)
      }
    }
    #expect(try checks(.memory(log.disk)).allSatisfy { $0.passed })
  }

  @Test func `of which a segment is cut loses what stood behind, and nothing before`() throws {
    let log = try Verified()
    let path = log.segments[1]
    let facts = try log.facts(path)
    let chains = try #require(facts.footer).tally.chains
    let end = try #require(facts.footer).tally.lastPosition
    let clean = log.disk.bytes(path)
    for chain in chains {
      for length in [chain.offset, chain.offset + 7] {
        log.disk.setBytes(Array(clean.prefix(Int(length))), path)
        let failed = try checks(.memory(log.disk)).filter { !$0.passed }
        #expect(failed.map(\.name) == ["header"])
        let lost =
          chain.firstPosition == end ? "\(end)" : "\(chain.firstPosition) to \(end)"
        let last = chain.firstPosition - 1
        #expect(
          failed[0].detail.hasSuffix("; intact up to position \(last); lost: \(lost)"),
          "\(failed[0].detail)")
      }
    }
  }

  @Test func `goes on with the next chain though no footer says where it begins`() throws {
    let log = try Verified()
    let path = log.segments[1]
    let footer = try #require(try log.facts(path).footer)
    let chains = footer.tally.chains
    try #require(chains.count >= 3)
    log.flip(path, footer.end - 3)
    log.flip(path, chains[1].offset + 20)
    let found = try checks(.memory(log.disk))
    let failed = found.filter { !$0.passed }
    #expect(failed.map(\.name) == ["frames", "header"])
    #expect(failed[0].offset == chains[1].offset)
    #expect(
      failed[0].detail.contains(
        "lost: \(chains[1].firstPosition) to \(chains[2].firstPosition - 1)"))
    #expect(!failed[1].detail.contains("lost"))
  }

  @Test func `takes a last segment without its header for damage, whatever the watermark says`()
    throws
  {
    for keepsPage in [true, false] {
      let log = try Verified()
      let path = try #require(log.segments.last)
      var bytes = log.disk.bytes(path)
      bytes.replaceSubrange(0..<4096, with: [UInt8](repeating: 0, count: 4096))
      log.disk.setBytes(bytes, path)
      if !keepsPage { try log.disk.remove("/book/log/tail") }
      let name = FilePath.name(of: path)
      let before = try #require(SegmentName(parsing: name)).firstPosition.previous
      for boot in Self.boots {
        let error = #expect(throws: LogError.self) {
          try readAll(.memory(log.disk, boot: boot))
        }
        #expect(error?.kind == .damaged && error?.segment == name && error?.intactThrough == before)
        #expect(throws: LogError.self) {
          try LogWriter.open("/book", in: .memory(log.disk, boot: boot), options: .small(.never))
            .close()
        }
        let failed = try failedChecks(.memory(log.disk, boot: boot))
        #expect(failed.map(\.name) == ["header"] && failed[0].segment == name)
      }
      #expect(log.disk.bytes(path) == bytes)
    }
  }

  @Test func `passes a file without a record only where none was acknowledged`() throws {
    let log = try Verified()
    let path = try #require(log.segments.last)
    let name = FilePath.name(of: path)
    log.disk.setBytes([UInt8](repeating: 0, count: 8192), path)
    let failed = try failedChecks(.memory(log.disk))
    let last = log.written.count
    #expect(failed.map(\.name) == ["header"] && failed[0].segment == name)
    #expect(failed[0].detail.contains("\(last) was acknowledged; lost: "))
    try log.disk.remove("/book/log/tail")
    #expect(try failedChecks(.memory(log.disk)).isEmpty)
  }

  @Test func `wants the segment before a file without a record sealed`() throws {
    let log = try Verified()
    try log.disk.remove("/book/log/tail")
    let path = try #require(log.segments.last)
    let next = Position(UInt64(log.written.count) + 1)
    log.disk.setBytes([], "/book/log/\(SegmentName(next))")
    let failed = try failedChecks(.memory(log.disk))
    #expect(failed.map(\.segment) == [FilePath.name(of: path)])
    #expect(throws: LogError.self) { try readAll(.memory(log.disk)) }
    #expect(throws: LogError.self) {
      try LogWriter.open("/book", in: .memory(log.disk), options: .small(.never)).close()
    }
  }
}

@Suite struct `A clock that stands behind, accepted` {
  private let disk = MemoryFileSystem()

  private func world(_ now: Int64) -> World {
    var world = World.memory(disk)
    world.clock = StoppedClock(instant: Instant(milliseconds: now))
    return world
  }

  /// Appends so many actions at the times that the engine would give them.
  private func append(_ count: Int, at now: Int64, _ maker: inout ActionMaker) throws {
    let options = LogOptions(segmentBytes: 1 << 20, preallocateBytes: 4096, acceptsClock: true)
    var writer = try LogWriter.open("/book", in: world(now), options: options)
    for _ in 0..<count {
      var action = maker.action(records: 2)
      let last = writer.lastRecorded.milliseconds
      let recorded = Instant(milliseconds: now < last ? last + 1 : now)
      for index in action.headers.indices { action.headers[index].recorded = recorded }
      writer.submit(action)
      try writer.step()
    }
    writer.close()
  }

  private func stretches() throws -> [LogCheck] {
    let found = try checks(world(0))
    #expect(found.allSatisfy { $0.passed })
    return found.filter { $0.name == "clock" }
  }

  @Test func `is listed by a verification from where it begins to where it ends`() throws {
    var maker = ActionMaker(seed: 98)
    let start: Int64 = 1_800_000_000_000
    let hour: Int64 = 3_600_000
    _ = try LogWriter.open("/book", in: world(start), options: .small(.mustBeNew)).close()
    try append(3, at: start, &maker)
    #expect(try stretches().isEmpty)
    try append(2, at: start - hour, &maker)
    try append(1, at: start - hour, &maker)
    // It goes on in the same segment, however often the book is opened.
    #expect(disk.names.count { $0.hasSuffix(".seg") } == 2)
    let found = try stretches()
    #expect(found.count == 1)
    #expect(found[0].detail.contains("positions 7 to 12"), "\(found[0].detail)")
    #expect(found[0].detail.contains("\(Instant(milliseconds: start - hour))"))
    #expect(found[0].detail.contains("\(Instant(milliseconds: start))"))
    try append(2, at: start + hour, &maker)
    #expect(try stretches().map(\.detail) == found.map(\.detail))
    try append(1, at: start - hour, &maker)
    let both = try stretches()
    #expect(both.count == 2 && both[0].detail == found[0].detail)
    #expect(both[1].detail.contains("positions 17 to 18"), "\(both[1].detail)")
  }

  @Test func `that nobody wrote under is not listed`() throws {
    var maker = ActionMaker(seed: 99)
    let start: Int64 = 1_800_000_000_000
    _ = try LogWriter.open("/book", in: world(start), options: .small(.mustBeNew)).close()
    try append(2, at: start, &maker)
    try append(0, at: start - 3_600_000, &maker)
    #expect(try stretches().isEmpty)
    try append(1, at: start + 1000, &maker)
    #expect(try stretches().isEmpty)
  }
}
