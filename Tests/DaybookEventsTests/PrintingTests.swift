import DaybookBytes
import DaybookEvents
import DaybookValues
import Testing

@Suite struct `A printer of payloads` {
  static let forms: [EventDescription.PrintedForm] = [.json, .storedJSON, .storedText]

  @Test(arguments: forms) func `prints the next payload as if it were its first`(
    _ form: EventDescription.PrintedForm
  ) throws {
    let printer = PayloadPrinter()
    for value in [Shapes(), .full, .extremes] + (0..<24).map({ Shapes.random(seed: $0) }) {
      let first = try PayloadPrinter().text(of: value, as: form, currency: .eur)
      #expect(try printer.text(of: value, as: form, currency: .eur) == first)
    }
  }

  @Test(arguments: forms) func `goes on after a payload that cannot be described`(
    _ form: EventDescription.PrintedForm
  ) throws {
    let printer = PayloadPrinter()
    let wanted = try printer.text(of: Shapes.full, as: form)
    #expect(throws: WireError(.outOfRange, at: 0)) {
      try printer.text(of: Level.with { $0.next = [Faulty()] }, as: form)
    }
    #expect(try printer.text(of: Shapes.full, as: form) == wanted)
  }

  @Test func `leaves out of stored JSON what is not on the wire`() throws {
    #expect(try Shapes().storedJSON() == "{}")
    let value = Shapes.with {
      $0.text = "a\u{1}\"\\\né"
      $0.bytes = [0, 0xaf]
      $0.from = Day(daysSince1970: 3)
      $0.colour = .darkBlue
      $0.group.inner = [Inner(), .with { $0.number = -7 }]
      $0.maybeGroup = Group()
      $0.texts = ["", "b"]
    }
    let wanted =
      #"{"text":"a\u0001\"\\\né","bytes":"00af","from_day":3,"colour":"COLOUR_DARK_BLUE","#
      + #""group":{"inner":[{},{"number":-7}]},"maybe_group":{},"texts":["","b"]}"#
    #expect(try value.storedJSON() == wanted)
  }
}

private struct Faulty: Payload {
  mutating func describe(_ fields: inout Fields) throws(WireError) {
    throw WireError(.outOfRange, at: 0)
  }
}
