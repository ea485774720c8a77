/// What a log or a book did that it must not do.
public struct BrokenPromise: Error, Hashable, Sendable, CustomStringConvertible {
  /// The seed of the life in which it did it.
  public var seed: UInt64
  /// How many steps that life had lived.
  public var step: Int
  /// What it did.
  public var what: String

  /// Names what was done, and when.
  public init(seed: UInt64, step: Int, _ what: String) {
    self.seed = seed
    self.step = step
    self.what = what
  }

  /// Seed, step and what was done.
  public var description: String { "seed \(seed), step \(step): \(what)" }
}
