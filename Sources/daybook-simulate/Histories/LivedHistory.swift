import Daybook
import DaybookScenarios
import DaybookTesting

/// A book on a simulated machine in which a clinic lives that only does what it may; now and then
/// somebody tries what is all but legal, and ten times it is stopped, looked at and opened again.
///
/// Memory grows with the book, as the models do, and by what the rules keep of every event.
final class LivedHistory {
  let plan: HistoryPlan
  let machine: SimulatedMachine
  var world: World
  var engine: Engine
  /// The departments, as far as they have read.
  var host: ProjectionHost
  var reader: LogReader
  var rules: HistoryRules
  /// What it came to.
  var outcome = HistoryOutcome()
  var clinic: LegalClinic
  var trespasser: NearLegalClinic
  var dice: Dice
  /// How many actions were lived.
  var lived = 0
  /// What was live where it was stopped.
  var marks: [HistoryMark] = []
  /// Copies of the decision state where it was stopped, as a checkpoint keeps it; of a short history.
  var copies: [(state: DeskState, position: Position)] = []
  private var last: ScenarioAction?

  static let directory = "/book"
  static let options = LogOptions(preallocateBytes: 65_536, creation: .ifMissing)

  init(_ plan: HistoryPlan) throws {
    self.plan = plan
    rules = HistoryRules(plan.rules)
    dice = Dice(seed: plan.seed ^ 0x636c_6f63_6b)
    clinic = LegalClinic(seed: plan.seed, size: plan.size)
    trespasser = NearLegalClinic(seed: plan.seed, size: plan.size)
    var faults = SimulatedFaults()
    faults.mistakes = plan.mistakes
    machine = SimulatedMachine(seed: plan.seed, faults: faults)
    world = machine.start()
    engine = try Engine(
      Self.directory, catalogue: .clinic, world: world, options: Self.options, driver: .caller)
    host = ProjectionHost(.clinic)
    reader = try LogReader(Self.directory, in: world)
    try host.load(Checkpoints(Self.directory, in: world), from: &reader)
    for action in LegalClinic.opening(of: plan.size, at: machine.clock.now()) {
      if case .failure(let refusal) = try engine.submit(action).result {
        throw broken(.legal, "the opening: \(refusal): \(action.command)")
      }
    }
  }

  deinit { engine.close() }

  var state: DeskState { engine.state(of: DeskState.self) }

  func checks(_ property: HistoryProperty) -> Bool { plan.properties.contains(property) }

  func broken(_ property: HistoryProperty, _ what: String) -> BrokenProperty {
    BrokenProperty(property: property, action: lived, what: what)
  }

  /// Lives through it all.
  ///
  /// - Throws: `BrokenProperty` for the first that does not hold.
  func run() throws {
    let stops = Set(plan.stops)
    for number in 0..<plan.actions {
      if stops.contains(number) { try stop() }
      try live(number)
    }
    try end()
  }

  private func live(_ number: Int) throws {
    try act()
    lived = number + 1
    if number % 4 == 3 { try trespass(isWatched: plan.isShort && number % 64 == 63) }
    if number % 64 == 63 { engine.log.step() }
  }

  /// One legal action, later than the last.
  func act() throws {
    machine.clock.move(milliseconds: plan.size.pause(&dice))
    let now = machine.clock.now()
    let action = try filled(clinic.next(given: state, at: now))
    last = action
    switch try engine.submit(action).result {
    case .success(let receipt):
      outcome.accepted += 1
      outcome.events += receipt.events.count
      clinic.note(receipt, of: action)
      trespasser.note(receipt, of: action)
    case .failure(let refusal):
      guard !action.tolerated.isDisjoint(with: refusal.violations.map(\.code)) else {
        if checks(.legal) { throw broken(.legal, "\(refusal): \(action.command)") }
        return
      }
      outcome.tolerated += 1
    }
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

  /// The departments read what there is.
  func catchUp() throws {
    engine.log.step()
    try reader.refresh()
    try host.catchUp(&reader)
  }

  /// What is all but legal is refused with its code, and nothing is appended.
  ///
  /// - Parameter isWatched: Whether all that is decided on is compared, too.
  func trespass(isWatched: Bool) throws {
    let now = machine.clock.now()
    guard checks(.nearLegal), let last,
      let attempt = trespasser.next(given: state, after: last, at: now)
    else { return }
    let before = engine.lastPosition
    let digest = isWatched ? try engine.decisionDigest() : nil
    switch try engine.submit(attempt.action).result {
    case .success:
      throw broken(
        .nearLegal, "accepted, not refused as \(attempt.code): \(attempt.action.command)")
    case .failure(let refusal):
      guard refusal.violations.contains(where: { $0.code == attempt.code }) else {
        throw broken(
          .nearLegal, "not refused as \(attempt.code) but: \(refusal): \(attempt.action.command)")
      }
      outcome.refused[attempt.code, default: 0] += 1
    }
    guard engine.lastPosition == before else {
      throw broken(.nearLegal, "refused, and appended: \(attempt.action.command)")
    }
    if isWatched, try engine.decisionDigest() != digest {
      throw broken(.nearLegal, "refused, and the state has changed: \(attempt.action.command)")
    }
  }
}

/// What was live where a history was stopped.
struct HistoryMark {
  var position: Position
  /// The decision state's, and each read model's.
  var desk: String
  var models: [(name: String, digest: String)]
}

/// What a history came to.
struct HistoryOutcome {
  var accepted = 0
  /// Old mistakes that could not be undone any more.
  var tolerated = 0
  var events = 0
  /// What was refused of what was all but legal.
  var refused: [RefusalCode: Int] = [:]
  /// How often each event occurs, by name.
  var names: [String: Int] = [:]
  var stops = 0
  var crashes = 0
  /// Actions that nobody was told of, and that a loss of power took.
  var lost = 0

  static func += (sum: inout HistoryOutcome, other: HistoryOutcome) {
    sum.accepted += other.accepted
    sum.tolerated += other.tolerated
    sum.events += other.events
    sum.refused.merge(other.refused, uniquingKeysWith: +)
    sum.names.merge(other.names, uniquingKeysWith: +)
    sum.stops += other.stops
    sum.crashes += other.crashes
    sum.lost += other.lost
  }
}
