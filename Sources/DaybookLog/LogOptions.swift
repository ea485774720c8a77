public import DaybookValues

/// When a step of the writer is acknowledged.
public enum Durability: Hashable, Sendable, CustomStringConvertible {
  /// After the bytes are on the disk, at once.
  case synced
  /// After the bytes are on the disk too; the sync waits so many milliseconds for others to share
  /// it: fewer syncs, later answers.
  case grouped(milliseconds: Int)
  /// Trials only: before the bytes are on the disk.
  ///
  /// Nothing is synced but where a segment is sealed, on `LogWriter.sync()` and what asks for it
  /// (`BackOffice.sync()`), and when a `LogThread` or a `BackOffice` is closed. Until then the watermark
  /// does not move: no other process, read model or report sees what was answered. What a crash of the
  /// machine leaves of it is nothing, all, or a log that must be salvaged.
  case none

  /// The longest wait for others.
  public static let millisecondsMax = 60_000

  /// As the tool takes it: `synced`, `grouped:5`, `none`.
  public var description: String {
    switch self {
    case .synced: "synced"
    case .grouped(let milliseconds): "grouped:\(milliseconds)"
    case .none: "none"
    }
  }

  /// Reads what `description` prints; `grouped` takes 1 to `millisecondsMax`.
  public init?(_ text: String) {
    if text == "synced" {
      self = .synced
    } else if text == "none" {
      self = .none
    } else if text.hasPrefix("grouped:"), let milliseconds = Int(text.dropFirst(8)),
      (1...Durability.millisecondsMax).contains(milliseconds)
    {
      self = .grouped(milliseconds: milliseconds)
    } else {
      return nil
    }
  }

  /// What it promises, in plain words.
  public var promise: String {
    switch self {
    case .synced: "acknowledged means on the disk"
    case .grouped(let milliseconds):
      "acknowledged means on the disk, up to \(milliseconds) ms later than it could be"
    case .none:
      "for trials: acknowledged before it is on the disk; a crash of the machine may lose it"
    }
  }
}

/// How a log is opened for writing.
public struct LogOptions: Hashable, Sendable {
  /// What is done where there is no log.
  public enum Creation: Hashable, Sendable {
    /// It is an error.
    case never
    /// One is made.
    case ifMissing
    /// One is made, and it is an error if there is one.
    case mustBeNew
  }

  /// A segment is sealed before a frame would take it beyond this; 64 MiB by default.
  public var segmentBytes: UInt64
  /// The file grows in steps of this size, ahead of what is written; 8 MiB by default.
  public var preallocateBytes: UInt64
  /// How many bytes of decided actions may wait for the disk, as `LogWriter.room(for:)` counts them;
  /// 64 MiB by default. Who would exceed it waits before anything is decided.
  public var queueBytesMax: UInt64
  /// When a step is acknowledged.
  public var durability: Durability
  /// What is done where there is no log.
  public var creation: Creation
  /// Whether to open for writing although the clock stands more than five minutes behind the last
  /// recorded time. What is recorded then follows it by a millisecond an action; the log keeps what
  /// the clock said (`EncodedAction.clock`), and `LogVerifier` lists these records.
  public var acceptsClock: Bool
  /// The log must hold everything up to here, as a checkpoint says that was made of it; a log that
  /// ends before is damaged, whatever its watermark says. Nothing by default.
  public var mustReach: Position

  /// The given options.
  public init(
    segmentBytes: UInt64 = 64 << 20, preallocateBytes: UInt64 = 8 << 20,
    queueBytesMax: UInt64 = 64 << 20, durability: Durability = .synced, creation: Creation = .never,
    acceptsClock: Bool = false,
    mustReach: Position = .start
  ) {
    self.segmentBytes = segmentBytes
    self.preallocateBytes = preallocateBytes
    self.queueBytesMax = queueBytesMax
    self.durability = durability
    self.creation = creation
    self.acceptsClock = acceptsClock
    self.mustReach = mustReach
  }

  /// Whether a clock stands further behind the last recorded time than clocks are put right by.
  package static func isBehind(_ now: Instant, _ lastRecorded: Instant) -> Bool {
    let (gap, isTooLarge) = lastRecorded.milliseconds.subtractingReportingOverflow(now.milliseconds)
    // A footer may say anything that ascends.
    return isTooLarge ? lastRecorded > now : gap > 5 * 60_000
  }
}
