import DaybookWorld

/// The number of a file or folder of a simulated disk, whatever name leads to it.
typealias NodeNumber = Int

/// The names of a simulated disk: those that every process sees, and those on the disk.
///
/// What was changed since the folder was synced is kept as a list, in order. A loss of power keeps
/// any part of it; a changed name is old or new, never neither and never both.
struct SimulatedNames {
  static let root: NodeNumber = 0

  /// A name in a folder.
  struct Name: Hashable {
    fileprivate var folder: NodeNumber
    fileprivate var text: String
  }

  private enum Change {
    case link(Name, NodeNumber)
    case unlink(Name)
    case move(Name, to: Name, NodeNumber)

    /// The folder whose sync makes it durable.
    var folder: NodeNumber {
      switch self {
      case .link(let name, _), .unlink(let name), .move(_, let name, _): name.folder
      }
    }
  }

  private var cached: [Name: NodeNumber] = [:]
  private var durable: [Name: NodeNumber] = [:]
  private var changes: [Change] = []
  private(set) var folders: Set<NodeNumber> = [root]

  /// What a path leads to; nil where nothing has that name.
  func node(_ path: String) -> NodeNumber? {
    var node = Self.root
    for part in path.split(separator: "/") {
      guard let next = cached[Name(folder: node, text: String(part))] else { return nil }
      node = next
    }
    return node
  }

  /// The last name of a path, in a folder that exists; nil when that is missing.
  func name(_ path: String) -> Name? {
    var parts = path.split(separator: "/")
    guard let last = parts.popLast(), let folder = node(parts.joined(separator: "/")),
      folders.contains(folder)
    else { return nil }
    return Name(folder: folder, text: String(last))
  }

  /// The names in a folder, sorted by their bytes.
  func list(_ folder: NodeNumber) -> [String] {
    cached.keys.filter { $0.folder == folder }.map(\.text)
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The files that have a name, in no order.
  var files: some Collection<NodeNumber> { cached.values.filter { !folders.contains($0) } }

  mutating func link(_ node: NodeNumber, at name: Name, isFolder: Bool) {
    if isFolder { folders.insert(node) }
    cached[name] = node
    changes.append(.link(name, node))
  }

  mutating func unlink(_ name: Name) {
    cached[name] = nil
    changes.append(.unlink(name))
  }

  mutating func move(_ from: Name, to: Name) {
    guard from != to, let node = cached.removeValue(forKey: from) else { return }
    cached[to] = node
    changes.append(.move(from, to: to, node))
  }

  /// Makes the names in a folder durable.
  mutating func sync(_ folder: NodeNumber) {
    var rest: [Change] = []
    for change in changes {
      guard change.folder == folder else {
        rest.append(change)
        continue
      }
      apply(change)
      guard case .move(_, _, let node) = change else { continue }
      // It has its new name for good, so that the earlier ones cannot come back.
      rest.removeAll {
        switch $0 {
        case .link(_, let other), .move(_, _, let other): other == node
        case .unlink: false
        }
      }
    }
    changes = rest
  }

  /// Leaves the names that the disk may hold after the power went.
  ///
  /// - Returns: How many changes were lost.
  mutating func losePower(_ numbers: inout SeededNumbers) -> Int {
    var lost = 0
    if !changes.isEmpty {
      let isInOrder = numbers.oneIn(2)
      let kept = Int.random(in: 0...changes.count, using: &numbers)
      for (index, change) in changes.enumerated() {
        if isInOrder ? index < kept : numbers.oneIn(2) { apply(change) } else { lost += 1 }
      }
    }
    cached = durable
    changes = []
    return lost
  }

  private mutating func apply(_ change: Change) {
    switch change {
    case .link(let name, let node): durable[name] = node
    case .unlink(let name): durable[name] = nil
    case .move(_, let name, let node):
      // Wherever it is known: a move before this one may have been lost.
      for other in durable.keys.filter({ durable[$0] == node }) { durable[other] = nil }
      durable[name] = node
    }
  }
}
