import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `A backup that goes wrong` {
  /// Runs `body` again and again, its process stopped after one change more each time, until it ends.
  private func stopping(
    _ prepare: () throws -> BackedUp, _ body: (BackedUp, World) throws -> Void,
    then check: (BackedUp, _ isDone: Bool, _ number: Int) throws -> Void
  ) throws -> Int {
    var number = 0
    while true {
      let place = try prepare()
      let world = place.machine.start()
      place.machine.stop(world, after: number)
      var isDone = false
      do {
        try body(place, world)
        isDone = place.machine.isAlive(world)
      } catch {
        try #require(!place.machine.isAlive(world), "\(error)")
      }
      if number % 3 == 0 { place.machine.losePower() } else { place.machine.kill(world) }
      try check(place, isDone, number)
      if isDone { return number }
      number += 1
    }
  }

  @Test(arguments: Effort.cases(0..<3 as Range<UInt64>, few: 1))
  func `stopped at any step leaves none, the old or the new one whole`(
    _ seed: UInt64
  ) throws {
    // The first backup into a directory.
    var whole = 0
    let steps = try stopping {
      try BackedUp(seed: seed, frames: 30)
    } _: {
      try $0.backUp(in: $1)
    } then: { place, isDone, _ in
      do {
        let count = try place.check(restoringTo: BackedUp.restored)
        #expect(count == place.written.count)
        whole += 1
      } catch let error as BackupError {
        #expect(error.kind == .noBackup)
        #expect(!isDone)
      }
      // What was left does not keep the next one from being made.
      try place.backUp()
      let again = try place.check(restoringTo: "/again")
      #expect(again == place.written.count)
    }
    #expect(steps > 20)
    #expect(whole >= 1)
    // Another into the same directory.
    var positions: Set<Int> = []
    _ = try stopping {
      var place = try BackedUp(seed: seed, frames: 30)
      try place.backUp()
      try place.write(25)
      return place
    } _: {
      try $0.backUp(in: $1)
    } then: { place, isDone, number in
      let count = try place.check(restoringTo: BackedUp.restored)
      positions.insert(count)
      #expect(!isDone || count == place.written.count)
      try place.backUp()
      let again = try place.check(restoringTo: "/again")
      #expect(again == place.written.count)
    }
    #expect(positions.count == 2)
  }

  @Test(arguments: 0..<2) func `restored and stopped at any step is no book or a whole one`(
    _ seed: UInt64
  ) throws {
    var whole = 0
    let steps = try stopping {
      let place = try BackedUp(seed: seed, frames: 30)
      try place.backUp()
      return place
    } _: {
      try $0.restore(in: $1)
    } then: { place, isDone, _ in
      let world = place.machine.start()
      if world.files.exists(BackedUp.restored) {
        whole += 1
        let found = try readAll(world, BackedUp.restored)
        #expect(found == place.written)
        let failed = try failedChecks(world, BackedUp.restored)
        #expect(failed.isEmpty)
      } else {
        #expect(!isDone)
        // What was left does not keep it from being restored.
        let count = try place.check(restoringTo: BackedUp.restored)
        #expect(count == place.written.count)
      }
      let left = try place.files("\(BackedUp.restored).restoring")
      #expect(left.isEmpty)
    }
    #expect(steps > 20)
    #expect(whole >= 1)
  }

  @Test func `is refused when a byte of any file is not what it was, which is named`() throws {
    let place = try BackedUp(seed: 3, frames: 40)
    try place.backUp()
    let world = place.machine.start()
    let names = try place.files(BackedUp.backup).filter { !$0.hasSuffix("backup.lock") }
    #expect(names.count > 3)
    for path in names {
      let sound = try world.files.bytes(of: path, atMost: 1 << 20)
      let step = max(sound.count / 23, 1)
      var changes: [[UInt8]] = stride(from: 0, to: sound.count, by: step).map { offset in
        var bytes = sound
        bytes[offset] ^= 0x10
        return bytes
      }
      changes += [[], Array(sound.dropLast()), Array(sound.prefix(sound.count / 2))]
      for bytes in changes {
        try world.files.replaceFile(path, with: bytes.span)
        let error = #expect(throws: BackupError.self) { try place.restore() }
        #expect(error?.kind == .damaged)
        #expect(path.hasSuffix(error?.file ?? "nothing"), "\(path): \(error as Any)")
        #expect(!world.files.exists(BackedUp.restored))
        #expect(try place.files("\(BackedUp.restored).restoring").isEmpty)
      }
      try world.files.remove(path)
      let error = #expect(throws: BackupError.self) { try place.restore() }
      #expect(error?.kind == (path.hasSuffix("manifest") ? .noBackup : .damaged))
      try world.files.replaceFile(path, with: sound.span)
    }
    #expect(try place.check(restoringTo: BackedUp.restored) == place.written.count)
  }

  @Test func `is mended by the next one, where a file of it was damaged`() throws {
    var place = try BackedUp(seed: 4, frames: 40)
    try place.backUp()
    let world = place.machine.start()
    for path in try place.files(BackedUp.backup).filter({ $0.hasSuffix(".seg") }) {
      var bytes = try world.files.bytes(of: path, atMost: 1 << 20)
      bytes[bytes.count / 2] ^= 1
      try world.files.replaceFile(path, with: bytes.span)
    }
    try place.write(5)
    #expect(try place.backUp().keptCount == 0)
    #expect(try place.check(restoringTo: BackedUp.restored) == place.written.count)
  }

  @Test func `on a full disk leaves nothing half, and the one before whole`() throws {
    var failures = 0
    for room in stride(from: 0, to: 60_000, by: Effort.step(2_500, few: 3)) {
      var place = try BackedUp(seed: 5, frames: 30)
      try place.backUp()
      let old = place.written.count
      try place.write(40)
      for isFirst in [true, false] {
        let path = isFirst ? "/first" : BackedUp.backup
        let before = try place.files(path)
        place.machine.capacity = place.machine.usedBytes + room
        do {
          try place.backUp(to: path)
          place.machine.capacity = nil
          let count = try place.check(path, restoringTo: "/restored-\(isFirst)")
          #expect(count == place.written.count)
        } catch let error as LogError {
          place.machine.capacity = nil
          failures += 1
          #expect(error.kind == .diskFull)
          #expect(try place.files(path) == before)
          if !isFirst { #expect(try place.check(restoringTo: "/restored-\(isFirst)") == old) }
        }
      }
      place.machine.capacity = place.machine.usedBytes + room
      do {
        try place.restore()
      } catch let error as LogError {
        failures += 1
        #expect(error.kind == .diskFull)
        #expect(try place.files(BackedUp.restored).isEmpty)
        #expect(try place.files("\(BackedUp.restored).restoring").isEmpty)
      }
    }
    #expect(failures > Effort.count(20, few: 6))
  }

  @Test(arguments: Effort.cases(0..<30 as Range<UInt64>, few: 10))
  func `lives through failing disks`(_ seed: UInt64) throws {
    var place = try BackedUp(seed: seed, frames: 15)
    try place.backUp()
    var counts: Set<Int> = [place.written.count]
    for round in 0..<6 {
      try place.write(8)
      var faults = SimulatedFaults()
      faults.failedWriteOneIn = 9
      faults.failedSyncOneIn = 9
      faults.failedNameChangeOneIn = 15
      faults.failedReadOneIn = 60
      place.machine.faults = faults
      do {
        try place.backUp()
        counts = [place.written.count]
      } catch {
        counts.insert(place.written.count)
      }
      place.machine.faults = SimulatedFaults()
      if round % 2 == 0 { place.machine.losePower() }
      let count = try place.check(restoringTo: "/restored-\(round)")
      #expect(counts.contains(count))
    }
  }
}
