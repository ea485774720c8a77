import DaybookBytes
public import DaybookEvents
public import DaybookLog
public import DaybookValues
import DaybookWorld

/// A read model with the position that it stands at.
public struct Snapshot<Model: ReadModel>: Sendable {
  /// The model; a value of its own, whatever happens behind it.
  public let model: Model
  /// The position of the last event in it.
  public let asOf: Position
  /// Records in it that the catalogue does not know and the model therefore skipped.
  public let skipped: Int
  /// Where parts of the model may still have to be read from; nil where all of it is in memory.
  let checkpoints: Checkpoints?

  /// A model that stands in memory, brought to `asOf` by whoever hands it in.
  public init(_ model: Model, asOf: Position, skipped: Int = 0) {
    self.init(model: model, asOf: asOf, skipped: skipped, checkpoints: nil)
  }

  init(model: Model, asOf: Position, skipped: Int, checkpoints: Checkpoints?) {
    self.model = model
    self.asOf = asOf
    self.skipped = skipped
    self.checkpoints = checkpoints
  }

  /// Throws where what was computed from the model rests on a page that could not be had.
  ///
  /// To be called after computing and before anything of it leaves the process.
  ///
  /// - Throws: `CheckpointFailure`.
  public func check() throws(CheckpointFailure) { try checkpoints?.check() }
}

/// Hosts read models over one log: every event is decoded at most once, however many listen.
public final class ProjectionHost {
  /// A model, how far it is, and where its checkpoints are.
  private struct Place {
    let model: any HostedModel
    var position = Position.start
    var store: CheckpointStore?
  }

  private var places: [Place]
  private let catalogue: Catalogue
  private let decoder: EventDecoder
  /// Every model, one after the other.
  private let applyAll: EventTaker
  /// The events of the catalogue, by family and tag.
  private let known: EventTable
  private var names: LogNames
  private var checkpoints: Checkpoints?
  /// The position of the last event applied.
  public private(set) var position = Position.start
  /// Records skipped because the catalogue does not know their event.
  public private(set) var skipped = 0
  /// Positions of records that were lost before a salvage: what is missing from every model.
  public private(set) var lost = 0

  /// Hosts all the catalogue's models, or only the one asked for.
  public convenience init(_ catalogue: Catalogue) {
    self.init(catalogue.models.map { $0() }, catalogue)
  }

  /// Hosts one model.
  public convenience init<M: ReadModel>(_ catalogue: Catalogue, only model: M.Type) {
    self.init([ModelBox<M>()], catalogue)
  }

  /// Hosts the catalogue's model of that name.
  convenience init(_ catalogue: Catalogue, named name: String) {
    self.init(catalogue.models.map { $0() }.filter { $0.name == name }, catalogue)
  }

  init(_ models: [any HostedModel], _ catalogue: Catalogue) {
    places = models.map { Place(model: $0) }
    self.catalogue = catalogue
    known = EventTable(catalogue)
    names = LogNames(catalogue.ownNames)
    decoder = EventDecoder(listeners: models.count)
    applyAll = ProjectionHost.chain(models)
  }

  /// All of `models`, one after the other.
  private static func chain(_ models: [any HostedModel]) -> EventTaker {
    var first: EventTaker?
    for model in models.reversed() { first = model.taker(before: first) }
    return first ?? EventTaker { _ in }
  }

  /// Applies the next record to every model.
  ///
  /// - Throws: `ProjectionError` naming model and position; `NameConflict` where the log gives a number
  ///   of the catalogue another name.
  public func apply(_ record: RecordView) throws {
    precondition(places.allSatisfy { $0.position == position }, "a model is behind; catch up first")
    defer { for index in places.indices { places[index].position = position } }
    try apply(Event(record, decoder), behind: &position)
  }

  @inline(always)
  private func apply(_ event: borrowing Event, behind last: inout Position) throws {
    let position = event.record.header.position
    precondition(position == last.next, "\(position) does not follow \(last)")
    last = position
    if known.contains(event.record.header.family, event.record.header.tag) {
      try applyAll.take(event)
    } else {
      try pass(event)
    }
  }

