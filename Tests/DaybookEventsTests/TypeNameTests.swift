import DaybookBytes
import DaybookEvents
import Testing

@Suite struct `The name of a payload's type` {
  @Test func `is the Swift name behind its owner's`() {
    #expect(Shapes.typeName == "Shapes")
    #expect(Owner.Line.typeName == "OwnerLine")
  }

  // In Swift's own words the file or function stands in it as an address, another in every process.
  @Test func `has no trace of what the type is private to`() {
    struct Local: Payload {
      mutating func describe(_ fields: inout Fields) throws(WireError) {}
    }
    #expect(Secret.typeName == "Secret")
    #expect(Owner.secretName == "OwnerSecret")
    #expect(Level<Secret>.typeName == "Level<DaybookEventsTestsSecret>")
    #expect(Local.typeName.hasSuffix("Local") && !Local.typeName.contains("$"))
  }
}

private struct Secret: Payload {
  mutating func describe(_ fields: inout Fields) throws(WireError) {}
}

enum Owner {
  struct Line: Payload {
    mutating func describe(_ fields: inout Fields) throws(WireError) {}
  }

  private struct Secret: Payload {
    mutating func describe(_ fields: inout Fields) throws(WireError) {}
  }

  static var secretName: String { Secret.typeName }
}
