import DaybookBytes
import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld

/// What happened to the files of references since the book was opened.
struct ReferenceEvents: Hashable, Sendable {
  /// A file of these segments was made again from the log, since what was there is not to be
  /// believed; each as a sentence.
  var rebuilt: [String] = []
  /// A file could not be written; each as a sentence.
  var unwritten: [String] = []

  mutating func add(_ other: ReferenceEvents) {
    rebuilt += other.rebuilt
    unwritten += other.unwritten
  }
}

/// The files of references of a book, in `checkpoints/`: disposable, made from the log again where
/// they are not what they should be.
struct ReferenceStore: Sendable {
  let directory: String
  let folder: String
  let hash: ReferenceHash
  let world: World

  init(_ directory: String, _ hash: ReferenceHash, _ world: World) {
    self.directory = directory
    folder = FilePath.join(directory, "checkpoints")
    self.hash = hash
    self.world = world
  }

  private func path(_ segments: some Collection<SealedSegment>) -> String {
    let first = segments.first?.firstPosition ?? .start
    return FilePath.join(folder, "\(ReferenceFileName(first, span: segments.count))")
  }

  // MARK: Opening

  /// The references of `segments`: from the files that stand, and from the log where none does.
  ///
  /// What is in nobody's use is removed.
  func open(
    _ segments: [SealedSegment], _ events: inout ReferenceEvents
  ) throws(LogError) -> [ReferenceRun] {
    let names = list()
    var runs: [ReferenceRun] = []
    var used: Set<String> = []
    var index = 0
    while index < segments.count {
      let file = widest(names, segments[index...], &events)
      if let file {
        runs.append(.file(file))
        used.insert(FilePath.name(of: file.path))
        index += file.head.segments.count
      } else {
        events.rebuilt.append("no file of references stands for \(name(segments[index]))")
        let run = try rebuild(segments[index], &events)
        if case .file(let file) = run { used.insert(FilePath.name(of: file.path)) }
        runs.append(run)
        index += 1
      }
    }
    for name in names where !used.contains("\(name)") {
      try? world.files.remove(FilePath.join(folder, "\(name)"))
    }
    return runs
  }

  /// The names of all files of references; those that were never completed are removed.
  private func list() -> [ReferenceFileName] {
    let names = (try? world.files.list(folder)) ?? []
    for name in names where name.hasSuffix(ReferenceFileName.asideSuffix) {
      try? world.files.remove(FilePath.join(folder, name))
    }
    return names.compactMap { ReferenceFileName(parsing: $0) }
  }

  /// The file that covers most of `segments`, from the first of them on.
  private func widest(
    _ names: [ReferenceFileName], _ segments: ArraySlice<SealedSegment>,
    _ events: inout ReferenceEvents
  ) -> ReferenceFile? {
    guard let first = segments.first else { return nil }
    let fitting = names.filter { $0.firstPosition == first.firstPosition }
    for name in fitting.sorted(by: { $0.span > $1.span }) {
      do throws(ReferenceFault) {
        let file = try ReferenceFile.open(FilePath.join(folder, "\(name)"), hash, in: world.files)
        guard file.head.segments.elementsEqual(segments.prefix(name.span)) else {
          throw ReferenceFault(detail: "it is not of the segments that stand there")
        }
        return file
      } catch {
        events.rebuilt.append("\(name): \(error.detail)")
      }
    }
    return nil
  }

  private func name(_ segment: SealedSegment) -> String {
    "positions \(segment.firstPosition) to \(segment.lastPosition)"
  }

  // MARK: Making

  /// Makes the references of a segment from its records.
  func rebuild(
    _ segment: SealedSegment, _ events: inout ReferenceEvents
  ) throws(LogError) -> ReferenceRun {
    world.instruments.count(Instruments.Name.referencesRebuilt)
    var entries: [ReferenceEntry] = []
    var log = try LogReader(directory, in: world)
    do {
      try log.scan(from: segment.firstPosition, through: segment.lastPosition) { record in
        if let entry = hash.entry(record) { entries.append(entry) }
      }
    } catch let error as LogError {
      throw error
    } catch {
      preconditionFailure("taking references threw \(error)")
    }
    return write(entries, segment, &events)
  }

