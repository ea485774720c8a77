import DaybookBytes
import DaybookEvents
import DaybookValues
import DaybookWorld
import Testing

@testable import DaybookLog

/// The checksum of bytes, as it stands on disk.
func checksum(_ bytes: [UInt8]) -> [UInt8] {
  let sum = CRC32C.checksum(bytes.span)
  return (0..<4).map { UInt8(truncatingIfNeeded: sum >> UInt32(8 * $0)) }
}

@Suite struct `Hostile bytes` {
  /// Raw bytes of a frame of a few records.
  private func raw(_ maker: inout ActionMaker) -> (bytes: [UInt8], count: Int) {
    var output = ByteWriter()
    let action = maker.action(records: 4)
    var base = RecordBase()
    var start = 0
    for (index, header) in action.headers.enumerated() {
      let payload = Array(action.payloads[start..<action.payloadEnds[index]])
      start = action.payloadEnds[index]
      withReader(of: payload) {
        RecordEncoder.append(
          header, source: index == 0 ? action.source : nil, payload: $0, base: base, to: &output)
      }
      if index == 0 { base = RecordBase(header) }
    }
    return (output.bytes, action.headers.count)
  }

  /// Reads all records, or the error that ends it.
  private func read(_ bytes: [UInt8], count: Int, first: UInt64) throws(WireError) {
    try withReader(of: bytes) { (reader) throws(WireError) in
      var records = FrameRecords(reader, base: RecordBase(), first: first, count: count)
      var record = RecordView.none
      while !records.isAtEnd { try records.next(into: &record) }
      try records.finish()
    }
  }

