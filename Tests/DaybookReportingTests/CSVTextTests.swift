import DaybookReporting
import Testing

@Suite struct `CSV text` {
  @Test(arguments: [
    ("plain", "plain"),
    ("", ""),
    (" spaces stay ", " spaces stay "),
    ("a,b", "\"a,b\""),
    ("say \"hi\"", "\"say \"\"hi\"\"\""),
    ("two\nlines", "\"two\nlines\""),
    ("two\r\nlines", "\"two\r\nlines\""),
    ("\r", "\"\r\""),
    ("a;b\tc'd", "a;b\tc'd"),
    ("=1+1", "=1+1"),
    ("\"\u{301}", "\"\"\"\u{301}\""),
    ("漢字", "漢字"),
  ]) func `quotes a field only when it must`(_ value: String, _ written: String) {
    var csv = CSVText()
    csv.row([value, "x"])
    #expect(Array(csv.text.utf8) == Array((written + ",x\r\n").utf8))
  }

  @Test func `a record of one empty field is not an empty line`() {
    var csv = CSVText()
    csv.row([""])
    csv.row(["", ""])
    csv.row(["a"])
    #expect(csv.text == "\"\"\r\n,\r\na\r\n")
  }

  @Test func `fields and numbers append one by one, and drain`() {
    var csv = CSVText()
    csv.field("n")
    csv.field(-12)
    csv.field(UInt64.max)
    csv.endRow()
    #expect(csv.drain() == "n,-12,18446744073709551615\r\n")
    #expect(csv.text.isEmpty)
    csv.row(["next"])
    #expect(csv.text == "next\r\n")
  }

  @Test func `any text reads back`() {
    // Every text of up to five of the characters that matter.
    let alphabet: [Unicode.Scalar] = ["a", ",", "\"", "\r", "\n"]
    var texts = [""]
    var longest = [""]
    for _ in 1...5 {
      longest = longest.flatMap { text in alphabet.map { text + String($0) } }
      texts += longest
    }
    var csv = CSVText()
    for text in texts { csv.row([text, "|", text]) }
    #expect(parse(csv.text) == texts.map { [$0, "|", $0] }.map { $0.map(Bytes.init) })
  }
}

/// Text compared by its bytes, since a string may equal another of different scalars.
private struct Bytes: Equatable {
  var bytes: [UInt8]
  init(_ text: String) { bytes = Array(text.utf8) }
}

/// The grammar of RFC 4180, read by the letter.
private func parse(_ text: String) -> [[Bytes]] {
  var records: [[Bytes]] = []
  var record: [Bytes] = []
  var field = Bytes("")
  var isQuoted = false
  let bytes = Array(text.utf8)
  var index = 0
  while index < bytes.count {
    let byte = bytes[index]
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    if isQuoted, byte == 0x22, next == 0x22 {
      field.bytes.append(byte)
      index += 1
    } else if byte == 0x22 {
      isQuoted.toggle()
    } else if !isQuoted, byte == 0x2C {
      record.append(field)
      field = Bytes("")
    } else if !isQuoted, byte == 0x0D, next == 0x0A {
      record.append(field)
      records.append(record)
      (record, field) = ([], Bytes(""))
      index += 1
    } else {
      field.bytes.append(byte)
    }
    index += 1
  }
  return records
}
