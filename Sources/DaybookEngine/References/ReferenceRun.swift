import DaybookBytes
import DaybookLog
import DaybookValues

/// The references of sealed segments that stand next to each other: a file of them, as a rule.
enum ReferenceRun: Sendable {
  case file(ReferenceFile)
  /// No file could be written: sorted, in memory, until the book is opened again.
  case kept([ReferenceEntry], SealedSegment)

  var segments: ArraySlice<SealedSegment> {
    switch self {
    case .file(let file): file.head.segments[...]
    case .kept(_, let segment): [segment]
    }
  }

  /// How many references there are.
  var count: Int {
    switch self {
    case .file(let file): file.head.count
    case .kept(let entries, _): entries.count
    }
  }

  /// Bytes taken in memory.
  var bytes: Int {
    switch self {
    case .file(let file): file.bytes
    case .kept(let entries, _): entries.capacity * MemoryLayout<ReferenceEntry>.stride
    }
  }

  /// Appends the position of every entry of that fingerprint to `found`.
  func find(
    _ fingerprint: UInt64, _ scratch: inout ByteWriter, _ found: inout [Position]
  ) throws(ReferenceFault) {
    switch self {
    case .file(let file): try file.find(fingerprint, &scratch, &found)
    case .kept(let entries, _):
      var low = 0
      var end = entries.count
      while low < end {
        let middle = (low + end) / 2
        if entries[middle].fingerprint < fingerprint { low = middle + 1 } else { end = middle }
      }
      while low < entries.count, entries[low].fingerprint == fingerprint {
        found.append(entries[low].position)
        low += 1
      }
    }
  }

  /// How many neighbours of one size become one file.
  static let mergeCount = 2

  /// Which runs are to become one: the first neighbours of equal span, all of them files.
  ///
  /// So there is one run of a span, and a new reference is looked for in few files: 2 of them when 10
  /// segments are sealed and 3 when 100 are; at most 7 below 128. Whoever decides waits for that, and
  /// nobody for the merging: a reference is written once more whenever the segments double.
  static func merging(_ runs: [ReferenceRun]) -> Range<Int>? {
    var start = 0
    for index in runs.indices {
      guard case .file(let file) = runs[index] else {
        start = index + 1
        continue
      }
      if index > start {
        let first = runs[start].segments
        let previous = runs[index - 1].segments
        if first.count != file.head.segments.count
          || previous.last.map({ $0.number + 1 }) != file.head.segments.first?.number
        {
          start = index
        }
      }
      if index + 1 - start == mergeCount { return start..<index + 1 }
    }
    return nil
  }
}
