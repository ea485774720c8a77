import DaybookBytes
import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

/// Everything that a checkpoint can keep, in pages of four.
struct BeanLedger: ReadModel {
  struct Row: HistoryRow {
    var position: Position
    var beans: UInt64

    static var blank: Row { Row(position: .blank, beans: 0) }

    init(position: Position, beans: UInt64) {
      self.position = position
      self.beans = beans
    }

    init(reading reader: inout ByteReader) throws(WireError) {
      position = try Position(reading: &reader)
      beans = try UInt64(reading: &reader)
    }

    func append(to writer: inout ByteWriter) {
      position.store(to: &writer)
      beans.store(to: &writer)
    }
  }

  static let name = "bean-ledger"
  static var version: UInt32 { 1 }

  var rows = History<Row>(chunkRows: 4)
  var byJar = PagedArray<UInt64>(pageCount: 4)
  var emptied: [UInt64: Position] = [:]
  var total: UInt64 = 0

  mutating func apply(_ event: borrowing Event) throws {
    let header = event.header
    guard header.family == JarTag.family, let tag = JarTag(rawValue: header.tag) else { return }
    while byJar.count <= header.stream.number { byJar.append(0) }
    switch tag {
    case .filled:
      let beans = try event.payload(JarFilled.self).beans
      rows.append(Row(position: header.position, beans: beans))
      byJar[Int(header.stream.number)] += beans
      total += beans
    case .emptied:
      total -= byJar[Int(header.stream.number)]
      byJar[Int(header.stream.number)] = 0
      emptied[header.stream.number] = header.position
    }
  }

  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("rows", &rows)
    try parts.visit("byJar", &byJar)
    try parts.visit("emptied", &emptied)
    try parts.visit("total", &total)
  }

  var digest: String {
    "\(total) \(rows.digest(through: Position(.max))) \(Array(byJar)) \(emptied.sorted { $0.key < $1.key })"
  }

  /// All that it holds, rows and all.
  var state: String { digest + " \(Array(rows).map(\.beans))" }
}

extension Catalogue {
  /// One model in pages, and one that keeps no checkpoints.
  static let pagedJars: Catalogue = {
    var catalogue = Catalogue.jars
    catalogue.add(model: BeanLedger.self)
    return catalogue
  }()
}

/// A book of jars on a simulated machine, with its checkpoints.
final class CheckpointBook {
  let machine: SimulatedMachine
  let path: String
  var engine: Engine?
  private var numbers: SeededNumbers
  private var jars: [(number: UInt64, version: UInt64)] = []

  init(seed: UInt64, machine: SimulatedMachine? = nil, path: String = "/book") throws {
    self.machine = machine ?? SimulatedMachine(seed: seed)
    self.path = path
    numbers = SeededNumbers(seed: seed)
    engine = try open()
  }

  func open() throws -> Engine {
    try Engine(
      path, catalogue: .pagedJars, world: machine.start(),
      options: LogOptions(preallocateBytes: 4096, creation: .ifMissing), driver: .caller)
  }

  /// Some actions, synced.
  func live(_ count: Int) throws {
    guard let engine else { return }
    for _ in 0..<count {
      let submission: Submission
      if let index = jars.indices.randomElement(using: &numbers), numbers.next() % 4 == 0 {
        var command = EmptyJar()
        (command.number, command.version) = jars[index]
        jars[index].version += 1
        submission = try engine.submit(command, envelope())
      } else {
        submission = try engine.submit(fill([numbers.next() % 3, 1]), envelope())
        for event in try submission.result.get().events {
          jars.append((event.stream.number, event.version))
        }
      }
      _ = try submission.result.get()
      try engine.log.waitBlocking(for: submission.restsOn)
    }
  }

  /// A host that begins with the checkpoints, as a back office has it.
  func host(
    in world: World, _ checkpoints: Checkpoints, through end: Position? = nil
  ) throws -> ProjectionHost {
    var log = try LogReader(path, in: world)
    let host = ProjectionHost(.pagedJars)
    try host.load(checkpoints, from: &log, through: end)
    try host.catchUp(&log, through: end)
    return host
  }

  /// Writes a checkpoint of everything up to `end`.
  @discardableResult
  func checkpoint(through end: Position? = nil, in world: World? = nil) throws
    -> [WrittenCheckpoint]
  {
    let world = world ?? machine.start()
    let host = try host(in: world, Checkpoints(path, in: world), through: end)
    var log = try LogReader(path, in: world)
    return try host.pendingCheckpoints(behind: 1, &log).map { try $0.write() }
  }

  /// What the model is without any checkpoint, at `end` or with all of the log.
  func truth(at end: Position? = nil) throws -> String {
    var log = try LogReader(path, in: machine.start())
    let host = ProjectionHost(.pagedJars)
    try host.catchUp(&log, through: end)
    return host.snapshot(of: BeanLedger.self).model.state
  }

  /// What a reader answers, and what it has to say of the checkpoints.
  func answer() throws -> (state: String, notices: [CheckpointNotice]) {
    var archive = try Archive(path, catalogue: .pagedJars, world: machine.start())
    let snapshot = try archive.snapshot(of: BeanLedger.self)
    let state = snapshot.model.state
    try snapshot.check()
    return (state, archive.checkpoints.notices)
  }

  // MARK: Files

  var folder: String { FilePath.join(path, "checkpoints") }
  var root: String { FilePath.join(folder, "bean-ledger.root") }

  func files() throws -> [String] { try machine.start().files.list(folder) }

  func packs() throws -> [String] {
    try files().filter { $0.hasSuffix(".pages") }.map { FilePath.join(folder, $0) }
  }

  func bytes(_ file: String) throws -> [UInt8] {
    try machine.start().files.bytes(of: file, atMost: 1 << 20)
  }

  func overwrite(_ file: String, _ bytes: [UInt8]) throws {
    let files = machine.start().files
    if files.exists(file) { try files.remove(file) }
    let open = try files.open(file, .create)
    try open.write(bytes.span, at: 0)
    open.close()
  }
}
