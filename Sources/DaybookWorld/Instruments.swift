/// Callbacks through which a service learns what the engine does; all off by default.
///
/// They are called on the thread that does the work and must return quickly. A name is lower case
/// with dots, as in `log.sync`; it is the same for every call from one place. `Name` has them all,
/// with their units.
public struct Instruments: Sendable {
  /// Called with a name and by how much it grew.
  public var counter: (@Sendable (_ name: String, _ amount: Int64) -> Void)?
  /// Called with a name and what it stands at.
  public var gauge: (@Sendable (_ name: String, _ value: Int64) -> Void)?
  /// Called with a name and how many nanoseconds it took.
  public var duration: (@Sendable (_ name: String, _ nanoseconds: Int64) -> Void)?

  /// The given callbacks; nil is off.
  public init(
    counter: (@Sendable (_ name: String, _ amount: Int64) -> Void)? = nil,
    gauge: (@Sendable (_ name: String, _ value: Int64) -> Void)? = nil,
    duration: (@Sendable (_ name: String, _ nanoseconds: Int64) -> Void)? = nil
  ) {
    self.counter = counter
    self.gauge = gauge
    self.duration = duration
  }

  /// No callbacks.
  public static let off = Instruments()

  /// Counts `amount` more of `name`.
  @inlinable
  public func count(_ name: String, by amount: Int64 = 1) {
    if let counter { counter(name, amount) }
  }

  /// Says what `name` stands at.
  @inlinable
  public func set(_ name: String, to value: Int64) {
    if let gauge { gauge(name, value) }
  }

  /// A measurement that its owner ends, where a closure does not fit; asks no clock when off.
  public struct Watch {
    let duration: (@Sendable (_ name: String, _ nanoseconds: Int64) -> Void)?
    package let start: Int64

    /// Says how long it was.
    public func stop(_ name: String) {
      if let duration { duration(name, MonotonicClock.nanoseconds() - start) }
    }
  }

  /// Begins a measurement.
  public func watch() -> Watch {
    Watch(duration: duration, start: duration == nil ? 0 : MonotonicClock.nanoseconds())
  }

  /// Runs `body` and says how long it took, also when it throws; asks no clock when off.
  @inlinable
  public func measure<Result: ~Copyable, Failure: Error>(
    _ name: String, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let duration else { return try body() }
    let start = MonotonicClock.nanoseconds()
    defer { duration(name, MonotonicClock.nanoseconds() - start) }
    return try body()
  }
}
