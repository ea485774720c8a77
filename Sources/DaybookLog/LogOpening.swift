import DaybookBytes
import DaybookValues
import DaybookWorld

/// The opening of an existing log for writing: first everything is read and judged, then what a
/// stop can leave is put right.
struct LogOpening {
  private let place: LogDirectory
  private let world: World
  private let options: LogOptions
  private var recovery = LogRecovery()
  private var sealed: [SegmentFacts] = []
  private var last: SegmentFacts?
  private var isSetAside: SegmentName?

  init(_ place: LogDirectory, _ world: World, _ options: LogOptions) {
    self.place = place
    self.world = world
    self.options = options
  }

  /// Reads headers and footers, and checks that the segments follow each other.
  mutating func readSegments(_ names: [SegmentName]) throws(LogError) {
    var names = names
    if let name = names.last, names.count > 1,
      try SegmentFacts.holdsNothing(name, in: place, world.files)
    {
      names.removeLast()
      isSetAside = name
    }
    for (index, name) in names.enumerated() {
      let isLast = index == names.count - 1
      let facts = try SegmentFacts.read(name, isLast: isLast, in: place, world.files)
      guard facts.header.isWritable else {
        throw LogError(
          .newerVersion, segment: "\(name)",
          detail: "format version \(facts.header.formatVersion), features "
            + "\(hex(facts.header.compatibleFeatures)): it may be read, but not written")
      }
      if isLast { last = facts } else { sealed.append(facts) }
    }
    try SegmentFacts.checkOrder(sealed + (last.map { [$0] } ?? []))
  }

  /// Judges the last segment, puts right what must be, and opens the writer.
  mutating func finish(_ lock: any FileLock) throws(LogError) -> LogWriter {
    guard let last else { throw LogError(.noLog, detail: place.root) }
    let page = try TailPage(place.tail, in: world.files, writable: true)
    let watermark = try page?.watermark(of: last.header.logID) ?? .start
    if page != nil { recovery.watermarkFound = watermark }
    // Only what another start of the machine wrote is sure to have come from the disk.
    let boot = page?.boot ?? BootID()
    let isLaterBoot =
      !boot.isUnknown && !world.process.boot.isUnknown && boot != world.process.boot

    let file: any File
    do throws(FileError) {
      file = try world.files.open(place.segment(last.name), .readWrite)
    } catch {
      throw LogError(error, segment: "\(last.name)")
    }
    do throws(LogError) {
      let found = try LastSegment.scan(
        last, file, watermark: watermark, reaching: options.mustReach)
      if let isSetAside, found.footer == nil {
        throw LogError(
          .damaged, segment: "\(last.name)", offset: found.end,
          intactThrough: Position(found.tally.lastPosition),
          detail: "it is not sealed, though \(isSetAside) follows it")
      }
      try checkClock(found)
      do throws(FileError) {
        return try repair(last, found, file, page, watermark, isLaterBoot: isLaterBoot, lock)
      } catch {
        throw LogError(error, segment: "\(last.name)")
      }
    } catch {
      file.close()
      throw error
    }
  }

  /// When the last record of the log was recorded.
  private func lastRecorded(_ found: LastSegment) -> Instant {
    let recorded =
      found.tally.isEmpty ? sealed.last?.footer?.tally.lastRecorded : found.tally.lastRecorded
    return Instant(milliseconds: recorded ?? 0)
  }

  /// Refuses a clock that stands far behind the log: what it would date wrongly stays for good.
  private func checkClock(_ found: LastSegment) throws(LogError) {
    let now = world.clock.now()
    let last = lastRecorded(found)
    if !options.acceptsClock, LogOptions.isBehind(now, last) {
      throw LogError(.clockBehind(now: now, lastRecorded: last))
    }
  }

  private mutating func repair(
    _ last: SegmentFacts, _ found: LastSegment, _ file: any File, _ page: TailPage?,
    _ watermark: Position, isLaterBoot: Bool, _ lock: any FileLock
  ) throws(FileError) -> LogWriter {
    // Only now, when everything that stays was found valid, is anything moved or cut.
    if let name = isSetAside { try setAside(name) }
    if let torn = found.torn { try cut(torn, from: last, file) }
    // A footer is newer than any watermark: it may be no more durable than frames above it.
    if let start = found.unacknowledged ?? found.footer?.offset {
      if !isLaterBoot { try rewrite(file, from: start, to: found.footer?.end ?? found.end) }
      try file.sync()
    }
    // The last segment's name may not be durable yet, if its writer was stopped just then.
    try world.files.syncDirectory(place.log)

    var segment = OpenSegment(
      name: last.name, header: last.header, file: file, end: found.end,
      allocated: max(last.size, found.end))
    var tally = found.tally
    if let footer = found.footer {
      try file.truncate(to: footer.end)
      try file.sync()
      file.close()
      segment = try LogWriter.successor(
        of: last.header, after: Position(tally.lastPosition), in: place, world, options)
      tally = SegmentTally(firstPosition: segment.header.firstPosition.number)
      recovery.finishedRotation = true
    }
    let tailPage = try writablePage(page, last.header.logID)
    tailPage.setWatermark(Position(tally.lastPosition), of: last.header.logID)
    LogWriter.stamp(tailPage, segment, world, options.durability)
    return LogWriter(
      world: world, directory: place, options: options, lock: lock, page: tailPage,
      recovery: recovery, segment: segment, tally: tally, lastRecorded: lastRecorded(found))
  }

