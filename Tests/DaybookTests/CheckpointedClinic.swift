import Daybook
import DaybookScenarios
import DaybookTesting

/// A department's model in chunks of a few rows, beside the department's own.
protocol Shrinkable: ReadModel {
  static func small() -> Self
}

extension AccountingModel: Shrinkable {
  static func small() -> AccountingModel { AccountingModel(chunkRows: 5) }
}

extension DocumentsModel: Shrinkable {
  static func small() -> DocumentsModel { DocumentsModel(chunkRows: 2) }
}

extension ClearingModel: Shrinkable {
  static func small() -> ClearingModel { ClearingModel(chunkRows: 2) }
}

extension EarningsModel: Shrinkable {
  static func small() -> EarningsModel { EarningsModel(chunkRows: 2) }
}

extension HumanResourcesModel: Shrinkable {
  static func small() -> HumanResourcesModel { HumanResourcesModel(chunkRows: 3) }
}

extension LogisticsModel: Shrinkable {
  static func small() -> LogisticsModel { LogisticsModel(chunkRows: 2) }
}

extension VisitsModel: Shrinkable {
  static func small() -> VisitsModel { VisitsModel(chunkRows: 4) }
}

struct Small<Model: Shrinkable>: ReadModel {
  static var name: String { "small-" + Model.name }
  static var version: UInt32 { Model.version }

  var model = Model.small()

  mutating func apply(_ event: borrowing Event) throws { try model.apply(event) }

  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try model.describe(&parts)
  }

  var digest: String { model.digest }
}

extension Catalogue {
  static let smallClinic: Catalogue = {
    var catalogue = Catalogue.clinic
    catalogue.add(model: Small<AccountingModel>.self)
    catalogue.add(model: Small<DocumentsModel>.self)
    catalogue.add(model: Small<ClearingModel>.self)
    catalogue.add(model: Small<EarningsModel>.self)
    catalogue.add(model: Small<HumanResourcesModel>.self)
    catalogue.add(model: Small<LogisticsModel>.self)
    catalogue.add(model: Small<VisitsModel>.self)
    return catalogue
  }()
}

/// A random clinic on a simulated machine, whose checkpoints are written now and then.
struct CheckpointedClinic {
  let machine: SimulatedMachine
  private var clinic: RandomClinic
  private var engine: Engine
  private let path = "/book"

  init(seed: UInt64) throws {
    machine = SimulatedMachine(seed: seed)
    clinic = RandomClinic(seed: seed)
    engine = try Self.open(machine)
    for action in RandomClinic.opening(at: machine.clock.now()) { try submit(action) }
  }

  private static func open(_ machine: SimulatedMachine) throws -> Engine {
    try Engine(
      "/book", catalogue: .smallClinic, world: machine.start(),
      options: LogOptions(preallocateBytes: 4096, creation: .ifMissing), driver: .caller)
  }

  private mutating func submit(_ action: ScenarioAction) throws {
    let submission = try engine.submit(action)
    try engine.log.waitBlocking(for: submission.restsOn)
    if case .success(let receipt) = submission.result { clinic.note(receipt) }
  }

  mutating func live(_ actions: Int) throws {
    for _ in 0..<actions {
      machine.clock.move(milliseconds: 60_000)
      try submit(clinic.next(at: machine.clock.now()))
    }
  }

  /// A host with everything so far, from the checkpoints or from the first event.
  func host(fromCheckpoints: Bool) throws -> (host: ProjectionHost, notices: [CheckpointNotice]) {
    var archive = try Archive(path, catalogue: .smallClinic, world: machine.start())
    let host = try archive.host(fromCheckpoints: fromCheckpoints)
    return (host, archive.checkpoints.notices)
  }

  func checkpoint() throws {
    let world = machine.start()
    var log = try LogReader(path, in: world)
    let host = ProjectionHost(.smallClinic)
    try host.load(Checkpoints(path, in: world), from: &log)
    try host.catchUp(&log)
    for pending in try host.pendingCheckpoints(behind: 1, &log) { _ = try pending.write() }
  }

  func checks() throws -> [Check] {
    let world = machine.start()
    var log = try LogReader(path, in: world)
    return try Checkpoints(path, in: world).verify(.smallClinic, &log)
  }

  /// Writes what the engine decides on.
  func checkpointDecisions() throws -> WrittenCheckpoint? { try engine.checkpoint() }

  /// A digest of all that the engine decides on, and what was wrong with its checkpoint.
  func decisions() throws -> (digest: String?, notices: [CheckpointNotice]) {
    (try engine.decisionDigest(), engine.checkpoints.notices)
  }

  func removeCheckpoints() throws {
    let world = machine.start()
    try world.files.removeAll(FilePath.join(path, "checkpoints"))
    try world.files.syncDirectory(path)
    machine.end(world)
  }

  mutating func losePower() throws {
    machine.losePower()
    engine = try Self.open(machine)
  }

  /// Everything that the models hold, to the last byte.
  static func state(_ host: ProjectionHost) throws -> [[UInt8]] {
    [
      try MemoryPages.state(of: host.snapshot(of: AccountingModel.self).model),
      try MemoryPages.state(of: host.snapshot(of: DocumentsModel.self).model),
      try MemoryPages.state(of: host.snapshot(of: ClearingModel.self).model),
      try MemoryPages.state(of: host.snapshot(of: EarningsModel.self).model),
      try MemoryPages.state(of: host.snapshot(of: HumanResourcesModel.self).model),
      try MemoryPages.state(of: host.snapshot(of: LogisticsModel.self).model),
      try MemoryPages.state(of: host.snapshot(of: VisitsModel.self).model),
      try MemoryPages.state(of: host.snapshot(of: Small<AccountingModel>.self).model),
      try MemoryPages.state(of: host.snapshot(of: Small<DocumentsModel>.self).model),
      try MemoryPages.state(of: host.snapshot(of: Small<ClearingModel>.self).model),
      try MemoryPages.state(of: host.snapshot(of: Small<EarningsModel>.self).model),
      try MemoryPages.state(of: host.snapshot(of: Small<HumanResourcesModel>.self).model),
      try MemoryPages.state(of: host.snapshot(of: Small<LogisticsModel>.self).model),
      try MemoryPages.state(of: host.snapshot(of: Small<VisitsModel>.self).model),
    ]
  }
}
