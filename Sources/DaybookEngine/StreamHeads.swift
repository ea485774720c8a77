import DaybookBytes
import DaybookEvents
import DaybookValues

/// Where every stream stands: how many events it holds and the position of its last.
///
/// Streams of a kind are numbered densely, so that a stream is found by index; one whose number lies
/// far beyond the others is kept aside, so that no number makes the index larger than the log.
struct StreamHeads {
  struct Head: Sendable {
    var version: UInt64 = 0
    var last = Position.start
  }

  /// By the number of the kind.
  private var heads: [PagedArray<Head>] = []
  private var far: [StreamID: Head] = [:]
  private(set) var numbers = StreamNumbers()

  /// The heads of a kind of which there is no stream.
  private static var none: PagedArray<Head> { PagedArray(pageCount: 1024) }

  /// How far beyond the last one of its kind a number may lie and still be indexed.
  private static let gapMax: UInt64 = 4096

  subscript(stream: StreamID) -> Head {
    let kind = Int(stream.kind.number)
    if kind < heads.count, stream.number < UInt64(heads[kind].count) {
      let head = heads[kind][Int(stream.number)]
      // Indexed later than it was kept aside: the index has room for it and does not know it.
      if head.version > 0 { return head }
    }
    return far.isEmpty ? Head() : far[stream] ?? Head()
  }

  mutating func take(_ header: RecordHeader) {
    let head = Head(header)
    let kind = Int(header.stream.kind.number)
    let number = header.stream.number
    while heads.count <= kind { heads.append(StreamHeads.none) }
    if number < UInt64(heads[kind].count) + StreamHeads.gapMax {
      let index = Int(number)
      while heads[kind].count <= index { heads[kind].append(Head()) }
      heads[kind][index] = head
    } else {
      far[header.stream] = head
    }
    numbers.note(header.stream)
  }
}

extension StreamHeads: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    var kinds = heads.indices.filter { heads[$0].count > 0 }.map { UInt16($0) }
    try parts.visit("kinds", &kinds)
    if parts.isReading {
      heads = Array(repeating: StreamHeads.none, count: kinds.max().map { Int($0) + 1 } ?? 0)
    }
    for kind in kinds { try parts.visit("kind-\(kind)", &heads[Int(kind)]) }
    try parts.visit("far", &far)
    try parts.visit("numbers", &numbers)
  }
}

extension StreamHeads.Head {
  /// Behind an event.
  init(_ header: RecordHeader) { self.init(version: header.version, last: header.position) }
}

extension StreamHeads.Head: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&version)
    try fields.visit(&last)
  }
}
