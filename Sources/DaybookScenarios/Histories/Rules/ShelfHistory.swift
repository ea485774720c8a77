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
  /// What was there after each.
  private var balances: [Int64] = []
  private(set) var quantity: Int64 = 0
  private(set) var value: Int64 = 0
  /// From when on something has moved that nobody has looked at.
  private(set) var changedSince: Instant?

  /// The first movement that was not before `time`, or only later where `isAfter`.
  private func index(of time: Instant, isAfter: Bool = false) -> Int {
    var (low, high) = (0, movements.count)
    while low < high {
      let middle = (low + high) / 2
      let other = movements[middle].time
      if other < time || isAfter && other == time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func balance(from first: Int) {
    var sum = first > 0 ? balances[first - 1] : 0
    for index in first..<movements.count {
      sum += movements[index].quantity
      balances[index] = sum
    }
  }

  private mutating func note(_ time: Instant) {
    changedSince = min(changedSince ?? time, time)
  }

  mutating func add(_ movement: Movement) {
    quantity += movement.quantity
    value += movement.value
    note(movement.time)
    let place = index(of: movement.time, isAfter: true)
    movements.insert(movement, at: place)
    balances.insert(0, at: place)
    balance(from: place)
  }

  /// An event is undone: at its own time as if it had not been, at another by the opposite.
  mutating func undo(
    _ position: Position, of original: Instant, by later: Position, at time: Instant
  ) {
    let range = index(of: original)..<index(of: original, isAfter: true)
    let gone = movements[range].filter { $0.position == position }
    note(time)
    guard original == time else {
      for movement in gone {
        add(
          Movement(
            time: time, position: later, quantity: -movement.quantity, value: -movement.value))
      }
      return
    }
    for index in range.reversed() where movements[index].position == position {
      quantity -= movements[index].quantity
      value -= movements[index].value
      movements.remove(at: index)
      balances.remove(at: index)
    }
    balance(from: range.lowerBound)
  }

  /// Somebody has looked at all of it.
  mutating func settle() { changedSince = nil }

  /// What was there when all up to `time` had happened.
  func balance(at time: Instant) -> Int64 {
    let count = index(of: time, isAfter: true)
    return count > 0 ? balances[count - 1] : 0
  }

  /// The least that there was from `time` on.
  func least(from time: Instant) -> Int64 {
    balances[index(of: time, isAfter: true)...].reduce(balance(at: time), min)
  }

  /// The least that there was since something moved that nobody has looked at.
  var leastSinceChange: Int64 {
    changedSince.map { balances[index(of: $0)...].reduce(0, min) } ?? 0
  }
}
