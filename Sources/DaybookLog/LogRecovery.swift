public import DaybookValues

/// What opening a log for writing found, and put right, of a stop in the middle of something.
public struct LogRecovery: Hashable, Sendable {
  /// Bytes of a torn tail that were cut: never acknowledged, kept in `quarantine/`.
  public var cutBytes: UInt64 = 0
  /// The segment that they were cut from; empty when none were.
  public var cutSegment = ""
  /// Where in it they began.
  public var cutOffset: UInt64 = 0
  /// Why they could not stay, as half a sentence.
  public var cutReason = ""
  /// The files that were put into `quarantine/`.
  public var quarantined: [String] = []
  /// Bytes above the watermark that were valid, and were written again before they count.
  public var rewrittenBytes: UInt64 = 0
  /// The watermark as it was found; nil where its page was missing.
  public var watermarkFound: Position?
  /// Whether a rotation was finished that had been begun.
  public var finishedRotation = false

  /// Nothing found yet.
  public init() {}

  /// Whether there was nothing to put right.
  public var isClean: Bool {
    cutBytes == 0 && quarantined.isEmpty && rewrittenBytes == 0 && !finishedRotation
  }
}
