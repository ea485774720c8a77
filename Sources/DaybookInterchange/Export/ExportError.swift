public import DaybookBytes
public import DaybookValues

/// The books or the log cannot be exported as asked; no file was replaced.
@nonexhaustive
public enum ExportError: Error, Hashable, Sendable {
  /// A day that the tool cannot write.
  case dayOutOfRange(Day, at: Position, format: JournalFormat)
  /// An event whose payload cannot be read.
  case unreadable(event: String, at: Position, WireError)
}

extension ExportError: CustomStringConvertible {
  /// What, where, and what now.
  public var description: String {
    switch self {
    case .dayOutOfRange(let day, let position, let format):
      """
      the entry of position \(position) is dated \(day), and \(format.rawValue) knows the years \
      \(format.years.lowerBound) to \(format.years.upperBound) only; \
      export another format, or set an earlier day with --on
      """
    case .unreadable(let event, let position, let error):
      "\(event) at position \(position) cannot be read: \(error); run `daybook verify`"
    }
  }
}
