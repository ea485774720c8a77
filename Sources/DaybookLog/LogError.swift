public import DaybookValues
public import DaybookWorld

/// Why the log cannot be opened, read or written, with the place and what still stands.
public struct LogError: Error, Hashable, Sendable {
  /// What is the matter.
  @nonexhaustive public enum Kind: Hashable, Sendable {
    /// The directory holds no log.
    case noLog
    /// There is a log already where a new one was to be made.
    case alreadyExists
    /// Another writer has the book open: the process `pid`, nil when it is not known.
    case locked(pid: Int32?)
    /// Bytes that were durable are not what was written.
    case damaged
    /// The log ends before the last position that was acknowledged.
    case endsBelowWatermark
    /// A later version of Daybook wrote it, in a form that this one cannot read or must not write.
    case newerVersion
    /// It was salvaged and lacks so many records: numbers that these gave could be given again.
    case salvaged(lost: Int)
    /// It was written in the form of a trial, before the format was frozen.
    case trialVersion
    /// It needs a feature that this version does not know.
    case unknownFeature
    /// The clock stands more than five minutes behind the last recorded time.
    case clockBehind(now: Instant, lastRecorded: Instant)
    /// There is no room on the disk; nothing was written.
    case diskFull
    /// The book was closed, or a write or a sync failed before, as `detail` says; the writer takes
    /// nothing more.
    case closed
    /// It is not the log that it should be: another one, or a copy that was written to apart.
    case otherLog
    /// No record stands at that position.
    case noSuchRecord
    /// The file system refused; `cause` says how.
    case file
  }

  /// What is the matter.
  public var kind: Kind
  /// The name of the file in the book's `log` folder, as `00000000000000000001.seg` or `tail`;
  /// empty when it is no single one.
  public var segment: String
  /// Bytes from the start of that file.
  public var offset: UInt64
  /// Every record up to this position is intact.
  public var intactThrough: Position
  /// The first position from which on valid records are found again; nil when none are known.
  public var resumesAt: Position?
  /// What exactly is wrong, as half a sentence.
  public var detail: String
  /// The refusal of the file system, if that is what it was.
  public var cause: FileError?

  /// An error of the given kind and place.
  public init(
    _ kind: Kind, segment: String = "", offset: UInt64 = 0, intactThrough: Position = .start,
    resumesAt: Position? = nil, detail: String = "", cause: FileError? = nil
  ) {
    self.kind = kind
    self.segment = segment
    self.offset = offset
    self.intactThrough = intactThrough
    self.resumesAt = resumesAt
    self.detail = detail
    self.cause = cause
  }

  /// What the file system refused, as an error of the log.
  public init(_ cause: FileError, segment: String = "") {
    let kind: Kind =
      switch cause.kind {
      case .noSpace: .diskFull
      case .locked(let pid): .locked(pid: pid)
      default: .file
      }
    self.init(kind, segment: segment, cause: cause)
  }
}

extension LogError: CustomStringConvertible {
  /// What happened, where, and what to do now.
  public var description: String {
    switch kind {
    case .noLog: "there is no daybook here\(suffix); make one with `daybook init`"
    case .alreadyExists:
      "there is a daybook here already\(suffix); name another directory for the new one"
    case .locked(let pid?): "the book is open for writing by process \(pid); wait until it ends"
    case .locked(nil): "the book is open for writing by another process; wait until it ends"
    case .damaged: "\(place) is damaged at byte \(offset)\(suffix). \(standing)"
    case .endsBelowWatermark where segment.isEmpty: "the log ends too early\(suffix). \(standing)"
    case .endsBelowWatermark: "\(place) ends too early, at byte \(offset)\(suffix). \(standing)"
    case .salvaged(let lost):
      "this book was salvaged, and \(lost) of its events are lost: it can be read and not written, since "
        + "their numbers could be given again; carry on in a new book"
    case .trialVersion:
      "\(place) was written by a trial version of Daybook, from before 0.2.0; import its source into a "
        + "new book"
    case .newerVersion, .unknownFeature:
      "\(place) was written by a newer version of Daybook\(suffix); use that version"
    case .clockBehind(let now, let last):
      "the clock says \(now), but the last record was made at \(last); set the clock, or go on with "
        + "`--accept-clock`"
    case .diskFull: "no space is left on the disk; nothing was written. Free some and try again"
    case .closed where detail.isEmpty: "the book was closed and takes nothing more; open it again"
    case .closed: "the log took nothing more after a failed write or sync\(suffix); open it again"
    case .otherLog: "it is another log\(suffix)"
    case .noSuchRecord: "there is no such record\(suffix)"
    case .file: cause.map { "\($0)" } ?? "the file system refused\(suffix)"
    }
  }

  private var suffix: String { detail.isEmpty ? "" : ": \(detail)" }

  private var place: String {
    if segment.isEmpty { return "the log" }
    return segment.hasSuffix(SegmentName.suffix) ? "segment \(segment)" : "log/\(segment)"
  }

  private var standing: String {
    var text =
      kind == .damaged && segment == LogDirectory.tailName && intactThrough == .start
      ? "The segments are not concerned."
      : intactThrough == .start
        ? "No record before it is intact." : "Everything up to position \(intactThrough) is intact."
    if let resumesAt { text += " Valid records go on at position \(resumesAt)." }
    return text + " Nothing was changed; `daybook log verify` lists every check, and "
      + "`daybook log salvage` copies all that is valid to a new book."
  }
}
