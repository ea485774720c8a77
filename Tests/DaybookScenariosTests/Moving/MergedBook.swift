import Daybook
import DaybookAccounting
import DaybookBytes
import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookInterchange
import DaybookLog
import DaybookScenarios
import DaybookTesting
import DaybookValues
import DaybookWorld

/// A book that other books are merged into, as a person does it: export, import.
struct MergedBook {
  /// The merged book, and the lines that are merged into it.
  var book: MovedBook

  /// Begins with a copy of the book in the directory `path` of `world`.
  init(of path: String, in world: World) async throws {
    book = try MovedBook(of: path, in: world)
    try await book.take()
    book.isMerging = true
  }

  /// Merges another book into it.
  ///
  /// - Parameter actions: How many actions are appended before it is interrupted.
  @discardableResult
  func merge(
    _ path: String, in world: World, failingBehind actions: Int = .max
  ) async throws -> ImportReport {
    try book.write(try MovedBook(of: path, in: world).text())
    return try await book.take(failingBehind: actions)
  }

  /// Balances by account and currency, of all clinics.
  static func balances(
    _ path: String, in world: World = .live
  ) throws -> [String: Int64] {
    var archive = try Archive(path, catalogue: .clinic, world: world)
    let books: Snapshot<AccountingModel> = try archive.host(fromCheckpoints: false).snapshot()
    var balances: [String: Int64] = [:]
    books.model.forEachPosting { posting in
      let key = "\(posting.account.code) \(posting.amount.currency.code)"
      balances[key, default: 0] += posting.amount.minorUnits
    }
    return balances.filter { $0.value != 0 }
  }

  /// The balances of several books together.
  static func sum(_ books: [String: Int64]...) -> [String: Int64] {
    books.reduce(into: [:]) { sum, book in sum.merge(book, uniquingKeysWith: +) }
      .filter { $0.value != 0 }
  }

  /// How many events each clinic has.
  static func events(_ path: String, in world: World = .live) throws -> [UInt64: Int] {
    var log = try LogReader(path, in: world)
    var events: [UInt64: Int] = [:]
    try log.scan(from: Position(1)) { events[$0.header.clinic, default: 0] += 1 }
    return events
  }
}

/// A book in memory in which everything happens that a clinic may do, drawn from a seed.
final class RandomBook {
  let machine: SimulatedMachine
  let world: World
  let engine: Engine
  private let host = ProjectionHost(.clinic)
  private let seed: UInt64
  private var clinic: LegalClinic

  /// - Parameter start: When it begins; two books that begin at once are set up alike.
  init(seed: UInt64, actions: Int, start: String) throws {
    self.seed = seed
    machine = SimulatedMachine(seed: seed, now: try Instant(parsing: start))
    world = machine.start()
    clinic = LegalClinic(seed: seed)
    engine = try Engine(
      "/book", catalogue: .clinic, world: world,
      options: LogOptions(preallocateBytes: 1 << 20, creation: .ifMissing), driver: .caller)
    for action in LegalClinic.opening(at: machine.clock.now()) {
      if let own = Self.own(action, seed, isOpening: true) {
        _ = try engine.submit(own).result.get()
      }
    }
    try live(actions)
  }

  deinit { engine.close() }

  /// So many more actions, an hour or two apart.
  func live(_ actions: Int) throws {
    for number in 0..<actions {
      machine.clock.move(milliseconds: 3_000_000 + Int64(number % 7) * 1_000_000)
      let next = clinic.next(
        given: engine.state(of: DeskState.self), at: machine.clock.now())
      guard var action = Self.own(next, seed, isOpening: false) else { continue }
      let place = action.envelope.clinic
      if var close = action.command as? ClosePeriod {
        close.totals = try totals(close.area, place, close.to)
        action.command = close
      } else if var close = action.command as? CloseYear {
        close.totals = try totals(.accounting, place, close.yearEnd)
        action.command = close
      }
      if case .success(let receipt) = try engine.submit(action).result {
        clinic.note(receipt, of: action)
      }
    }
    engine.log.step()
  }

  /// The action with references, tax numbers and serial numbers that no other history has; nil where it
  /// changes the meaning of a code for the whole book.
  private static func own(
    _ action: ScenarioAction, _ seed: UInt64, isOpening: Bool
  ) -> ScenarioAction? {
    var action = action
    action.envelope.reference = action.envelope.reference.map { "\(seed)/\($0)" }
    switch action.command {
    case is SetPostingRule, is DefineAccount, is SetTaxCode:
      if !isOpening { return nil }
    case var party as RegisterParty where !party.taxID.isEmpty:
      party.taxID += "/\(seed)"
      action.command = party
    case var resource as DefineResource where !resource.serial.isEmpty:
      resource.serial += "/\(seed)"
      action.command = resource
    default: break
    }
    return action
  }

  private func totals(_ area: PeriodArea, _ clinic: UInt64, _ day: Day) throws -> Statement {
    engine.log.step()
    var log = try LogReader("/book", in: world)
    try host.catchUp(&log)
    return LivedBook.totals(host, area, ClinicID(clinic), through: day)
  }
}
