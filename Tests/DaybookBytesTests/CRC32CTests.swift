import DaybookBytes
import Testing

@Suite struct `CRC-32C` {
  // RFC 3720, appendix B.4; the check value of the CRC catalogues last.
  static let published: [(bytes: [UInt8], checksum: UInt32)] = [
    (Array(repeating: 0, count: 32), 0x8a91_36aa),
    (Array(repeating: 0xff, count: 32), 0x62a8_ab43),
    (Array(0..<32), 0x46dd_794e),
    (Array((0..<32).reversed()), 0x113f_db5c),
    (
      [
        0x01, 0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x14, 0x00, 0x00, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00, 0x00, 0x14, 0x00, 0x00,
        0x00, 0x18, 0x28, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00,
      ], 0xd996_3a56
    ),
    (Array("123456789".utf8), 0xe306_9283),
    ([], 0),
  ]

  @Test(arguments: published)
  func `gives the published values`(_ vector: (bytes: [UInt8], checksum: UInt32)) {
    #expect(CRC32C.checksum(vector.bytes.span) == vector.checksum)
    #expect(CRC32C.portable(vector.bytes.span) == vector.checksum)
  }

  @Test func `instruction and tables agree at every length, place and seed`() {
    var numbers = SeededNumbers(seed: 1)
    // Beyond two joined rounds of three runs, at each of eight alignments.
    let bytes = numbers.bytes(1700)
    for count in 0...1600 {
      let start = count % 8
      let seed = UInt32(truncatingIfNeeded: numbers.next())
      let part = bytes.span.extracting(start..<start + count)
      #expect(CRC32C.checksum(part, seed: seed) == CRC32C.portable(part, seed: seed), "\(count)")
    }
    let large = numbers.bytes(1_000_003)
    #expect(CRC32C.checksum(large.span) == CRC32C.portable(large.span))
  }

  @Test func `can be made in pieces`() {
    var numbers = SeededNumbers(seed: 2)
    let bytes = numbers.bytes(5000)
    for _ in 0..<100 {
      let cut = Int.random(in: 0...5000, using: &numbers)
      var sum = CRC32C()
      sum.update(bytes.span.extracting(0..<cut))
      withReader(of: bytes.span.extracting(cut...)) { sum.update($0) }
      #expect(sum.value == CRC32C.checksum(bytes.span))
    }
  }

  @Test func `a word counts as its bytes, lowest first`() {
    var word = CRC32C(seed: 7)
    word.update(littleEndian: 0x0807_0605_0403_0201)
    let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
    #expect(word.value == CRC32C.checksum(bytes.span, seed: 7))
  }

  @Test func `two bytes and what follows them count as all of them in a row`() {
    var numbers = SeededNumbers(seed: 3)
    let bytes = numbers.bytes(2000)
    for count in Array(2...70) + [767, 770, 1539, 2000] {
      let whole = bytes.span.extracting(0..<count)
      var sum = CRC32C(seed: UInt32(count))
      withReader(of: whole.extracting(2...)) {
        sum.update(littleEndian: UInt16(bytes[0]) | UInt16(bytes[1]) << 8, then: $0)
      }
      #expect(sum.value == CRC32C.portable(whole, seed: UInt32(count)), "\(count)")
    }
  }

  @Test func `another seed or another bit gives another checksum`() {
    var numbers = SeededNumbers(seed: 3)
    var bytes = numbers.bytes(300)
    let right = CRC32C.checksum(bytes.span, seed: 1)
    #expect(CRC32C.checksum(bytes.span, seed: 2) != right)
    for bit in 0..<2400 {
      bytes[bit / 8] ^= 1 << (bit % 8)
      #expect(CRC32C.checksum(bytes.span, seed: 1) != right)
      bytes[bit / 8] ^= 1 << (bit % 8)
    }
  }
}
