import DaybookReporting
import Foundation
import Testing

@Suite struct `JSON text` {
  @Test func `keeps the order it was written in`() {
    var json = JSONText()
    json.object {
      $0.member("b", "x")
      $0.member("a", 1)
      $0.array("list") {
        $0.integer(Int64.min)
        $0.bool(false)
        $0.null()
        $0.array { _ in }
      }
      $0.object("none") { _ in }
      $0.member("missing", String?.none)
      $0.member("noNumber", Int?.none)
      $0.member("yes", true)
    }
    #expect(json.isComplete)
    #expect(
      json.text == """
        {"b":"x","a":1,"list":[-9223372036854775808,false,null,[]],"none":{},"missing":null,\
        "noNumber":null,"yes":true}
        """)
  }

  @Test func `escapes what must be escaped and nothing else`() {
    var json = JSONText()
    json.string("\u{0}\u{1}\u{8}\t\n\u{B}\u{C}\r\u{1F} \"\\/\u{7F}é漢😀\u{2028}")
    #expect(
      json.text
        == "\"\\u0000\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f \\\"\\\\/\u{7F}é漢😀\u{2028}\"")
  }

  @Test func `every scalar up to U+0300 reads back through another reader`() throws {
    let scalars = (0..<0x300).compactMap(Unicode.Scalar.init)
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    let whole = String(view)
    var json = JSONText()
    json.object { $0.member(whole, whole) }
    let read = try JSONDecoder().decode([String: String].self, from: Data(json.text.utf8))
    // Compared by scalar: a string equals its canonical equivalents.
    #expect(read.keys.first.map { Array($0.unicodeScalars) } == scalars)
    #expect(read.values.first.map { Array($0.unicodeScalars) } == scalars)
  }

  @Test func `combining marks and joined line ends are escaped by scalar`() {
    var json = JSONText()
    json.string("\r\n\"\u{301}")
    #expect(Array(json.text.utf8) == Array("\"\\r\\n\\\"\u{301}\"".utf8))
  }

  @Test func `line breaks stand after commas and before closing brackets`() {
    var json = JSONText()
    json.array {
      $0.lineBreak()
      $0.integer(1)
      $0.lineBreak()
      $0.integer(2)
      $0.lineBreak()
    }
    #expect(json.text == "[\n1,\n2\n]")
  }

  @Test func `lines are streamed by draining`() {
    var json = JSONText()
    var out = ""
    for number in 1...3 {
      json.object { $0.member("n", number) }
      json.endLine()
      out += json.drain()
    }
    #expect(out == "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n")
    #expect(json.text.isEmpty)
  }

  @Test func `raw values keep their commas`() {
    var json = JSONText()
    json.object {
      $0.key("payload")
      $0.raw("{\"a\":1}")
      $0.member("after", 2)
    }
    #expect(json.text == "{\"payload\":{\"a\":1},\"after\":2}")
  }

  @Test func `an error thrown inside passes with its type`() {
    struct Stop: Error, Equatable {}
    #expect(throws: Stop()) {
      var json = JSONText()
      try json.object { (_: inout JSONText) throws(Stop) in throw Stop() }
    }
  }

  @Test func `traps on a value without its key`() async {
    await #expect(processExitsWith: .failure) {
      var json = JSONText()
      json.object { $0.integer(1) }
    }
  }

  @Test func `traps on a key in an array`() async {
    await #expect(processExitsWith: .failure) {
      var json = JSONText()
      json.array { $0.key("a") }
    }
  }

  @Test func `traps on a key without a value`() async {
    await #expect(processExitsWith: .failure) {
      var json = JSONText()
      json.object { $0.key("a") }
    }
  }

  @Test func `traps on two values in one document`() async {
    await #expect(processExitsWith: .failure) {
      var json = JSONText()
      json.integer(1)
      json.integer(2)
    }
  }
}
