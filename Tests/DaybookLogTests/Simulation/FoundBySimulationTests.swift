import DaybookLog
import DaybookTesting
import DaybookWorld
import Testing

/// What a simulated life found, each as small as it can be.
@Suite struct `A log that was found out by simulation` {
  @Test(arguments: 0..<24)
  func `keeps its folders after a stop while they were made`(_ changes: Int) throws {
    for seed in 0..<UInt64(Effort.count(12, few: 3)) {
      let machine = SimulatedMachine(seed: seed)
      let first = machine.start()
      machine.stop(first, after: changes)
      if let writer = try? LogWriter.open("/book", in: first, options: .small()) { writer.close() }
      machine.kill(first)
      var maker = ActionMaker(seed: seed)
      let written = try write(frames: 1, to: machine.start(), maker: &maker)
      machine.losePower()
      #expect(try readAll(machine.start()) == written, "seed \(seed)")
    }
  }
}
