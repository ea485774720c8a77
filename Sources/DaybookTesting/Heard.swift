public import DaybookWorld

/// Hears everything that instruments tell, for tests.
public final class Heard: Sendable {
  private let told = Locked(
    (counted: [String: Int64](), set: [String: [Int64]](), timed: [String: [Int64]]()))

  /// Has heard nothing yet.
  public init() {}

  /// The instruments that it listens to.
  public var instruments: Instruments {
    Instruments(
      counter: { name, amount in self.told.withLock { $0.counted[name, default: 0] += amount } },
      gauge: { name, value in self.told.withLock { $0.set[name, default: []].append(value) } },
      duration: { name, time in self.told.withLock { $0.timed[name, default: []].append(time) } })
  }

  /// What a counter has come to.
  public func count(_ name: String) -> Int64 { told.withLock { $0.counted[name] ?? 0 } }

  /// Everything that a gauge stood at, in order.
  public func values(_ name: String) -> [Int64] { told.withLock { $0.set[name] ?? [] } }

  /// Every duration, in nanoseconds, in order.
  public func durations(_ name: String) -> [Int64] { told.withLock { $0.timed[name] ?? [] } }

  /// The names of everything heard, sorted.
  public var names: [String] {
    told.withLock { told in
      (Array(told.counted.keys) + Array(told.set.keys) + Array(told.timed.keys)).sorted()
    }
  }
}
