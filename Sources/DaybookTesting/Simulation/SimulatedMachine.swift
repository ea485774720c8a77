public import DaybookValues
public import DaybookWorld

/// One simulated computer: a disk, a page cache, a clock and processes, all from one seed.
///
/// A process is a `World`. Killed, it leaves the page cache to the others; a loss of power ends all,
/// keeps of what was not synced any part that a disk may keep, and gives the next process another
/// boot id. Everything is drawn from the seed, so that one thread's run repeats exactly.
///
/// ```swift
/// let machine = SimulatedMachine(seed: 7)
/// let writer = machine.start()      // a World
/// machine.stop(writer, after: 12)   // in the middle of its 13th change of the disk
/// machine.losePower()
/// let reader = machine.start()      // in the next boot
/// ```
public final class SimulatedMachine: Sendable {
  /// What every process reads.
  public let clock: SimulatedClock
  /// How every process waits; what the others do meanwhile is for the test to say.
  public let pauses: SimulatedPauses
  let disk: Locked<SimulatedDisk>
  private let randomness: SimulatedRandomness
  private let state = Locked(State())

  private struct State {
    var boot: UInt64 = 1
    var nextProcess: Int32 = 100
  }

  /// A machine with an empty disk.
  ///
  /// - Parameter now: Where its clock stands.
  public init(
    seed: UInt64, faults: SimulatedFaults = SimulatedFaults(),
    now: Instant = Instant(milliseconds: 1_800_000_000_000)
  ) {
    var numbers = SeededNumbers(seed: seed)
    disk = Locked(SimulatedDisk(seed: numbers.next(), faults: faults))
    randomness = SimulatedRandomness(seed: numbers.next())
    clock = SimulatedClock(now)
    pauses = SimulatedPauses(clock)
  }

  /// Starts a process.
  public func start() -> World {
    let facts = state.withLock { state in
      state.nextProcess += 1
      return ProcessFacts(
        processID: state.nextProcess, boot: BootID(high: state.boot, low: ~state.boot))
    }
    disk.withLock { $0.processes[facts.processID] = .some(nil) }
    return World(
      files: SimulatedFileSystem(disk: disk, process: facts.processID), clock: clock,
      randomness: randomness, zones: LiveTimeZones(), process: facts,
      pauses: pauses)
  }

  /// Lets a process make `count` more changes of the disk, and ends it in the middle of the next.
  ///
  /// Writes, syncs, changes of names and stores into mapped pages are changes.
  public func stop(_ process: World, after count: Int) {
    disk.withLock { disk in
      let number = process.process.processID
      if disk.isAlive(number) { disk.processes[number] = count }
    }
  }

  /// Ends a process as `kill -9` does, unless it has ended. Nothing that it still calls has an effect.
  public func kill(_ process: World) {
    disk.withLock { disk in
      if disk.isAlive(process.process.processID) { disk.kill(process.process.processID) }
    }
  }

  /// Ends a process that has done what it wanted, unless it has ended.
  public func end(_ process: World) {
    disk.withLock { $0.end(process.process.processID) }
  }

  /// Whether the process has not been ended.
  public func isAlive(_ process: World) -> Bool {
    disk.withLock { $0.isAlive(process.process.processID) }
  }

  /// Ends all processes, and what was not synced is there in part; a new boot begins.
  public func losePower() {
    state.withLock { $0.boot += 1 }
    disk.withLock { $0.losePower() }
  }

  /// Turns over one bit of a file, in memory and on the disk.
  ///
  /// - Returns: The byte that it stands in; nil where there is no such file, or an empty one.
  @discardableResult
  public func flipBit(in path: String) -> Int? {
    disk.withLock { disk in
      guard let node = disk.names.node(path), let size = disk.contents[node]?.cached.count,
        size > 0
      else { return nil }
      let bit = Int.random(in: 0..<size * 8, using: &disk.numbers)
      disk.contents[node]?.flipBit(bit)
      disk.counts.flippedBits += 1
      return bit / 8
    }
  }

  /// What goes wrong from now on.
  public var faults: SimulatedFaults {
    get { disk.withLock { $0.faults } }
    set { disk.withLock { $0.faults = newValue } }
  }

  /// Bytes that all files together may have; nil is no limit.
  public var capacity: Int? {
    get { disk.withLock { $0.capacity } }
    set { disk.withLock { $0.capacity = newValue } }
  }

  /// Bytes of all files.
  public var usedBytes: Int { disk.withLock { $0.usedBytes } }

  /// What went wrong so far.
  public var counts: SimulatedCounts { disk.withLock { $0.counts } }
}
