public import DaybookBytes

/// What the deciders know: a value made from the log, by the same function live or replayed.
///
/// A state that describes its parts (`Checkpointed`) is kept in checkpoints. If one state of a book
/// does not, all of them are made from the first event whenever it is opened for writing.
public protocol DecisionState: Checkpointed, Sendable {
  /// The version of what the state keeps, raised with every change of it; 1 unless said otherwise.
  static var version: UInt32 { get }

  /// The state before everything.
  init()

  /// Takes an event in.
  ///
  /// - Throws: `WireError` where the event's bytes are not its payload.
  mutating func evolve(_ event: borrowing Event) throws(WireError)
}

extension DecisionState {
  public static var version: UInt32 { 1 }

  public mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    parts.decline()
  }
}

/// What somebody wants to happen.
///
/// A command is a payload, so that its bytes, and with them its digest, are defined: the digest of
/// the command as given decides whether a second one with the same reference is a repeat.
public protocol Command<State>: Payload {
  /// What its decider needs to know.
  associatedtype State: DecisionState

  /// Answers with events, appended to `decision`, or with a refusal.
  ///
  /// A pure function of the command, the state and the context: no clock, no files, no randomness.
  /// All rules are checked before the first event; independent violations are reported together.
  func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal)
}
