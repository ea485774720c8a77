public import DaybookBytes
public import DaybookEvents

/// Why something was done that concerns a member of staff, in words.
public struct StaffNote: PersonalGroup, Hashable {
  /// The human being's number, a `PersonID`.
  public var person: UInt64 = 0
  /// The fields below, sealed; empty while they stand plain.
  public var sealed: [UInt8] = []
  /// The reason.
  public var text = ""

  /// Nothing: to be filled in.
  public init() {}

  /// `text` about the human being with this number.
  public init(_ text: String, about person: UInt64) {
    self.text = text
    self.person = person
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.personal(&person, &sealed)
    try fields.visit(3, "text", &text)
  }
}
