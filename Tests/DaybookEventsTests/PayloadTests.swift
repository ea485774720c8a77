import DaybookBytes
import DaybookEvents
import DaybookValues
import Testing

@Suite struct `A payload` {
  @Test func `reads back as it was written, in every shape`() throws {
    let bytes = try Shapes.full.encoded()
    #expect(try Shapes(decoding: bytes) == .full)
    #expect(try Shapes(decoding: bytes).encoded() == bytes)
  }

  @Test func `without content takes no bytes`() throws {
    #expect(try Shapes().encoded() == [])
    #expect(try Shapes(decoding: []) == Shapes())
  }

  @Test func `counts its instants from the effective time`() throws {
    let base = Instant(milliseconds: 1_700_000_000_000)
    let value = Shapes.with { $0.started = Instant(milliseconds: 1_700_000_000_001) }
    let bytes = try value.encoded(base: base)
    #expect(bytes == [13 << 3, 2])
    #expect(try Shapes(decoding: bytes, base: base) == value)
    #expect(try Shapes.with { $0.started = base }.encoded(base: base) == [])
    #expect(try Shapes(decoding: [], base: base).started == base)
  }

  @Test func `does not name its clinic's currency`() throws {
    let value = Shapes.with { $0.amount = Amount(minorUnits: 5, .eur) }
    #expect(try value.encoded(currency: .eur) == [8 << 3, 10])
    #expect(try Shapes(decoding: [8 << 3, 10], currency: .eur).amount == value.amount)
  }

  @Test func `names another currency, also for amounts that stand before its name`() throws {
    var value = Shapes.with {
      $0.amount = Amount(minorUnits: 5, .usd)
      $0.group.value = Amount(minorUnits: 6)
    }
    let bytes = try value.encoded(currency: .eur)
    value.group.value = Amount(minorUnits: 6, .usd)
    value.maybeAmount = nil
    let read = try Shapes(decoding: bytes, currency: .eur)
    #expect(read.amount == value.amount)
    #expect(read.group.value == value.group.value)
    #expect(try read.encoded(currency: .eur) == bytes)
  }

  @Test func `has amounts of one currency only`() throws {
    let value = Shapes.with {
      $0.amount = Amount(minorUnits: 5, .usd)
      $0.group.value = Amount(minorUnits: 6, .eur)
    }
    #expect(throws: WireError.self) { try value.encoded() }
    #expect(throws: WireError.self) { try value.encoded(currency: .eur) }
    #expect(throws: WireError.self) { try value.encoded(currency: .usd) }
  }

  @Test func `is no longer than its limits`() throws {
    let atLimit = Shapes.with { $0.text = String(repeating: "x", count: 4_096) }
    #expect(try Shapes(decoding: atLimit.encoded()) == atLimit)
    let longText = Shapes.with { $0.text = String(repeating: "x", count: 4_097) }
    #expect(throws: (WireError.self)) { try longText.encoded() }
    let longList = Shapes.with { $0.numbers = Few(repeatElement(1, count: 10_001)) }
    do throws(WireError) {
      _ = try longList.encoded()
      Issue.record("a list of 10,001 was written")
    } catch {
      #expect(error.kind == .tooLarge(count: 10_001, limit: 10_000))
      #expect(error.field == "Shapes.texts" || error.field.hasPrefix("Shapes"))
    }
  }

  @Test func `prints as JSON with decimals, letters and names`() throws {
    let value = Shapes.with {
      $0.amount = Amount(minorUnits: -5, .eur)
      $0.thing = ThingID(17)
      $0.colour = .darkBlue
      $0.choice = .nothing
    }
    let json = try value.json(currency: .eur)
    #expect(json.contains(#""amount":"-0.05""#))
    #expect(json.contains(#""thing":"T17""#))
    #expect(json.contains(#""colour":"darkBlue""#))
    #expect(json.contains(#""choice":{"nothing":{}}"#))
    #expect(!json.contains("maybe"))
  }
}

@Suite struct `Hostile bytes` {
  func kind(_ bytes: [UInt8]) -> WireError.Kind? {
    do throws(WireError) {
      _ = try Shapes(decoding: bytes)
      return nil
    } catch {
      return error.kind
    }
  }

  @Test func `are refused where they are cut`() throws {
    let bytes = try Shapes.full.encoded()
    for end in 0..<bytes.count {
      let cut = Array(bytes[..<end])
      do throws(WireError) {
        // A cut between two fields leaves a shorter payload that is canonical.
        let value = try Shapes(decoding: cut)
        #expect(try value.encoded() == cut, "cut at \(end)")
      } catch {
        #expect(error.offset <= cut.count, "cut at \(end)")
      }
    }
  }

  @Test func `never pass as canonical with a byte changed, nor trap`() throws {
    let bytes = try Shapes.full.encoded()
    for index in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[index] ^= 1 << bit
        var fields = Fields()
        let value = withReader(of: changed) { reader in
          try? fields.decode(Shapes.self, from: reader)
        }
        // A changed key may become one that a reader is allowed to skip; skips are counted.
        if let value, fields.skippedFields == 0 {
          #expect(try value.encoded() == changed, "byte \(index), bit \(bit)")
        }
      }
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `of any kind give a value of the same bytes or an error`(_ seed: UInt64) throws {
    var random = Seeded(state: seed)
    for _ in 0..<200 {
      let count = Int.random(in: 0...40, using: &random)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      if let value = try? Shapes(decoding: bytes) {
        let skipped = bytes.count - (try value.encoded().count)
        #expect(skipped >= 0, "seed \(seed)")
      }
    }
  }

