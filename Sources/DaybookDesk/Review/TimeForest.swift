import DaybookBytes
import DaybookEvents

/// What stands in a `TimeForest`: it has a time, and every part of a tree has a summary of it.
protocol TimedElement: StoredValue {
  /// What is known of neighbouring elements together.
  associatedtype Summary: StoredValue

  /// Milliseconds, by which the elements are in order.
  var time: Int64 { get }

  /// What is known of `element` and of those right before and right after it.
  ///
  /// - Throws: `.outOfRange` where a sum leaves its range.
  static func summary(
    _ before: Summary?, _ element: Self, _ after: Summary?
  ) throws(WireError) -> Summary
}

/// Trees of elements in order of time, those of one time as they came: history may arrive in any
/// order. A tree is the index of its root; the nodes of all stand together, in pages.
///
/// Each is a treap whose priorities follow from the count, so that the same events make the same
/// tree. To add an element, or to walk from the root down, takes O(log n) steps, wherever in time it
/// belongs.
struct TimeForest<Element: TimedElement>: Sendable {
  /// An element with its place in its tree.
  struct Node: Sendable {
    var element: Element = .blank
    var summary: Element.Summary = .blank
    /// Indexes of nodes; -1 for none.
    var before: Int32 = -1
    var after: Int32 = -1
  }

  /// The root of a tree without nodes.
  static var empty: Int32 { -1 }

  private var nodes = PagedArray<Node>(pageCount: 512)

  /// The node at an index; nil for -1.
  subscript(index: Int32) -> Node? { index < 0 ? nil : nodes[Int(index)] }

  /// The first element of the tree of `root` from one time through another for which `isIt` holds, with
  /// its index; nil where there is none.
  ///
  /// - Complexity: O(log n), and those before it for which `isIt` does not hold.
  func first(
    from time: Int64, through last: Int64, under root: Int32,
    where isIt: (Element) -> Bool = { _ in true }
  ) -> (index: Int32, element: Element)? {
    guard let node = self[root] else { return nil }
    if node.element.time >= time {
      if let found = first(from: time, through: last, under: node.before, where: isIt) {
        return found
      }
      if node.element.time > last { return nil }
      if isIt(node.element) { return (root, node.element) }
    }
    return first(from: time, through: last, under: node.after, where: isIt)
  }

  /// Puts another element in the place of the one at `index`: of the same time, and of the same
  /// summary with its neighbours.
  mutating func replace(_ index: Int32, by element: Element) {
    nodes[Int(index)].element = element
  }

  /// Adds an element to the tree of `root`, behind all that are not later.
  ///
  /// - Returns: The index of its node, which stays.
  /// - Throws: `.outOfRange` where a summary leaves its range, or where there are too many.
  @discardableResult
  mutating func insert(_ element: Element, into root: inout Int32) throws(WireError) -> Int32 {
    guard let index = Int32(exactly: nodes.count) else {
      throw WireError(.outOfRange, at: 0, field: "time")
    }
    nodes.append(Node(element: element, summary: try Element.summary(nil, element, nil)))
    root = try insert(index, element.time, under: root)
    return index
  }

  /// Changes the element of the node at `index`, whose time stays, in the tree of `root`.
  ///
  /// - Throws: `.outOfRange` where the tree has no such node, or a summary leaves its range.
  /// - Complexity: O(log n).
  mutating func change(
    _ index: Int32, under root: Int32, _ change: (inout Element) -> Void
  ) throws(WireError) {
    guard index >= 0, Int(index) < nodes.count else {
      throw WireError(.outOfRange, at: 0, field: "time")
    }
    try self.change(index, nodes[Int(index)].element.time, under: root, change)
  }

  /// Of one time, the nodes stand in the order in which they came, which is that of their indexes.
  private mutating func change(
    _ index: Int32, _ time: Int64, under root: Int32, _ change: (inout Element) -> Void
  ) throws(WireError) {
    guard let node = self[root] else { throw WireError(.outOfRange, at: 0, field: "time") }
    if root == index {
      change(&nodes[Int(root)].element)
    } else {
      let isBefore = (time, index) < (node.element.time, root)
      try self.change(index, time, under: isBefore ? node.before : node.after, change)
    }
    try summarise(root)
  }

