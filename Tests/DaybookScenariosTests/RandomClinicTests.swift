import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookScenarios
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `A random clinic` {
  private struct Lived: Equatable {
    var accepted = 0
    var refused = 0
    var repeated = 0
    var clashed = 0
    var last = Position.start
    var kinds: Set<String> = []
  }

  private func live(seed: UInt64, actions: Int) throws -> Lived {
    let machine = SimulatedMachine(seed: seed)
    let engine = try Engine(
      "/book", catalogue: .desk, world: machine.start(),
      options: LogOptions(preallocateBytes: 4096, creation: .mustBeNew))
    defer { engine.close() }
    var lived = Lived()
    for action in RandomClinic.opening(at: machine.clock.now()) {
      _ = try engine.submit(action).result.get()
    }
    var clinic = RandomClinic(seed: seed)
    for _ in 0..<actions {
      machine.clock.move(milliseconds: 60_000)
      let submission = try engine.submit(clinic.next(at: machine.clock.now()))
      switch submission.result {
      case .success(let receipt):
        if receipt.isRepeat { lived.repeated += 1 } else { lived.accepted += 1 }
        clinic.note(receipt)
        for event in receipt.events { lived.kinds.insert("\(event.family.rawValue).\(event.tag)") }
      case .failure:
        if submission.standing != nil { lived.clashed += 1 } else { lived.refused += 1 }
      }
    }
    lived.last = engine.lastPosition
    return lived
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `does much that is allowed, some that is not, and some of it twice`(
    _ seed: UInt64
  ) throws {
    let lived = try live(seed: seed, actions: 1500)
    #expect(lived.accepted > 400 && lived.refused > 150, "\(lived)")
    #expect(lived.repeated > 20 && lived.clashed > 10, "\(lived)")
    #expect(lived.kinds.count > 15, "\(lived.kinds.sorted())")
  }

  @Test func `does the same again from the same seed`() throws {
    #expect(try live(seed: 4, actions: 200) == live(seed: 4, actions: 200))
  }
}
