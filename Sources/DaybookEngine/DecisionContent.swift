import DaybookBytes
import DaybookEvents
import DaybookLog
import DaybookValues

/// All that an engine decides on: where every stream stands, and the states of its catalogue.
struct DecisionContent {
  var heads = StreamHeads()
  private(set) var states: [any HostedState] {
    didSet { boxes = states.map { $0 as AnyObject } }
  }
  /// The states as plain objects: to cast from a protocol's takes a look at conformances each time.
  private var boxes: [AnyObject]
  private(set) var decoder = EventDecoder()

  /// The name under which checkpoints keep it.
  static let name = "decisions"
  /// Raised with every change of what is kept beside the states, which have versions of their own.
  static let version: UInt32 = 1

  /// What there is before everything.
  init(_ catalogue: Catalogue) {
    states = catalogue.states.map { $0() }
    boxes = states.map { $0 as AnyObject }
  }

  /// A content of its own with all that this one holds, for what may come to nothing.
  var trial: DecisionContent {
    var trial = self
    trial.states = states.map(\.copy)
    // What is tried may have the position of something else that happens after it.
    trial.decoder = EventDecoder()
    return trial
  }

  /// The decision state of type `S`.
  func box<S: DecisionState>(of type: S.Type) -> StateBox<S> {
    for object in boxes {
      if let box = object as? StateBox<S> { return box }
    }
    preconditionFailure("the catalogue has no decision state \(S.self); add it with add(state:)")
  }

  /// A mark of the events and the states, for checkpoints that were made with others.
  static func mark(_ catalogue: Catalogue) -> UInt32 {
    var mark = CRC32C(seed: EventTable(catalogue).mark)
    for state in catalogue.states.map({ $0() }) {
      mark.update(Array(state.name.utf8).span)
      mark.update(littleEndian: UInt64(state.version))
    }
    return mark.value
  }

  /// Takes a record in.
  ///
  /// - Throws: `ProjectionError` where a state cannot.
  mutating func evolve(_ record: RecordView) throws(ProjectionError) {
    heads.take(record.header)
    let event = Event(record, decoder)
    for state in states {
      do throws(WireError) {
        try state.evolve(event)
      } catch {
        throw ProjectionError(
          model: "the decision state", position: record.header.position, underlying: error)
      }
    }
  }
}

extension DecisionContent: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    // What is read must not show in the states of a copy.
    if parts.isReading { states = states.map(\.fresh) }
    try parts.visit("streams", &heads)
    for state in states { try state.describe(&parts) }
  }
}

extension CheckpointDraft {
  /// A digest of all that it holds, equal for equal histories, whichever pages are read or written.
  var digest: SHA256Hash {
    var hash = SHA256()
    hash.update(bytes)
    var page = ByteWriter()
    for slot in slots {
      page.removeAll()
      slot.page.store(to: &page)
      page.withReader { hash.update($0) }
    }
    return hash.finalize()
  }
}
