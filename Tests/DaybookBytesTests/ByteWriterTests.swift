import DaybookBytes
import Testing

@Suite struct `Byte writer` {
  @Test func `bytes of every kind stand in the order written`() {
    var writer = ByteWriter()
    writer.append(1)
    writer.append([2, 3])
    writer.append([4, 5].span)
    withReader(of: [6, 7]) { writer.append($0) }
    writer.append(utf8: "ë")
    writer.appendLittleEndian(UInt16(0x0201))
    writer.appendLittleEndian(UInt32(0x0605_0403))
    writer.appendLittleEndian(UInt64(0x0e0d_0c0b_0a09_0807))
    writer.append([])
    writer.append(utf8: "")
    #expect(writer.bytes == [1, 2, 3, 4, 5, 6, 7, 0xc3, 0xab] + Array(1...14))
    #expect(writer.bytes(in: 7..<9) == [0xc3, 0xab])
    #expect(writer.bytes(in: 3..<3) == [])
    writer.overwriteLittleEndian(UInt32(0xa1a2_a3a4), at: 1)
    #expect(writer.bytes(in: 0..<6) == [1, 0xa4, 0xa3, 0xa2, 0xa1, 6])
  }

  @Test func `growing keeps every byte`() {
    var numbers = SeededNumbers(seed: 1)
    var writer = ByteWriter()
    var expected: [UInt8] = []
    for _ in 0..<500 {
      let part = numbers.bytes(Int.random(in: 0...90, using: &numbers))
      if Bool.random(using: &numbers) {
        writer.append(part)
      } else {
        for byte in part { writer.append(byte) }
      }
      expected += part
    }
    #expect(writer.bytes == expected)
    writer.truncate(to: 100)
    writer.append(7)
    #expect(writer.bytes == expected.prefix(100) + [7])
    writer.removeAll()
    #expect(writer.bytes == [])
  }

  @Test(arguments: [0, 1, 2, 126, 127, 128, 129, 16_382, 16_383, 16_384, 16_385, 2_097_152])
  func `a length is the shortest varint before its body`(_ count: Int) {
    var numbers = SeededNumbers(seed: UInt64(count))
    let body = numbers.bytes(count)
    var writer = ByteWriter()
    writer.append([0xaa, 0xbb])
    let mark = writer.beginLength()
    writer.append(body)
    writer.endLength(mark)
    writer.append(0xcc)
    var expected = ByteWriter()
    expected.append([0xaa, 0xbb])
    expected.appendVarint(UInt64(count))
    expected.append(body)
    expected.append(0xcc)
    #expect(writer.bytes == expected.bytes)
  }

  @Test func `lengths nest, each shifted as its body needs`() throws {
    for inner in [100, 124, 125, 126, 127, 128, 16_376, 16_378, 16_379, 16_380, 16_384] {
      var writer = ByteWriter()
      let outerMark = writer.beginLength()
      writer.append(1)
      let innerMark = writer.beginLength()
      writer.append(Array(repeating: 7, count: inner))
      writer.endLength(innerMark)
      writer.append(2)
      writer.endLength(outerMark)
      try writer.withReader { reader throws(WireError) in
        var reader = reader
        let outerCount = try reader.readVarint()
        var outer = try reader.readBytes(Int(outerCount))
        #expect(reader.isAtEnd)
        #expect(try outer.readByte() == 1)
        let innerCount = try outer.readVarint()
        #expect(innerCount == UInt64(inner))
        let body = try outer.readBytes(inner)
        #expect(body.copyRemaining() == Array(repeating: 7, count: inner))
        #expect(try outer.readByte() == 2)
        #expect(outer.isAtEnd)
      }
    }
  }

  @Test func `a part is lent as reader and as span`() {
    var writer = ByteWriter()
    writer.append([1, 2, 3, 4])
    writer.withReader(in: 1..<3) { #expect($0.copyRemaining() == [2, 3]) }
    writer.withSpan(in: 2..<4) { #expect($0[0] == 3 && $0.count == 2) }
    writer.withSpan { #expect($0.count == 4) }
    writer.withReader(in: 4..<4) { #expect($0.isAtEnd) }
  }

  @Test func `marks and ranges beyond the end are faults of the caller`() async {
    await #expect(processExitsWith: .failure) {
      var writer = ByteWriter()
      writer.endLength(1000)
    }
    await #expect(processExitsWith: .failure) {
      var writer = ByteWriter()
      writer.append(1)
      writer.endLength(0)
    }
    await #expect(processExitsWith: .failure) {
      var writer = ByteWriter()
      writer.append([1, 2, 3])
      writer.overwriteLittleEndian(UInt32(0), at: 0)
    }
    await #expect(processExitsWith: .failure) {
      let writer = ByteWriter(capacity: 100)
      _ = writer.bytes(in: 0..<1)
    }
    await #expect(processExitsWith: .failure) {
      var writer = ByteWriter(capacity: 100)
      writer.truncate(to: 1)
    }
  }
}
