/// Why bytes cannot be read as what they claim to be, or a value cannot be written.
///
/// It carries the byte offset of the fault and, where a description was at work, the field's name.
public struct WireError: Error, Hashable, Sendable {
  /// What is wrong.
  @nonexhaustive
  public enum Kind: Hashable, Sendable {
    /// The bytes end in the middle of a value.
    case truncated
    /// A varint is longer than its value needs, or longer than 64 bits.
    case overlongVarint
    /// A value stands in a form that a canonical writer never makes, such as a written default.
    case notCanonical
    /// A field number is not above the one before it.
    case wrongOrder
    /// A field's wire type is not the one its description names.
    case wrongType
    /// A field number below 512 that the description does not know.
    case unknownField(UInt64)
    /// A number that is no case of the enumeration, or no member of the alternatives.
    case unknownCase(UInt64)
    /// Alternatives of which not exactly one is present.
    case notOneAlternative
    /// A number outside its type's range.
    case outOfRange
    /// Text that is not UTF-8.
    case invalidUTF8
    /// A list, a text or a record above its limit.
    case tooLarge(count: Int, limit: Int)
    /// Messages nested deeper than four levels.
    case tooDeep
    /// Amounts of two currencies in one event.
    case mixedCurrencies
    /// Compressed bytes that do not give what their header promises.
    case badCompression
  }

  /// What is wrong.
  public var kind: Kind
  /// Bytes from the start of what was being read or written.
  public var offset: Int
  /// `Type.field` where known, else empty.
  public var field: String

  /// Creates an error at `offset` bytes from the start of what is being read.
  public init(_ kind: Kind, at offset: Int, field: String = "") {
    self.kind = kind
    self.offset = offset
    self.field = field
  }
}

extension WireError: CustomStringConvertible {
  /// What is wrong, in which field and at which byte.
  public var description: String {
    let place = field.isEmpty ? "byte \(offset)" : "\(field), byte \(offset)"
    return "\(reason) (\(place))"
  }

  private var reason: String {
    switch kind {
    case .truncated: "the bytes end in the middle of a value"
    case .overlongVarint: "a varint is longer than its value needs"
    case .notCanonical: "a value is not in canonical form"
    case .wrongOrder: "field numbers do not ascend"
    case .wrongType: "the wire type is not the field's"
    case .unknownField(let number):
      "field \(number) is not known and must be understood; a newer version of Daybook wrote it"
    case .unknownCase(let number): "\(number) is not a known case"
    case .notOneAlternative: "exactly one alternative must be present"
    case .outOfRange: "a number is out of range"
    case .invalidUTF8: "a text is not valid UTF-8"
    case .tooLarge(let count, let limit): "\(count) is above the limit of \(limit)"
    case .tooDeep: "messages are nested too deeply"
    case .mixedCurrencies: "an event has at most one currency"
    case .badCompression: "compressed bytes do not give what their header promises"
    }
  }
}