  /// Takes in an event that the catalogue does not know: the log's own, or another's.
  private func pass(_ event: borrowing Event) throws {
    if PositionLost.isOne(event.header) {
      lost += 1
    } else if NameDeclared.isOne(event.header) {
      try names.take(try NameDeclared(decoding: event.record.payload.copyRemaining()))
    } else {
      skipped += 1
    }
  }

  /// Applies everything in `log` behind the host's position, through `end` or all of it.
  ///
  /// Models without a checkpoint, or with an older one, are first brought to where the others are.
  ///
  /// - Parameter cores: With two, another thread reads, checks and unpacks ahead where there are so many
  ///   events that it is worth a thread. The result is the same.
  public func catchUp(
    _ log: inout LogReader, through end: Position? = nil, cores: Cores = .one,
    progress: (Position) -> Void = { _ in }
  ) throws {
    while let behind = places.map(\.position).min(), behind < position {
      try bringUp(from: behind, &log, progress)
    }
    if let end, end <= position { return }
    // Not the host's own: of a class the runtime checks every access.
    var last = position
    let count = min(end ?? log.durable, log.durable).number - min(position, log.durable).number
    let ahead = cores == .two && count >= 65_536
    defer {
      position = last
      for index in places.indices { places[index].position = position }
    }
    do {
      try log.scan(from: position.next, through: end, by: decoder, ahead: ahead) { event in
        try apply(event, behind: &last)
        if last.number % 65_536 == 0 { progress(last) }
      }
    } catch {
      // An event is not taken in, either, where a page could not be read that it concerns.
      try checkpoints?.check()
      throw error
    }
  }

  /// How many cores a replay may take.
  public enum Cores: Sendable {
    /// The caller's alone.
    case one
    /// One that reads ahead and one that applies.
    case two
  }

  /// Brings the models that stand at `behind` to where the next ones stand.
  private func bringUp(
    from behind: Position, _ log: inout LogReader, _ progress: (Position) -> Void
  ) throws {
    let next = places.map(\.position).filter { $0 > behind }.min() ?? position
    let indices = places.indices.filter { places[$0].position == behind }
    let applyThem = ProjectionHost.chain(indices.map { places[$0].model })
    var last = behind
    defer { for index in indices { places[index].position = last } }
    try log.scan(from: behind.next, through: next, by: decoder) { event in
      last = event.record.header.position
      if known.contains(event.record.header.family, event.record.header.tag) {
        try applyThem.take(event)
      }
      if last.number % 65_536 == 0 { progress(last) }
    }
    precondition(last == next, "the log ends at \(last), before its checkpoints")
  }

  /// The model of type `M` as it stands.
  public func snapshot<M: ReadModel>(of type: M.Type = M.self) -> Snapshot<M> {
    for place in places {
      if let box = place.model as? ModelBox<M> {
        return Snapshot(
          model: box.model, asOf: place.position, skipped: skipped, checkpoints: checkpoints)
      }
    }
    preconditionFailure("the catalogue has no read model \(M.self); add it with add(model:)")
  }

  /// Payloads decoded so far: each event at most once, however many models asked for it.
  public var decodedCount: Int { decoder.decodedCount }

  /// The name and digest of every model hosted.
  public var digests: [(name: String, digest: String)] {
    places.map { ($0.model.name, $0.model.digest) }
  }
}

