/// Why a backup cannot be made or restored, with what it is about and what to do now.
public struct BackupError: Error, Hashable, Sendable {
  /// What is the matter.
  @nonexhaustive public enum Kind: Hashable, Sendable {
    /// There is no backup: no manifest, or not even a directory.
    case noBackup
    /// The directory holds something else than a backup.
    case occupied
    /// Bytes of the backup are not what its manifest says.
    case damaged
    /// A later version of Daybook made it.
    case newerVersion
    /// The backup is of another log, or of a copy that was written to apart.
    case otherLog
    /// There is a book already where one was to be restored.
    case alreadyExists
  }

  /// What is the matter.
  public var kind: Kind
  /// The directory of the backup, or the one that was to be restored to.
  public var path: String
  /// The file in it, as `log/00000000000000000001.seg`; empty when it is no single one.
  public var file: String
  /// What exactly is wrong, as half a sentence.
  public var detail: String

  /// An error of the given kind and place.
  public init(_ kind: Kind, _ path: String, file: String = "", detail: String = "") {
    self.kind = kind
    self.path = path
    self.file = file
    self.detail = detail
  }
}

extension BackupError: CustomStringConvertible {
  /// What happened, where, and what to do now.
  public var description: String {
    switch kind {
    case .noBackup:
      "there is no whole backup in \(path)\(suffix); make one with `daybook backup \(path)`"
    case .occupied:
      "\(path) holds something else than a backup\(suffix); name a new directory, or that of a backup"
    case .damaged:
      "\(file) of the backup in \(path) is damaged\(suffix). Nothing was restored or changed; take "
        + "another backup of the book into a new directory, or restore an older one"
    case .newerVersion:
      "the backup in \(path) was made by a newer version of Daybook\(suffix); use that version"
    case .otherLog:
      "the backup in \(path) is not one of this book\(suffix). It was left as it is; take this backup "
        + "into a new directory"
    case .alreadyExists:
      "there is something in \(path) already\(suffix); restore to a directory that does not exist"
    }
  }

  private var suffix: String { detail.isEmpty ? "" : ": \(detail)" }
}