  @Test func `are named: each fault has its error`() {
    #expect(kind([2 << 3]) == .truncated)
    #expect(kind([2 << 3, 0x80]) == .truncated)
    #expect(kind([2 << 3, 0x81, 0x00]) == .overlongVarint)
    #expect(kind([2 << 3] + Array(repeating: 0xff, count: 9) + [0x02]) == .overlongVarint)
    #expect(kind([2 << 3, 0]) == .notCanonical)
    #expect(kind([1 << 3, 2]) == .outOfRange)
    #expect(kind([3 << 3, 1, 2 << 3, 1]) == .wrongOrder)
    #expect(kind([2 << 3, 1, 2 << 3, 1]) == .wrongOrder)
    #expect(kind([2 << 3 | 2, 1, 1]) == .wrongType)
    #expect(kind([2 << 3 | 5, 1, 1, 1, 1]) == .wrongType)
    #expect(kind([0xe0, 0x01, 1]) == .unknownField(28))
    #expect(kind([6 << 3 | 2, 2, 0xc3, 0x28]) == .invalidUTF8)
    #expect(kind([6 << 3 | 2, 0xff, 0xff, 0xff, 0xff, 0x0f]) == .truncated)
    #expect(kind([0x90, 0x01, 9]) == .unknownCase(9))
    #expect(kind([0xba, 0x01, 0]) == .notOneAlternative)
    #expect(kind([0xba, 0x01, 4, 8, 1, 0x1a, 0]) == .notOneAlternative)
    #expect(kind([0xaa, 0x01, 0]) == .notCanonical)
    #expect(kind([0xc2, 0x01, 0]) == .notCanonical)
  }

  @Test func `with a broken key are not said to be without an alternative`() {
    let choice: [UInt8] = [0xba, 0x01]
    #expect(kind(choice + [3, 0x88, 0x00, 1]) == .overlongVarint)
    #expect(kind(choice + [1, 0x90]) == .truncated)
    #expect(kind(choice + [6, 0x80, 0x80, 0x80, 0x80, 0x10, 1]) == .outOfRange)
    #expect(kind(choice + [4, 8, 1, 8, 1]) == .wrongOrder)
    #expect(kind(choice + [2, 0x78, 1]) == .notOneAlternative)
    // A group that must be there, with a broken key where its own should stand.
    #expect(throws: WireError(.overlongVarint, at: 0, field: "Holder")) {
      try Holder(decoding: [0x88, 0x00, 1])
    }
    #expect(throws: WireError(.notOneAlternative, at: 0, field: "Holder.held")) {
      try Holder(decoding: [])
    }
  }

  @Test func `are refused below four levels`() {
    #expect(throws: Never.self) {
      try Level<Level<Level<Nothing>>>(decoding: [10, 4, 10, 2, 10, 0])
    }
    #expect(throws: WireError.self) {
      try Level<Level<Level<Level<Nothing>>>>(decoding: [10, 6, 10, 4, 10, 2, 10, 0])
    }
  }

  @Test func `above 511 are skipped and counted, below they are refused`() throws {
    var fields = Fields()
    let known = try Shapes.with { $0.count = 1 }.encoded()
    // Field 512 as a varint, field 600 as bytes.
    let bytes = known + [0x80, 0x20, 7] + [0xc2, 0x25, 2, 1, 1]
    let value = try withReader(of: bytes) { (reader) throws(WireError) in
      try fields.decode(Shapes.self, from: reader)
    }
    #expect(value.count == 1)
    #expect(fields.skippedFields == 2)
  }

  @Test func `name type, field and offset`() {
    #expect(throws: WireError(.overlongVarint, at: 1, field: "Shapes.count")) {
      try Shapes(decoding: [2 << 3, 0x81, 0x00])
    }
  }

  @Test func `name the innermost field that cannot be read, and none where one stands too many`() {
    let group: [UInt8] = [0xaa, 0x01]
    #expect(throws: WireError(.truncated, at: 4, field: "Shapes.value")) {
      try Shapes(decoding: group + [1, 2 << 3])
    }
    #expect(throws: WireError(.truncated, at: 3, field: "Shapes.group")) {
      try Shapes(decoding: group + [9, 2 << 3, 2])
    }
    #expect(throws: WireError(.truncated, at: 3, field: "Shapes.numbers")) {
      try Shapes(decoding: [0xc2, 0x01, 5, 2])
    }
    #expect(throws: WireError(.unknownField(28), at: 4, field: "Shapes")) {
      try Shapes(decoding: [2 << 3, 1, 0xe0, 0x01, 1])
    }
    #expect(throws: WireError(.wrongType, at: 3, field: "Shapes.small")) {
      try Shapes(decoding: [2 << 3, 1, 3 << 3 | 2, 1, 1])
    }
  }
}

/// A message that holds a list of messages.
struct Level<Next: Payload>: Payload {
  var next: Few<Next> = []

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "next", &next)
  }
}

/// A message with a group that must be there.
struct Holder: Payload {
  var held = Held()

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "held", &held)
  }

  struct Held: RequiredGroup {
    var number: UInt64 = 0

    mutating func describe(_ fields: inout Fields) throws(WireError) {
      try fields.visit(1, "number", &number)
    }
  }
}

/// A seeded generator, so that a failure names what to run again.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}
