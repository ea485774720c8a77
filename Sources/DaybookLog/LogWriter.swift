import DaybookBytes
public import DaybookEvents
public import DaybookValues
import DaybookWorld

/// Appends actions to a log: a synchronous state machine, owned by one thread at a time.
///
/// `submit` queues an action; `step` takes all that wait into one frame, writes it, syncs once and
/// raises the watermark. What lies below the watermark is durable, and nothing else is. After a
/// failed write or sync nobody knows what is on the disk: the writer then refuses everything, and
/// nothing is retried or cut. Open the log again to go on.
///
/// - SeeAlso: <doc:Format>.
public struct LogWriter: ~Copyable {
  let world: World
  let directory: LogDirectory
  let options: LogOptions
  private let lock: any FileLock
  let page: TailPage

  /// What opening found and repaired.
  public let recovery: LogRecovery

  var segment: OpenSegment
  var tally: SegmentTally

  private var queue: [EncodedAction] = []
  private var assembler: FrameAssembler
  /// The last position written, synced or not.
  public private(set) var lastWritten: Position
  private var failure: LogError?
  /// What the waiting actions take at most, with what they add to the footer.
  public private(set) var waitingRoom: UInt64 = 0
  /// What was taken for actions that are not submitted yet, in bytes.
  public internal(set) var takenRoom: UInt64 = 0

  /// Who zeroes room ahead of need, if the writer has such a helper.
  public var roomAhead: RoomAhead?
  /// Whether the helper may try: not where it failed, until the file grew without it.
  var mayGrowAhead = true

  /// The last position taken: every action submitted has its records up to here.
  public private(set) var lastPosition: Position
  /// The last durable position.
  public private(set) var watermark: Position
  /// When the last record submitted was recorded; the next must not be before.
  public private(set) var lastRecorded: Instant

  init(
    world: World, directory: LogDirectory, options: LogOptions, lock: any FileLock, page: TailPage,
    recovery: LogRecovery, segment: OpenSegment, tally: SegmentTally, lastRecorded: Instant
  ) {
    self.world = world
    self.directory = directory
    self.options = options
    self.lock = lock
    self.page = page
    self.recovery = recovery
    self.segment = segment
    self.tally = tally
    self.lastRecorded = lastRecorded
    lastPosition = Position(tally.lastPosition)
    lastWritten = lastPosition
    watermark = lastPosition
    assembler = FrameAssembler(opening: world.randomness.bytes(8))
  }

  deinit {
    // It must not lengthen a file that another writer may open now.
    if let roomAhead { _ = roomAhead.wait() }
    if failure == nil {
      var hints = page.hints ?? TailPage.Hints()
      hints.writer = 0
      page.setHints(hints)
    }
    segment.file.close()
    lock.release()
  }

  /// The identity of the log.
  public var logID: LogID { segment.header.logID }

  /// The first position of the segment that is being written; those before it are sealed.
  public var openSegment: Position { segment.header.firstPosition }

  /// How many actions wait for the next step.
  public var waitingCount: Int { queue.count }

  /// Queues an action; its positions follow `lastPosition` without a gap.
  ///
  /// Ask `LogLimits.admits(_:)` before. Breaking a rule of the log is a bug and stops the program.
  public mutating func submit(_ action: EncodedAction) {
    admit(action)
    queue.append(action)
  }

  /// Queues many, in order, and leaves an empty array.
  public mutating func submit(contentsOf actions: inout [EncodedAction]) {
    for index in actions.indices { admit(actions[index]) }
    if queue.isEmpty {
      swap(&queue, &actions)
    } else {
      queue += actions
      actions.removeAll(keepingCapacity: true)
    }
  }

  private mutating func admit(_ action: EncodedAction) {
    precondition(!action.headers.isEmpty, "an action without records")
    precondition(action.headers.count == action.payloadEnds.count, "headers and payloads differ")
    precondition(LogLimits.admits(action), "an action beyond the log's limits")
    if let source = action.source {
      precondition(
        source.reference.utf8.count <= LogLimits.sourceReferenceBytesMax, "a reference too long")
    }
    let count = action.headers.count
    for index in 0..<count {
      check(action.headers[index], index: index, count: count)
      lastPosition = action.headers[index].position
      lastRecorded = action.headers[index].recorded
    }
    let room = LogWriter.room(for: action)
    waitingRoom += room
    takenRoom -= min(takenRoom, room)
  }

  private func check(_ header: RecordHeader, index: Int, count: Int) {
    let position = header.position.number
    precondition(
      position == lastPosition.number + 1 && position <= LogLimits.positionMax,
      "position \(position) does not follow \(lastPosition)")
    precondition(
      header.actionIndex == UInt32(index) && header.actionCount == UInt32(count),
      "record \(position) miscounts its action")
    precondition(
      header.recorded >= lastRecorded && header.recorded.milliseconds >= 0,
      "recorded \(header.recorded) after \(lastRecorded)")
    precondition(
      header.recorded.isInRange && header.effective.instant.isInRange
        && header.effective.offset.isInRange, "a time out of range")
    precondition(
      (header.version == 1) == (header.previous == .start) && header.version >= 1
        && header.previous < header.position,
      "version \(header.version) of \(header.stream) after position \(header.previous)")
    precondition(header.cause < header.position, "record \(position) is its own cause")
  }

