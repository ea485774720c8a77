import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld

/// What the deciding side and the log's thread share, under one lock.
struct LogQueue {
  /// Somebody who waits for room before anything is decided.
  struct RoomWaiter {
    var bytes: UInt64
    var waiter: Waiter
  }

  /// Decided actions on their way to the writer.
  var actions: [EncodedAction] = []
  /// What they take at most.
  private(set) var actionsRoom: UInt64 = 0
  /// What those take that the writer has and has not synced.
  var writingRoom: UInt64 = 0
  /// What the writer holds ready for actions that are decided next.
  var room: UInt64 = 0
  let backlogMax: UInt64

  var waiters = WaitingLine()
  var roomWaiters: [RoomWaiter] = []
  /// Who waits for the disk where others are answered before it (durability `none`).
  var syncWaiters = WaitingLine()
  var watermark = Position.start
  /// What waiting callers may be told: the watermark, or what is written where nothing is synced.
  var acknowledged = Position.start
  var openSegment = Position.start
  /// Rings for followers in this process.
  let bell = WatermarkBell()
  var failure: LogError?
  var isClosing = false
  /// Whether the thread waits for a signal.
  var isAsleep = false
  /// Whether more actions follow at once, which the writer waits for.
  var expectsMore = false

  /// So many actions are written without waiting for more: a sync costs each of them little then,
  /// and the next ones are decided meanwhile.
  private static let enough = 32

  init(backlogMax: UInt64) { self.backlogMax = backlogMax }

  /// Whether `bytes` more may be decided on: the writer has room, and the disk keeps up.
  func admits(_ bytes: UInt64) -> Bool {
    let backlog = actionsRoom + writingRoom
    return bytes <= room && (backlog == 0 || backlog + bytes <= backlogMax)
  }

  /// Whether there is something to write that does not wait for more.
  var isDue: Bool {
    if actions.isEmpty { return wantsSync }
    return !expectsMore || actions.count >= Self.enough || isClosing || !roomWaiters.isEmpty
      || !syncWaiters.places.isEmpty
  }

  /// Whether somebody waits for the disk of what is written.
  var wantsSync: Bool { syncWaiters.places.first.map { $0.position <= acknowledged } ?? false }

  /// Queues an action; false where it must wait.
  mutating func take(_ action: EncodedAction, _ bytes: UInt64) -> Bool {
    guard admits(bytes) else { return false }
    room -= bytes
    actionsRoom += bytes
    actions.append(action)
    return true
  }

  /// Moves what is queued to `batch`, which is empty.
  ///
  /// - Returns: What it takes at most.
  mutating func take(into batch: inout [EncodedAction]) -> UInt64 {
    swap(&actions, &batch)
    writingRoom += actionsRoom
    defer { actionsRoom = 0 }
    return actionsRoom
  }

  /// Bytes that the first who waits for room lacks, once the disk has kept up; 0 for none.
  var roomLacking: UInt64 {
    guard let first = roomWaiters.first, first.bytes > room else { return 0 }
    return first.bytes - room
  }

  /// The first whose wait for room is over. Whoever then finds that another was quicker waits again.
  mutating func takeRoomWaiter() -> Waiter? {
    guard let first = roomWaiters.first, admits(first.bytes) else { return nil }
    return roomWaiters.removeFirst().waiter
  }

  /// Whether the thread must be woken to write; it is taken for awake then.
  mutating func wakes() -> Bool {
    guard isAsleep, isDue else { return false }
    isAsleep = false
    return true
  }
}