  /// Writes the file of a segment; where that fails the entries are kept in memory.
  func write(
    _ entries: some Sequence<ReferenceEntry>, _ segment: SealedSegment,
    _ events: inout ReferenceEvents
  ) -> ReferenceRun {
    let sorted = entries.sorted()
    let path = path([segment])
    do {
      let file = try world.instruments.measure(Instruments.Name.referencesWrite) {
        try makeFolder()
        var writer = try ReferenceFileWriter(
          path, hash, count: sorted.count, segments: [segment], in: world.files)
        for entry in sorted { try writer.add(entry) }
        try writer.finish()
        return try ReferenceFile.open(path, hash, in: world.files)
      }
      return .file(file)
    } catch {
      fail("\(path): \(error)", &events)
      return .kept(sorted, segment)
    }
  }

  private func makeFolder() throws(FileError) {
    if world.files.isDirectory(folder) { return }
    try world.files.createDirectory(folder)
    try world.files.syncDirectory(directory)
  }

  private func fail(_ text: String, _ events: inout ReferenceEvents) {
    world.instruments.count(Instruments.Name.referencesUnwritten)
    events.unwritten.append(text)
  }

  // MARK: Merging

  /// Makes one file of several, and removes those.
  ///
  /// - Returns: What stands in their place; nil where nothing could be written.
  func merge(
    _ runs: ArraySlice<ReferenceRun>, _ events: inout ReferenceEvents
  ) throws(LogError) -> [ReferenceRun]? {
    let files = runs.compactMap { run -> ReferenceFile? in
      if case .file(let file) = run { file } else { nil }
    }
    let segments = runs.flatMap(\.segments)
    let path = path(segments)
    do {
      let merged = try world.instruments.measure(Instruments.Name.referencesMerge) {
        var writer = try ReferenceFileWriter(
          path, hash, count: runs.reduce(0) { $0 + $1.count }, segments: segments, in: world.files)
        var merge = ReferenceMerge(files)
        while let entry = try merge.next() { try writer.add(entry) }
        try writer.finish()
        return try ReferenceFile.open(path, hash, in: world.files)
      }
      for file in files { try? world.files.remove(file.path) }
      return [.file(merged)]
    } catch let fault as ReferenceFault {
      var mended: [ReferenceRun] = []
      for file in files {
        if file.isWhole() {
          mended.append(.file(file))
        } else {
          mended += try rebuild(file, fault, &events)
        }
      }
      return mended
    } catch {
      fail("\(path): \(error)", &events)
      return nil
    }
  }

  /// Makes again what `file` held, segment by segment.
  func rebuild(
    _ file: ReferenceFile, _ fault: ReferenceFault, _ events: inout ReferenceEvents
  ) throws(LogError) -> [ReferenceRun] {
    events.rebuilt.append("\(FilePath.name(of: file.path)): \(fault.detail)")
    var runs: [ReferenceRun] = []
    for segment in file.head.segments { runs.append(try rebuild(segment, &events)) }
    if runs.count > 1 { try? world.files.remove(file.path) }
    return runs
  }
}

extension ReferenceHash {
  /// The entry of a record that begins an action with a source reference.
  func entry(_ record: RecordView) -> ReferenceEntry? {
    guard let source = record.source else { return nil }
    return ReferenceEntry(
      fingerprint(record.header.clinic, source.reference), at: record.header.position)
  }
}

extension ReferenceFile {
  /// Whether every block is what its checksum says.
  func isWhole() -> Bool {
    var scratch = ByteWriter()
    do throws(ReferenceFault) {
      for block in head.fences.indices { try read(block, &scratch) }
      return true
    } catch {
      return false
    }
  }
}
