public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about reversals.
public enum CorrectionRefusal: RefusalCase, Hashable {
  /// Nothing stands at the position.
  case noSuchEvent(Position)
  /// The event has been reversed.
  case alreadyReversed(Position)
  /// Events of this type are never reversed.
  case notReversible(String)
  /// What still stands and rests on the event.
  case dependents(Position, event: String, what: String)
  /// A correction without a reason.
  case reason

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .noSuchEvent: .unknownReference
    case .alreadyReversed: .alreadyReversed
    case .notReversible: .notReversible
    case .dependents: .hasDependents
    case .reason: .reasonRequired
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .noSuchEvent(let position):
      "nothing stands at position \(position); name the position of the event to reverse"
    case .alreadyReversed(let position):
      "the event at position \(position) has been reversed; record what is right as a new one"
    case .notReversible(let name):
      "\(name) is not reversed; record what is right with an event that amends or ends it"
    case .dependents(let position, let event, let what):
      "\(event) at position \(position) cannot be reversed: \(what); reverse that first"
    case .reason: "a correction says why; give a reason"
    }
  }
}
