import DaybookEvents
import DaybookValues

/// What came to a lot at a clinic and went, in order of time and then of the log.
struct ShelfHistory {
  struct Movement {
    var time: Instant
    var position: Position
    var quantity: Int64
    var value: Int64
  }

  private var movements: [Movement] = []
  private(set) var quantity: Int64 = 0
  private(set) var value: Int64 = 0
  /// Whether something has moved that nobody has looked at.
  var isChanged = false

  mutating func add(_ movement: Movement) {
    quantity += movement.quantity
    value += movement.value
    isChanged = true
    let place = movements.lastIndex { $0.time <= movement.time }.map { $0 + 1 } ?? 0
    movements.insert(movement, at: place)
  }

  /// An event is undone: at its own time as if it had not been, at another by the opposite.
  mutating func undo(_ position: Position, by later: Position, at time: Instant) {
    let gone = movements.filter { $0.position == position }
    for movement in gone {
      if movement.time == time {
        quantity -= movement.quantity
        value -= movement.value
      } else {
        add(
          Movement(
            time: time, position: later, quantity: -movement.quantity, value: -movement.value))
      }
    }
    movements.removeAll { $0.position == position && $0.time == time }
    isChanged = true
  }

  /// What was there when all up to `time` had happened.
  func balance(at time: Instant) -> Int64 {
    movements.reduce(0) { $1.time <= time ? $0 + $1.quantity : $0 }
  }

  /// The least that there was from `time` on.
  func least(from time: Instant) -> Int64 {
    var least = balance(at: time)
    var sum = least
    for movement in movements where movement.time > time {
      sum += movement.quantity
      least = min(least, sum)
    }
    return least
  }

  /// The least that there ever was.
  var least: Int64 {
    var sum: Int64 = 0
    return movements.reduce(0) { least, movement in
      sum += movement.quantity
      return min(least, sum)
    }
  }
}
