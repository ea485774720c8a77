import DaybookBytes
import DaybookEvents
import DaybookLog
import DaybookValues

/// A decision state whose type only its commands know.
protocol HostedState: AnyObject {
  var name: String { get }
  var version: UInt32 { get }
  func evolve(_ event: borrowing Event) throws(WireError)

  /// Refuses an event that was decided in another book and may not stand in this one.
  func admit(_ event: borrowing Event) throws(Refusal)

  /// Describes the state, or reads it from a checkpoint.
  func describe(_ parts: inout CheckpointParts) throws(WireError)

  /// The same state before everything.
  var fresh: any HostedState { get }

  /// A state of its own with all that this one holds.
  var copy: any HostedState { get }
}

final class StateBox<S: DecisionState>: HostedState {
  private let owned: Owned<S>

  init(_ state: S = S()) { owned = Owned(state) }

  var state: S { owned.withValue { $0 } }

  /// Decides on the state where it stands: a copy counts a reference for each of its parts.
  func decide<C: Command>(
    _ command: C, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) where C.State == S {
    try owned.withBorrowed { (state) throws(Refusal) in
      try command.decide(given: state, in: context, into: &decision)
      try state.supplement(&decision, in: context)
      try state.admit(decision, in: context)
    }
  }

  /// The positions whose actions `command` must be shown.
  func recalls<C: Command>(
    _ command: C, in context: DecisionContext
  ) -> [Position] where C.State == S {
    owned.withBorrowed { command.recalls(given: $0, in: context) }
  }

  func evolve(_ event: borrowing Event) throws(WireError) {
    try owned.withValue { (state) throws(WireError) in try state.evolve(event) }
  }

  func admit(_ event: borrowing Event) throws(Refusal) {
    try owned.withBorrowed { (state) throws(Refusal) in try state.admit(decided: event) }
  }

  var name: String { "\(S.self)" }
  var version: UInt32 { S.version }
  var fresh: any HostedState { StateBox<S>() }
  var copy: any HostedState { StateBox<S>(state) }

  func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try owned.withValue { (state) throws(WireError) in try parts.visit(name, &state) }
  }
}

/// What takes an event into a model, and into those behind it.
///
/// A closure in a structure: in an optional, or through a generic function, each call goes through
/// another that only moves its arguments.
struct EventTaker {
  let take: (borrowing Event) throws -> Void

  init(_ take: @escaping (borrowing Event) throws -> Void) { self.take = take }
}

/// A read model whose type only its readers know.
protocol HostedModel: AnyObject {
  var name: String { get }
  var version: UInt32 { get }
  var digest: String { get }

  /// What takes an event into the model and hands it on to `next`: a chain of closures, since a loop
  /// over boxes goes through two tables for each event and model, and counts references.
  ///
  /// It throws `ProjectionError`, and what `next` throws.
  func taker(before next: EventTaker?) -> EventTaker

  /// Makes the model what its newest checkpoint holds; nil, and nothing changed, where none can be used.
  func load(
    _ store: CheckpointStore, mark: UInt32, from log: inout LogReader, through end: Position?
  ) throws(LogError) -> CheckpointHeader?

  /// What the model holds, for a checkpoint; nil where it keeps none.
  func draft() throws(WireError) -> CheckpointDraft?

  /// Makes the same model before everything.
  var maker: @Sendable () -> any HostedModel { get }
}

final class ModelBox<M: ReadModel>: HostedModel {
  private let owned = Owned(M())

  var model: M { owned.withValue { $0 } }
  var name: String { M.name }
  var version: UInt32 { M.version }
  var digest: String { model.digest }

  func taker(before next: EventTaker?) -> EventTaker {
    guard let rest = next?.take else { return EventTaker { [self] event in try take(event) } }
    return EventTaker { [self] event in
      try take(event)
      try rest(event)
    }
  }

  @inline(always)
  private func take(_ event: borrowing Event) throws(ProjectionError) {
    do {
      try owned.withValue { try $0.apply(event) }
    } catch {
      throw ProjectionError(model: name, position: event.header.position, underlying: error)
    }
  }

  func load(
    _ store: CheckpointStore, mark: UInt32, from log: inout LogReader, through end: Position?
  ) throws(LogError) -> CheckpointHeader? {
    var model = M()
    guard let header = try store.load(&model, mark: mark, from: &log, through: end) else {
      return nil
    }
    owned.withValue { $0 = model }
    return header
  }

  func draft() throws(WireError) -> CheckpointDraft? {
    try owned.withValue { (model) throws(WireError) in try CheckpointDraft(of: &model) }
  }

  var maker: @Sendable () -> any HostedModel { { ModelBox<M>() } }
}
