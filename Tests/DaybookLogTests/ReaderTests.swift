import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `A reader's questions` {
  /// A log of several segments.
  private func log(frames: Int = 120) throws -> (world: World, written: [Kept]) {
    let world = World.memory(MemoryFileSystem())
    var maker = ActionMaker(seed: 91)
    let written = try write(
      frames: frames, to: world, maker: &maker, options: .small(segmentBytes: 7000))
    return (world, written)
  }

  @Test func `a time is the position that the log then stood at`() throws {
    let (world, written) = try log()
    #expect(try world.files.list("/book/log").count > 4)
    var reader = try LogReader("/book", in: world)
    let times = written.map { $0.header.recorded.milliseconds }
    var asked: Set<Int64> = [.min, 0, .max]
    for time in times { asked.formUnion([time - 1, time, time + 1]) }
    for time in asked.sorted() {
      let expected = times.prefix { $0 <= time }.count
      let found = try reader.position(recordedThrough: Instant(milliseconds: time))
      #expect(found == Position(UInt64(expected)), "\(time)")
    }
  }

  @Test func `in an empty log every time is its start`() throws {
    let (world, _) = try log(frames: 0)
    var reader = try LogReader("/book", in: world)
    #expect(try reader.position(recordedThrough: .max) == .start)
    #expect(try reader.positions(of: StreamID(StreamKind(1), 1)) == [])
  }

  @Test func `a time is looked up beside the writer, among what is durable`() throws {
    let world = World.memory(MemoryFileSystem())
    var maker = ActionMaker(seed: 92)
    var writer = try LogWriter.open("/book", in: world, options: .small(segmentBytes: 7000))
    var reader = try LogReader("/book", in: world)
    for count in 1...200 as ClosedRange<UInt64> {
      let action = maker.action()
      writer.submit(action)
      try writer.step()
      #expect(try reader.position(recordedThrough: .max) == Position(count - 1))
      try reader.refresh()
      let recorded = action.headers[0].recorded
      #expect(try reader.position(recordedThrough: recorded) == Position(count))
    }
    writer.close()
  }

  @Test func `a stream is walked backwards from its last record`() throws {
    let (world, written) = try log()
    var reader = try LogReader("/book", in: world)
    for (stream, records) in Dictionary(grouping: written, by: \.header.stream) {
      #expect(try reader.positions(of: stream) == records.map(\.header.position))
      #expect(try reader.lastPosition(of: stream) == records.last?.header.position)
      var back: [Kept] = []
      try reader.walkBack(stream) { back.append(Kept($0)) }
      #expect(back == records.reversed())
      // As known before its last record.
      let end = records[records.count - 1].header.position.previous
      let before = try reader.positions(of: stream, through: end)
      #expect(before == records.dropLast().map(\.header.position))
    }
    #expect(try reader.lastPosition(of: StreamID(StreamKind(5000), 1)) == nil)
  }

  @Test func `a stream is found beside the writer that goes on`() throws {
    let world = World.memory(MemoryFileSystem())
    var maker = ActionMaker(seed: 93)
    var writer = try LogWriter.open("/book", in: world, options: .small(segmentBytes: 6000))
    var reader = try LogReader("/book", in: world)
    var streams: [StreamID: [Position]] = [:]
    for _ in 0..<150 {
      let action = maker.action(records: 2)
      writer.submit(action)
      try writer.step()
      try reader.refresh()
      for header in action.headers { streams[header.stream, default: []].append(header.position) }
      let stream = action.headers[0].stream
      #expect(try reader.positions(of: stream) == streams[stream])
    }
    writer.close()
  }

  @Test func `nothing is written by reading, looking over or verifying`() throws {
    for removesPage in [false, true] {
      for boot: UInt64 in [1, 2] {
        let disk = MemoryFileSystem()
        var maker = ActionMaker(seed: 94)
        let options = LogOptions.small(segmentBytes: 7000)
        let written = try write(frames: 60, to: .memory(disk), maker: &maker, options: options)
        if removesPage { try disk.remove("/book/log/tail") }
        let before = disk.names.map { disk.bytes($0) }
        // Every change of the disk fails from here on, and a page mapped for reading traps.
        disk.fail(after: 0, .readOnly)
        let world = World.memory(disk, boot: boot)
        #expect(try readAll(world) == written)
        var reader = try LogReader("/book", in: world)
        #expect(try reader.record(at: Position(9)) { Kept($0) } == written[8])
        #expect(try reader.positions(of: written[8].header.stream).contains(Position(9)))
        #expect(try LogInfo("/book", in: world).events == UInt64(written.count))
        #expect(try failedChecks(world).isEmpty)
        #expect(disk.names.map { disk.bytes($0) } == before)
      }
    }
  }
}
