/// Everything outside the program that the engine may touch, in one value.
///
/// The engine takes it as a parameter and asks nothing else, so that a test hands it a disk that
/// fails, a clock that steps back and random bytes from a seed.
public struct World: Sendable {
  /// Files and folders.
  public var files: any FileSystem
  /// What time it is.
  public var clock: any WallClock
  /// Random bytes.
  public var randomness: any Randomness
  /// Offsets of civil time.
  public var zones: any TimeZones
  /// Which process this is.
  public var process: ProcessFacts
  /// Who listens to counters and durations.
  public var instruments: Instruments
  /// How time is let pass.
  public var pauses: any Pauses

  /// A world of the given parts.
  public init(
    files: any FileSystem, clock: any WallClock, randomness: any Randomness, zones: any TimeZones,
    process: ProcessFacts, instruments: Instruments = .off, pauses: any Pauses = LivePauses()
  ) {
    self.files = files
    self.clock = clock
    self.randomness = randomness
    self.zones = zones
    self.process = process
    self.instruments = instruments
    self.pauses = pauses
  }

  /// The world as it is.
  public static var live: World {
    World(
      files: LiveFileSystem(), clock: LiveClock(), randomness: LiveRandomness(),
      zones: LiveTimeZones(), process: .live)
  }
}
