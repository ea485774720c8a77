import DaybookLog
import DaybookValues
import DaybookWorld

/// Somebody who waits for the log's thread: a task that is suspended, a thread that is blocked, or
/// a simulation that is called.
enum Waiter: Sendable {
  case task(Suspension<LogError?>)
  case thread(Signal, Locked<LogError?>)
  case call(@Sendable (LogError?) -> Void)

  func release(_ error: LogError?) {
    switch self {
    case .task(let suspension): suspension.resume(error)
    case .thread(let signal, let answer):
      answer.withLock { $0 = error }
      signal.signal()
    case .call(let body): body(error)
    }
  }
}

/// Who waits for positions to be durable, the lowest first: as a rule in the order in which they
/// came, so that a place is found at once and everyone released stands at the front.
struct WaitingLine {
  struct Place {
    var position: Position
    var waiter: Waiter
  }

  private(set) var places: [Place] = []

  mutating func add(_ waiter: Waiter, for position: Position) {
    var index = places.count
    while index > 0, places[index - 1].position > position { index -= 1 }
    places.insert(Place(position: position, waiter: waiter), at: index)
  }

  /// Moves everyone whose position is `end` or before it to `released`, which is empty.
  mutating func take(through end: Position, into released: inout [Place]) {
    guard let last = places.last, let first = places.first, first.position <= end else { return }
    if last.position <= end { return swap(&places, &released) }
    var count = 1
    while places[count].position <= end { count += 1 }
    released.append(contentsOf: places[..<count])
    places.removeFirst(count)
  }

  /// Moves everyone to `released`, which is empty.
  mutating func takeAll(into released: inout [Place]) { swap(&places, &released) }
}
