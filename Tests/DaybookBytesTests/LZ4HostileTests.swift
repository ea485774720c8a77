import DaybookBytes
import Testing

@Suite struct `Hostile LZ4 blocks` {
  /// What stands in the chain before the block.
  let prefix: [UInt8]
  /// The raw bytes of the block.
  let raw: [UInt8]
  /// The block, which refers to the prefix.
  let block: [UInt8]

  init() {
    var numbers = SeededNumbers(seed: 1)
    prefix = numbers.recordBytes(700)
    raw = numbers.recordBytes(400)
    var chain = ByteWriter()
    chain.append(prefix)
    chain.append(raw)
    var output = ByteWriter()
    var compressor = LZ4Compressor()
    compressor.compress(chain: chain, from: prefix.count, into: &output)
    block = output.bytes
  }

  /// The bytes that `block` gives behind the prefix; nil where it is refused.
  ///
  /// Whatever happens, the chain keeps what it held and gets nothing or exactly `rawCount` bytes.
  func unpack(_ block: [UInt8], rawCount: Int) -> [UInt8]? {
    var chain = ByteWriter(capacity: prefix.count + raw.count)
    chain.append(prefix)
    do throws(WireError) {
      try withReader(of: block) { (reader) throws(WireError) in
        try LZ4.decompress(
          reader, rawCount: rawCount, appendingTo: &chain, prefix: prefix.count)
      }
    } catch {
      #expect(error == WireError(.badCompression, at: 0))
      #expect(chain.bytes == prefix)
      return nil
    }
    #expect(chain.count == prefix.count + rawCount)
    #expect(chain.bytes(in: 0..<prefix.count) == prefix)
    return chain.bytes(in: prefix.count..<chain.count)
  }

  @Test func `the block itself is good`() {
    #expect(block.count < raw.count * 3 / 4)
    #expect(unpack(block, rawCount: raw.count) == raw)
  }

  @Test func `a block cut at any byte is refused`() {
    for count in 0..<block.count {
      #expect(unpack(Array(block.prefix(count)), rawCount: raw.count) == nil, "\(count)")
    }
  }

  @Test func `a block with a byte more is refused`() {
    for byte in 0...255 as ClosedRange<UInt8> {
      #expect(unpack(block + [byte], rawCount: raw.count) == nil, "\(byte)")
    }
  }

  @Test func `another raw count is refused`() {
    for rawCount in 0...(2 * raw.count) where rawCount != raw.count {
      #expect(unpack(block, rawCount: rawCount) == nil, "\(rawCount)")
    }
  }

  @Test func `a block with any bit flipped is refused or gives as many bytes`() {
    var refused = 0
    for bit in 0..<(8 * block.count) {
      var flipped = block
      flipped[bit / 8] ^= 1 << (bit % 8)
      if unpack(flipped, rawCount: raw.count) == nil { refused += 1 }
    }
    #expect(refused > block.count)
  }

  @Test(arguments: 1...20)
  func `random bytes are refused or give as many bytes as promised`(_ seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    for _ in 0..<500 {
      let garbage = numbers.bytes(Int.random(in: 0...60, using: &numbers))
      _ = unpack(garbage, rawCount: Int.random(in: 0...300, using: &numbers))
    }
  }

  @Test func `a raw count that no such block can give is refused before room is made`() {
    // Room for either of these could not be made at all.
    #expect(unpack(block, rawCount: 1 << 60) == nil)
    #expect(unpack(block, rawCount: Int.max) == nil)
    #expect(unpack(block, rawCount: Int(Int32.max)) == nil)
    #expect(unpack(block, rawCount: -1) == nil)
    #expect(unpack(block, rawCount: Int.min) == nil)
  }

  @Test func `the steepest block there is fits the limit`() {
    // One literal, a match at distance 1 whose length is drawn out by 255 a byte, five literals.
    let drawnOut = 4000
    var steep: [UInt8] = [0x1f, 7, 1, 0]
    steep += Array(repeating: 255, count: drawnOut) + [0]
    steep += [0x50, 7, 7, 7, 7, 7]
    let rawCount = 1 + 4 + 15 + 255 * drawnOut + 5
    #expect(unpack(steep, rawCount: rawCount) == Array(repeating: 7, count: rawCount))
  }

  @Test func `an empty part is one byte, and no bytes are no block`() {
    #expect(unpack([0], rawCount: 0) == [])
    #expect(unpack([], rawCount: 0) == nil)
    #expect(unpack([1], rawCount: 0) == nil)
  }

  @Test func `distance zero and distances before the prefix are refused`() {
    func match(at distance: Int) -> [UInt8] {
      [0x14, 9, UInt8(distance & 255), UInt8(distance >> 8), 0x50, 1, 2, 3, 4, 5]
    }
    #expect(unpack(match(at: prefix.count + 1), rawCount: 14) != nil)
    #expect(unpack(match(at: prefix.count + 2), rawCount: 14) == nil)
    #expect(unpack(match(at: 65_535), rawCount: 14) == nil)
  }

  @Test func `the error names the block's offset`() throws {
    try withReader(of: [1, 2, 3, 0xff, 0xff]) { reader throws(WireError) in
      var reader = reader
      try reader.skip(3)
      let rest = reader
      var chain = ByteWriter()
      #expect(throws: WireError(.badCompression, at: 3)) {
        try LZ4.decompress(rest, rawCount: 5, appendingTo: &chain, prefix: 0)
      }
    }
  }

  @Test func `a prefix longer than the chain is a fault of the caller`() async {
    await #expect(processExitsWith: .failure) {
      var chain = ByteWriter()
      withReader(of: [0]) { try? LZ4.decompress($0, rawCount: 0, appendingTo: &chain, prefix: 1) }
    }
  }
}
