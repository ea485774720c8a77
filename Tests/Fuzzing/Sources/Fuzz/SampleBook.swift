import Daybook
import DaybookScenarios
import DaybookTesting

@testable import DaybookEngine
@testable import DaybookEvents

/// The book of a small clinic, in memory, and what its models hold.
final class SampleBook {
  // The fuzzer has one thread.
  nonisolated(unsafe) static let shared: SampleBook = {
    do {
      return try SampleBook()
    } catch {
      fatalError("no sample book: \(error)")
    }
  }()

  private(set) var subjects: [any CheckpointSubject] = []
  private let log: SampleLog
  private var header = CheckpointHeader()

  private init() throws {
    let world = try Self.live(days: 5)
    log = try SampleLog(world)
    (header.logLow, header.logHigh) = (log.reader.logID.low, log.reader.logID.high)
    header.position = log.reader.durable
    header.record = try CheckpointStore.recordDigest(at: header.position, &log.reader)
    let host = ProjectionHost(.clinic)
    try host.catchUp(&log.reader)
    try add(host.snapshot(of: AccountingModel.self).model)
    try add(host.snapshot(of: DocumentsModel.self).model)
    try add(host.snapshot(of: ClearingModel.self).model)
    try add(host.snapshot(of: EarningsModel.self).model)
    try add(host.snapshot(of: HumanResourcesModel.self).model)
    try add(host.snapshot(of: LogisticsModel.self).model)
    try add(host.snapshot(of: VisitsModel.self).model)
    var decisions = DecisionContent(.clinic)
    try log.reader.scan(from: Position(1)) { record in try decisions.evolve(record) }
    try add(decisions, DecisionContent.name, DecisionContent.version) {
      DecisionContent(.clinic)
    }
  }

  /// A clinic's first days, before it closes any period.
  private static func live(days: Int) throws -> World {
    let first = Day(daysSince1970: 20_455)
    let machine = SimulatedMachine(
      seed: 1, now: Instant(milliseconds: Int64(first.daysSince1970) * 86_400_000))
    let world = machine.start()
    let options = LogOptions(preallocateBytes: 65_536, creation: .ifMissing)
    let engine = try Engine(
      "/book", catalogue: .clinic, world: world, options: options, driver: .caller)
    var life = BusinessLife.clinic(seed: 1, from: first)
    for _ in 0..<days {
      try life.live(
        days: 1, in: engine,
        setClock: { at in
          let now = machine.clock.now().milliseconds
          machine.clock.move(milliseconds: at.milliseconds - now)
        },
        totals: { _, _, day in throw UnexpectedClosing(day: day) })
      engine.log.step()
    }
    engine.close()
    return world
  }

  private struct UnexpectedClosing: Error {
    var day: Day
  }

  private func add<Model: ReadModel>(_ model: Model) throws {
    try add(model, Model.name, Model.version) { Model() }
  }

  private func add<Model: Checkpointed>(
    _ model: Model, _ name: String, _ version: UInt32, _ fresh: @escaping () -> Model
  ) throws {
    var model = model
    guard let draft = try CheckpointDraft(of: &model) else { return }
    var header = header
    header.model = name
    header.version = version
    let subject = Subject(header: header, draft: draft, log: log, fresh: fresh)
    claim(subject.load(subject.files(draft, [])) != nil, "\(name) cannot be read as it was written")
    subjects.append(subject)
  }
}

/// Who reads the log that all checkpoints are of.
private final class SampleLog {
  var reader: LogReader

  init(_ world: World) throws { reader = try LogReader("/book", in: world) }
}

/// A model with a checkpoint that can be changed.
protocol CheckpointSubject {
  func fuzz(_ edits: [Edit])
}

private struct Subject<Model: Checkpointed>: CheckpointSubject {
  let header: CheckpointHeader
  let draft: CheckpointDraft
  let log: SampleLog
  let fresh: () -> Model

  private var folder: CheckpointFolder { CheckpointFolder(book: "/book") }

  /// What is read is written, and read again, as the same.
  func fuzz(_ edits: [Edit]) {
    guard let found = load(files(draft, edits)) else { return }
    var model = found.model
    guard let again = try? CheckpointDraft(of: &model) else {
      fatalError("\(header.model) was read and cannot be written")
    }
    let digest = again.digest
    // Pages that could not be read are no part of any answer.
    if found.store.state.withLock({ $0.failure }) != nil { return }
    guard let second = load(files(again, [])) else {
      fatalError("\(header.model) was written again and cannot be read")
    }
    model = second.model
    claim(
      (try? CheckpointDraft(of: &model))?.digest == digest,
      "\(header.model) was read again as another")
  }

  func load(_ files: [String: [UInt8]]) -> (model: Model, store: CheckpointStore)? {
    let store = CheckpointStore(
      name: header.model, version: header.version, in: folder, world: FixedFiles.world(files),
      rebuild: { _ in nil })
    var model = fresh()
    let header = try? store.load(
      &model, mark: header.catalogueMark, from: &log.reader)
    return header == nil ? nil : (model, store)
  }

  /// Root and pages of a draft, as the store writes them; each edit changes a page, or the root.
  func files(_ draft: CheckpointDraft, _ edits: [Edit]) -> [String: [UInt8]] {
    var root = draft.bytes
    var pack = ByteWriter()
    let id = PackID(position: header.position, attempt: 0)
    for (index, slot) in draft.slots.enumerated() {
      var page = ByteWriter()
      slot.page.store(to: &page)
      var bytes = page.bytes
      for edit in edits where edit.piece != 0 && Int(edit.piece) % draft.slots.count == index {
        edit.apply(to: &bytes)
      }
      var place = PagePlace()
      place.id = id
      place.offset = UInt64(pack.count)
      place.length = UInt32(bytes.count)
      place.rawLength = place.length
      place.checksum = CRC32C.checksum(bytes.span)
      pack.append(bytes)
      var stored = ByteWriter()
      place.store(to: &stored)
      root.replaceSubrange(slot.offset..<slot.offset + PagePlace.byteCount, with: stored.bytes)
    }
    for edit in edits where edit.piece == 0 { edit.apply(to: &root) }
    var written = ByteWriter()
    written.append(root)
    return [
      folder.root(of: header.model): header.root(written).bytes,
      folder.pack(id, of: header.model): pack.bytes,
    ]
  }
}
