import DaybookBytes
import DaybookEvents
import DaybookValues

/// A decision state whose type only its commands know.
protocol HostedState: AnyObject {
  func evolve(_ event: borrowing Event) throws(WireError)
}

final class StateBox<S: DecisionState>: HostedState {
  var state = S()

  func evolve(_ event: borrowing Event) throws(WireError) { try state.evolve(event) }
}

/// A read model whose type only its readers know.
protocol HostedModel: AnyObject {
  var name: String { get }
  var digest: String { get }
  func apply(_ event: borrowing Event) throws
}

final class ModelBox<M: ReadModel>: HostedModel {
  var model = M()

  var name: String { M.name }
  var digest: String { model.digest }

  func apply(_ event: borrowing Event) throws { try model.apply(event) }
}
