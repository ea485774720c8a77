import DaybookEngine
import DaybookWorld

/// A command whose caller waits until it is decided and synced.
struct WaitingCommand: Sendable {
  /// Who waits.
  let caller: Suspension<Result<Submission, any Error>>
  /// Has the engine decide it.
  let offer: @Sendable (Engine) throws -> Engine.Offer

  init(
    _ caller: Suspension<Result<Submission, any Error>>,
    _ offer: @escaping @Sendable (Engine) throws -> Engine.Offer
  ) {
    self.caller = caller
    self.offer = offer
  }
}

/// Commands on their way to the actor that decides, in the order in which they came.
///
/// Each caller going to the actor by itself would take it from one thread to another with every
/// command, and what it decides on from one processor's cache to another's.
final class WaitingCommands: Sendable {
  private struct State {
    var waiting: [WaitingCommand] = []
    /// Whether somebody is decided for.
    var isServed = false
  }

  private let state = Locked(State())

  /// Begins to serve a caller who need not wait; false where another is served.
  func open() -> Bool {
    state.withLock { state in
      defer { state.isServed = true }
      return !state.isServed
    }
  }

  /// Ends what `open` began.
  ///
  /// - Returns: Whether others came meanwhile, who are to be served now.
  func close() -> Bool {
    state.withLock { state in
      state.isServed = !state.waiting.isEmpty
      return state.isServed
    }
  }

  /// Joins the line.
  ///
  /// - Returns: Whether nobody serves it any more: then the caller must see to it.
  func join(_ waiting: WaitingCommand) -> Bool {
    state.withLock { state in
      state.waiting.append(waiting)
      defer { state.isServed = true }
      return !state.isServed
    }
  }

  /// Moves everyone to `some`, which is empty.
  ///
  /// - Returns: False where nobody waited: then nobody serves the line any more.
  func take(into some: inout [WaitingCommand]) -> Bool {
    state.withLock { state in
      swap(&state.waiting, &some)
      state.isServed = !some.isEmpty
      return state.isServed
    }
  }
}
