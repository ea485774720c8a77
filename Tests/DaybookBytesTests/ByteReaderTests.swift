import DaybookBytes
import Testing

@Suite struct `Byte reader` {
  /// Reads a varint from `bytes` and tells how many bytes it took.
  func varint(_ bytes: [UInt8]) throws(WireError) -> (value: UInt64, width: Int) {
    try withReader(of: bytes) { (reader) throws(WireError) in
      var reader = reader
      let value = try reader.readVarint()
      return (value, reader.offset)
    }
  }

  @Test func `varints read back at every boundary`() throws {
    var numbers = SeededNumbers(seed: 1)
    var values: [UInt64] = [0, .max]
    for shift in 0..<64 {
      let power = UInt64(1) << shift
      values += [power - 1, power, power + 1, power | (numbers.next() & (power - 1))]
    }
    for value in values {
      var writer = ByteWriter()
      writer.appendVarint(value)
      #expect(writer.count == ByteWriter.varintWidth(value))
      #expect(writer.count == max(1, (64 - value.leadingZeroBitCount + 6) / 7))
      // With little behind it, and with a whole word, of which it is then read.
      for rest in [[], [0xff], [UInt8](repeating: 0xff, count: 9), [UInt8](repeating: 0, count: 9)]
      {
        let read = try varint(writer.bytes + rest)
        #expect(read.value == value)
        #expect(read.width == writer.count)
      }
      // At the end of what stands before it: the word reaches back, and no further.
      for before in 0...8 {
        let bytes = [UInt8](repeating: 0xff, count: before) + writer.bytes
        let read = try withReader(of: bytes) { (reader) throws(WireError) in
          var reader = reader
          try reader.skip(before)
          return try reader.readVarint()
        }
        #expect(read == value)
        #expect(throws: WireError(.truncated, at: before)) {
          try withReader(of: Array(bytes.dropLast())) { (reader) throws(WireError) in
            var reader = reader
            try reader.skip(before)
            _ = try reader.readVarint()
          }
        }
      }
    }
  }

  @Test func `a varint cut anywhere is truncated`() {
    for shift in stride(from: 0, through: 63, by: 7) {
      var writer = ByteWriter()
      writer.appendVarint(1 << UInt64(shift))
      for count in 0..<writer.count {
        let cut = writer.bytes(in: 0..<count)
        #expect(throws: WireError(.truncated, at: 0)) { try varint(cut) }
      }
    }
  }

  @Test(
    arguments: [
      [0x80, 0x00],
      [0xff, 0x00],
      [0x81, 0x80, 0x00],
      [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00],
      // The tenth byte may hold one bit only, and nothing follows it.
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02],
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x80],
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x81, 0x00],
    ] as [[UInt8]])
  func `a varint longer than its value needs is refused`(_ bytes: [UInt8]) {
    #expect(throws: WireError(.overlongVarint, at: 0)) { try varint(bytes) }
    let followed = bytes + [UInt8](repeating: 0x11, count: 8)
    #expect(throws: WireError(.overlongVarint, at: 0)) { try varint(followed) }
  }

  @Test func `a number of any length is read, or refused, as one of a foreseen length`() {
    var numbers = SeededNumbers(seed: 4)
    var forms = [[UInt8]](repeating: [], count: 1)
    for width in 1...11 {
      for _ in 0..<40 {
        // Continued up to its last byte; that is zero, one, or any, so that overlong ones are among them.
        var form = numbers.bytes(width).map { $0 | 0x80 }
        form[width - 1] = [0, 1, form[width - 1] & 0x7f].randomElement(using: &numbers)!
        forms.append(form)
        forms.append(Array(form.dropLast()))
      }
    }
    for form in forms {
      for rest in [0, 1, 7, 8, 20] {
        let bytes = form + numbers.bytes(rest)
        let foreseen = Result { () throws(WireError) in try varint(bytes) }
        let varied = Result { () throws(WireError) in
          try withReader(of: bytes) { (all) throws(WireError) in
            var reader = all
            let value = try reader.readVariedVarint()
            return (value: value, width: reader.offset)
          }
        }
        switch (foreseen, varied) {
        case (.success(let one), .success(let other)): #expect(one == other, "\(bytes)")
        case (.failure(let one), .failure(let other)): #expect(one == other, "\(bytes)")
        default: Issue.record("\(bytes): \(foreseen), but \(varied)")
        }
      }
    }
  }

  @Test func `every two-byte form is read or refused, never both ways`() throws {
    for first in 0...255 as ClosedRange<UInt8> {
      for second in 0...127 as ClosedRange<UInt8> {
        if first < 0x80 {
          #expect(try varint([first, second]) == (UInt64(first), 1))
        } else if second == 0 {
          #expect(throws: WireError.self) { try varint([first, second]) }
        } else {
          let value = UInt64(first & 0x7f) | UInt64(second) << 7
          #expect(try varint([first, second]) == (value, 2))
        }
      }
    }
  }

  @Test(
    arguments: [
      (0, 0), (-1, 1), (1, 2), (-2, 3), (63, 126), (-64, 127), (64, 128),
      (.max, .max - 1), (.min, .max),
    ] as [(Int64, UInt64)])
  func `zigzag puts the sign last`(_ value: Int64, _ raw: UInt64) throws {
    var signed = ByteWriter()
    signed.appendZigzag(value)
    var unsigned = ByteWriter()
    unsigned.appendVarint(raw)
    #expect(signed.bytes == unsigned.bytes)
    let read = try signed.withReader { reader throws(WireError) in
      var reader = reader
      return try reader.readZigzag()
    }
    #expect(read == value)
  }

  @Test func `fixed widths are lowest byte first at any place`() throws {
    let bytes: [UInt8] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]
    try withReader(of: bytes) { reader throws(WireError) in
      var reader = reader
      #expect(try reader.readByte() == 0)
      #expect(try reader.readLittleEndian(UInt16.self) == 0x0201)
      #expect(try reader.readLittleEndian(UInt32.self) == 0x0605_0403)
      #expect(try reader.readLittleEndian(UInt64.self) == 0x0e0d_0c0b_0a09_0807)
      #expect(reader.isAtEnd)
    }
  }

  @Test func `what does not fit is truncated and moves nothing`() {
    withReader(of: [1, 2, 3, 4, 5, 6, 7]) { reader in
      var reader = reader
      #expect(throws: WireError(.truncated, at: 0)) { try reader.readLittleEndian(UInt64.self) }
      #expect(throws: WireError(.truncated, at: 0)) { try reader.readBytes(8) }
      #expect(throws: WireError(.truncated, at: 0)) { try reader.readBytes(.max) }
      #expect(throws: WireError(.truncated, at: 0)) { try reader.readBytes(-1) }
      #expect(throws: WireError(.truncated, at: 0)) { try reader.skip(8) }
      #expect(throws: WireError(.truncated, at: 0)) { try reader.skip(-1) }
      #expect(reader.remaining == 7)
      #expect(throws: Never.self) { try reader.skip(7) }
      #expect(throws: WireError(.truncated, at: 7)) { try reader.readByte() }
      #expect(throws: WireError(.truncated, at: 7)) { try reader.readVarint() }
      #expect(reader.peekedByte == nil)
    }
  }

  @Test func `a reader of a part ends with the part and counts from the whole`() throws {
    try withReader(of: [9, 1, 2, 3, 8]) { reader throws(WireError) in
      var whole = reader
      try whole.skip(1)
      var part = try whole.readBytes(3)
      #expect(part.copyRemaining() == [1, 2, 3])
      #expect(part.offset == 1)
      try part.skip(3)
      let end = part
      #expect(throws: WireError(.truncated, at: 4)) {
        var end = end
        _ = try end.readByte()
      }
      #expect(whole.peekedByte == 8)
      #expect(part.rebased.offset == 0)
      #expect(try whole.readByte() == 8)
    }
  }

  @Test func `no bytes make an empty reader`() {
    withReader(of: []) { reader in
      #expect(reader.isAtEnd)
      #expect(reader.copyRemaining() == [])
      #expect(reader.text() == "")
      #expect(reader.withSpan { $0.count } == 0)
      #expect(reader.hasSameBytes(as: reader))
    }
  }

  @Test func `only UTF-8 is text`() {
    withReader(of: Array("Zoë 漢".utf8)) { #expect($0.text() == "Zoë 漢") }
    for bytes in [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0x61, 0x80]] as [[UInt8]] {
      withReader(of: bytes) { #expect($0.text() == nil) }
    }
  }

  @Test func `the same bytes are found same and others not`() {
    withReader(of: [1, 2, 3]) { one in
      withReader(of: [1, 2, 3]) { #expect(one.hasSameBytes(as: $0)) }
      withReader(of: [1, 2]) { #expect(!one.hasSameBytes(as: $0)) }
      withReader(of: [1, 2, 4]) { #expect(!one.hasSameBytes(as: $0)) }
    }
  }
}
