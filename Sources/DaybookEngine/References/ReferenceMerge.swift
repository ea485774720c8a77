import DaybookBytes

/// The entries of several files of references in one ascending order, block after block.
struct ReferenceMerge: ~Copyable {
  private struct Source {
    var file: ReferenceFile
    var block = 0
    var entries: [ReferenceEntry] = []
    var next = 0
  }

  private var sources: [Source]
  private var scratch = ByteWriter(capacity: ReferenceFileHead.blockBytes)

  init(_ files: [ReferenceFile]) {
    sources = files.map { Source(file: $0) }
  }

  /// The next entry; nil after the last.
  ///
  /// - Throws: The first fault of a file, and its index.
  mutating func next() throws(ReferenceFault) -> ReferenceEntry? {
    var least: ReferenceEntry?
    var chosen = 0
    for index in sources.indices {
      guard try fill(index) else { continue }
      let entry = sources[index].entries[sources[index].next]
      if let known = least, known < entry { continue }
      least = entry
      chosen = index
    }
    if least != nil { sources[chosen].next += 1 }
    return least
  }

  /// Whether the source has an entry left; reads its next block where it must.
  private mutating func fill(_ index: Int) throws(ReferenceFault) -> Bool {
    if sources[index].next < sources[index].entries.count { return true }
    guard sources[index].block < sources[index].file.head.fences.count else { return false }
    try sources[index].file.read(sources[index].block, &scratch)
    sources[index].block += 1
    sources[index].next = 0
    sources[index].entries.removeAll(keepingCapacity: true)
    scratch.withReader { bytes in
      var reader = bytes
      while let entry = try? ReferenceEntry(reading: &reader) {
        sources[index].entries.append(entry)
      }
    }
    return true
  }
}
