#if Tool
  public import ArgumentParser
  public import Daybook

  extension Durability: ExpressibleByArgument {
    /// Reads what a person gives with `--durability`.
    public init?(argument: String) { self.init(argument) }
  }

  /// What the writing commands have in common.
  struct WritingOptions: ParsableArguments {
    private static let lockPause: Int64 = 50_000_000

    @Option(
      help: ArgumentHelp(
        "Seconds to wait while another writer has the book open.", valueName: "seconds"))
    var wait = 5

    @Flag(
      help: ArgumentHelp(
        """
        Go on although the clock stands behind the last record: times follow that record, and \
        `verify` lists them with what the clock said.
        """))
    var acceptClock = false

    @Option(
      help: ArgumentHelp(
        """
        When it answers. synced: once everything is on the disk. grouped:MS: the same, but a sync \
        waits so many milliseconds for others to share it. none: for trials; before it is on the \
        disk, so that a crash of the machine while the command runs may lose it.
        """, valueName: "synced|grouped:MS|none"))
    var durability = Durability.synced

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
            options: LogOptions(
              durability: durability, creation: creation, acceptsClock: acceptClock),
            checkpoints: checkpoints)
        } catch let error as LogError {
          guard Self.mayPass(error, path), MonotonicClock.nanoseconds() < end else { throw error }
          MonotonicClock.pause(nanoseconds: Self.lockPause)
        }
      }
    }

    /// Closes the book; with durability `none` this is when the disk gets what was written.
    ///
    /// - Throws: What ended the writer: nothing may be said to be done then.
    func close(_ office: BackOffice) async throws {
      await office.close()
      if let failure = office.log.failure { throw failure }
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
