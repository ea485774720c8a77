import DaybookBytes
import DaybookEvents
import DaybookValues

/// Who recorded what was posted, by a small index, in the order in which the books met them.
struct ActorSlots: Sendable {
  private(set) var rows = History<ClinicSlots.Row>(chunkRows: 4096)
  private var indexes = DenseIndex()
  // Most entries are by whoever made the one before.
  private var last = Actor.system
  private var lastIndex: UInt16?

  /// The index of an actor; a new one when it is met for the first time.
  ///
  /// - Throws: `.tooManyActors` beyond 65,535 of them.
  mutating func index(of actor: Actor, at position: Position) throws(PostingError) -> UInt16 {
    if actor == last, let lastIndex { return lastIndex }
    let index: UInt16
    if let known = indexes.place(of: actor.rawValue) {
      index = UInt16(clamping: known)
    } else {
      guard let next = UInt16(exactly: rows.count), next < .max else {
        throw PostingError(.tooManyActors, at: position)
      }
      index = next
      indexes[actor.rawValue] = rows.count
      rows.append(ClinicSlots.Row(position: position, number: actor.rawValue))
    }
    last = actor
    lastIndex = index
    return index
  }

  /// The index of an actor that was met; nil for any other.
  func find(_ actor: Actor) -> UInt16? { indexes[actor.rawValue].map { UInt16(clamping: $0) } }

  /// The actor with this index; the system for an index that no entry has.
  subscript(index: UInt16) -> Actor {
    Int(index) < rows.count ? Actor(rawValue: rows[Int(index)].number) : .system
  }
}

extension ActorSlots: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("rows", &rows)
    try parts.visit("indexes", &indexes)
    if parts.isReading { lastIndex = nil }
  }
}