  /// Writes all that wait as one frame, syncs it and raises the watermark.
  ///
  /// More than 16 MiB are taken in several steps. Without a waiting action nothing is written.
  ///
  /// - Returns: The last durable position.
  /// - Throws: `.diskFull` when there is no room: nothing is written, and a later step tries again.
  ///   Any other error closes the writer for good.
  /// - Complexity: One write and one sync; at the end of a segment those of the rotation too.
  @discardableResult
  public mutating func step() throws(LogError) -> Position {
    try checkAlive()
    if queue.isEmpty { return watermark }
    var frame = assembler.assemble(queue, first: lastWritten.next, place: segment.placeSum)
    if segment.end + UInt64(frame.byteCount) > options.segmentBytes, !tally.isEmpty {
      let hasRotated: Bool
      do throws(LogError) {
        let room = waitingRoom + takenRoom + UInt64(SegmentFooter.byteCount(tally))
        let instruments = world.instruments
        hasRotated = try instruments.measure(Instruments.Name.rotation) { () throws(LogError) in
          try rotate(for: room)
        }
      } catch {
        throw poison(error)
      }
      if hasRotated {
        assembler.startChain()
        frame = assembler.assemble(queue, first: lastWritten.next, place: segment.placeSum)
      }
    }
    do throws(LogError) {
      try makeRoom(for: UInt64(frame.byteCount) + footerRoom(of: frame))
    } catch {
      assembler.startChain()
      throw error
    }
    do throws(FileError) {
      try world.instruments.measure(Instruments.Name.write) { () throws(FileError) in
        try assembler.write(to: segment.file, at: segment.end)
      }
      try syncIfDurable()
    } catch {
      throw poison(LogError(error, segment: "\(segment.name)"))
    }
    commit(frame)
    return watermark
  }

  /// What a frame adds to the footer at most.
  private func footerRoom(of frame: AssembledFrame) -> UInt64 {
    var records = 0
    for index in 0..<frame.actionCount { records += queue[index].headers.count }
    return UInt64(SegmentFooter.chainCount + SegmentFooter.typeCount * records)
  }

  private func syncIfDurable() throws(FileError) {
    if options.durability == .none { return }
    try world.instruments.measure(Instruments.Name.sync) { () throws(FileError) in
      try segment.file.sync()
    }
  }

  private mutating func commit(_ frame: AssembledFrame) {
    tally.beginFrame(begins: frame.begins, rawCount: frame.rawCount, at: segment.end)
    // By index: to take an action out of the array counts a reference for each of its parts.
    for index in 0..<frame.actionCount {
      for record in queue[index].headers.indices { tally.add(queue[index].headers[record]) }
      waitingRoom -= LogWriter.room(for: queue[index])
    }
    world.instruments.set(Instruments.Name.batchActions, to: Int64(frame.actionCount))
    world.instruments.set(Instruments.Name.batchBytes, to: Int64(frame.byteCount))
    segment.end += UInt64(frame.byteCount)
    lastWritten = Position(tally.lastPosition)
    if frame.actionCount == queue.count {
      queue.removeAll(keepingCapacity: true)
    } else {
      queue.removeFirst(frame.actionCount)
    }
    assembler.commit()
    if options.durability != .none { raiseWatermark() }
  }

  private mutating func raiseWatermark() {
    watermark = lastWritten
    page.setHints(
      TailPage.Hints(
        writer: UInt64(UInt32(bitPattern: world.process.processID)),
        segmentNumber: segment.header.number, segmentFirst: segment.header.firstPosition.number,
        offset: segment.end))
    // Last, with release order: who sees the watermark sees everything below it.
    page.setWatermark(watermark, of: logID)
  }

  /// Makes durable what was written without a sync (durability `none`), and raises the watermark.
  ///
  /// - Throws: The file system's refusal, which closes the writer for good.
  public mutating func sync() throws(LogError) {
    try checkAlive()
    if watermark == lastWritten { return }
    do throws(FileError) {
      try world.instruments.measure(Instruments.Name.sync) { () throws(FileError) in
        try segment.file.sync()
      }
    } catch {
      throw poison(LogError(error, segment: "\(segment.name)"))
    }
    raiseWatermark()
  }

  /// Gives the log up: closes the files and releases the lock. What was not stepped is not written.
  public consuming func close() {}

  func checkAlive() throws(LogError) {
    guard let failure else { return }
    throw LogError(
      .closed, segment: failure.segment, offset: failure.offset, intactThrough: watermark,
      detail: "\(failure)", cause: failure.cause)
  }

  mutating func poison(_ error: LogError) -> LogError {
    var error = error
    // What was written is not known: no full disk that another attempt may find emptier.
    if error.kind == .diskFull { error.kind = .file }
    failure = error
    return error
  }
}