  /// The elements of the tree of `root`, in order.
  func elements(under root: Int32) -> [Element] {
    var found: [Element] = []
    var path: [Int32] = []
    var at = root
    while at >= 0 || !path.isEmpty {
      if let node = self[at] {
        path.append(at)
        at = node.before
      } else if let node = self[path.removeLast()] {
        found.append(node.element)
        at = node.after
      }
    }
    return found
  }

  /// The root of what stood under `root`, with `new` in it.
  private mutating func insert(
    _ new: Int32, _ time: Int64, under root: Int32
  ) throws(WireError) -> Int32 {
    guard root >= 0 else { return new }
    if Self.priority(new) > Self.priority(root) {
      let (before, after) = try split(root, at: time)
      nodes[Int(new)].before = before
      nodes[Int(new)].after = after
      try summarise(new)
      return new
    }
    let node = nodes[Int(root)]
    if time < node.element.time {
      let before = try insert(new, time, under: node.before)
      nodes[Int(root)].before = before
    } else {
      let after = try insert(new, time, under: node.after)
      nodes[Int(root)].after = after
    }
    try summarise(root)
    return root
  }

  /// Parts what stands under `root`: those not later than `time`, and the others.
  private mutating func split(
    _ root: Int32, at time: Int64
  ) throws(WireError) -> (before: Int32, after: Int32) {
    guard root >= 0 else { return (-1, -1) }
    let node = nodes[Int(root)]
    if node.element.time <= time {
      let parts = try split(node.after, at: time)
      nodes[Int(root)].after = parts.before
      try summarise(root)
      return (root, parts.after)
    }
    let parts = try split(node.before, at: time)
    nodes[Int(root)].before = parts.after
    try summarise(root)
    return (parts.before, root)
  }

  /// Changes an element where it stands, in the tree of `root`; its time stays as it is.
  ///
  /// - Parameters:
  ///   - time: The element's time.
  ///   - isMeant: Whether it is the one, of those of that time.
  /// - Returns: Whether there was one.
  /// - Complexity: O(log n), and as many steps as there are elements of that time.
  @discardableResult
  mutating func change(
    at time: Int64, under root: Int32, where isMeant: (Element) -> Bool,
    _ change: (inout Element) -> Void
  ) throws(WireError) -> Bool {
    guard root >= 0 else { return false }
    let node = nodes[Int(root)]
    var isFound = false
    if node.element.time == time, isMeant(node.element) {
      change(&nodes[Int(root)].element)
      isFound = true
    } else {
      // A split leaves elements of one time on both sides.
      if time <= node.element.time {
        isFound = try self.change(at: time, under: node.before, where: isMeant, change)
      }
      if !isFound, time >= node.element.time {
        isFound = try self.change(at: time, under: node.after, where: isMeant, change)
      }
    }
    if isFound { try summarise(root) }
    return isFound
  }

  private mutating func summarise(_ index: Int32) throws(WireError) {
    let node = nodes[Int(index)]
    let summary = try Element.summary(
      self[node.before]?.summary, node.element, self[node.after]?.summary)
    nodes[Int(index)].summary = summary
  }

  /// Numbers as good as drawn by lot, and the same in every run. Source: the finaliser of MurmurHash3.
  private static func priority(_ index: Int32) -> UInt32 {
    var hash = UInt32(bitPattern: index) &+ 1
    hash = (hash ^ (hash >> 16)) &* 0x85eb_ca6b
    hash = (hash ^ (hash >> 13)) &* 0xc2b2_ae35
    return hash ^ (hash >> 16)
  }
}

extension TimeForest: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try nodes.describe(&parts)
  }
}

extension TimeForest.Node: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&element)
    try fields.visit(&summary)
    try fields.visit(&before)
    try fields.visit(&after)
  }
}
