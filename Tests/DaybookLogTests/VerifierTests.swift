import DaybookEvents
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@testable import DaybookLog

@Suite struct `A verification of a damaged log` {
  private static let boots: [UInt64] = [1, 2]

  @Test func `of which a footer is damaged finds every record of its segment, and none lost`()
    throws
  {
    let log = try ManyChains()
    for path in log.segments.dropLast() {
      let footer = try #require(try log.facts(path).footer)
      for offset in [footer.offset, footer.offset + 9, footer.end - 40, footer.end - 3] {
        log.disk.flip(path, Int(offset))
        let found = try checks(.memory(log.disk))
        let failed = found.filter { !$0.passed }
        let name = FilePath.name(of: path)
        #expect(failed.map(\.name) == ["header"] && failed[0].segment == name)
        #expect(!failed[0].detail.contains("lost"))
        #expect(found.contains { $0.name == "frames" && $0.segment == name && $0.passed })
        #expect(!found.contains { $0.name == "streams" })
        log.disk.flip(path, Int(offset))
      }
    }
    #expect(try checks(.memory(log.disk)).allSatisfy { $0.passed })
  }

  @Test func `of which a segment is cut loses what stood behind, and nothing before`() throws {
    let log = try ManyChains()
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
    let log = try ManyChains()
    let path = log.segments[1]
    let footer = try #require(try log.facts(path).footer)
    let chains = footer.tally.chains
    try #require(chains.count >= 3)
    log.disk.flip(path, Int(footer.end - 3))
    log.disk.flip(path, Int(chains[1].offset + 20))
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
      let log = try ManyChains()
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
    let log = try ManyChains()
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
    let log = try ManyChains()
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

  @Test func `names a frame of the last chain, too, beside the footer`() throws {
    let log = try ManyChains()
    let path = log.segments[1]
    let footer = try #require(try log.facts(path).footer)
    let last = try #require(footer.tally.chains.last)
    log.disk.flip(path, Int(footer.end - 3))
    log.disk.flip(path, Int(last.offset) + 20)
    let failed = try failedChecks(.memory(log.disk))
    #expect(failed.map(\.name) == ["header"])
    #expect(failed[0].detail.contains("at byte \(last.offset): "), "\(failed[0].detail)")
    #expect(failed[0].detail.contains("intact up to position \(last.firstPosition - 1); lost: "))
  }

  @Test func `of which a header has the highest number ends with a failed check`() throws {
    let log = try ManyChains()
    let path = try #require(log.segments.last)
    var header = try log.facts(path).header
    header.number = .max
    log.disk.setBytes(header.encoded() + log.disk.bytes(path).dropFirst(4096), path)
    #expect(try failedChecks(.memory(log.disk)).map(\.name).contains("order"))
  }
}

@Suite struct `A clock that stands behind` {
  private let disk = MemoryFileSystem()
  private let start: Int64 = 1_800_000_000_000
  private let hour: Int64 = 3_600_000

  private func world(_ now: Int64) -> World {
    var world = World.memory(disk)
    world.clock = StoppedClock(instant: Instant(milliseconds: now))
    return world
  }

  /// Appends so many actions at the times that an engine would give them, and reads them all back.
  private func append(
    _ count: Int, at now: Int64, _ maker: inout ActionMaker, segmentBytes: UInt64 = 1 << 20
  ) throws {
    let options = LogOptions(
      segmentBytes: segmentBytes, preallocateBytes: 4096, creation: .ifMissing, acceptsClock: true)
    var writer = try LogWriter.open("/book", in: world(now), options: options)
    for _ in 0..<count {
      var action = maker.action(records: 2)
      let last = writer.lastRecorded.milliseconds
      let isBehind = now + 300_000 < last
      let recorded = Instant(milliseconds: isBehind ? last + 1 : max(now, last))
      if isBehind { action.clock = Instant(milliseconds: now) }
      for index in action.headers.indices { action.headers[index].recorded = recorded }
      writer.submit(action)
      try writer.step()
    }
    writer.close()
  }

  private func stretches() throws -> [String] {
    let found = try checks(world(0))
    #expect(found.allSatisfy { $0.passed })
    return found.filter { $0.name == "clock" }.map(\.detail)
  }

  private func text(_ milliseconds: Int64) -> String { "\(Instant(milliseconds: milliseconds))" }

  @Test func `is listed with the positions that bear other times, and what it said`() throws {
    var maker = ActionMaker(seed: 98)
    try append(3, at: start, &maker)
    #expect(try stretches() == [])
    try append(2, at: start - hour, &maker)
    try append(1, at: start - hour + 5, &maker)
    let first =
      "positions 7 to 12 bear times up to \(text(start + 3)) which are not the clock's: it stood "
      + "behind, at \(text(start - hour)) at first and \(text(start - hour + 5)) at last"
    #expect(try stretches() == [first])
    try append(2, at: start + hour, &maker)
    #expect(try stretches() == [first])
    try append(1, at: start - hour, &maker)
    let second =
      "positions 17 to 18 bear times up to \(text(start + hour + 1)) which are not the clock's: it "
      + "stood behind, at \(text(start - hour))"
    #expect(try stretches() == [first, second])
  }

  @Test func `is one stretch over all segments in which it is written`() throws {
    var maker = ActionMaker(seed: 97)
    try append(1, at: start, &maker)
    try append(200, at: start - hour, &maker, segmentBytes: 6000)
    #expect(disk.names.count { $0.hasSuffix(".seg") } > 2)
    let found = try stretches()
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("positions 3 to 402 bear") == true, "\(found)")
  }

  @Test func `begins and ends a frame, whatever waits for the same sync`() throws {
    var maker = ActionMaker(seed: 95)
    let options = LogOptions(segmentBytes: 1 << 20, preallocateBytes: 4096, creation: .ifMissing)
    var writer = try LogWriter.open("/book", in: world(start), options: options)
    for isBehind in [false, true, true, false, true] {
      var action = maker.action(records: 3)
      if isBehind { action.clock = Instant(milliseconds: start - hour) }
      writer.submit(action)
    }
    while writer.waitingCount > 0 { try writer.step() }
    writer.close()
    let found = try checks(world(0)).compactMap(\.positions)
    #expect(found == [Position(4)...Position(9), Position(13)...Position(15)])
  }

  @Test func `stands in a copy that salvage makes`() throws {
    var maker = ActionMaker(seed: 94)
    try append(3, at: start, &maker)
    try append(4, at: start - hour, &maker)
    try append(2, at: start + hour, &maker)
    // Whoever salvages has a clock of his own.
    _ = try LogSalvage.run("/book", to: "/copy", in: world(start - 2 * hour))
    let copied = try checks(world(0), "/copy").filter { $0.name == "clock" }.map(\.detail)
    #expect(try copied == stretches())
  }

  @Test func `by no more than clocks are put right by, or without a record, is not listed`() throws
  {
    var maker = ActionMaker(seed: 99)
    try append(2, at: start, &maker)
    try append(0, at: start - hour, &maker)
    try append(1, at: start - 299_999, &maker)
    #expect(try stretches() == [])
    try append(1, at: start - 300_001, &maker)
    #expect(try stretches().count == 1)
  }

  @Test func `is listed as far back as a clock can say`() throws {
    var maker = ActionMaker(seed: 96)
    try append(1, at: Instant.max.milliseconds - 1, &maker)
    try append(1, at: .min, &maker)
    #expect(try stretches().count == 1)
  }
}
