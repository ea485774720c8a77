import DaybookEvents
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@testable import DaybookLog

extension MemoryFileSystem {
  /// All that stands in a folder, by name.
  fileprivate func content(_ folder: String) -> [[UInt8]] {
    names.filter { $0.hasPrefix(folder + "/") }.map { bytes($0) }
  }
}

@Suite struct `Salvage` {
  /// Salvages, and checks all that holds of every salvage.
  private func salvage(
    _ disk: MemoryFileSystem, _ written: [Kept], _ what: Comment? = nil
  ) throws -> LogSalvage.Outcome {
    let before = disk.content("/book")
    let outcome = try LogSalvage.run("/book", to: "/copy", in: .memory(disk), options: .small())
    #expect(disk.content("/book") == before, "the original is untouched")
    var lost = PositionRanges()
    for loss in outcome.losses { lost.add(loss.positions) }
    let expected = written.filter { !lost.contains($0.header.position) }
    let all = try readAll(.memory(disk), "/copy")
    #expect(all.filter { !PositionLost.isOne($0.header) } == expected, what)
    #expect(outcome.copied == UInt64(expected.count), what)
    let gaps = all.filter { PositionLost.isOne($0.header) }
    #expect(UInt64(gaps.count) == outcome.lostCount, what)
    #expect(gaps.allSatisfy { lost.contains($0.header.position) }, what)
    #expect(all.map(\.header.position.number) == (0..<all.count).map { UInt64($0 + 1) }, what)
    let failed = try failedChecks(.memory(disk), "/copy")
    #expect(failed.isEmpty, what)
    #expect(try LogInfo("/copy", in: .memory(disk)).lostCount == outcome.lostCount, what)
    return outcome
  }

  @Test func `of a whole log is the same records under another id`() throws {
    let log = try ManyChains()
    let outcome = try salvage(log.disk, log.written)
    #expect(outcome.losses.isEmpty && outcome.remarks.isEmpty && outcome.streams.isEmpty)
    #expect(try readAll(.memory(log.disk), "/copy") == log.written)
  }

  @Test func `leaves out the damaged frame and the rest of its chain, and says so`() throws {
    let log = try ManyChains()
    let path = log.segments[1]
    let frames = try log.frames(path)
    #expect(log.segments.count > 3 && frames.count > 5)
    for frame in frames {
      let disk = log.disk.copy()
      disk.flip(path, frame.offset + 12)
      let lost = try log.restOfChain(path, frame.offset)
      let positions = Position(lost.lowerBound)...Position(lost.upperBound)
      // The report of the damage: segment, offset, positions and streams.
      let checks = try checks(.memory(disk))
      let failed = try #require(checks.first { !$0.passed })
      #expect(failed.segment == FilePath.name(of: path) && failed.offset == UInt64(frame.offset))
      var ranges = PositionRanges()
      ranges.add(positions)
      #expect(failed.detail.hasSuffix("lost: \(ranges)"))
      #expect(checks.last?.name == "streams" && checks.last?.streams == log.bereft(lost))

      let outcome = try salvage(disk, log.written)
      #expect(outcome.losses.map(\.positions) == [positions])
      #expect(outcome.losses[0].segment == FilePath.name(of: path))
      #expect(outcome.losses[0].offset == UInt64(frame.offset))
      #expect(outcome.losses[0].reason == .damagedFrame)
      #expect(outcome.streams == log.bereft(lost))
    }
  }

  @Test func `gives gap records that say where the damage was`() throws {
    let log = try ManyChains()
    let frame = try log.frames(log.segments[1])[1]
    let lost = try log.restOfChain(log.segments[1], frame.offset)
    log.disk.flip(log.segments[1], frame.offset + 12)
    _ = try salvage(log.disk, log.written)
    var reader = try LogReader("/copy", in: .memory(log.disk))
    for position in lost {
      let gap = try reader.record(at: Position(position)) { Kept($0) }
      #expect(PositionLost.isOne(gap.header) && gap.header.stream == PositionLost.stream)
      let content = try PositionLost(decoding: gap.payload)
      #expect(content == PositionLost(.damagedFrame, segment: 2, offset: UInt64(frame.offset)))
    }
    // A stream is walked over the gap.
    for (stream, records) in Dictionary(grouping: log.written, by: \.header.stream) {
      let left = records.map(\.header.position).filter { !lost.contains($0.number) }
      #expect(try reader.positions(of: stream) == left)
    }
  }

  static let parts = 4

  @Test(arguments: Effort.cases(0..<parts, few: 1))
  func `of any byte flipped loses no more than its chain`(_ part: Int) throws {
    let log = try ManyChains(openings: 9)
    #expect(log.segments.count > 2)
    for (index, path) in (log.segments + ["/book/log/tail"]).enumerated() {
      let count = path.hasSuffix("tail") ? 96 : log.disk.bytes(path).count
      let last = path.hasSuffix("tail") ? 0 : try log.frames(path).count
      for offset in stride(from: part * 23, to: count, by: Self.parts * 23) where last >= 0 {
        // What stands between the fields of the header is one place.
        if offset > 130, offset < 4000 { continue }
        let disk = log.disk.copy()
        disk.flip(path, offset)
        let what: Comment = "file \(index), byte \(offset)"
        let outcome = try salvage(disk, log.written, what)
        guard !path.hasSuffix("tail"), offset >= 4096, outcome.lostCount > 0 else {
          #expect(outcome.lostCount == 0, what)
          continue
        }
        let lost = try log.restOfChain(path, offset)
        #expect(outcome.losses.count == 1, what)
        #expect(outcome.losses[0].positions.lowerBound.number == lost.lowerBound, what)
        #expect(outcome.losses[0].positions.upperBound.number == lost.upperBound, what)
      }
    }
  }

