#if Tool
  import ArgumentParser
  import Daybook
  import DaybookInterchange

  /// How a run of the tool ended; programs depend on the numbers.
  public enum ToolStatus: Int32, Sendable {
    /// Everything was done.
    case done = 0
    /// A check failed, or a row or an action was refused.
    case refused = 1
    /// The command was not understood.
    case usage = 2
    /// There is no book, or it is damaged or cannot be read.
    case noBook = 3
    /// Another writer has the book open.
    case locked = 4
    /// A file or the disk refused.
    case file = 5
  }

  /// A run that ends with a message of its own.
  struct ToolFailure: Error, Hashable {
    var status: ToolStatus
    /// What, where, what now; empty where everything was said already.
    var message: String

    init(_ status: ToolStatus, _ message: String = "") {
      self.status = status
      self.message = message
    }

    static func usage(_ message: String) -> ToolFailure { ToolFailure(.usage, message) }

    /// What an error of any kind comes to.
    init(_ error: any Error) {
      switch error {
      case let failure as ToolFailure: self = failure
      case let error as LogError: self.init(error)
      case let error as BackupError: self.init(error)
      case let error as FileError: self.init(.file, "\(error)")
      case let error as CSVError: self.init(error.isOfTheFileSystem ? .file : .refused, "\(error)")
      case let refusal as Refusal: self.init(.refused, "refused\n\(refusal)")
      case let error as ProjectionError: self.init(.noBook, "\(error)")
      case let error as CheckpointFailure: self.init(.noBook, "\(error)")
      case let error as UnknownAccount: self.init(.usage, "\(error)")
      case let error as PackError: self.init(.refused, "\(error)")
      case let error as ValueError: self.init(.usage, "\(error)")
      default: self.init(.refused, "\(error)")
      }
    }

    private init(_ error: BackupError) {
      switch error.kind {
      case .noBackup, .damaged, .newerVersion: self.init(.noBook, "\(error)")
      case .occupied, .alreadyExists: self.init(.usage, "\(error)")
      case .otherLog: self.init(.refused, "\(error)")
      @unknown default: self.init(.file, "\(error)")
      }
    }

    private init(_ error: LogError) {
      switch error.kind {
      case .noLog, .damaged, .endsBelowWatermark, .newerVersion, .trialVersion, .unknownFeature,
        .salvaged, .noSuchRecord:
        self.init(.noBook, "\(error)")
      case .otherLog: self.init(.refused, "\(error)")
      case .locked: self.init(.locked, "\(error)")
      case .alreadyExists, .clockBehind: self.init(.usage, "\(error)")
      case .diskFull, .closed, .file: self.init(.file, "\(error)")
      @unknown default: self.init(.file, "\(error)")
      }
    }
  }

  extension CSVError {
    fileprivate var isOfTheFileSystem: Bool { if case .file = kind { true } else { false } }
  }
#endif