  private func writablePage(_ page: TailPage?, _ logID: LogID) throws(FileError) -> TailPage {
    if let page { return page }
    try TailPage.create(place.tail, logID: logID, in: world.files)
    guard let made = try? TailPage(place.tail, in: world.files, writable: true) else {
      throw FileError(operation: "map", path: place.tail, kind: .notFound)
    }
    return made
  }

  /// Copies the bytes to `quarantine/`, durably, and only then writes zeros over them.
  private mutating func cut(
    _ torn: TornTail, from last: SegmentFacts, _ file: any File
  ) throws(FileError) {
    recovery.cutSegment = "\(last.name)"
    recovery.cutOffset = torn.offset
    recovery.cutReason = torn.detail
    recovery.cutBytes = torn.end - torn.offset
    guard torn.end > torn.offset else { return }
    let name = try freeName("\(last.name)-\(torn.offset).cut")
    let path = FilePath.join(place.quarantine, name)
    let copy = try world.files.open(path, .create)
    do throws(FileError) {
      defer { copy.close() }
      try LogOpening.copy(file, from: torn.offset, to: torn.end, into: copy)
      try copy.sync()
    } catch {
      // What is not whole keeps nothing; the bytes still stand in the segment.
      try? world.files.remove(path)
      throw error
    }
    try world.files.syncDirectory(place.quarantine)
    recovery.quarantined.append(name)

    try Preallocation.writeZeros(file, from: torn.offset, to: torn.end)
    try file.sync()
  }

  private static func copy(
    _ file: any File, from start: UInt64, to end: UInt64, into copy: any File
  ) throws(FileError) {
    var piece = ByteWriter(capacity: 1 << 20)
    var offset = start
    while offset < end {
      piece.removeAll()
      let wanted = Int(min(end - offset, 1 << 20))
      guard try file.read(at: offset, count: wanted, into: &piece) == wanted else {
        throw FileError(operation: "read back", path: file.path, kind: .tooShort)
      }
      try piece.withSpan { (bytes) throws(FileError) in
        try copy.write(bytes, at: offset - start)
      }
      offset += UInt64(wanted)
    }
  }

  private mutating func setAside(_ name: SegmentName) throws(FileError) {
    let aside = try freeName("\(name)")
    try world.files.rename(place.segment(name), to: FilePath.join(place.quarantine, aside))
    try world.files.syncDirectory(place.quarantine)
    try world.files.syncDirectory(place.log)
    recovery.quarantined.append(aside)
  }

  /// A name that nothing in `quarantine/` has: `name`, or with a number behind it.
  private func freeName(_ name: String) throws(FileError) -> String {
    if !world.files.isDirectory(place.quarantine) {
      try world.files.createDirectory(place.quarantine)
      try world.files.syncDirectory(place.root)
    }
    var candidate = name
    var number = 2
    while world.files.exists(FilePath.join(place.quarantine, candidate)) {
      candidate = "\(name)-\(number)"
      number += 1
    }
    return candidate
  }

  /// Writes the bytes again that the page cache holds: it may hold what never reached the disk,
  /// and after a failed sync would not write it by itself.
  private mutating func rewrite(
    _ file: any File, from start: UInt64, to end: UInt64
  ) throws(FileError) {
    var piece = ByteWriter(capacity: 1 << 20)
    var offset = start
    while offset < end {
      piece.removeAll()
      let wanted = Int(min(end - offset, 1 << 20))
      guard try file.read(at: offset, count: wanted, into: &piece) == wanted else {
        throw FileError(operation: "read back", path: file.path, kind: .tooShort)
      }
      try piece.withSpan { (bytes) throws(FileError) in try file.write(bytes, at: offset) }
      offset += UInt64(wanted)
    }
    recovery.rewrittenBytes += end - start
  }
}
