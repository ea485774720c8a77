/// What happened in simulated lives of books.
public struct LifeCounts: Hashable, Sendable {
  /// Lives lived to their end.
  public var lives = 0
  /// Openings for writing that succeeded.
  public var openings = 0
  /// Openings for writing that a fault or a crash kept from it.
  public var failedOpenings = 0
  /// Openings that cut a torn tail.
  public var cuts = 0
  /// Openings that wrote again what was not acknowledged.
  public var rewrites = 0
  /// Openings that finished a rotation.
  public var finishedRotations = 0
  /// Openings that set a file aside.
  public var setAside = 0
  /// Segments sealed and followed by another.
  public var rotations = 0
  /// Frames written and synced.
  public var steps = 0
  /// Actions acknowledged.
  public var acknowledged = 0
  /// Events of the actions acknowledged.
  public var events = 0
  /// Refusals told.
  public var refusals = 0
  /// Answers to repeats told.
  public var repeats = 0
  /// Answers told to references that came with other content.
  public var clashes = 0
  /// Callers told that the log had failed.
  public var failures = 0
  /// Callers told that the disk was full and nothing was decided.
  public var fullDisks = 0
  /// Times that another process read on.
  public var readings = 0
  /// Times that read models were compared with a replay.
  public var comparisons = 0
  /// Checkpoints written.
  public var checkpoints = 0
  /// Openings that began with a checkpoint.
  public var loadedCheckpoints = 0
  /// Files of checkpoints and references removed or altered.
  public var damagedFiles = 0
  /// Backups taken beside a writer.
  public var backups = 0
  /// Backups restored.
  public var restores = 0
  /// What went wrong on the machines.
  public var machine = SimulatedCounts()

  /// Nothing yet.
  public init() {}

  /// Adds what happened elsewhere.
  public static func += (sum: inout LifeCounts, other: LifeCounts) {
    sum.lives += other.lives
    sum.openings += other.openings
    sum.failedOpenings += other.failedOpenings
    sum.cuts += other.cuts
    sum.rewrites += other.rewrites
    sum.finishedRotations += other.finishedRotations
    sum.setAside += other.setAside
    sum.rotations += other.rotations
    sum.steps += other.steps
    sum.acknowledged += other.acknowledged
    sum.events += other.events
    sum.refusals += other.refusals
    sum.repeats += other.repeats
    sum.clashes += other.clashes
    sum.failures += other.failures
    sum.fullDisks += other.fullDisks
    sum.readings += other.readings
    sum.comparisons += other.comparisons
    sum.checkpoints += other.checkpoints
    sum.loadedCheckpoints += other.loadedCheckpoints
    sum.damagedFiles += other.damagedFiles
    sum.backups += other.backups
    sum.restores += other.restores
    sum.machine += other.machine
  }

  /// Each count with its name, for a table.
  public var rows: [(name: String, count: Int)] {
    [
      ("lives", lives), ("openings for writing", openings),
      ("openings that a fault or a crash stopped", failedOpenings),
      ("torn tails cut", cuts), ("unacknowledged frames written again", rewrites),
      ("rotations finished by an opening", finishedRotations), ("files set aside", setAside),
      ("losses of power", machine.powerLosses), ("processes killed", machine.kills),
      ("sectors and mapped words lost", machine.lostSectors),
      ("names lost", machine.lostNameChanges), ("writes failed", machine.failedWrites),
      ("syncs failed", machine.failedSyncs),
      ("sectors dropped by failed syncs", machine.droppedSectors),
      ("times without room", machine.failedAllocations),
      ("changes of names failed", machine.failedNameChanges),
      ("reads failed", machine.failedReads), ("bits turned over", machine.flippedBits),
      ("steps of the writer", steps), ("rotations", rotations),
      ("actions acknowledged", acknowledged), ("their events", events),
      ("refusals told", refusals), ("repeats answered", repeats),
      ("references with other content refused", clashes),
      ("callers told of a failure", failures),
      ("callers told of a full disk", fullDisks),
      ("readings by another process", readings),
      ("read models compared with a replay", comparisons),
      ("checkpoints written", checkpoints),
      ("openings that began with a checkpoint", loadedCheckpoints),
      ("files of checkpoints and references removed or altered", damagedFiles),
      ("backups taken beside a writer", backups), ("backups restored", restores),
    ]
  }
}