  @Test func `of a missing segment names all its positions`() throws {
    let log = try ManyChains()
    let disk = log.disk.copy()
    let frames = try log.frames(log.segments[1])
    try disk.remove(log.segments[1])
    let outcome = try salvage(disk, log.written)
    #expect(outcome.losses.map(\.reason) == [.missingSegment])
    #expect(outcome.losses[0].positions.lowerBound.number == frames[0].positions.lowerBound)
    #expect(outcome.losses[0].positions.upperBound.number == frames.last?.positions.upperBound)
  }

  @Test func `of a log that ends too early names what was acknowledged`() throws {
    let log = try ManyChains()
    let path = try #require(log.segments.last)
    let frames = try log.frames(path)
    for frame in frames {
      let disk = log.disk.copy()
      disk.setBytes(Array(disk.bytes(path).prefix(frame.offset)), path)
      let outcome = try salvage(disk, log.written)
      #expect(outcome.losses.map(\.reason) == [.missingEnd])
      #expect(outcome.losses[0].positions.lowerBound.number == frame.positions.lowerBound)
      #expect(outcome.lastPosition.number == UInt64(log.written.count))
    }
    // Whole segments too.
    let disk = log.disk.copy()
    try disk.remove(path)
    let outcome = try salvage(disk, log.written)
    #expect(outcome.losses.map(\.reason) == [.missingEnd])
    #expect(outcome.lastPosition.number == UInt64(log.written.count))
  }

  @Test func `leaves a torn tail out with a remark, and loses nothing`() throws {
    let log = try ManyChains(openings: 3)
    let path = try #require(log.segments.last)
    let end = log.disk.bytes("/book/log/tail")[80..<88].reversed().reduce(0) { $0 << 8 | Int($1) }
    log.disk.flip(path, end + 3)
    let outcome = try salvage(log.disk, log.written)
    #expect(outcome.losses.isEmpty && outcome.remarks.count == 1)
    #expect(outcome.remarks[0].contains("\(end)"))
  }

  @Test func `of a copy that is damaged again keeps both gaps`() throws {
    let log = try ManyChains()
    let frame = try log.frames(log.segments[1])[2]
    log.disk.flip(log.segments[1], frame.offset + 12)
    let first = try salvage(log.disk, log.written)
    // The copy, damaged before and behind the gap, and salvaged again.
    let copied = "/copy/log/00000000000000000001.seg"
    let bytes = log.disk.bytes(copied)
    for offset in [4096 + 40, bytes.count / 3] {
      let disk = log.disk.copy()
      disk.flip(copied, min(offset, bytes.count - 1))
      let second = try LogSalvage.run("/copy", to: "/again", in: .memory(disk), options: .small())
      #expect(try failedChecks(.memory(disk), "/again").isEmpty)
      #expect(second.lastPosition == first.lastPosition)
      #expect(try LogInfo("/again", in: .memory(disk)).lostCount >= first.lostCount)
    }
  }

  @Test func `gives a book that is written on`() throws {
    let log = try ManyChains()
    let frame = try log.frames(log.segments[1])[2]
    log.disk.flip(log.segments[1], frame.offset + 12)
    let outcome = try salvage(log.disk, log.written)
    var maker = log.maker
    let more = try write(frames: 5, to: .memory(log.disk), maker: &maker, "/copy")
    let all = try readAll(.memory(log.disk), "/copy")
    #expect(Array(all.dropFirst(Int(outcome.lastPosition.number))) == more)
    #expect(try failedChecks(.memory(log.disk), "/copy").isEmpty)
  }

  @Test func `is refused beside a writer, over another book, and without any header`() throws {
    let log = try ManyChains(openings: 2)
    let world = World.memory(log.disk)
    func refused() -> LogError? {
      #expect(throws: LogError.self) {
        try LogSalvage.run("/book", to: "/copy", in: world, options: .small())
      }
    }
    let writer = try LogWriter.open("/book", in: world, options: .small(.never))
    #expect(refused()?.kind == .locked(pid: 77))
    writer.close()
    _ = try LogSalvage.run("/book", to: "/copy", in: world, options: .small())
    #expect(refused()?.kind == .alreadyExists)
    #expect(throws: LogError.self) {
      try LogSalvage.run("/none", to: "/other", in: world, options: .small())
    }
    log.disk.flip(log.segments[0], 30)
    #expect(throws: LogError.self) {
      try LogSalvage.run("/book", to: "/other", in: world, options: .small())
    }
    #expect(!log.disk.exists("/other"))
  }

  @Test func `on a full disk is an error that says so`() throws {
    let log = try ManyChains(openings: 2)
    log.disk.leaveRoom(9_000)
    let error = #expect(throws: LogError.self) {
      try LogSalvage.run("/book", to: "/copy", in: .memory(log.disk), options: .small())
    }
    #expect(error?.kind == .diskFull)
  }
}
