package import DaybookBytes
package import DaybookEvents
import DaybookValues

/// From when to when something lasts, for whoever it belongs to.
package struct BookedTime: TimedElement, Hashable {
  /// Milliseconds, or days, since 1970; inclusive.
  package var start: Int64 = 0
  /// The end, exclusive; an empty time shares none with any other.
  package var end: Int64 = 0
  /// The number of what lasts so long.
  package var number: UInt64 = 0
  package var clinic: UInt64 = 0
  /// The civil day on which it counts, since 1970.
  package var day: Int32 = 0
  /// How much of it is work.
  package var seconds: UInt32 = 0
  /// Whether it still is so.
  package var stands = true

  var time: Int64 { start }

  /// Whether it shares time with an interval.
  fileprivate var isBusy: Bool { stands && start < end }

  /// The latest end of any that is busy.
  static func summary(_ before: Int64?, _ time: BookedTime, _ after: Int64?) -> Int64 {
    max(before ?? .min, time.isBusy ? time.end : .min, after ?? .min)
  }
}

/// What lasts from one time to another, a tree for each owner.
package struct BookedTimes: Sendable {
  private var times = TimeForest<BookedTime>()
  /// The roots of the trees, by the owners' numbers.
  private var roots = DenseIndex()

  /// Of those that share time with the interval the one that starts last; nil where there is none.
  ///
  /// - Parameter number: One that does not count: that which is being changed.
  /// - Complexity: O(log n).
  package func last(
    of owner: UInt64, from start: Int64, to end: Int64, except number: UInt64 = 0
  ) -> BookedTime? {
    guard start < end, let root = root(of: owner) else { return nil }
    return last(start, end, except: number, under: times[root])
  }

  private func last(
    _ start: Int64, _ end: Int64, except number: UInt64, under node: TimeForest<BookedTime>.Node?
  ) -> BookedTime? {
    guard let node, node.summary > start else { return nil }
    if node.element.start < end {
      if let found = last(start, end, except: number, under: times[node.after]) { return found }
      let element = node.element
      if element.isBusy, element.end > start, element.number != number || number == 0 {
        return element
      }
    }
    return last(start, end, except: number, under: times[node.before])
  }

  /// All that share time with the interval, in order of their starts.
  ///
  /// - Complexity: O(log n) for each of them.
  package func all(of owner: UInt64, from start: Int64, to end: Int64) -> [BookedTime] {
    var found: [BookedTime] = []
    if start < end, let root = root(of: owner) { collect(start, end, times[root], &found) }
    return found
  }

  private func collect(
    _ start: Int64, _ end: Int64, _ node: TimeForest<BookedTime>.Node?,
    _ found: inout [BookedTime]
  ) {
    guard let node, node.summary > start else { return }
    collect(start, end, times[node.before], &found)
    guard node.element.start < end else { return }
    if node.element.isBusy, node.element.end > start { found.append(node.element) }
    collect(start, end, times[node.after], &found)
  }

  private func root(of owner: UInt64) -> Int32? {
    roots[owner].map { Int32(truncatingIfNeeded: $0) }
  }

  mutating func add(_ time: BookedTime, to owner: UInt64) throws(WireError) {
    var root = root(of: owner) ?? TimeForest<BookedTime>.empty
    try times.insert(time, into: &root)
    roots[owner] = Int(root)
  }

  /// Changes the one of that number and start; its start stays.
  mutating func change(
    _ number: UInt64, from start: Int64, of owner: UInt64, _ change: (inout BookedTime) -> Void
  ) throws(WireError) {
    let root = root(of: owner) ?? TimeForest<BookedTime>.empty
    let isFound = try times.change(
      at: start, under: root, where: { $0.number == number && $0.stands }, change)
    if !isFound { throw WireError(.outOfRange, at: 0, field: "time") }
  }

  /// Takes the one of that number and start away.
  mutating func remove(
    _ number: UInt64, from start: Int64, of owner: UInt64
  ) throws(WireError) {
    try change(number, from: start, of: owner) { $0.stands = false }
  }
}

extension BookedTimes: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("times", &times)
    try parts.visit("roots", &roots)
  }
}

extension BookedTime: StoredRecord {
  package static var blank: BookedTime { BookedTime() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&start)
    try fields.visit(&end)
    try fields.visit(&number)
    try fields.visit(&clinic)
    try fields.visit(&day)
    try fields.visit(&seconds)
    try fields.visit(&stands)
  }
}
