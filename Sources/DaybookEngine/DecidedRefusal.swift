public import DaybookEvents
public import DaybookValues

/// Why an action that was decided in another book cannot be appended to this one.
public enum DecidedRefusal: RefusalCase, Hashable {
  /// It has no events, or they do not say of themselves that they are one action.
  case noAction
  /// It stood elsewhere in its book than it would stand here.
  case otherPosition(Position, expected: Position)
  /// The catalogue does not know the event, so that nobody could prove it.
  case unknownEvent(FamilyNumber, tag: UInt16)
  /// The event does not live in such a stream.
  case otherStream(StreamID)
  /// A thing that is new has not the next number of its kind.
  case numberGap(StreamID, expected: UInt64)
  /// The name of a family or of a kind of streams was not declared before.
  case undeclared(String)
  /// It stands for events that a salvage could not bring back.
  case lost
  /// The book cannot take it in.
  case notTaken(String)

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .noAction, .otherStream, .notTaken, .lost: .invalidState
    case .otherPosition: .versionConflict
    case .unknownEvent, .undeclared: .unknownReference
    case .numberGap: .numberGap
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .noAction: "its events are not one whole action; take it as it was exported"
    case .otherPosition(let position, let expected):
      "it stood at position \(position) and would stand at \(expected) here; append the actions in "
        + "their order, to a book that holds those before it and nothing else"
    case .unknownEvent(let family, let tag):
      "this program does not know the event \(family.rawValue)/\(tag); use the one that wrote it"
    case .otherStream(let stream):
      "the event does not live in stream \(stream.kind.number)/\(stream.number)"
    case .numberGap(let stream, let expected):
      "\(stream.kind.number)/\(stream.number) is new, and the next number of its kind is \(expected)"
    case .undeclared(let name):
      "the log was not told the name of \(name) before its first event"
    case .lost:
      "it stands for events that were lost before a salvage; a book cannot be begun with them"
    case .notTaken(let why): "the book cannot take it in: \(why)"
    }
  }
}
