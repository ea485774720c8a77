import DaybookLog
import DaybookValues
import DaybookWorld

/// Tells followers in this process that more is synced, so that they need not look again and again.
///
/// The log's thread rings; that takes it a lock and a comparison while nobody waits.
final class WatermarkBell: Sendable {
  /// Why a wait was over.
  enum Reason: Sendable {
    /// The watermark stands beyond the position.
    case raised
    /// It never will: the writer failed, or nil, it was closed.
    case ended(LogError?)
    /// The task that waited was cancelled.
    case cancelled
  }

  private struct Waiter {
    var number: UInt64
    var position: Position
    var continuation: CheckedContinuation<Reason, Never>
  }

  private struct State {
    var watermark: Position
    var isEnded = false
    var failure: LogError?
    var waiters: [Waiter] = []
    var nextNumber: UInt64 = 1
    /// Waits that were cancelled before they began.
    var cancelled: Set<UInt64> = []
  }

  private let state: Locked<State>

  init(_ watermark: Position = .start) { state = Locked(State(watermark: watermark)) }

  /// Lets everyone go on who waits for what lies below `watermark`.
  func ring(_ watermark: Position) {
    let released = state.withLock { state -> [Waiter] in
      state.watermark = max(state.watermark, watermark)
      if state.waiters.isEmpty { return [] }
      let watermark = state.watermark
      let released = state.waiters.filter { $0.position < watermark }
      state.waiters.removeAll { $0.position < watermark }
      return released
    }
    for waiter in released { waiter.continuation.resume(returning: .raised) }
  }

  /// Says that the watermark moves no more: the writer failed, or nil, it was closed.
  func end(_ failure: LogError?) {
    let released = state.withLock { state -> [Waiter] in
      state.isEnded = true
      state.failure = failure
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in released { waiter.continuation.resume(returning: .ended(failure)) }
  }

  /// Returns once the watermark stands beyond `position`, or never will; at once when the task is
  /// cancelled.
  func wait(beyond position: Position) async -> Reason {
    let number = state.withLock { state in
      defer { state.nextNumber += 1 }
      return state.nextNumber
    }
    let reason = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let reason = state.withLock { state -> Reason? in
          if state.watermark > position { return .raised }
          if state.isEnded { return .ended(state.failure) }
          if state.cancelled.contains(number) { return .cancelled }
          state.waiters.append(
            Waiter(number: number, position: position, continuation: continuation))
          return nil
        }
        if let reason { continuation.resume(returning: reason) }
      }
    } onCancel: {
      let waiter = state.withLock { state -> Waiter? in
        guard let index = state.waiters.firstIndex(where: { $0.number == number }) else {
          state.cancelled.insert(number)
          return nil
        }
        return state.waiters.remove(at: index)
      }
      waiter?.continuation.resume(returning: .cancelled)
    }
    if Task.isCancelled { state.withLock { _ = $0.cancelled.remove(number) } }
    return reason
  }
}
