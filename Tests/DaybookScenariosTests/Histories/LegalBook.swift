import Daybook
import DaybookAccounting
import DaybookBytes
import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookHumanResources
import DaybookLog
import DaybookLogistics
import DaybookScenarios
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

/// A book in memory in which a clinic lives that only does what it may; now and then somebody tries
/// what is all but legal.
struct LegalBook {
  let seed: UInt64
  let machine: SimulatedMachine
  let world: World
  private(set) var engine: Engine
  private(set) var accepted = 0
  private(set) var refused: [RefusalCode: Int] = [:]

  private static let options = LogOptions(preallocateBytes: 65_536, creation: .ifMissing)

  init(seed: UInt64) throws {
    self.seed = seed
    machine = SimulatedMachine(seed: seed)
    world = machine.start()
    engine = try Engine(
      "/book", catalogue: .clinic, world: world, options: Self.options, driver: .caller)
    for action in RandomClinic.opening(at: machine.clock.now()) {
      _ = try engine.submit(action).result.get()
    }
  }

  var state: DeskState { engine.state(of: DeskState.self) }

  /// Lives through so many actions, a few minutes apart.
  mutating func live(_ actions: Int) throws {
    var clinic = LegalClinic(seed: seed)
    var trespasser = NearLegalClinic(seed: seed)
    for number in 0..<actions {
      machine.clock.move(milliseconds: 240_000)
      let now = machine.clock.now()
      let action = clinic.next(given: state, at: now)
      switch try engine.submit(action).result {
      case .success: accepted += 1
      case .failure(let refusal):
        Issue.record("seed \(seed), action \(number): \(action.command): \(refusal)")
      }
      if number % 4 == 3 { try trespass(&trespasser, after: action, number) }
      if number % 64 == 63 { engine.log.step() }
    }
    engine.log.step()
  }

  /// What is all but legal is refused with its code, and nothing is appended.
  private mutating func trespass(
    _ trespasser: inout NearLegalClinic, after action: ScenarioAction, _ number: Int
  ) throws {
    let now = machine.clock.now()
    guard let attempt = trespasser.next(given: state, after: action, at: now) else { return }
    let before = engine.lastPosition
    let note: Comment = "seed \(seed), action \(number): \(attempt.action.command)"
    switch try engine.submit(attempt.action).result {
    case .success: Issue.record("\(note.rawValue) was accepted, not refused as \(attempt.code)")
    case .failure(let refusal):
      #expect(refusal.violations.map(\.code).contains(attempt.code), note)
      refused[attempt.code, default: 0] += 1
    }
    #expect(engine.lastPosition == before, note)
  }

  // MARK: - What must hold

  /// The state is the same when it is made again from the log.
  mutating func expectSameStateAfterReplay() throws {
    let live = try bytes(of: state)
    engine.close()
    engine = try Engine(
      "/book", catalogue: .clinic, world: world, options: Self.options, driver: .caller)
    #expect(try bytes(of: state) == live, "seed \(seed)")
  }

  private func bytes(of state: DeskState) throws -> [UInt8] {
    var copy = state
    guard let draft = try CheckpointDraft(of: &copy) else { return [] }
    var bytes = ByteWriter()
    bytes.append(draft.bytes)
    for slot in draft.slots { slot.page.store(to: &bytes) }
    return bytes.bytes
  }

  /// Files, books, staff and stock prove themselves, as by `daybook verify`.
  func expectChecksPass() throws {
    let isSound = try LogVerifier.verify("/book", in: world) { check in
      #expect(check.passed, "seed \(seed): \(check.name): \(check.detail)")
    }
    #expect(isSound, "seed \(seed)")
    var log = try LogReader("/book", in: world)
    let host = ProjectionHost(.clinic)
    try host.catchUp(&log)
    let accounting: Snapshot<AccountingModel> = host.snapshot()
    let staff: Snapshot<HumanResourcesModel> = host.snapshot()
    let stock: Snapshot<LogisticsModel> = host.snapshot()
    let checks =
      AccountingChecks.run(accounting.model) + HumanResourcesChecks.run(staff.model)
      + LogisticsChecks.run(stock.model)
    for check in checks {
      #expect(check.passed, "seed \(seed): \(check.name): \(check.detail)")
    }
    #expect(host.skipped == 0, "seed \(seed)")
  }

  /// Rules that are told from the events alone.
  func expectRulesHold() throws {
    var rules = HistoryRules()
    let decoder = EventDecoder()
    var log = try LogReader("/book", in: world)
    try log.scan(from: Position(1), by: decoder) { try rules.take($0) }
    rules.expectAtEnd(of: state, "seed \(seed)")
  }
}
