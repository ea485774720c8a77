import DaybookBytes
import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld

extension CheckpointStore {
  /// Makes `model`, which holds nothing yet, what the newest checkpoint holds.
  ///
  /// A checkpoint that cannot be used is noted, and the model stays as it is.
  ///
  /// - Parameters:
  ///   - mark: The mark of the catalogue that the model is hosted with.
  ///   - end: The last position that is wanted; a later checkpoint is passed over.
  /// - Returns: The checkpoint's header; nil where there is none that can be used.
  /// - Throws: `LogError.endsBelowWatermark` where the log ends before the checkpoint.
  func load<Model: Checkpointed>(
    _ model: inout Model, mark: UInt32, from log: inout LogReader, through end: Position? = nil
  ) throws(LogError) -> CheckpointHeader? {
    for attempt in 1...2 {
      do throws(CheckpointFault) {
        guard let bytes = try rootBytes() else { return nil }
        let header = try CheckpointHeader.withRoot(bytes) { (header, _) in header }
        try check(header, mark, log.logID)
        if let end, header.position > end { return nil }
        if let error = reachError(header, &log) { throw CheckpointFault(beyond: error) }
        try checkRecord(header, &log)
        try restore(&model, header, bytes)
        world.instruments.count(Instruments.Name.checkpointsLoaded)
        return header
      } catch {
        state.withLock { $0.root = nil }
        if let beyond = error.beyond { throw beyond }
        // The writer may have replaced root and pages while they were read.
        if attempt == 2 { note(error, file: rootName) }
      }
    }
    return nil
  }

  /// The root's bytes; nil where there is none.
  private func rootBytes() throws(CheckpointFault) -> ByteWriter? {
    do throws(FileError) {
      return try CheckpointStore.bytes(of: folder.root(of: name), in: world.files)
    } catch {
      if error.kind == .notFound { return nil }
      throw CheckpointFault(.damaged, "\(error)")
    }
  }

  static func bytes(
    of path: String, in files: any FileSystem
  ) throws(FileError) -> ByteWriter {
    let file = try files.open(path, .read)
    defer { file.close() }
    let size = Int(clamping: try file.size())
    guard size <= CheckpointHeader.bytesMax else {
      throw FileError(operation: "read", path: path, kind: .other)
    }
    var bytes = ByteWriter(capacity: size)
    _ = try file.read(at: 0, count: size, into: &bytes)
    return bytes
  }

  private func check(
    _ header: CheckpointHeader, _ mark: UInt32, _ log: LogID
  ) throws(CheckpointFault) {
    guard header.model == name else {
      throw CheckpointFault(.damaged, "it is of the model \(header.model)")
    }
    guard header.isOf(log) else { throw CheckpointFault(.otherLog, "it is of another log") }
    guard header.version == version else {
      throw CheckpointFault(
        .stale, "version \(header.version) of \(name) made it, and this is version \(version)")
    }
    guard header.catalogueMark == mark else {
      throw CheckpointFault(.stale, "it was made with other events in the catalogue")
    }
  }

  /// What is wrong where the log ends before a checkpoint of it: only what was synced is ever in one.
  private func reachError(_ header: CheckpointHeader, _ log: inout LogReader) -> LogError? {
    do throws(LogError) {
      if header.position > log.durable { try log.refresh() }
    } catch {
      return error
    }
    guard header.position > log.durable else { return nil }
    return LogError(
      .endsBelowWatermark, intactThrough: log.durable,
      detail: CheckpointStore.reachText(CheckpointFolder.shown(rootName), header.position))
  }

  static func reachText(_ file: String, _ position: Position) -> String {
    "\(file) was made when the log reached position \(position); restore a backup that does, or, to "
      + "go on without what is lost, delete \(CheckpointFolder.name)/"
  }

  /// A copy of the log that went another way has another record there.
  private func checkRecord(
    _ header: CheckpointHeader, _ log: inout LogReader
  ) throws(CheckpointFault) {
    let found: SHA256Hash
    do {
      found = try CheckpointStore.recordDigest(at: header.position, &log)
    } catch {
      throw CheckpointFault(.otherLog, "the record at its position cannot be read: \(error)")
    }
    guard found == header.record else {
      throw CheckpointFault(
        .otherLog, "the log has another record at position \(header.position)")
    }
  }

  /// The digest of the canonical record at `position`.
  static func recordDigest(
    at position: Position, _ log: inout LogReader
  ) throws -> SHA256Hash {
    try log.record(at: position) { record in
      var bytes = ByteWriter(capacity: 256)
      CanonicalRecord.append(record, to: &bytes)
      return bytes.withSpan { SHA256.hash($0) }
    }
  }

  private func restore<Model: Checkpointed>(
    _ model: inout Model, _ header: CheckpointHeader, _ bytes: borrowing ByteWriter
  ) throws(CheckpointFault) {
    let firstPage = state.withLock { state in
      state.root = Root(header: header, bytes: bytes.count)
      return state.nextPage
    }
    var fresh = model
    try CheckpointHeader.withRoot(bytes) { (_, draft) throws(CheckpointFault) in
      do throws(WireError) {
        guard try CheckpointDraft.restore(&fresh, from: draft, pages: self) else {
          throw WireError(.wrongType, at: 0, field: "the model keeps no checkpoints")
        }
      } catch {
        throw CheckpointFault(.damaged, "its parts do not belong together: \(error)")
      }
    }
    try checkPacks(pagesFrom: firstPage)
    model = fresh
    releaseUnused()
  }

  /// Every file of pages is there, and reaches as far as its pages do.
  private func checkPacks(pagesFrom first: Int) throws(CheckpointFault) {
    let places = state.withLock { $0.pages.filter { $0.key >= first }.map(\.value.place) }
    var ends: [PackID: UInt64] = [:]
    var live: [PackID: UInt64] = [:]
    for place in places {
      let (end, overflow) = place.offset.addingReportingOverflow(UInt64(place.length))
      guard !overflow else { throw CheckpointFault(.damaged, "a page lies beyond every file") }
      ends[place.id] = max(ends[place.id] ?? 0, end)
      live[place.id, default: 0] += UInt64(place.length)
    }
    var sizes: [PackID: UInt64] = [:]
    for (pack, end) in ends.sorted(by: { $0.key < $1.key }) {
      let file = CheckpointFolder.shown(CheckpointFolder.name(of: pack, name))
      let size: UInt64
      do throws(FileError) {
        size = try open(pack).size()
      } catch {
        throw CheckpointFault(.damaged, "\(file) cannot be read: \(error)")
      }
      guard size >= end else {
        throw CheckpointFault(.damaged, "\(file) has \(size) bytes of at least \(end)")
      }
      sizes[pack] = size
    }
    state.withLock { state in
      state.root?.liveBytes = live
      state.root?.packBytes = sizes
    }
  }
}
