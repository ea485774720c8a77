import DaybookBytes
import Testing

@Suite struct `A keyed hash` {
  // Source: the reference implementation's vectors.h, vectors_sip64: key 00 01 .. 0f, input 00 01 ..
  private static let key = SipHash(low: 0x0706_0504_0302_0100, high: 0x0f0e_0d0c_0b0a_0908)
  private static let vectors: [(count: Int, hash: UInt64)] = [
    (0, 0x726f_db47_dd0e_0e31), (1, 0x74f8_39c5_93dc_67fd), (2, 0x0d6c_8009_d9a9_4f5a),
    (7, 0xab02_00f5_8b01_d137), (8, 0x93f5_f579_9a93_2462), (15, 0xa129_ca61_49be_45e5),
  ]

  @Test(arguments: vectors) func `gives the published hashes`(_ count: Int, _ hash: UInt64) {
    let bytes = (0..<count).map { UInt8($0) }
    #expect(withReader(of: bytes) { Self.key.hash($0) } == hash)
  }

  @Test(arguments: [0, 1, 7, 8, 9, 200])
  func `takes a word before the bytes as if it stood there`(_ count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let word: UInt64 = 0x8877_6655_4433_2211
    var joined = ByteWriter()
    joined.appendLittleEndian(word)
    joined.append(bytes)
    #expect(
      withReader(of: bytes) { Self.key.hash(word, $0) } == joined.withReader { Self.key.hash($0) })
  }

  @Test func `depends on the key`() {
    let other = SipHash(low: 1, high: 0)
    withReader(of: [1, 2, 3]) { #expect(Self.key.hash($0) != other.hash($0)) }
  }
}
