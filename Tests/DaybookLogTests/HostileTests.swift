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
      while !records.isAtEnd { _ = try records.next() }
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

  @Test func `a frame's header with a fitting check is still held to its limits`() throws {
    let place = CRC32C(seed: 5)
    // Flags, then what follows them as varints, and whether it may be read.
    let cases: [(UInt8, [UInt64], Bool)] = [
      (0x80, [10, 1], true), (0x80, [0, 1], false), (0x80, [10, 0], false),
      (0x80, [10, 3], false), (0x81, [10, 20, 2], true), (0x81, [10, 10, 2], false),
      (0x81, [10, 16_777_216, 2], true), (0x81, [10, 16_777_217, 2], false),
      (0x80, [16_777_217, 1], false), (0x82, [10, 1, 7], true), (0x82, [10, 1, 0], false),
      (0x82, [10, 1, 1 << 48], false), (0x84, [10, 1], false), (0x80, [.max, .max], false),
      (0x81, [1, .max, .max], false), (0x88, [10, 1], false), (0x00, [10, 1], false),
    ]
    for (flags, numbers, isGood) in cases {
      var bytes = ByteWriter()
      bytes.append(flags)
      for number in numbers { bytes.appendVarint(number) }
      if flags & 4 != 0 { bytes.appendLittleEndian(UInt64(9)) }
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
        place: place.at(4096), to: &output)
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
        var sum = found.headerSum
        sum.update(body)
        #expect(sum.value != found.sum)
      }
    }
  }
}
