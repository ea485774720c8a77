extension BookLife {
  /// Lives that make a mistake, until one of them breaks a promise by it.
  ///
  /// - Returns: How many lives that took, and what was broken; nil when all seeds are lived through.
  public static func find(
    _ mistake: SeededMistake, among seeds: Range<UInt64>
  ) -> (seeds: Int, promise: String)? {
    for (index, seed) in seeds.enumerated() {
      var life = BookLife(seed: seed, mistakes: [mistake])
      do { try life.run() } catch { return (index + 1, "\(error)") }
    }
    return nil
  }
}
