public import DaybookBytes
public import DaybookValues

/// For each of many series of events: where the last event stands that takes effect on or before a
/// day.
///
/// A series keeps one node for each day that can still be the answer: what is recorded later and dated
/// earlier takes the place of all that is dated behind it. So it has at most one for each day of
/// business, and to note an event costs O(1) over the life of a log.
public struct LatestByDay: Sendable {
  struct Node: Sendable {
    var day = Day()
    var position = Position.start
    /// The node of the day before it in the series; -1 for none.
    var below: Int32 = -1
  }

  /// The series of no events.
  public static let empty: Int32 = -1

  private var nodes = PagedArray<Node>(pageCount: 512)
  /// Nodes that no series has, one below the other.
  private var free: Int32 = -1

  /// No series has an event.
  public init() {}

  /// Notes an event of the series of which `last` is the last node; positions go up.
  public mutating func note(_ day: Day, _ position: Position, in last: inout Int32) {
    while last >= 0, nodes[Int(last)].day > day { last = give(back: last) }
    if last >= 0, nodes[Int(last)].day == day {
      nodes[Int(last)].position = position
      return
    }
    let node = Node(day: day, position: position, below: last)
    if free >= 0 {
      last = free
      free = nodes[Int(free)].below
      nodes[Int(last)] = node
    } else {
      last = Int32(nodes.count)
      nodes.append(node)
    }
  }

  /// Gives a node to those that no series has, and returns the one below it.
  private mutating func give(back index: Int32) -> Int32 {
    let below = nodes[Int(index)].below
    nodes[Int(index)].below = free
    free = index
    return below
  }

  /// The position of the last event of a series that takes effect on or before `day`; `.start` for
  /// none.
  ///
  /// - Complexity: O(days of business after `day`).
  public func position(through day: Day, in last: Int32) -> Position {
    var index = last
    while index >= 0 {
      let node = nodes[Int(index)]
      if node.day <= day { return node.position }
      index = node.below
    }
    return .start
  }
}

extension LatestByDay: Checkpointed {
  public mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("nodes", &nodes)
    try parts.visit("free", &free)
  }
}

extension LatestByDay.Node: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&day)
    try fields.visit(&position)
    try fields.visit(&below)
  }
}
