public import DaybookEngine
public import DaybookEvents
public import DaybookValues

/// A command of a domain with all that comes with it.
public struct SimulatedAction<State: DecisionState>: Sendable {
  /// What somebody wants to happen.
  public var command: any Command<State>
  /// Who, where and when.
  public var envelope: Envelope

  /// Names both.
  public init(_ command: any Command<State>, _ envelope: Envelope) {
    self.command = command
    self.envelope = envelope
  }
}

/// What callers ask of a book in a `BookLife`: the actions of a domain, from a seed.
///
/// A good one asks for much that is allowed and some that is not, and comes with earlier
/// references again, with the same command and with another.
public protocol SimulatedWorkload: Sendable {
  /// What the commands are decided on.
  associatedtype State: DecisionState

  /// What the book is about.
  static var catalogue: Catalogue { get }

  /// The actions of a seed.
  init(seed: UInt64)

  /// What must be accepted before anything else, each with a reference of its own.
  static func opening(at now: Instant) -> [SimulatedAction<State>]

  /// The next action, by a clock that stands at `now`.
  mutating func next(at now: Instant) -> SimulatedAction<State>

  /// Takes in what an action made, so that later ones may use it.
  mutating func note(_ receipt: ActionReceipt)

  /// Forgets what actions made, since a crash took some of it; the rest is noted again.
  mutating func forget()
}
