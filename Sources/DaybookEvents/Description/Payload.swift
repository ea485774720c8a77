public import DaybookBytes

/// What an event or a command holds, described once, field by field.
///
/// Writing, reading, JSON and the published schema are modes of the one description; no second
/// list of fields exists anywhere. The wire form is canonical Protocol Buffers: ascending field
/// numbers, shortest varints, defaults omitted; a reader refuses anything else.
///
/// ```swift
/// public struct PaymentAllocated: Payload {
///   public var payment = PaymentID()
///   public var amount = Amount.zero
///
///   public mutating func describe(_ fields: inout Fields) throws(WireError) {
///     try fields.visit(1, "payment", &payment)
///     try fields.visit(2, "amount", &amount)
///     try fields.currency()
///   }
/// }
/// ```
///
/// A field number is never given a second meaning. Numbers 1 to 511 must be understood by every
/// reader; 512 and above may be skipped, so only what no figure depends on goes there. A change of
/// meaning is a new type.
public protocol Payload: Sendable {
  /// A value in which every field has its default.
  init()

  /// Visits every field in ascending order of its number.
  ///
  /// - Throws: `WireError` where the bytes at hand are not this payload, or a value is over a limit.
  mutating func describe(_ fields: inout Fields) throws(WireError)

  /// The name of the message in the published schema; of a command it goes into the digest.
  static var typeName: String { get }
}

extension Payload {
  /// The Swift name without its module, a nested type behind its owner: `ClaimSubmittedLine`.
  ///
  /// A private type is named as if it were not. Where two types have one name, in two modules or
  /// private in two files, give one of them a `typeName` of its own: commands that share one are
  /// told apart by their bytes alone.
  public static var typeName: String { schemaName(of: Self.self) }
}

/// Limits of one record, each of them a typed error when passed.
public enum PayloadLimits {
  /// Messages nested in messages, the payload itself being the first.
  public static let depth = 4
  /// Members of one list.
  public static let listCount = 10_000
  /// UTF-8 bytes of one text.
  public static let textBytes = 4_096
  /// Bytes of one payload.
  public static let payloadBytes = 1 << 20
}

/// A message without fields, for alternatives that say all by being there.
public struct Nothing: Payload, Hashable {
  /// The only value.
  @inlinable
  public init() {}

  /// Visits nothing.
  @inlinable
  public mutating func describe(_ fields: inout Fields) throws(WireError) {}
}
