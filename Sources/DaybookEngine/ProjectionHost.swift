import DaybookBytes
public import DaybookEvents
public import DaybookLog
public import DaybookValues
public import DaybookWorld

/// A read model with the position that it stands at.
public struct Snapshot<Model: ReadModel>: Sendable {
  /// The model; a value of its own, whatever happens behind it.
  public let model: Model
  /// The position of the last event in it.
  public let asOf: Position
  /// Records in it that the catalogue does not know and the model therefore skipped.
  public let skipped: Int
}

/// Hosts read models over one log: every event is decoded at most once, however many listen.
public final class ProjectionHost {
  private let models: [any HostedModel]
  private let decoder: EventDecoder
  /// Every model, one after the other.
  private let applyAll: (borrowing Event) throws -> Void
  /// The events of the catalogue, by family and tag.
  private let known: EventTable
  private var names: LogNames
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

  private init(_ models: [any HostedModel], _ catalogue: Catalogue) {
    self.models = models
    known = EventTable(catalogue)
    names = LogNames(catalogue.ownNames)
    decoder = EventDecoder(listeners: models.count)
    // A chain rather than a loop: to take a model out of an array counts a reference each time.
    var applyAll: (borrowing Event) throws -> Void = { _ in }
    for model in models.reversed() {
      let others = applyAll
      applyAll = { event in
        do {
          try model.apply(event)
        } catch {
          throw ProjectionError(
            model: model.name, position: event.header.position, underlying: error)
        }
        try others(event)
      }
    }
    self.applyAll = applyAll
  }

  /// Applies the next record.
  ///
  /// - Throws: `ProjectionError` naming model and position; `NameConflict` where the log gives a number
  ///   of the catalogue another name.
  public func apply(_ record: RecordView) throws {
    try apply(Event(record, decoder))
  }

  private func apply(_ event: borrowing Event) throws {
    let header = event.header
    precondition(
      header.position == position.next, "\(header.position) does not follow \(position)")
    position = header.position
    if known.contains(header.family, header.tag) {
      try applyAll(event)
    } else if PositionLost.isOne(header) {
      lost += 1
    } else if NameDeclared.isOne(header) {
      try names.take(try NameDeclared(decoding: event.record.payload.copyRemaining()))
    } else {
      skipped += 1
    }
  }

  /// Applies everything in `log` behind the host's position, through `end` or all of it.
  public func catchUp(
    _ log: inout LogReader, through end: Position? = nil, progress: (Position) -> Void = { _ in }
  ) throws {
    if let end, end <= position { return }
    // One event, lent again and again: to make one counts references.
    var event = Event(decoder)
    try log.scan(from: position.next, through: end) { record in
      event.record = record
      try apply(event)
      if position.number % 65_536 == 0 { progress(position) }
    }
  }

  /// The model of type `M` as it stands.
  public func snapshot<M: ReadModel>(of type: M.Type = M.self) -> Snapshot<M> {
    for hosted in models {
      if let box = hosted as? ModelBox<M> {
        return Snapshot(model: box.model, asOf: position, skipped: skipped)
      }
    }
    preconditionFailure("the catalogue has no read model \(M.self); add it with add(model:)")
  }

  /// Payloads decoded so far: each event at most once, however many models asked for it.
  public var decodedCount: Int { decoder.decodedCount }

  /// The name and digest of every model hosted.
  public var digests: [(name: String, digest: String)] { models.map { ($0.name, $0.digest) } }
}

/// A book opened for reading: any past position, without a lock and without writing.
public struct Archive: ~Copyable {
  /// What the book is about.
  public let catalogue: Catalogue
  /// The log.
  public var log: LogReader

  /// Opens the book in `directory` for reading.
  ///
  /// - Throws: `LogError` where there is no book, or it is damaged or newer.
  public init(_ directory: String, catalogue: Catalogue, world: World) throws(LogError) {
    self.catalogue = catalogue
    log = try LogReader(directory, in: world)
  }

  /// The model of type `M` as known at `end`, inclusive; all of the log if nil.
  ///
  /// - Complexity: O(events up to `end`).
  public mutating func snapshot<M: ReadModel>(
    of type: M.Type = M.self, at end: Position? = nil, progress: (Position) -> Void = { _ in }
  ) throws -> Snapshot<M> {
    let host = ProjectionHost(catalogue, only: type)
    try host.catchUp(&log, through: end, progress: progress)
    return host.snapshot()
  }

  /// Every model of the catalogue as known at `end`.
  public mutating func host(
    at end: Position? = nil, progress: (Position) -> Void = { _ in }
  ) throws -> ProjectionHost {
    let host = ProjectionHost(catalogue)
    try host.catchUp(&log, through: end, progress: progress)
    return host
  }
}
