import DaybookValues
import Testing

private enum PatientKind: IdentifierKind {
  static let prefix = "P"
  static let name = "patient"
  static let number: UInt16 = 2
}

private typealias PatientID = Identifier<PatientKind>

@Suite struct `Positions` {
  @Test(arguments: Samples.seeds) func `read back as they are printed`(_ seed: UInt64) throws {
    var samples = Samples(seed: seed)
    for _ in 0..<1_000 {
      let number = samples.next() >> samples.below(64)
      #expect(try Position(parsing: Position(number).description) == Position(number))
      #expect(try PatientID(parsing: PatientID(number).description) == PatientID(number))
    }
  }

  @Test func `follow one another, and stop at both ends`() {
    #expect(Position.start.next == Position(1))
    #expect(Position(1).previous == .start)
    #expect(Position.start.previous == .start)
    #expect(Position(.max).next == Position(.max))
    #expect(Position(9) < Position(10))
  }

  @Test(arguments: [
    Fault("", .empty, at: 0), Fault("-1", .malformed, at: 0), Fault("+1", .malformed, at: 0),
    Fault("01", .malformed, at: 0), Fault("00", .malformed, at: 0), Fault("1 ", .malformed, at: 1),
    Fault("18446744073709551616", .overflow, at: 19), Fault("1x", .malformed, at: 1),
    Fault("100000000000000000000", .overflow, at: 20),
  ])
  func `refuse a bad text, naming the byte`(_ fault: Fault) {
    #expect(
      fault.describes(error { () throws(ValueError) in _ = try Position(parsing: fault.text) }))
  }

  @Test func `reach up to the largest number`() throws {
    #expect(try Position(parsing: "18446744073709551615") == Position(.max))
    #expect(try Position(parsing: "0") == .start)
  }
}

@Suite struct `Identifiers` {
  @Test func `print prefix and number`() {
    #expect(PatientID(17).description == "P17")
    #expect(PatientID().isNone)
    #expect(!PatientID(1).isNone)
    #expect(PatientID(2) < PatientID(10))
  }

  @Test(arguments: [
    Fault("", .empty, at: 0), Fault("17", .malformed, at: 0), Fault("p17", .malformed, at: 0),
    Fault("P", .malformed, at: 1), Fault("P017", .malformed, at: 1),
    Fault("PP17", .malformed, at: 1),
    Fault("P17 ", .malformed, at: 3), Fault("P-1", .malformed, at: 1),
  ])
  func `refuse a bad text, naming kind and byte`(_ fault: Fault) {
    let error = error { () throws(ValueError) in _ = try PatientID(parsing: fault.text) }
    #expect(fault.describes(error))
    #expect(error?.subject == "patient")
  }
}
