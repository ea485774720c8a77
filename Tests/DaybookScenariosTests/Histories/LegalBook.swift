import Daybook
import DaybookAccounting
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
  /// The departments, as far as they have read.
  let host = ProjectionHost(.clinic)
  private(set) var engine: Engine
  private(set) var accepted = 0
  /// Old mistakes that could not be undone any more.
  private(set) var tolerated = 0
  private(set) var refused: [RefusalCode: Int] = [:]
  private var dice: Dice
  /// The state half-way through, as a checkpoint keeps it, and where the log stood then.
  private var half: (state: DeskState, position: Position)?

  private static let options = LogOptions(preallocateBytes: 65_536, creation: .ifMissing)

  init(seed: UInt64) throws {
    self.seed = seed
    dice = Dice(seed: seed ^ 0x636c_6f63_6b)
    machine = SimulatedMachine(seed: seed)
    world = machine.start()
    engine = try Engine(
      "/book", catalogue: .clinic, world: world, options: Self.options, driver: .caller)
    for action in LegalClinic.opening(at: machine.clock.now()) {
      _ = try engine.submit(action).result.get()
    }
  }

  var state: DeskState { engine.state(of: DeskState.self) }

  /// Lives through so many actions, minutes or most of a day apart.
  mutating func live(_ actions: Int) throws {
    var clinic = LegalClinic(seed: seed)
    var trespasser = NearLegalClinic(seed: seed)
    for number in 0..<actions {
      let minutes = dice.chance(35) ? dice.from(1...30) : dice.from(60...2_000)
      machine.clock.move(milliseconds: Int64(minutes) * 60_000)
      let now = machine.clock.now()
      let action = try filled(clinic.next(given: state, at: now))
      switch try engine.submit(action).result {
      case .success(let receipt):
        accepted += 1
        clinic.note(receipt, of: action)
        trespasser.note(receipt, of: action)
      case .failure(let refusal):
        let codes = Set(refusal.violations.map(\.code))
        if !action.tolerated.isDisjoint(with: codes) {
          tolerated += 1
        } else {
          Issue.record("seed \(seed), action \(number): \(refusal): \(action.command)")
        }
      }
      if number % 4 == 3 { try trespass(&trespasser, after: action, number) }
      if number == actions / 2 { try keep() }
      if number % 64 == 63 { engine.log.step() }
    }
    engine.log.step()
  }

  /// Fills in the figures with which a period or a year is closed, as `BackOffice` does.
  private func filled(_ action: ScenarioAction) throws -> ScenarioAction {
    var action = action
    let clinic = action.envelope.clinic
    if var close = action.command as? ClosePeriod {
      try catchUp()
      switch close.area {
      case .accounting, .tax:
        let books: Snapshot<AccountingModel> = host.snapshot()
        close.totals = books.model.totals(ofClinic: clinic, through: close.to, at: books.asOf)
      case .humanResources:
        let staff: Snapshot<HumanResourcesModel> = host.snapshot()
        close.totals = staff.model.totals(ofClinic: clinic, through: close.to, at: staff.asOf)
      case .logistics, .unspecified:
        let stock: Snapshot<LogisticsModel> = host.snapshot()
        close.totals = stock.model.totals(ofClinic: clinic, through: close.to, at: stock.asOf)
      }
      action.command = close
    } else if var close = action.command as? CloseYear {
      try catchUp()
      let books: Snapshot<AccountingModel> = host.snapshot()
      close.totals = books.model.totals(ofClinic: clinic, through: close.yearEnd, at: books.asOf)
      action.command = close
    }
    return action
  }

  private func catchUp() throws {
    engine.log.step()
    var log = try LogReader("/book", in: world)
    try host.catchUp(&log)
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
      #expect(
        refusal.violations.map(\.code).contains(attempt.code), "\(note.rawValue): \(refusal)")
      refused[attempt.code, default: 0] += 1
    }
    #expect(engine.lastPosition == before, note)
  }

  private mutating func keep() throws {
    var live = state
    half = (try MemoryPages.copy(&live, into: DeskState()).model, engine.lastPosition)
  }

  // MARK: - What must hold

  /// The state is the same when it is made again from the log, whole or from the middle on.
  mutating func expectSameStateAfterReplay() throws {
    let live = try MemoryPages.state(of: state)
    engine.close()
    engine = try Engine(
      "/book", catalogue: .clinic, world: world, options: Self.options, driver: .caller)
    #expect(try MemoryPages.state(of: state) == live, "seed \(seed)")
    guard let (middle, position) = half else { return }
    var copy = middle
    var log = try LogReader("/book", in: world)
    try log.scan(from: position.next, by: EventDecoder()) { try copy.evolve($0) }
    #expect(try MemoryPages.state(of: copy) == live, "seed \(seed), from the middle on")
  }

  /// Files, books, staff and stock prove themselves, as by `daybook verify`.
  func expectChecksPass() throws {
    let isSound = try LogVerifier.verify("/book", in: world) { check in
      #expect(check.passed, "seed \(seed): \(check.name): \(check.detail)")
    }
    #expect(isSound, "seed \(seed)")
    try catchUp()
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
  ///
  /// - Returns: How often each event occurs, by name.
  @discardableResult
  func expectRulesHold() throws -> [String: Int] {
    var rules = HistoryRules()
    var counts: [String: Int] = [:]
    var log = try LogReader("/book", in: world)
    try log.scan(from: Position(1), by: EventDecoder()) { event in
      try rules.take(event)
      let name = ClinicEvents.name(event.header.family, event.header.tag) ?? "unknown"
      counts[name, default: 0] += 1
    }
    let books: Snapshot<AccountingModel> = host.snapshot()
    rules.expectAtEnd(of: state, books.model, "seed \(seed)")
    return counts
  }
}
