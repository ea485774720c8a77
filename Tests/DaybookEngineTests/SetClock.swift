import DaybookTesting
import DaybookValues
import DaybookWorld

/// A clock that a test sets.
final class SetClock: WallClock {
  private let time: Locked<Instant>

  init(_ time: Instant = Instant(milliseconds: 1_800_000_000_000)) {
    self.time = Locked(time)
  }

  func now() -> Instant { time.withLock { $0 } }

  func move(milliseconds: Int64) { time.withLock { $0.milliseconds += milliseconds } }
}

extension World {
  /// The live world with this disk and clock.
  static func faulty(_ disk: FaultyDisk, clock: any WallClock = LiveClock()) -> World {
    var world = World.live
    world.files = disk
    world.clock = clock
    return world
  }
}
