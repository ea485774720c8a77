import DaybookValues
import Testing

/// A type that is read from text, with a text of it.
private struct Readable: Sendable, CustomTestStringConvertible {
  var sample: String
  /// Reads a text, and prints what was read.
  var roundTrip: @Sendable (String) throws(ValueError) -> String

  var testDescription: String { sample }

  static let all: [Readable] = [
    Readable(sample: "-1234.50") { (text) throws(ValueError) in
      try Amount(parsing: text, in: .eur).decimal
    },
    Readable(sample: "4.2075") { (text) throws(ValueError) in
      try UnitPrice(parsing: text).description
    },
    Readable(sample: "1.25") { (text) throws(ValueError) in
      try Quantity(parsing: text).description
    },
    Readable(sample: "5.2%") { (text) throws(ValueError) in try Rate(parsing: text).description },
    Readable(sample: "XYZ/3") { (text) throws(ValueError) in
      try Currency(parsing: text).description
    },
    Readable(sample: "2024-02-29") { (text) throws(ValueError) in
      try Day(parsing: text).description
    },
    Readable(sample: "2026-03") { (text) throws(ValueError) in
      try Month(parsing: text).description
    },
    Readable(sample: "2026-03-02T09:30:00.125Z") { (text) throws(ValueError) in
      try Instant(parsing: text).description
    },
    Readable(sample: "2026-03-02T09:30:00.125-03:30") { (text) throws(ValueError) in
      try Moment(parsing: text).description
    },
    Readable(sample: "+00:44:30") { (text) throws(ValueError) in
      try UTCOffset(parsing: text).description
    },
    Readable(sample: "81377") { (text) throws(ValueError) in
      try Position(parsing: text).description
    },
  ]
}

@Suite struct `Hostile text` {
  /// What is accepted must print as something that reads as the same; what is not must say where.
  private func judge(_ text: String, _ readable: Readable) throws(ValueError) {
    do throws(ValueError) {
      let printed = try readable.roundTrip(text)
      #expect(try readable.roundTrip(printed) == printed, "\(text.debugDescription)")
    } catch {
      #expect(error.text == text)
      #expect((0...text.utf8.count).contains(error.offset), "\(text.debugDescription)")
      #expect(!error.description.isEmpty)
    }
  }

  @Test(arguments: Readable.all) private func `cut at every length is refused or read whole`(
    _ readable: Readable
  ) throws {
    #expect(try readable.roundTrip(readable.sample) == readable.sample)
    for length in 0..<readable.sample.utf8.count {
      try judge(String(readable.sample.prefix(length)), readable)
    }
  }

  @Test(arguments: Readable.all) private func `with any byte changed is refused or read whole`(
    _ readable: Readable
  ) throws {
    for place in readable.sample.utf8.indices {
      for byte in UInt8.min...UInt8.max {
        var bytes = Array(readable.sample.utf8)
        bytes[readable.sample.utf8.distance(from: readable.sample.startIndex, to: place)] = byte
        try judge(String(decoding: bytes, as: UTF8.self), readable)
      }
    }
  }

  @Test(arguments: Samples.seeds) func `of any kind is refused or read whole`(_ seed: UInt64) throws
  {
    var samples = Samples(seed: seed)
    let alphabet = Array("0123456789-+:.TZ%/ EURP,e\0é".unicodeScalars)
    for _ in 0..<2_000 {
      var text = ""
      for _ in 0..<samples.below(30) {
        text.unicodeScalars.append(alphabet[Int(samples.below(UInt64(alphabet.count)))])
      }
      for readable in Readable.all { try judge(text, readable) }
    }
  }

  @Test func `as long as a book is refused at its first fault`() throws {
    let digits = String(repeating: "9", count: 1_000_000)
    let failure = error { () throws(ValueError) in _ = try Amount(parsing: digits, in: .eur) }
    #expect(failure?.kind == .overflow)
    #expect(failure?.offset == 18)
    #expect((failure?.description.utf8.count ?? .max) < 300)
    let zeros = String(repeating: "0", count: 1_000_000)
    #expect(try Amount(parsing: zeros, in: .eur).isZero)
  }
}

@Suite struct `Value errors` {
  @Test func `say what, where and what now`() {
    let failure = error { () throws(ValueError) in _ = try Amount(parsing: "12,50", in: .eur) }
    #expect(
      failure?.description
        == "amount \"12,50\": byte 2 does not belong there; "
        + "write digits, and a point before the decimals of the currency: -1234.50")
  }

  @Test func `at the end of a text say that it ends too early`() {
    let failure = error { () throws(ValueError) in _ = try Day(parsing: "2026-03") }
    #expect(
      failure?.description
        == "day \"2026-03\": the text ends too early; "
        + "write YYYY-MM-DD, from 0001-01-01 to 9999-12-31: 2026-03-02")
  }

  @Test(arguments: ValueError.Kind.allCases) func `escape what a terminal would obey`(
    _ kind: ValueError.Kind
  ) {
    let failure = ValueError(kind, subject: "amount", text: "\u{1B}[2J\"\n", offset: 0)
    #expect(failure.description.unicodeScalars.allSatisfy { $0.value >= 32 })
    #expect(failure.description.hasPrefix("amount"))
  }

  @Test func `of arithmetic show both sides`() {
    let most = Amount(minorUnits: .max, .eur)
    let failure = error { () throws(ValueError) in _ = try most.adding(Amount(minorUnits: 1)) }
    #expect(failure?.text == "92233720368547758.07 EUR + 0.01")
    #expect(failure?.kind == .overflow)
  }
}
