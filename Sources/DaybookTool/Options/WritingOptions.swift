#if Tool
  import ArgumentParser
  import Daybook

  /// What the writing commands have in common.
  struct WritingOptions: ParsableArguments {
    private static let lockPause: Int64 = 50_000_000

    @Option(
      help: ArgumentHelp(
        "Seconds to wait while another writer has the book open.", valueName: "seconds"))
    var wait = 5

    @Flag(
      help: "Go on although the clock stands behind the last record: times follow that record.")
    var acceptClock = false

    mutating func validate() throws {
      guard (0...86_400).contains(wait) else {
        throw ValidationError("--wait \(wait): give seconds from 0 to 86400")
      }
    }

    /// Opens the book in the directory `path` for writing, once its lock is free.
    ///
    /// - Throws: `LogError.locked` with the holder's process after the wait.
    func open(
      _ path: String, creation: LogOptions.Creation,
      checkpoints: CheckpointHabit = CheckpointHabit()
    ) throws -> BackOffice {
      let context = ToolContext.current
      let end = MonotonicClock.nanoseconds() + Int64(wait) * 1_000_000_000
      while true {
        do {
          return try BackOffice.open(
            path, catalogue: context.catalogue, world: context.world,
            options: LogOptions(creation: creation, acceptsClock: acceptClock),
            checkpoints: checkpoints)
        } catch let error as LogError {
          guard Self.mayPass(error, path), MonotonicClock.nanoseconds() < end else { throw error }
          MonotonicClock.pause(nanoseconds: Self.lockPause)
        }
      }
    }

    /// Whether another writer is in the way, who holds the book or is just making it.
    private static func mayPass(_ error: LogError, _ path: String) -> Bool {
      switch error.kind {
      case .locked: true
      case .file: error.cause?.kind == .exists && error.cause?.path != path
      default: false
      }
    }
  }
#endif
