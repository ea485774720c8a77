import DaybookBytes
import DaybookEvents
import DaybookValues

/// What was on hand of each lot after each of its movements, in order of effective time and then of
/// the log.
struct LotMovements: Sendable {
  struct Movement: TimedElement {
    /// Of movements that follow each other: what they add, and the least and the most on the way.
    struct Summary {
      var sum: Int64 = 0
      var least: Int64 = 0
      var most: Int64 = 0
    }

    var time: Int64 = 0
    /// Thousandths; below zero for what goes out.
    var quantity: Int64 = 0

    static func summary(
      _ before: Summary?, _ movement: Movement, _ after: Summary?
    ) throws(WireError) -> Summary {
      var own = before?.sum ?? 0
      try own.increase(by: movement.quantity, "quantity")
      var whole = Summary(
        sum: own, least: min(before?.least ?? own, own), most: max(before?.most ?? own, own))
      guard let after else { return whole }
      var (least, most) = (own, own)
      try least.increase(by: after.least, "quantity")
      try most.increase(by: after.most, "quantity")
      try whole.sum.increase(by: after.sum, "quantity")
      whole.least = min(whole.least, least)
      whole.most = max(whole.most, most)
      return whole
    }
  }

  /// The movements of a lot that has none.
  static var none: Int32 { TimeForest<Movement>.empty }

  /// Something that was taken from a lot.
  struct Taking: Sendable {
    /// The event that took it.
    var position = Position.start
    /// The one before it, of the same lot.
    var previous: Int32 = -1
  }

  private var movements = TimeForest<Movement>()
  private var takings = PagedArray<Taking>(pageCount: 512)

  /// What was on hand at `time`: all movements up to it.
  ///
  /// - Complexity: O(log n).
  func balance(at time: Instant, of lot: Int32) -> Int64 {
    var balance: Int64 = 0
    var place = movements[lot]
    while let node = place {
      if node.element.time > time.milliseconds {
        place = movements[node.before]
      } else {
        balance += (movements[node.before]?.summary.sum ?? 0) + node.element.quantity
        place = movements[node.after]
      }
    }
    return balance
  }

  /// The least that was on hand from `time` until now, or until before `end`: what may still be taken
  /// at that time.
  ///
  /// - Complexity: O(log n).
  func lowest(from time: Instant, before end: Instant? = nil, of lot: Int32) -> Int64 {
    let after = Reach(after: time.milliseconds, before: end?.milliseconds)
    return min(balance(at: time, of: lot), lowest(after, of: lot, on: 0))
  }

  /// A stretch of time; nil where it has no such end.
  private struct Reach {
    var after: Int64?
    var before: Int64?
  }

  /// The least after any movement of a tree within a stretch, on top of what was there before the tree.
  private func lowest(_ reach: Reach, of root: Int32, on balance: Int64) -> Int64 {
    guard let node = movements[root] else { return .max }
    if reach.after == nil, reach.before == nil { return balance + node.summary.least }
    let own = balance + (movements[node.before]?.summary.sum ?? 0) + node.element.quantity
    let isAfter = reach.after.map { node.element.time > $0 } ?? true
    let isBefore = reach.before.map { node.element.time < $0 } ?? true
    var lowest = isAfter && isBefore ? own : .max
    if isAfter {
      // What stands before one that is early enough is early enough.
      let inner = Reach(after: reach.after, before: isBefore ? nil : reach.before)
      lowest = min(lowest, self.lowest(inner, of: node.before, on: balance))
    }
    if isBefore {
      let inner = Reach(after: isAfter ? nil : reach.after, before: reach.before)
      lowest = min(lowest, self.lowest(inner, of: node.after, on: own))
    }
    return lowest
  }

  /// Adds a movement, behind those of the same time; every balance after it moves along.
  ///
  /// - Parameter lot: The movements of the lot.
  /// - Throws: `.outOfRange` where a balance leaves its range.
  /// - Complexity: O(log n).
  mutating func add(
    _ quantity: Int64, at time: Instant, to lot: inout Int32
  ) throws(WireError) {
    try movements.insert(Movement(time: time.milliseconds, quantity: quantity), into: &lot)
  }

  /// Takes a movement of that time out again, so that not even at its own instant it was there; where
  /// it had another time, the opposite is added.
  ///
  /// - Complexity: O(log n), and the other movements of that time.
  mutating func undo(
    _ quantity: Int64, at time: Instant, to lot: inout Int32
  ) throws(WireError) {
    let (from, opposite) = (time.milliseconds, 0 &- quantity)
    let found = movements.first(from: from, through: from, under: lot) {
      $0.quantity == opposite
    }
    if let found {
      try movements.change(found.index, under: lot) { $0.quantity = 0 }
    } else {
      try add(quantity, at: time, to: &lot)
    }
  }

  // MARK: - What was taken

  /// Notes that the event at `position` takes from the lot whose last taking is `last`.
  mutating func take(at position: Position, from last: inout Int32) {
    takings.append(Taking(position: position, previous: last))
    last = Int32(takings.count - 1)
  }

  /// The taking at an index; nil for none.
  func taking(_ index: Int32) -> Taking? { index < 0 ? nil : takings[Int(index)] }
}

extension LotMovements: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("movements", &movements)
    try parts.visit("takings", &takings)
  }
}

extension LotMovements.Movement: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&time)
    try fields.visit(&quantity)
  }
}

extension LotMovements.Movement.Summary: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&sum)
    try fields.visit(&least)
    try fields.visit(&most)
  }
}

extension LotMovements.Taking: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&previous)
  }
}