  @Test(arguments: 0..<4)
  func `records of any bytes are read or refused, and never trap`(_ part: Int) {
    var maker = ActionMaker(seed: UInt64(100 + part))
    var refused = 0
    for _ in 0..<2500 {
      var (bytes, count) = raw(&maker)
      for _ in 0..<Int.random(in: 1...3, using: &maker.dice) {
        let place = Int.random(in: 0..<bytes.count, using: &maker.dice)
        switch Int.random(in: 0..<4, using: &maker.dice) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &maker.dice)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(0xff, at: place)
        default: bytes.replaceSubrange(place..., with: repeatElement(0xff, count: 9))
        }
        if bytes.isEmpty { bytes = [0] }
      }
      count = Int.random(in: max(1, count - 1)...count + 1, using: &maker.dice)
      do {
        try read(bytes, count: count, first: 1)
      } catch {
        refused += 1
      }
    }
    #expect(refused > 500)
  }

  @Test func `records cut at any length are refused`() {
    var maker = ActionMaker(seed: 200)
    let (bytes, count) = raw(&maker)
    for length in 0..<bytes.count {
      #expect(throws: WireError.self) {
        try read(Array(bytes.prefix(length)), count: count, first: 1)
      }
    }
  }

  /// Reads one record, whose header `change` has made, through its encoding.
  private func reread(_ change: (inout RecordHeader) -> Void) throws(WireError) -> RecordHeader {
    var header = RecordHeader()
    header.position = Position(1)
    header.stream = StreamID(StreamKind(1), 1)
    header.recorded = Instant(milliseconds: 1_772_443_800_000)
    change(&header)
    var output = ByteWriter()
    withReader(of: []) {
      RecordEncoder.append(header, source: nil, payload: $0, base: RecordBase(), to: &output)
    }
    return try withReader(of: output.bytes) { (reader) throws(WireError) in
      var records = FrameRecords(reader, base: RecordBase(), first: 1, count: 1)
      var record = RecordView.none
      try records.next(into: &record)
      try records.finish()
      return record.header
    }
  }

  @Test func `times and offsets that no clock shows are refused`() throws {
    for time in [Instant.min, .max] {
      #expect(try reread { $0.effective.instant = time }.effective.instant == time)
      let beyond = Instant(milliseconds: time.milliseconds + (time == .min ? -1 : 1))
      #expect(throws: WireError.self) { try reread { $0.effective.instant = beyond } }
    }
    #expect(try reread { $0.recorded = .max }.recorded == .max)
    let late = Instant(milliseconds: Instant.max.milliseconds + 1)
    #expect(throws: WireError.self) { try reread { $0.recorded = late } }
    for seconds: Int32 in [-86_399, 86_399] {
      #expect(try reread { $0.effective.offset.seconds = seconds }.effective.offset.isInRange)
      let beyond = seconds + seconds.signum()
      #expect(throws: WireError.self) { try reread { $0.effective.offset.seconds = beyond } }
    }
  }

  @Test func `a sealed segment whose index leaves a chain out is never misread`() throws {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 33)
    var written: [Kept] = []
    // Each opening begins a chain; the last frame seals the segment.
    for _ in 0..<4 { written += try write(frames: 3, to: .memory(disk), maker: &maker) }
    written += try write(
      frames: 1, to: .memory(disk), maker: &maker, options: .small(segmentBytes: 4200))
    let path = "/book/log/00000000000000000001.seg"
    let place = LogDirectory("/book")
    let facts = try SegmentFacts.read(
      SegmentName(Position(1)), isLast: false, in: place, disk)
    let footer = try #require(facts.footer)
    #expect(footer.tally.chains.count == 4)
    for left in 1..<4 {
      var tally = footer.tally
      let gone = tally.chains.remove(at: left)
      tally.chains[left - 1].frameCount += gone.frameCount
      var bytes = ByteWriter()
      bytes.append(Array(disk.bytes(path).prefix(Int(footer.offset))))
      var index = SegmentFooter.encodedIndex(tally)
      SegmentFooter.close(
        &index, hash: footer.hash, at: footer.offset, place: facts.header.place)
      bytes.append(index.bytes)
      let other = disk.copy()
      other.setBytes(bytes.bytes, path)
      for record in written.shuffled(using: &maker.dice) + written {
        var reader = try LogReader("/book", in: .memory(other))
        for position in [record.header.position, Position(1), record.header.position] {
          do {
            let found = try reader.record(at: position) { Kept($0) }
            #expect(found == written[Int(position.number) - 1])
          } catch let error as LogError {
            #expect(error.kind == .damaged && error.segment == "00000000000000000001.seg")
          }
        }
      }
      let failed = try failedChecks(.memory(other))
      #expect(failed.contains { $0.name == "footer" })
    }
  }

  @Test func `a version without end is a failed check`() throws {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 34)
    var writer = try LogWriter.open("/book", in: .memory(disk), options: .small())
    for version: UInt64 in [1, .max, 2, .max] {
      var action = maker.action()
      action.headers[0].stream = StreamID(StreamKind(7), 7)
      action.headers[0].version = version
      action.headers[0].previous = action.headers[0].position.previous
      if version == 1 { action.headers[0].previous = .start }
      writer.submit(action)
      try writer.step()
    }
    writer.close()
    let failed = try failedChecks(.memory(disk))
    #expect(failed.map(\.name) == ["frames"])
    #expect(try readAll(.memory(disk)).count == 4)
  }

  @Test func `a source reference that is not UTF-8 is a failed check`() throws {
    let disk = MemoryFileSystem()
    var maker = ActionMaker(seed: 35)
    var writer = try LogWriter.open("/book", in: .memory(disk), options: .small())
    var action = maker.action(payloadBytes: 0)
    action.source = ActionSource(
      reference: "abcdefgh", digest: CommandDigest(low: 1, high: 2))
    writer.submit(action)
    try writer.step()
    writer.close()
    // Broken in place, with checksums that fit again.
    let path = "/book/log/00000000000000000001.seg"
    var bytes = disk.bytes(path)
    let at = try #require((4096..<bytes.count).first { bytes[$0...].starts(with: "abcdefgh".utf8) })
    bytes[at] = 0xff
    let header = try SegmentFacts.readHeader(disk.open(path, .read), SegmentName(Position(1)))
    var fixed = ByteWriter()
    try withReader(of: Array(bytes.dropFirst(4096))) { rest in
      let found = try FrameHeader(reading: rest, place: header.place.at(4096))
      #expect(!found.isCompressed)
      var body = rest
      try body.skip(found.headerCount)
      FrameHeader.append(
        body: try body.readBytes(found.storedCount), rawCount: nil,
        recordCount: found.recordCount, firstPosition: 1, opening: found.opening,
        lag: nil, place: header.place.at(4096), to: &fixed)
    }
    bytes.replaceSubrange(4096..<4096 + fixed.count, with: fixed.bytes)
    disk.setBytes(bytes, path)
    let failed = try failedChecks(.memory(disk))
    #expect(failed.map(\.name) == ["frames"])
    #expect(failed.first?.detail.contains("UTF-8") == true)
  }

  @Test func `a frame's header with a fitting check is still held to its limits`() throws {
    let place = CRC32C(seed: 5)
    // Flags, then what follows them as varints, and whether it may be read.
    let cases: [(UInt8, [UInt64], Bool)] = [
      (0x80, [10, 1], true), (0x80, [0, 1], false), (0x80, [10, 0], false),
      (0x80, [10, 3], false), (0x81, [10, 20, 2], true), (0x81, [10, 10, 2], false),
      (0x81, [10, 16_777_216, 2], true), (0x81, [10, 16_777_217, 2], false),
      (0x80, [16_777_217, 1], false), (0x82, [10, 1, 7], true), (0x82, [10, 1, 0], false),
      (0x82, [10, 1, 1 << 48], false), (0x84, [10, 1], false), (0x80, [.max, .max], false),
      (0x81, [1, .max, .max], false), (0x88, [10, 1], false), (0x88, [10, 1, 0], false),
      (0x88, [10, 1, 300_001], true), (0x88, [10, 1, 1 << 49], false),
      (0x8a, [10, 1, 7, (1 << 49) - 1], true), (0x90, [10, 1], false),
      (0x8e, [10, 1, 7, 300_001], true), (0x8f, [.max, .max, .max, .max, .max], false),
      (0x00, [10, 1], false),
    ]
    for (flags, numbers, isGood) in cases {
      var bytes = ByteWriter()
      bytes.append(flags)
      // The random bytes stand before a lag.
      let lagAt = flags & 8 != 0 ? numbers.count - 1 : numbers.count
      for number in numbers[..<lagAt] { bytes.appendVarint(number) }
      if flags & 4 != 0 { bytes.appendLittleEndian(UInt64(9)) }
      for number in numbers[lagAt...] { bytes.appendVarint(number) }
      var sum = place
      bytes.withReader { sum.update($0) }
      bytes.appendLittleEndian(sum.folded)
      bytes.appendLittleEndian(UInt32(0))
      bytes.withReader { reader in
        let found = try? FrameHeader(reading: reader, place: place)
        #expect((found != nil) == isGood, "\(flags) \(numbers)")
      }
    }
  }

  @Test func `a flipped byte never leaves the watermark's check as it was`() {
    // The check is linear: what one flip changes does not depend on the rest.
    let clean = TailPage.watermarkWord(Position(81_377), LogID(low: 7, high: 9))
    for place in 0..<8 {
      for flip in UInt64(1)...255 {
        let word = clean ^ flip << UInt64(8 * place)
        let position = Position(word & LogLimits.positionMax)
        #expect(TailPage.watermarkWord(position, LogID(low: 7, high: 9)) != word)
      }
    }
  }

  @Test func `a frame at another place is no frame`() throws {
    var output = ByteWriter()
    let place = PlaceChecksum(checksumSeed: 1, segmentNumber: 2)
    withReader(of: [1, 2, 3, 4, 5]) {
      FrameHeader.append(
        body: $0, rawCount: nil, recordCount: 1, firstPosition: nil, opening: nil,
        lag: nil, place: place.at(4096), to: &output)
    }
    let others = [
      place.at(4097), place.at(5096), PlaceChecksum(checksumSeed: 1, segmentNumber: 3).at(4096),
      PlaceChecksum(checksumSeed: 2, segmentNumber: 2).at(4096),
    ]
    try output.withReader { bytes in
      let found = try FrameHeader(reading: bytes, place: place.at(4096))
      #expect(found.storedCount == 5)
      for other in others {
        guard let found = try? FrameHeader(reading: bytes, place: other) else { continue }
        // Two bytes may fit by accident; the sum of the whole does not.
        var body = bytes
        try body.skip(found.headerCount)
        #expect(found.sum(with: body) != found.sum)
      }
    }
  }
}
