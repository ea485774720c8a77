import DaybookBytes
import Testing

@Suite struct `LZ4 blocks` {
  /// One chain compressed part by part: the raw bytes, and each part's block.
  struct Linked {
    var raw: [UInt8]
    var parts: [(rawCount: Int, block: [UInt8])] = []

    /// Compresses `raw` in the given parts; `room` is what the chain reserves before.
    init(_ raw: [UInt8], parts counts: [Int], room: Int, by compressor: inout LZ4Compressor) {
      self.raw = raw
      var chain = ByteWriter(capacity: room)
      var blocks = ByteWriter()
      for count in counts {
        let start = chain.count
        chain.append(raw.span.extracting(start..<start + count))
        let before = blocks.count
        let made = compressor.compress(chain: chain, from: start, into: &blocks)
        parts.append((count, blocks.bytes(in: before..<before + made)))
      }
    }

    init(_ raw: [UInt8], parts counts: [Int]) {
      var compressor = LZ4Compressor()
      self.init(raw, parts: counts, room: raw.count, by: &compressor)
    }

    var blockBytes: Int { parts.reduce(0) { $0 + $1.block.count } }

    /// Decompresses every part behind the one before it.
    func unpacked(room: Int = 0) throws(WireError) -> [UInt8] {
      var chain = ByteWriter(capacity: room)
      for part in parts {
        try withReader(of: part.block) { (block) throws(WireError) in
          try LZ4.decompress(
            block, rawCount: part.rawCount, appendingTo: &chain, prefix: chain.count)
        }
      }
      return chain.bytes
    }
  }

  /// `total` cut in parts of random size; the first sizes are small, so that tiny dictionaries occur.
  static func split(_ total: Int, upTo largest: Int, _ numbers: inout SeededNumbers) -> [Int] {
    var counts: [Int] = []
    var rest = total
    while rest > 0 {
      let limit = counts.count < 4 ? min(5, largest) : largest
      let count = min(rest, Int.random(in: 0...limit, using: &numbers))
      counts.append(count)
      rest -= count
    }
    return counts
  }

  @Test(arguments: 1...40)
  func `linked blocks in any split give the raw bytes back`(_ seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    var compressor = LZ4Compressor()
    for largest in [3, 60, 700, 20_000] {
      let raw = numbers.recordBytes(Int.random(in: 1...(largest * 20), using: &numbers))
      let counts = Self.split(raw.count, upTo: largest, &numbers)
      // With room ahead, and with memory that moves again and again while the chain grows.
      for room in [raw.count, 0] {
        let linked = Linked(raw, parts: counts, room: room, by: &compressor)
        #expect(try linked.unpacked() == raw)
        #expect(try linked.unpacked(room: raw.count) == raw)
      }
    }
  }

  @Test(arguments: [0, 1, 2, 12, 13, 100, 65_535, 65_536, 65_537, 1_000_000])
  func `bytes without a pattern come back, within the bound`(_ count: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(count))
    let linked = Linked(numbers.bytes(count), parts: [count])
    #expect(linked.blockBytes <= LZ4.blockBytesMax(count))
    #expect(try linked.unpacked() == linked.raw)
  }

  @Test func `a chain longer than the window comes back`() throws {
    var numbers = SeededNumbers(seed: 5)
    let raw = numbers.recordBytes(300_000)
    let linked = Linked(raw, parts: [100, 65_436, 1, 65_535, 70_000, 98_928])
    #expect(try linked.unpacked() == raw)
    #expect(linked.blockBytes < raw.count * 2 / 3)
  }

  @Test(arguments: [32_767, 32_768, 64_000, 1_000_000])
  func `what is searched in haste comes back, and is hardly longer`(_ count: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(count))
    let raw = numbers.recordBytes(count)
    let hasty = Linked(raw, parts: [raw.count])
    let starts = stride(from: 0, to: count, by: 32_767)
    let thorough = Linked(raw, parts: starts.map { min(32_767, count - $0) })
    #expect(try hasty.unpacked() == raw)
    #expect(hasty.blockBytes * 10 < thorough.blockBytes * 11)
  }

  @Test func `a frame of 16 MiB is a chain of its own`() throws {
    var numbers = SeededNumbers(seed: 6)
    let piece = numbers.recordBytes(1 << 16)
    var raw: [UInt8] = []
    for _ in 0..<256 { raw += piece }
    let unpacked = try Linked(raw, parts: [raw.count]).unpacked()
    #expect(unpacked == raw)
  }

  @Test(arguments: [0, 4000])
  func `a part said before costs almost nothing, moved memory or not`(_ room: Int) throws {
    var numbers = SeededNumbers(seed: 7)
    let part = numbers.bytes(1000)
    var compressor = LZ4Compressor()
    let linked = Linked(part + part + part, parts: [1000, 1000, 1000], room: room, by: &compressor)
    #expect(linked.parts[0].block.count > 1000)
    #expect(linked.parts[1].block.count < 30)
    #expect(linked.parts[2].block.count < 30)
    #expect(try linked.unpacked() == linked.raw)
  }

  @Test func `one compressor serves chains in turn, shortened and refilled ones too`() throws {
    var numbers = SeededNumbers(seed: 8)
    var compressor = LZ4Compressor()
    var first = ByteWriter(capacity: 8192)
    var second = ByteWriter(capacity: 8192)
    func addPart(to chain: inout ByteWriter) throws {
      let start = chain.count
      chain.append(numbers.recordBytes(Int.random(in: 1...400, using: &numbers)))
      var block = ByteWriter()
      compressor.compress(chain: chain, from: start, into: &block)
      var copy = ByteWriter()
      copy.append(chain.bytes(in: 0..<start))
      try block.withReader { block throws(WireError) in
        try LZ4.decompress(block, rawCount: chain.count - start, appendingTo: &copy, prefix: start)
      }
      #expect(copy.bytes == chain.bytes)
    }
    for round in 0..<400 {
      switch Int.random(in: 0..<10, using: &numbers) {
      case 0: first.removeAll()
      case 1: second.truncate(to: second.count / 2)
      case 2: second.append(numbers.bytes(50))  // bytes that were never compressed
      case 3: compressor.reset()
      case let choice where choice < 7: try addPart(to: &first)
      default: try addPart(to: &second)
      }
      if round % 50 == 49 { second.removeAll() }
    }
  }

  @Test func `of a dictionary only the prefix given may be used`() throws {
    var numbers = SeededNumbers(seed: 9)
    let part = numbers.bytes(500)
    let linked = Linked(part + part, parts: [500, 500])
    withReader(of: linked.parts[1].block) { block in
      for prefix in [0, 1, 499] {
        var chain = ByteWriter()
        chain.append(part)
        #expect(throws: WireError(.badCompression, at: 0)) {
          try LZ4.decompress(block, rawCount: 500, appendingTo: &chain, prefix: prefix)
        }
        #expect(chain.bytes == part)
      }
    }
  }
}
