public import DaybookBytes

/// A place for each of the things of a kind, by number: an array, since numbers are dense.
///
/// A number far beyond the others, which only a hostile or a foreign log has, takes an entry of a
/// dictionary and no room for all below it.
public struct DenseIndex: Sendable {
  // -1 where there is none.
  private var near = PagedArray<Int>()
  private var nearCount = 0
  private var far: [UInt64: Int] = [:]

  /// Nothing has a place.
  public init() {}

  /// The place of `number`, at least 0; nil where it has none.
  ///
  /// - Complexity: O(1).
  public subscript(number: UInt64) -> Int? {
    get {
      if number < UInt64(near.count) {
        let place = near[Int(number)]
        if place >= 0 { return place }
      }
      return far.isEmpty ? nil : far[number]
    }
    set {
      guard number < UInt64(near.count) || number < UInt64(4 * nearCount + 4096) else {
        far[number] = newValue
        return
      }
      while UInt64(near.count) <= number { near.append(-1) }
      if near[Int(number)] < 0 { nearCount += 1 }
      near[Int(number)] = newValue ?? -1
      if !far.isEmpty { far[number] = nil }
    }
  }
}

extension DenseIndex {
  /// The place of `number`, as the subscript has it, for projectors.
  ///
  /// Mutating, though it changes nothing: one that is not would be lent a copy of the index by a
  /// method that changes what holds it.
  public mutating func place(of number: UInt64) -> Int? { self[number] }
}

extension DenseIndex: Checkpointed {
  public mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("near", &near)
    try parts.visit("nearCount", &nearCount)
    try parts.visit("far", &far)
  }
}