// Checkpoints: where a host begins, and what it leaves.
extension ProjectionHost {
  /// Makes each model what its newest checkpoint holds; `catchUp` does the rest.
  ///
  /// The host must be new. A model without a checkpoint, or with one that cannot be used, begins at
  /// the first event.
  ///
  /// - Parameter end: The last position that is wanted; checkpoints of later ones are passed over.
  /// - Throws: `LogError.endsBelowWatermark` where the log ends before a checkpoint of it.
  public func load(
    _ checkpoints: Checkpoints, from log: inout LogReader, through end: Position? = nil
  ) throws(LogError) {
    precondition(position == .start, "a host that has begun")
    self.checkpoints = checkpoints
    for index in places.indices {
      let model = places[index].model
      guard let store = makeStore(for: model, checkpoints) else { continue }
      checkpoints.add(store)
      places[index].store = store
      guard
        let header = try model.load(store, mark: known.mark, from: &log, through: end)
      else { continue }
      places[index].position = header.position
      if header.position > position {
        position = header.position
        skipped = header.skipped
        lost = header.lost
      }
    }
    // In events: how much of the log the slowest model has to read.
    checkpoints.world.instruments.set(
      Instruments.Name.checkpointAge, to: Int64(clamping: checkpointAge(at: log.durable)))
  }

  /// Where the checkpoints of a model that holds nothing yet are; nil for one that keeps none.
  private func makeStore(
    for model: any HostedModel, _ checkpoints: Checkpoints
  ) -> CheckpointStore? {
    guard (try? model.draft()) != nil else { return nil }
    let catalogue = catalogue
    let (directory, world) = (checkpoints.folder.book, checkpoints.world)
    let make = model.maker
    return CheckpointStore(
      name: model.name, version: model.version, in: checkpoints.folder, world: world
    ) { position in
      var log = try LogReader(directory, in: world)
      let model = make()
      try ProjectionHost([model], catalogue).catchUp(&log, through: position)
      return try model.draft()
    }
  }

  var modelNames: [String] { places.map(\.model.name) }

  /// What the model of that name holds; nil where it keeps no checkpoints.
  func draft(of model: String) throws(WireError) -> CheckpointDraft? {
    guard let place = places.first(where: { $0.model.name == model }) else { return nil }
    return try place.model.draft()
  }

  /// Where the checkpoints of the model of that name are.
  func store(of model: String) -> CheckpointStore? {
    places.first { $0.model.name == model }?.store
  }

  /// How many events the oldest checkpoint stands behind `position`; 0 where no model keeps any.
  public func checkpointAge(at position: Position) -> UInt64 {
    places.compactMap { $0.store?.age(at: position) }.max() ?? 0
  }

  /// What the models hold that a checkpoint is worth writing of, to be written by anyone, any time.
  ///
  /// The models must all stand at the host's position: catch up first.
  ///
  /// - Parameter events: A model is left out if its checkpoint is less than so many events behind.
  /// - Throws: `LogError` where the last record cannot be read.
  /// - Complexity: O(what the models hold outside of their pages); the pages are shared.
  public func pendingCheckpoints(
    behind events: UInt64 = 0, _ log: inout LogReader
  ) throws -> [PendingCheckpoint] {
    guard position > .start, position <= log.durable else { return [] }
    var pending: [PendingCheckpoint] = []
    let record = try CheckpointStore.recordDigest(at: position, &log)
    for place in places {
      guard let store = place.store, place.position == position,
        store.age(at: position) >= events, let draft = try place.model.draft()
      else { continue }
      var header = CheckpointHeader()
      (header.logLow, header.logHigh) = (log.logID.low, log.logID.high)
      header.model = store.name
      header.version = store.version
      header.catalogueMark = known.mark
      header.position = position
      header.record = record
      header.skipped = skipped
      header.lost = lost
      pending.append(PendingCheckpoint(store: store, header: header, draft: draft))
    }
    return pending
  }
}

/// What a model held at one moment, still to be written: on any thread, whatever the model does next.
public struct PendingCheckpoint: Sendable {
  let store: CheckpointStore
  let header: CheckpointHeader
  let draft: CheckpointDraft

  /// The model's name.
  public var model: String { store.name }

  /// Writes the checkpoint.
  ///
  /// - Throws: `FileError`, with the checkpoint before it still standing; `CheckpointFailure` where a
  ///   page of that one is damaged and the log cannot be read. `Checkpoints.notices` says so, too.
  public func write() throws -> WrittenCheckpoint {
    do {
      return try store.write(draft, header)
    } catch {
      store.note(CheckpointFault(.notWritten, "\(error)"), file: store.rootName)
      throw error
    }
  }
}
