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

  /// The least that was on hand from `time` until now: what may still be taken at that time.
  ///
  /// - Complexity: O(log n).
  func lowest(from time: Instant, of lot: Int32) -> Int64 {
    var lowest = Int64.max
    // What the movements before the part that is looked at come to.
    var balance: Int64 = 0
    var place = movements[lot]
    while let node = place {
      let own = balance + (movements[node.before]?.summary.sum ?? 0) + node.element.quantity
      if node.element.time > time.milliseconds {
        lowest = min(lowest, own)
        if let after = movements[node.after] { lowest = min(lowest, own + after.summary.least) }
        place = movements[node.before]
      } else {
        balance = own
        place = movements[node.after]
      }
    }
    return min(lowest, balance)
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
