import DaybookLog
import DaybookWorld

/// Something about a checkpoint that a person should hear of; no answer depends on it.
public struct CheckpointNotice: Hashable, Sendable, CustomStringConvertible {
  /// What is the matter.
  @nonexhaustive
  public enum Kind: String, Hashable, Sendable {
    /// A file is missing, cut or altered, or cannot be read.
    case damaged
    /// Another version of the model, or of the catalogue, made it.
    case stale
    /// It is of another log, or of a copy of this one that went another way.
    case otherLog
    /// It could not be written.
    case notWritten

    /// The name of the counter that counts it.
    var counter: String { Instruments.Name.checkpointNotice + rawValue }
  }

  /// What is the matter.
  public let kind: Kind
  /// The model's name.
  public let model: String
  /// The file, from the book's directory: `checkpoints/accounting.root`.
  public let file: String
  /// What exactly is wrong, as half a sentence.
  public let detail: String

  /// What, where, and what now.
  public var description: String {
    switch kind {
    case .damaged, .stale, .otherLog:
      "\(file) is not used: \(detail). \(model) is made again from the log, which takes longer; "
        + "`daybook log checkpoint` writes a new checkpoint, and nothing is lost if you delete "
        + "\(CheckpointFolder.name)/."
    case .notWritten:
      "no checkpoint of \(model) was written: \(detail). The book is complete without it and opens "
        + "slower; `daybook log checkpoint` tries again."
    }
  }
}

/// Why a checkpoint is not used.
struct CheckpointFault: Error {
  let kind: CheckpointNotice.Kind
  let detail: String
  /// The log ends before the checkpoint: not the checkpoint's fault, but the log's.
  let beyond: LogError?

  init(_ kind: CheckpointNotice.Kind, _ detail: String) {
    self.kind = kind
    self.detail = detail
    beyond = nil
  }

  init(beyond: LogError) {
    kind = .otherLog
    detail = "\(beyond)"
    self.beyond = beyond
  }
}

/// A page of a checkpoint is damaged, and the log cannot be read either: what was computed from it
/// is worth nothing.
public struct CheckpointFailure: Error, CustomStringConvertible {
  /// The model's name.
  public let model: String
  /// The file, from the book's directory.
  public let file: String
  /// Which page.
  public let page: String
  /// Why the log could not be replayed.
  public let underlying: any Error

  /// What, where, and what now.
  public var description: String {
    "\(page) of \(file) is damaged, and \(model) cannot be made again from the log, so that nothing is "
      + "answered. `daybook log verify` lists what is wrong with the log, and `daybook restore` makes a "
      + "book of a backup. What kept it from being read: \(underlying)"
  }
}
