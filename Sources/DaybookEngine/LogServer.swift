import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld

/// What runs on the log's thread, or in its callers': the writer, and the loop around it.
struct LogServer: ~Copyable {
  private var writer: LogWriter
  private let durability: Durability
  private let roomHeldMax: UInt64
  private let queue: Locked<LogQueue>
  /// What wakes the thread; nil where callers step.
  private let work: Signal?
  private let instruments: Instruments
  // Lent to the queue again and again, so that nothing is allocated for a batch.
  private var batch: [EncodedAction] = []
  private var released: [WaitingLine.Place] = []
  /// Whether the last pause was a short one.
  private var comesSoon = false

  /// What is told to whoever still asks after an ordinary closing; a failure has its own detail.
  static let closed = LogError(.closed)

  init(
    _ writer: consuming LogWriter, _ options: LogOptions, _ queue: Locked<LogQueue>,
    _ work: Signal?, _ instruments: Instruments
  ) {
    self.writer = writer
    self.queue = queue
    self.work = work
    self.instruments = instruments
    durability = options.durability
    // A successor gets room for what is held: no more than it gets anyway.
    roomHeldMax = options.preallocateBytes / 2
    publish()
  }

  private enum Task {
    case sleep
    /// Room for so many bytes, and whether anything is queued.
    case work(roomLacking: UInt64, isQueued: Bool)
    case end
  }

  private func next() -> Task {
    queue.withLock { queue in
      let lacking = queue.roomLacking
      if !queue.isDue, lacking == 0 {
        if queue.isClosing { return .end }
        queue.isAsleep = true
        return .sleep
      }
      return .work(roomLacking: lacking, isQueued: !queue.actions.isEmpty)
    }
  }

  /// Serves until the book is closed, or the writer is; without a thread of its own, until nothing
  /// is left to do.
  ///
  /// - Returns: Whether there may be more to do later.
  @discardableResult
  mutating func serve() -> Bool {
    do throws(LogError) {
      while true {
        switch next() {
        case .sleep:
          guard let work else { return true }
          pause(until: work)
        case .work(let lacking, let isQueued):
          if lacking > 0 { try makeRoom(for: lacking, isLast: !isQueued) }
          if isQueued { try write() }
          if durability == .none, queue.withLock({ $0.wantsSync }) {
            try writer.sync()
            publish()
          }
        case .end:
          try writer.sync()
          publish()
          // What is waited for now was never submitted.
          end(with: LogServer.closed)
          return false
        }
      }
    } catch {
      end(with: error)
      return false
    }
  }

  /// Sleeps until there is work; where the last came soon, looks out for the next a while first. A
  /// caller alone, who asks again as soon as it is answered, is not kept waiting for a thread to wake.
  private mutating func pause(until work: Signal) {
    let start = MonotonicClock.nanoseconds()
    if !comesSoon || !work.spin(nanoseconds: Self.spinNanoseconds) { work.wait() }
    comesSoon = MonotonicClock.nanoseconds() - start < Self.spinNanoseconds
  }

  // Longer than it takes to wake a caller; less than a sync.
  private static let spinNanoseconds: Int64 = 50_000

  /// Writes all that is queued, and answers.
  private mutating func write() throws(LogError) {
    if let work, case .grouped(let milliseconds) = durability { gather(milliseconds, work) }
    let bytes = queue.withLock { $0.take(into: &batch) }
    instruments.set(Instruments.Name.queueActions, to: Int64(batch.count))
    instruments.set(Instruments.Name.queueBytes, to: Int64(clamping: bytes))
    writer.submit(contentsOf: &batch)
    repeat {
      try writer.step()
      publish()
    } while writer.waitingCount > 0
    writer.growAhead()
  }

  /// Lets more share the sync; who waits is still answered after it.
  private func gather(_ milliseconds: Int, _ work: Signal) {
    let end = MonotonicClock.nanoseconds() + Int64(milliseconds) * 1_000_000
    while true {
      let left = end - MonotonicClock.nanoseconds()
      let isWanted = queue.withLock { $0.isClosing || !$0.roomWaiters.isEmpty }
      // Somebody who closes, or waits for the queue to empty, says so by the signal.
      if left <= 0 || isWanted { return }
      _ = work.wait(nanoseconds: left)
    }
  }

  /// Room for somebody who waits for it before deciding; a full disk is told to all who do, unless
  /// something is queued that will take less than was counted for it.
  private mutating func makeRoom(for bytes: UInt64, isLast: Bool) throws(LogError) {
    do throws(LogError) {
      try writer.takeRoom(bytes)
      queue.withLock { $0.room += bytes }
      publish()
    } catch {
      guard error.kind == .diskFull else { throw error }
      guard isLast else { return }
      let refused = queue.withLock { queue in
        defer { queue.roomWaiters = [] }
        return queue.roomWaiters
      }
      for waiting in refused { waiting.waiter.release(error) }
    }
  }

  /// Says how far the log is durable, holds room ready, and releases whoever waited for either.
  private mutating func publish() {
    let (watermark, written) = (writer.watermark, writer.lastWritten)
    let openSegment = writer.openSegment
    let acknowledged = durability == .none ? written : watermark
    var haveRoom: [Waiter] = []
    var synced: [WaitingLine.Place] = []
    let bell = queue.withLock { queue in
      queue.watermark = watermark
      queue.openSegment = openSegment
      queue.acknowledged = acknowledged
      queue.writingRoom = writer.waitingRoom
      let more = min(writer.freeRoom, roomHeldMax - min(roomHeldMax, queue.room))
      // Nothing has to grow for it, so that it cannot be refused.
      if more > 0, (try? writer.takeRoom(more)) != nil { queue.room += more }
      queue.waiters.take(through: acknowledged, into: &released)
      queue.syncWaiters.take(through: watermark, into: &synced)
      while let waiter = queue.takeRoomWaiter() { haveRoom.append(waiter) }
      return queue.bell
    }
    for place in released { place.waiter.release(nil) }
    released.removeAll(keepingCapacity: true)
    for place in synced { place.waiter.release(nil) }
    for waiter in haveRoom { waiter.release(nil) }
    bell.ring(watermark)
  }

  /// Answers everyone who is left with the error, now and ever after.
  private mutating func end(with error: LogError) {
    var unsynced: [WaitingLine.Place] = []
    let (left, bell) = queue.withLock { queue in
      queue.failure = error
      queue.waiters.takeAll(into: &released)
      queue.syncWaiters.takeAll(into: &unsynced)
      defer { queue.roomWaiters = [] }
      return (queue.roomWaiters, queue.bell)
    }
    for place in released + unsynced { place.waiter.release(error) }
    for waiting in left { waiting.waiter.release(error) }
    released = []
    // A book that was closed has an end; of one whose writer failed the failure is to be told.
    bell.end(error == LogServer.closed ? nil : error)
  }
}
