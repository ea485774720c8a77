import DaybookBytes
import Testing

@Suite struct `SHA-256` {
  // The examples that NIST publishes beside FIPS 180-4.
  static let published: [(text: String, hash: String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
        + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ]

  @Test func `gives the published values, at once and in pieces`() {
    for (text, hash) in Self.published {
      let bytes = Array(text.utf8)
      #expect(SHA256.hash(bytes).description == hash)
      var pieces = SHA256()
      for start in stride(from: 0, to: bytes.count, by: 977) {
        pieces.update(bytes.span.extracting(start..<min(start + 977, bytes.count)))
      }
      #expect(pieces.finalize().description == hash)
    }
  }

  @Test func `goes on after a hash was taken`() {
    var hash = SHA256()
    #expect(hash.finalize() == SHA256.hash([]))
    hash.update([1, 2])
    #expect(hash.finalize() == SHA256.hash([1, 2]))
    withReader(of: [3, 4, 5]) { hash.update($0) }
    #expect(hash.finalize() == SHA256.hash([1, 2, 3, 4, 5]))
    #expect(hash.finalize() == SHA256.hash([1, 2, 3, 4, 5]))
  }

  @Test func `a hash is written and read as its 32 bytes`() throws {
    let hash = SHA256.hash(Array("abc".utf8))
    var writer = ByteWriter()
    hash.append(to: &writer)
    #expect(writer.bytes == hash.bytes)
    #expect(Array(hash.bytes.prefix(4)) == [0xba, 0x78, 0x16, 0xbf])
    #expect(hash.first == 0xba78_16bf_8f01_cfea)
    writer.append(9)
    try writer.withReader { reader throws(WireError) in
      var reader = reader
      #expect(try SHA256Hash(reading: &reader) == hash)
      #expect(reader.remaining == 1)
    }
  }

  @Test func `fewer than 32 bytes are no hash`() {
    withReader(of: Array(repeating: 1, count: 31)) { reader in
      var reader = reader
      #expect(throws: WireError(.truncated, at: 0)) { try SHA256Hash(reading: &reader) }
    }
  }
}
