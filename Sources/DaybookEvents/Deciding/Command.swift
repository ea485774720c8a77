public import DaybookBytes
public import DaybookValues

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

  /// Appends what follows from the events of a decision, whatever the command: asked behind every
  /// decider, once, before `admit`.
  ///
  /// What several deciders would have to add stands in one place, and none of them can forget it.
  func supplement(
    _ decision: inout Decision, in context: DecisionContext
  ) throws(Refusal)

  /// Refuses what no event may do, whatever the command: asked behind every decider, before anything
  /// of the decision is appended.
  ///
  /// A rule of this kind stands in one place, and no decider can forget it.
  func admit(_ decision: borrowing Decision, in context: DecisionContext) throws(Refusal)

  /// Refuses an event that was decided in another book and may not stand behind what this one holds:
  /// asked before the event is taken in.
  ///
  /// What decided it has asked `admit` there, of a state that held the same; so that this refuses only
  /// what nobody can have decided.
  func admit(decided event: borrowing Event) throws(Refusal)
}

extension DecisionState {
  public static var version: UInt32 { 1 }

  public func supplement(
    _ decision: inout Decision, in context: DecisionContext
  ) throws(Refusal) {}

  public func admit(
    _ decision: borrowing Decision, in context: DecisionContext
  ) throws(Refusal) {}

  public func admit(decided event: borrowing Event) throws(Refusal) {}

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

  /// The positions whose whole actions the decider must see: they are read back before it is asked,
  /// and stand in `DecisionContext.recalled`. None by default.
  ///
  /// A position at which nothing stands is passed over.
  func recalls(given state: State, in context: DecisionContext) -> [Position]

  /// Answers with events, appended to `decision`, or with a refusal.
  ///
  /// A pure function of the command, the state and the context: no clock, no files, no randomness.
  /// All rules are checked before the first event; independent violations are reported together.
  func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal)
}

extension Command {
  public func recalls(given state: State, in context: DecisionContext) -> [Position] { [] }
}
