extension Instruments {
  /// Everything that log and engine tell: the one list of names, each with its kind and unit.
  ///
  /// A duration is in nanoseconds of a clock that is never set. What fails is counted where it was
  /// begun: a sync that fails is a sync.
  public enum Name {
    // MARK: Opening

    /// Counter: logs opened for writing.
    public static let opens = "log.opens"
    /// Counter: of these, how many found something to put right.
    public static let recoveries = "log.recoveries"
    /// Counter: bytes of torn tails that were cut, and kept in `quarantine/`.
    public static let bytesCut = "log.recovery.bytes-cut"
    /// Counter: bytes above the watermark that were written again.
    public static let bytesRewritten = "log.recovery.bytes-rewritten"
    /// Counter: files set aside in `quarantine/`.
    public static let filesQuarantined = "log.recovery.files-quarantined"
    /// Counter: rotations that a stop had interrupted and an opening finished.
    public static let rotationsFinished = "log.recovery.rotations-finished"

    // MARK: Writing

    /// Duration: the write of a frame.
    public static let write = "log.write"
    /// Duration: the sync behind it.
    public static let sync = "log.sync"
    /// Gauge: actions that the frame holds.
    public static let batchActions = "log.batch.actions"
    /// Gauge: bytes of the frame, as it stands in the file.
    public static let batchBytes = "log.batch.bytes"
    /// Gauge: actions that waited when the thread took them.
    public static let queueActions = "log.queue.actions"
    /// Gauge: bytes that they take at most.
    public static let queueBytes = "log.queue.bytes"
    /// Counter: segments sealed.
    public static let rotations = "log.rotations"
    /// Duration: the sealing of a segment and the making of its successor.
    public static let rotation = "log.rotation"
    /// Counter: requests for room that the disk had none for.
    public static let diskFull = "log.disk-full"

    // MARK: Reading

    /// Counter: records that scans lent; with the duration it makes the rate of a replay.
    public static let scanEvents = "log.scan.events"
    /// Duration: a scan, with what was done with its records.
    public static let scan = "log.scan"

    // MARK: Following

    /// Counter: events that followers were given.
    public static let followEvents = "follow.events"
    /// Gauge: how many durable events a follower has not been given yet, each time it has read.
    public static let followLag = "follow.lag"

    // MARK: Deciding

    /// Counter: commands that were refused.
    public static let refusals = "engine.refusals"
    /// Counter: commands that were answered with what an earlier one made.
    public static let repeats = "engine.repeats"
    /// Counter: commands that had to wait for room, or for a queue that was full.
    public static let waits = "engine.waits"

    // MARK: Checkpoints

    /// Gauge: how many events the oldest checkpoint is behind: that of the read models when they are
    /// opened; that of all whenever a back office has written them, or some of them, and when it closes.
    public static let checkpointAge = "checkpoint.age"
    /// Duration: the writing of a checkpoint of one model.
    public static let checkpointWrite = "checkpoint.write"
    /// Counter: checkpoints that a model was taken up from.
    public static let checkpointsLoaded = "checkpoint.loaded"
    /// Counter: pages of a checkpoint that could not be had, nor made again from the log.
    public static let checkpointsFailed = "checkpoint.failed"
    /// Counters: checkpoints that were put aside or not written, by the kind of their notice:
    /// `checkpoint.damaged`, `.stale`, `.otherLog`, `.notWritten`.
    public static let checkpointNotice = "checkpoint."

    // MARK: Source references

    /// Duration: the writing of a file of references.
    public static let referencesWrite = "references.write"
    /// Duration: the merging of such files.
    public static let referencesMerge = "references.merge"
    /// Counter: files that were missing or damaged, and made again from the log.
    public static let referencesRebuilt = "references.rebuilt"
    /// Counter: files that could not be written; the book goes on without.
    public static let referencesUnwritten = "references.unwritten"
  }
}
