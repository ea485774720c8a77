import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

/// A writer that is stopped in the middle of anything and opens the log again, and a follower in
/// another process that reads at any moment.
private struct FollowedLife {
  let machine: SimulatedMachine
  var dice: Dice
  /// What was submitted, by position; what was never acknowledged is taken back after a stop.
  var submitted: [Kept] = []
  /// What the follower was given.
  var seen: [Kept] = []
  var makers: [ActionMaker]
  var rotations = 0
  var stops = 0
  var reads = 0

  init(seed: UInt64) {
    machine = SimulatedMachine(seed: seed)
    dice = Dice(seed &+ 77)
    makers = [ActionMaker(seed: seed)]
  }

  mutating func run(boots: Int) throws {
    for _ in 0..<boots {
      try liveOneBoot(writers: Int.random(in: 2...5, using: &dice))
      machine.losePower()
      try checkNothingSeenIsLost()
    }
  }

  private mutating func liveOneBoot(writers: Int) throws {
    let reading = machine.start()
    var follower = LogFollower("/book", in: reading, from: Position(UInt64(seen.count + 1)))
    for _ in 0..<writers {
      try write(&follower)
      try read(&follower)
    }
  }

  private mutating func write(_ follower: inout LogFollower) throws {
    let writing = machine.start()
    if Int.random(in: 0..<3, using: &dice) > 0 {
      machine.stop(writing, after: Int.random(in: 0..<200, using: &dice))
    }
    do {
      var writer = try LogWriter.open(
        "/book", in: writing,
        options: LogOptions(segmentBytes: 8 << 10, preallocateBytes: 4 << 10, creation: .ifMissing))
      let last = Int(writer.lastPosition.number)
      submitted.removeLast(submitted.count - last)
      makers.removeLast(makers.count - 1 - last)
      for _ in 0..<Int.random(in: 1...60, using: &dice) {
        for _ in 0..<Int.random(in: 1...3, using: &dice) {
          var maker = makers[makers.count - 1]
          let action = maker.action(records: Int.random(in: 1...4, using: &dice))
          submitted += kept(action)
          // After a stop an action is there or not, so that these are enough to go on from.
          makers += [ActionMaker](repeating: maker, count: action.headers.count)
          writer.submit(action)
        }
        try writer.step()
        if Int.random(in: 0..<3, using: &dice) == 0 { try read(&follower) }
      }
      writer.close()
      machine.end(writing)
    } catch let error as LogError {
      // It was stopped in the middle of something; nothing else may go wrong here.
      try #require(!machine.isAlive(writing), "\(error)")
      stops += 1
    }
  }

  private mutating func read(_ follower: inout LogFollower) throws {
    reads += 1
    var found: [Kept] = []
    while try follower.read(
      bytes: Int.random(in: 1...4000, using: &dice), { found.append(Kept($0)) })
      > 0
    {}
    for record in found {
      let position = Int(record.header.position.number)
      try #require(position == seen.count + 1, "\(position) behind \(seen.count)")
      try #require(position <= submitted.count && record == submitted[position - 1])
      seen.append(record)
    }
  }

  /// What a follower was given is durable: a loss of power takes nothing of it back.
  private mutating func checkNothingSeenIsLost() throws {
    let world = machine.start()
    let writer = try LogWriter.open(
      "/book", in: world, options: .small(segmentBytes: 8 << 10, .ifMissing))
    try #require(writer.lastPosition.number >= UInt64(seen.count))
    let found = try readAll(world)
    try #require(Array(found.prefix(seen.count)) == seen)
    rotations = max(rotations, try LogInfo("/book", in: world).segments.count - 1)
    writer.close()
    machine.end(world)
  }
}

@Suite struct `A follower of a writer that is stopped anywhere` {
  @Test(arguments: Effort.cases(0..<40 as Range<UInt64>, few: 10))
  func `misses nothing, doubles nothing, sees nothing that may yet be lost`(_ seed: UInt64) throws {
    var life = FollowedLife(seed: seed)
    try life.run(boots: 4)
    #expect(life.seen.count > 100, "seed \(seed)")
    #expect(life.rotations > 1, "seed \(seed)")
  }
}
