import DaybookLog
import DaybookValues
import DaybookWorld

/// What is to be done when segments were sealed: their references go into files, and small files
/// that stand next to each other become one.
struct ReferenceWork: Sendable {
  var store: ReferenceStore
  var runs: [ReferenceRun]
  /// The references of the sealed segments, in the order of positions; more may follow.
  var entries: [ReferenceEntry] = []
  /// The first position of the first of these segments.
  var first = Position.start
  /// The first position of the first segment that is not sealed; the same when there are none.
  var next = Position.start

  struct Outcome: Sendable {
    var runs: [ReferenceRun]
    /// What the work had as `next`, which tells whose it is.
    var next: Position
    var events = ReferenceEvents()
    /// Whether everything is as small as it can be, or nothing more can be written.
    var mayMerge = true
    /// Why the segments could not be read.
    var failure: LogError?
  }

  /// Does it; blocks while files are written.
  func run() -> Outcome {
    var outcome = Outcome(runs: runs, next: next)
    do throws(LogError) {
      var first = first
      while first < next {
        let segment = try SealedSegment(at: first, of: store.directory, in: store.world)
        let through = segment.lastPosition
        let part = entries.lazy.filter { $0.position >= first && $0.position <= through }
        outcome.runs.append(store.write(part, segment, &outcome.events))
        first = segment.lastPosition.next
      }
      while let range = ReferenceRun.merging(outcome.runs) {
        guard let merged = try store.merge(outcome.runs[range], &outcome.events) else {
          outcome.mayMerge = false
          break
        }
        outcome.runs.replaceSubrange(range, with: merged)
        // What was made again stands by itself first: the next segment's turn merges it.
        if merged.count > 1 { break }
      }
    } catch {
      outcome.failure = error
    }
    return outcome
  }
}

/// Does work on references on a thread of its own.
final class ReferenceKeeper: Sendable {
  private let thread: WorkerThread
  private let outcome: Locked<ReferenceWork.Outcome?>

  init(_ work: ReferenceWork) throws(ThreadError) {
    let outcome = Locked<ReferenceWork.Outcome?>(nil)
    self.outcome = outcome
    thread = try WorkerThread(name: "daybook-refs") {
      let done = work.run()
      outcome.withLock { $0 = done }
    }
  }

  /// What came of it; nil while it is at work.
  func take() -> ReferenceWork.Outcome? { outcome.withLock { $0 } }

  /// What came of it, after it is done.
  func wait() -> ReferenceWork.Outcome? {
    thread.join()
    return take()
  }
}
