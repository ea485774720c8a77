import DaybookEvents
import DaybookValues

/// Where every stream stands: how many events it holds and the position of its last.
///
/// Streams of a kind are numbered densely, so that a stream is found by index.
struct StreamHeads {
  struct Head {
    var version: UInt64 = 0
    var last = Position.start
  }

  private var heads: [[Head]] = []
  private(set) var numbers = StreamNumbers()

  subscript(stream: StreamID) -> Head {
    let kind = Int(stream.kind.number)
    guard kind < heads.count, stream.number < UInt64(heads[kind].count) else { return Head() }
    return heads[kind][Int(stream.number)]
  }

  mutating func take(_ header: RecordHeader) {
    let kind = Int(header.stream.kind.number)
    while heads.count <= kind { heads.append([]) }
    let number = Int(header.stream.number)
    while heads[kind].count <= number { heads[kind].append(Head()) }
    heads[kind][number] = Head(version: header.version, last: header.position)
    numbers.note(header.stream)
  }
}
