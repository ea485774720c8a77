public import DaybookBytes
public import DaybookValues

/// What a department keeps: a fold over all events, in position order, live or replayed.
///
/// A read model is a value; a copy is a snapshot. Live apply and replay call the same function, and
/// the digest proves that they came to the same.
///
/// A model that describes its parts (`Checkpointed`) is kept in checkpoints; one that does not is
/// replayed from the first event whenever a book is opened.
public protocol ReadModel: Checkpointed, Sendable {
  /// The model's name: `accounting`.
  static var name: String { get }

  /// The projector's version, raised with every change of what it computes.
  static var version: UInt32 { get }

  /// The model before everything.
  init()

  /// Takes an event in; events come in position order, each once.
  ///
  /// - Throws: where the event's bytes are not its payload, or a sum leaves its range.
  mutating func apply(_ event: borrowing Event) throws

  /// A hexadecimal digest of what the model holds, equal for equal histories.
  ///
  /// It covers neither recorded times nor anything else that a second import would change.
  var digest: String { get }
}

extension ReadModel {
  public mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    parts.decline()
  }
}

/// A read model could not take an event in.
public struct ProjectionError: Error, CustomStringConvertible {
  /// The model's name.
  public let model: String
  /// The event's position.
  public let position: Position
  /// What went wrong.
  public let underlying: any Error

  /// Names the model and the event that it could not take in.
  public init(model: String, position: Position, underlying: any Error) {
    self.model = model
    self.position = position
    self.underlying = underlying
  }

  /// Which model, which event, and why.
  public var description: String {
    "\(model) cannot take in the event at position \(position): \(underlying)"
  }
}
