import DaybookBytes
import DaybookEvents
import DaybookValues

/// A decision state whose type only its commands know.
protocol HostedState: AnyObject {
  func evolve(_ event: borrowing Event) throws(WireError)
}

final class StateBox<S: DecisionState>: HostedState {
  private let owned = Owned(S())

  var state: S { owned.withValue { $0 } }

  func evolve(_ event: borrowing Event) throws(WireError) {
    try owned.withValue { (state) throws(WireError) in try state.evolve(event) }
  }
}

/// A read model whose type only its readers know.
protocol HostedModel: AnyObject {
  var name: String { get }
  var digest: String { get }
  func apply(_ event: borrowing Event) throws
}

final class ModelBox<M: ReadModel>: HostedModel {
  private let owned = Owned(M())

  var model: M { owned.withValue { $0 } }
  var name: String { M.name }
  var digest: String { model.digest }

  func apply(_ event: borrowing Event) throws { try owned.withValue { try $0.apply(event) } }
}
