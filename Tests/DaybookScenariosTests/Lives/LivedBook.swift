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

/// A book in memory in which a business lives.
struct LivedBook {
  let machine: SimulatedMachine
  let world: World
  let engine: Engine
  let host = ProjectionHost(.clinic)
  private(set) var life: BusinessLife
  /// What was done, in order.
  private(set) var actions: [LifeAction] = []

  init(_ life: BusinessLife) throws {
    self.life = life
    let first = Int64(life.firstDay.daysSince1970) * 86_400_000
    machine = SimulatedMachine(seed: 1, now: Instant(milliseconds: first))
    world = machine.start()
    engine = try Engine(
      "/book", catalogue: .clinic, world: world,
      options: LogOptions(preallocateBytes: 1 << 20, creation: .ifMissing), driver: .caller)
  }

  var state: DeskState { engine.state(of: DeskState.self) }

  mutating func live(_ days: Int) throws {
    let (machine, world, engine, host) = (machine, world, engine, host)
    var done: [LifeAction] = []
    for _ in 0..<days {
      try life.live(
        days: 1, in: engine,
        setClock: { at in
          let now = machine.clock.now().milliseconds
          machine.clock.move(milliseconds: at.milliseconds - now)
        },
        totals: { area, clinic, day in
          engine.log.step()
          var log = try LogReader("/book", in: world)
          try host.catchUp(&log)
          return Self.totals(host, area, clinic, through: day)
        },
        heard: { action, _ in done.append(action) })
      engine.log.step()
    }
    actions += done
  }

  static func totals(
    _ host: ProjectionHost, _ area: PeriodArea, _ clinic: ClinicID, through day: Day
  ) -> Statement {
    switch area {
    case .accounting, .tax, .unspecified:
      let books: Snapshot<AccountingModel> = host.snapshot()
      return books.model.totals(ofClinic: clinic.number, through: day, at: books.asOf)
    case .humanResources:
      let people: Snapshot<HumanResourcesModel> = host.snapshot()
      return people.model.totals(ofClinic: clinic.number, through: day, at: people.asOf)
    case .logistics:
      let stock: Snapshot<LogisticsModel> = host.snapshot()
      return stock.model.totals(ofClinic: clinic.number, through: day, at: stock.asOf)
    }
  }

  // MARK: - What is looked at afterwards

  /// Every event of the log, in order.
  func scan(_ body: (borrowing Event) throws -> Void) throws {
    let decoder = EventDecoder()
    var log = try LogReader("/book", in: world)
    try log.scan(from: Position(1), by: decoder) { try body($0) }
  }

  /// A digest of every record: who, where, when and what.
  func digest() throws -> SHA256Hash {
    var bytes = ByteWriter(capacity: 1 << 20)
    var log = try LogReader("/book", in: world)
    try log.scan(from: Position(1)) { record in
      let header = record.header
      for number in [
        header.position.number, UInt64(header.stream.kind.number), header.stream.number,
        header.version, UInt64(header.tag), header.clinic, header.actor.rawValue,
        UInt64(bitPattern: header.recorded.milliseconds),
        UInt64(bitPattern: header.effective.instant.milliseconds),
      ] {
        bytes.appendLittleEndian(number)
      }
      bytes.append(record.payload)
    }
    return bytes.withSpan { SHA256.hash($0) }
  }

  /// Books, staff and stock prove themselves, as by `daybook verify`.
  func expectChecksPass(_ note: Comment) throws {
    var log = try LogReader("/book", in: world)
    try host.catchUp(&log)
    let accounting: Snapshot<AccountingModel> = host.snapshot()
    let people: Snapshot<HumanResourcesModel> = host.snapshot()
    let stock: Snapshot<LogisticsModel> = host.snapshot()
    let checks =
      AccountingChecks.run(accounting.model) + HumanResourcesChecks.run(people.model)
      + LogisticsChecks.run(stock.model)
    for check in checks {
      #expect(check.passed, "\(note.rawValue): \(check.name): \(check.detail)")
    }
    #expect(host.skipped == 0, note)
  }
}
