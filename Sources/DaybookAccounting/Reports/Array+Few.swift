extension Array {
  /// Empties an array of a few elements, as of one entry's, and keeps its memory: for so few,
  /// `removeAll(keepingCapacity:)` takes longer than to put them there.
  ///
  /// - Complexity: O(n).
  @inline(__always)
  mutating func removeFew() {
    while popLast() != nil {}
  }
}
