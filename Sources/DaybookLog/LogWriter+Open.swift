import DaybookBytes
import DaybookEvents
import DaybookValues
public import DaybookWorld

extension LogWriter {
  /// Opens the log of a book for writing, and makes it where the options say so.
  ///
  /// Headers and footers of the sealed segments are checked, and every frame of the last one; what
  /// a stop can leave is put right (`recovery` says what). Nothing is appended.
  ///
  /// - Parameter directory: The book's directory.
  /// - Throws: `.noLog`, `.alreadyExists`, `.locked(pid:)`; `.damaged` and `.endsBelowWatermark`
  ///   with nothing changed; `.newerVersion`, `.unknownFeature`; `.diskFull`, `.file`.
  /// - Complexity: O(bytes of the last segment).
  public static func open(
    _ directory: String, in world: World, options: LogOptions = LogOptions()
  ) throws(LogError) -> LogWriter {
    let place = LogDirectory(directory)
    if options.creation == .never, !world.files.isDirectory(place.log) {
      throw LogError(.noLog, detail: directory)
    }
    if options.creation != .never { try makeFolders(place, world.files) }
    let lock: any FileLock
    do throws(FileError) {
      lock = try world.files.lock(place.lock)
    } catch {
      throw LogError(error)
    }
    do throws(LogError) {
      let writer = try open(place, world, options, lock)
      tell(world.instruments, writer.recovery)
      return writer
    } catch {
      lock.release()
      throw error
    }
  }

  private static func tell(_ instruments: Instruments, _ recovery: LogRecovery) {
    instruments.count(Instruments.Name.opens)
    if recovery.isClean { return }
    instruments.count(Instruments.Name.recoveries)
    for (name, amount) in [
      (Instruments.Name.bytesCut, Int64(clamping: recovery.cutBytes)),
      (Instruments.Name.bytesRewritten, Int64(clamping: recovery.rewrittenBytes)),
      (Instruments.Name.filesQuarantined, Int64(recovery.quarantined.count)),
      (Instruments.Name.rotationsFinished, recovery.finishedRotation ? 1 : 0),
    ] where amount > 0 {
      instruments.count(name, by: amount)
    }
  }

  private static func makeFolders(
    _ place: LogDirectory, _ files: any FileSystem
  ) throws(LogError) {
    do throws(FileError) {
      if !files.isDirectory(place.root) {
        try files.createDirectory(place.root)
        try files.syncDirectory(FilePath.folder(of: place.root))
      }
      var isNew = false
      for folder in [place.checkpoints, place.quarantine, place.log]
      where !files.isDirectory(folder) {
        try files.createDirectory(folder)
        isNew = true
      }
      if isNew { try files.syncDirectory(place.root) }
    } catch {
      throw LogError(error)
    }
  }

  private static func open(
    _ place: LogDirectory, _ world: World, _ options: LogOptions, _ lock: any FileLock
  ) throws(LogError) -> LogWriter {
    let names = try place.segmentNames(in: world.files)
    if names.isEmpty {
      guard options.creation != .never else { throw LogError(.noLog, detail: place.root) }
      if world.files.exists(place.tail) { try checkNothingIsMissing(place, world.files) }
      return try create(place, world, options, lock)
    }
    if options.creation == .mustBeNew { throw LogError(.alreadyExists, detail: place.root) }
    var opening = LogOpening(place, world, options)
    try opening.readSegments(names)
    return try opening.finish(lock)
  }

  /// A page without segments is left by a stop before the first segment was made, or by a loss.
  private static func checkNothingIsMissing(
    _ place: LogDirectory, _ files: any FileSystem
  ) throws(LogError) {
    guard let page = try TailPage(place.tail, in: files, writable: false) else { return }
    let watermark = try page.watermark(of: page.logID)
    guard watermark == .start else {
      throw LogError(
        .endsBelowWatermark, segment: LogDirectory.tailName,
        detail: "there is no segment, though everything up to \(watermark) was acknowledged")
    }
  }

  private static func create(
    _ place: LogDirectory, _ world: World, _ options: LogOptions, _ lock: any FileLock
  ) throws(LogError) -> LogWriter {
    let random = withReader(of: world.randomness.bytes(20)) { bytes in
      var reader = bytes
      let low = try? reader.readLittleEndian(UInt64.self)
      let high = try? reader.readLittleEndian(UInt64.self)
      let seed = try? reader.readLittleEndian(UInt32.self)
      return (logID: LogID(low: low ?? 0, high: high ?? 0), seed: seed ?? 0)
    }
    let header = SegmentHeader(
      logID: random.logID, number: 1, firstPosition: Position(1), created: world.clock.now(),
      checksumSeed: random.seed)
    do throws(FileError) {
      // Whoever made the folders may have been stopped before it synced their names, so that this
      // is done in any case before there is a segment to lose.
      try world.files.syncDirectory(FilePath.folder(of: place.root))
      try world.files.syncDirectory(place.root)
      // The page first: a book with a segment always has one.
      try TailPage.create(place.tail, logID: random.logID, in: world.files)
      let segment = try OpenSegment.create(
        header, in: place, world.files, step: options.preallocateBytes)
      guard let page = try? TailPage(place.tail, in: world.files, writable: true) else {
        throw FileError(operation: "map", path: place.tail, kind: .notFound)
      }
      stamp(page, segment, world, options.durability)
      return LogWriter(
        world: world, directory: place, options: options, lock: lock, page: page,
        recovery: LogRecovery(), segment: segment, tally: SegmentTally(firstPosition: 1),
        lastRecorded: Instant())
    } catch {
      throw LogError(error)
    }
  }

  /// Says in the page which process of which boot writes now, where, and what its answers promise.
  static func stamp(
    _ page: TailPage, _ segment: OpenSegment, _ world: World, _ durability: Durability
  ) {
    page.setHints(
      TailPage.Hints(
        writer: UInt64(UInt32(bitPattern: world.process.processID)),
        segmentNumber: segment.header.number, segmentFirst: segment.header.firstPosition.number,
        offset: segment.end))
    page.setDurability(durability)
    page.setBoot(world.process.boot)
  }
}
