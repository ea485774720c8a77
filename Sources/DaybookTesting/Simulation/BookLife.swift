import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld

/// One life of a book on a simulated machine: callers, faults, crashes and openings, from a seed.
///
/// Desk, engine and log are the real ones, in one thread. Beside them stands a naive oracle that
/// decides every command itself; after each crash, and now and then before one, everything that was
/// answered or seen must be there, in order, once and whole, and every read model must be what a
/// replay makes of it.
///
/// Durability `none` is left out: it promises nothing.
public struct BookLife<Workload: SimulatedWorkload>: ~Copyable {
  /// The seed that it all comes from.
  public let seed: UInt64
  /// What happened so far.
  public internal(set) var counts = LifeCounts()

  let machine: SimulatedMachine
  var numbers: SeededNumbers
  var workload: Workload
  var oracle = BookOracle<Workload.State>()
  var options: LogOptions
  /// How many steps it has lived, and how many it may.
  var step = 0
  let stepsMax: Int
  /// How many of the workload's opening actions were submitted since something was lost.
  var begun = 0
  /// What was asked for and not answered before a crash.
  var retries: [SimulatedAction<Workload.State>] = []
  /// A digest of what was decided on at a position that was synced.
  var decisions: (position: Position, digest: String)?
  /// Where the newest backup stands.
  var backedUp = Position.start
  var follower: Follower?
  let rotations = Locked(0)

  /// A book that another process follows.
  struct Follower: ~Copyable {
    var reader: LogReader
    var host: ProjectionHost
  }

  /// The life of a seed.
  ///
  /// - Parameters:
  ///   - seed: What everything comes from.
  ///   - mistakes: What the program gets wrong, to see that it is noticed.
  ///   - stepsMax: How many steps it may live at most: to see what stands before a failure.
  public init(seed: UInt64, mistakes: Set<SeededMistake> = [], stepsMax: Int = .max) {
    self.seed = seed
    self.stepsMax = stepsMax
    numbers = SeededNumbers(seed: seed)
    var faults = SimulatedFaults()
    // One life in four has nothing but crashes.
    if !numbers.oneIn(4) { faults = .drawn(oneIn: 48, from: &numbers) }
    faults.mistakes = mistakes
    machine = SimulatedMachine(seed: numbers.next(), faults: faults)
    workload = Workload(seed: numbers.next())
    options = LogOptions(
      segmentBytes: [4800, 5600, 7000, 12_000].randomElement(using: &numbers) ?? 4800,
      preallocateBytes: [512, 2048, 8192].randomElement(using: &numbers) ?? 512,
      durability: numbers.oneIn(3) ? .grouped(milliseconds: 2) : .synced, creation: .ifMissing)
  }

  /// Lives through several sessions, and looks at what is left when all is quiet.
  ///
  /// - Throws: `BrokenPromise` where the book did what it must not do.
  public mutating func run() throws {
    defer {
      counts.machine = machine.counts
      counts.rotations = rotations.withLock { $0 }
    }
    for _ in 0..<Int.random(in: 3...8, using: &numbers) where step < stepsMax { try session() }
    machine.faults.quiet()
    machine.capacity = nil
    machine.losePower()
    follower = nil
    try look()
    try lastSession()
    if numbers.oneIn(3) { try flip() }
    counts.lives += 1
  }

  /// A process that counts its rotations.
  func start() -> World {
    var world = machine.start()
    let rotations = rotations
    world.instruments.counter = { name, amount in
      if name == "log.rotations" { rotations.withLock { $0 += Int(amount) } }
    }
    return world
  }

  /// Does something while the disk has no faults, though mistakes are still made.
  mutating func quietly(_ body: (inout BookLife) throws -> Void) throws {
    let faults = machine.faults
    machine.faults.quiet()
    defer { machine.faults = faults }
    try body(&self)
  }

  func expect(_ holds: Bool, _ otherwise: @autoclosure () -> String) throws {
    if !holds { throw broken(otherwise()) }
  }

  func broken(_ what: String) -> BrokenPromise {
    BrokenPromise(seed: seed, step: step, what)
  }
}

extension SimulatedFaults {
  /// No faults, but the same mistakes.
  package mutating func quiet() {
    let mistakes = mistakes
    self = SimulatedFaults()
    self.mistakes = mistakes
  }
}
