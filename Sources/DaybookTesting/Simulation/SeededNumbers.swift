import DaybookBytes
public import DaybookValues
public import DaybookWorld

/// Numbers that look random and are the same for the same seed, on every machine (SplitMix64).
public struct SeededNumbers: RandomNumberGenerator, Hashable, Sendable {
  private var state: UInt64

  /// The numbers of `seed`.
  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// True once in `count` times on average; never when `count` is 0, which draws nothing.
  public mutating func oneIn(_ count: Int) -> Bool {
    count > 0 && Int.random(in: 0..<count, using: &self) == 0
  }
}

/// Random bytes from a seed.
public final class SimulatedRandomness: Randomness {
  private let numbers: Locked<SeededNumbers>

  /// The bytes of `seed`.
  public init(seed: UInt64) { numbers = Locked(SeededNumbers(seed: seed)) }

  public func bytes(_ count: Int) -> [UInt8] {
    numbers.withLock { numbers in
      (0..<count).map { _ in UInt8(truncatingIfNeeded: numbers.next()) }
    }
  }
}

/// A clock that stands still until it is moved, forwards or back.
public final class SimulatedClock: WallClock {
  /// Where it stood when it was made.
  public let beginning: Instant
  private let instant: Locked<Instant>

  /// A clock that stands at `instant`.
  public init(_ instant: Instant) {
    beginning = instant
    self.instant = Locked(instant)
  }

  public func now() -> Instant { instant.withLock { $0 } }

  /// Moves the clock; a negative number sets it back.
  public func move(milliseconds: Int64) {
    instant.withLock { $0.milliseconds += milliseconds }
  }
}

/// Time that passes only when somebody waits: the clock is moved, and others do their work.
public final class SimulatedPauses: Pauses {
  private let clock: SimulatedClock
  private let others = Locked<(@Sendable () -> Void)?>(nil)

  /// Pauses that move `clock`.
  public init(_ clock: SimulatedClock) { self.clock = clock }

  /// What the other processes do whenever one waits.
  public func whileWaiting(_ body: (@Sendable () -> Void)?) { others.withLock { $0 = body } }

  public func pause(nanoseconds: Int64) {
    clock.move(milliseconds: max(nanoseconds / 1_000_000, 1))
    others.withLock { $0 }?()
  }

  public func suspend(nanoseconds: Int64) async { pause(nanoseconds: nanoseconds) }
}
