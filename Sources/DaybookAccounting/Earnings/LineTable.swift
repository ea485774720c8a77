import DaybookEvents

/// Gives lines of encounters places, from 0 on, in the order in which they are first met.
///
/// Encounters are numbered densely and have few lines, so that a line is found by the number of its
/// encounter and a look at its siblings, without a hash.
struct LineTable: Sendable {
  private var firsts = DenseIndex()
  private(set) var keys: [LineKey] = []
  /// The place of the next line of the same encounter, and one; 0 for none.
  private var siblings: [Int] = []

  /// The place of a line; nil for one that was never met.
  subscript(key: LineKey) -> Int? {
    var next = firsts[key.encounter].map { $0 + 1 } ?? 0
    while next > 0 {
      if keys[next - 1] == key { return next - 1 }
      next = siblings[next - 1]
    }
    return nil
  }

  /// The place of a line, which gets one where it has none.
  mutating func place(_ key: LineKey) -> Int {
    if let place = self[key] { return place }
    siblings.append(firsts[key.encounter].map { $0 + 1 } ?? 0)
    firsts[key.encounter] = keys.count
    keys.append(key)
    return keys.count - 1
  }
}
