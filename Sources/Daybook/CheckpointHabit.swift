import DaybookValues

/// When a back office writes checkpoints without being asked for.
public struct CheckpointHabit: Hashable, Sendable {
  /// On closing, if the oldest checkpoint is at least so many events behind; 100,000 by default.
  public var onClose: UInt64
  /// While the book is open, whenever so many more events were recorded; 100,000 by default: what a
  /// killed writer leaves behind its checkpoint is replayed before the next report.
  public var whileOpen: UInt64
  /// Behind each period or year that is closed, since its figures are what is asked for next; true by
  /// default. An action that was decided in another book asks for none: a book that is moved would
  /// bring closings of many years along.
  public var behindClosings: Bool

  /// The given distances, in events.
  public init(
    onClose: UInt64 = 100_000, whileOpen: UInt64 = 100_000, behindClosings: Bool = true
  ) {
    self.onClose = onClose
    self.whileOpen = whileOpen
    self.behindClosings = behindClosings
  }

  /// Only when asked for.
  public static let never = CheckpointHabit(
    onClose: .max, whileOpen: .max, behindClosings: false)

  /// The position at which the next one is due.
  func dueBehind(_ position: Position) -> UInt64 {
    let (due, overflow) = position.number.addingReportingOverflow(max(whileOpen, 1))
    return overflow ? .max : due
  }
}
