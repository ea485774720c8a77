import DaybookBytes
public import DaybookEvents
public import DaybookValues
public import DaybookWorld

/// Reads a log in order or at a position: without a lock, without writing, in any process.
///
/// It sees what is durable and nothing else. Beside a writer it stops at the watermark; `refresh`
/// moves on to where that stands now. A reader survives sealing, rotation and the writer's restart.
///
/// - SeeAlso: <doc:Format>, section "Opening".
public struct LogReader: ~Copyable {
  let world: World
  let directory: LogDirectory
  /// Whether what an opening for writing would put right is an error here.
  let isStrict: Bool
  var segments: [SegmentFacts] = []
  private(set) var page: TailPage?
  // Where the last scan stopped, to go on from there.
  private var cursor: FrameScanner?
  var chainIndex: ChainIndex?
  var chainCache: ChainCache?
  // What the page said when the disk was last read to its end: without a change of it nobody wrote.
  private var settled: TailPage.Mark?

  /// The last durable position as it was known last.
  public private(set) var durable = Position.start

  /// Opens the log of the book in `directory`.
  ///
  /// Headers of all segments and the footers of the sealed ones are checked; frames when they are
  /// read.
  ///
  /// - Parameter strict: For an audit: what a stop can leave, and the next opening for writing would
  ///   put right, is an error too; as it is, all frames of the last segment are checked at once.
  /// - Throws: `.noLog`, `.damaged`, `.endsBelowWatermark`, `.newerVersion`, `.unknownFeature`,
  ///   `.file`.
  public init(_ directory: String, in world: World, strict: Bool = false) throws(LogError) {
    self.world = world
    self.directory = LogDirectory(directory)
    isStrict = strict
    try readSegments()
    try refresh()
    if strict { try audit() }
  }

  /// Opens the log that another has opened; nothing is read for it.
  package init(_ outline: LogOutline) {
    world = outline.world
    directory = outline.directory
    isStrict = outline.isStrict
    segments = outline.segments
    page = outline.page
    settled = outline.settled
    chainIndex = outline.chainIndex
    durable = outline.durable
  }

  /// What it knows without having to read it again.
  package var outline: LogOutline {
    LogOutline(
      world: world, directory: directory, isStrict: isStrict, segments: segments, page: page,
      settled: settled, chainIndex: chainIndex, durable: durable)
  }

  /// The book's directory.
  package var book: String { directory.root }
  /// The world that it is read in.
  package var outside: World { world }

  /// The identity of the log.
  public var logID: LogID { segments[0].header.logID }

  /// Reads headers and footers anew: the last segment may have been sealed, and have successors.
  mutating func readSegments() throws(LogError) {
    var triesLeft = 3
    while true {
      do throws(LogError) {
        return try readSegmentsOnce()
      } catch {
        // A last file that holds nothing may be set aside between its listing and its reading.
        triesLeft -= 1
        guard error.cause?.kind == .notFound, triesLeft > 0 else { throw error }
      }
    }
  }

  private mutating func readSegmentsOnce() throws(LogError) {
    let names = try directory.segmentNames(in: world.files)
    guard !names.isEmpty else { throw LogError(.noLog, detail: directory.root) }
    var found = Array(segments.prefix { $0.footer != nil })
    for (index, name) in names.enumerated().dropFirst(found.count) {
      let isLast = index == names.count - 1
      if isLast, index > 0, !isStrict,
        try SegmentFacts.holdsNothing(name, in: directory, world.files)
      {
        break
      }
      found.append(try SegmentFacts.read(name, isLast: isLast, in: directory, world.files))
    }
    try SegmentFacts.checkOrder(found)
    segments = found
  }

  /// Looks up to where the log is durable now.
  ///
  /// - Returns: The last durable position.
  /// - Throws: `.damaged`, `.endsBelowWatermark`: what was durable is not there.
  /// - Complexity: O(1) with a writer at work, or when the last one worked since the machine was
  ///   started; else O(bytes of the last segment).
  @discardableResult
  public mutating func refresh() throws(LogError) -> Position {
    if try followsWriter() { return try takeWatermark() }
    let mark = page?.mark
    if let mark, mark == settled { return durable }
    // Nobody writes, and what was written before the machine was started came from the disk.
    let found: Position
    do throws(LogError) {
      found = try endOfLastSegment()
    } catch {
      // Unless a writer has begun in the meantime, which reads as damage here and there.
      guard try followsWriter() else { throw error }
      return try takeWatermark()
    }
    // Whoever has begun in the meantime may have written what is not synced yet.
    if try followsWriter() { return try takeWatermark() }
    settled = mark
    durable = max(durable, found)
    return durable
  }

  private mutating func takeWatermark() throws(LogError) -> Position {
    durable = max(durable, try page?.watermark(of: logID) ?? .start)
    return durable
  }

  private mutating func followsWriter() throws(LogError) -> Bool {
    if page == nil { page = try TailPage(directory.tail, in: world.files, writable: false) }
    if let page, !page.boot.isUnknown, page.boot == world.process.boot { return true }
    do throws(FileError) {
      guard case .held = try world.files.lockState(directory.lock) else { return false }
    } catch {
      throw LogError(error)
    }
    if page == nil { page = try TailPage(directory.tail, in: world.files, writable: false) }
    return true
  }

  /// Looks anew at the page that stands in the book's directory: the one mapped before may have been
  /// replaced, and a reader that goes on looking at it would wait for ever.
  ///
  /// - Throws: `.noLog` where the book is gone, `.otherLog` where another has its place.
  mutating func reattach() throws(LogError) {
    guard world.files.isDirectory(directory.log) else {
      throw LogError(.noLog, detail: "\(directory.root) was removed while it was read")
    }
    page = try TailPage(directory.tail, in: world.files, writable: false)
    guard let page, page.logID != logID else { return }
    throw LogError(
      .otherLog,
      detail: "\(directory.root) was log \(logID) when it was opened, and is log \(page.logID) now")
  }

  private mutating func endOfLastSegment() throws(LogError) -> Position {
    try readSegments()
    let watermark = try page?.watermark(of: logID) ?? .start
    let last = segments[segments.count - 1]
    let file: any File
    do throws(FileError) {
      file = try world.files.open(directory.segment(last.name), .read)
    } catch {
      throw LogError(error, segment: "\(last.name)")
    }
    defer { file.close() }
    let found = try LastSegment.scan(last, file, watermark: watermark)
    return Position(found.tally.lastPosition)
  }

  /// Calls `body` with each durable record from `first` through `last`, in order.
  ///
  /// The record is lent for the length of the call. Call again with the next position to follow:
  /// the reader goes on where it stopped.
  ///
  /// - Parameter last: The last one wanted; all that are durable by default.
  /// - Throws: `LogError`, after every intact record before the damage; and what `body` throws,
  ///   which ends the scan.
  public mutating func scan(
    from first: Position, through last: Position? = nil, _ body: (RecordView) throws -> Void
  ) throws {
    try scan(from: first, through: last, until: { false }, body)
  }

  /// As `scan(from:through:_:)`, with each record lent as an event: one, filled again and again.
  ///
  /// - Parameter ahead: Whether another thread reads, checks and unpacks ahead, for many events.
  package mutating func scan(
    from first: Position, through last: Position? = nil, by decoder: EventDecoder,
    ahead: Bool = false, _ body: (borrowing Event) throws -> Void
  ) throws {
    if ahead { return try scanAhead(from: first, through: last, by: decoder, body) }
    var event = Event(decoder)
    try scanFrames(
      from: first, through: last, until: { false },
      { scanner, part in
        guard let part else { return try scanner.forEachEvent(in: &event, body) }
        try scanner.forEachEvent(in: &event) {
          if part.contains($0.header.position) { try body($0) }
        }
      })
  }

  /// As `scan(from:through:_:)`, but ends behind the first frame after which it is enough.
  mutating func scan(
    from first: Position, through last: Position? = nil, until isEnough: () -> Bool,
    _ body: (RecordView) throws -> Void
  ) throws {
    try scanFrames(from: first, through: last, until: isEnough) { scanner, part in
      guard let part else { return try scanner.forEachRecord(body) }
      try scanner.forEachRecord { if part.contains($0.header.position) { try body($0) } }
    }
  }

  /// Calls `body` with the scanner at each frame, and the positions wanted where not all of it is.
  mutating func scanFrames(
    from first: Position, through last: Position?, until isEnough: () -> Bool,
    _ body: (inout FrameScanner, ClosedRange<Position>?) throws -> Void
  ) throws {
    let end = min(last ?? durable, durable).number
    var next = max(first.number, 1)
    if next > end { return }
    let (begun, watch) = (next, world.instruments.watch())
    defer {
      world.instruments.count(Instruments.Name.scanEvents, by: Int64(next - begun))
      watch.stop(Instruments.Name.scan)
    }
    var scanner = try scanner(at: next)
    while next <= end {
      switch try scanner.step() {
      case .frame:
        if scanner.nextPosition <= next { continue }
        if scanner.nextPosition - 1 > durable.number { throw endsInside(scanner) }
        let isWhole = scanner.frameFirst >= next && scanner.nextPosition - 1 <= end
        try body(&scanner, isWhole ? nil : Position(next)...Position(end))
        next = scanner.nextPosition
      case .footer:
        scanner = try successor(of: scanner)
        continue
      case .zero, .endOfFile:
        throw damage(.endsBelowWatermark, scanner, "no frame stands there")
      case .damage(let detail): throw damage(.damaged, scanner, detail)
      }
      if isEnough() { break }
    }
    // Inside a frame there is nothing to go on from.
    if next <= end + 1 { cursor = consume scanner }
  }

  /// A scanner that will meet the frame of `position` among its next ones.
  private mutating func scanner(at position: UInt64) throws(LogError) -> FrameScanner {
    if var scanner = cursor.take(), scanner.nextPosition == position {
      scanner.forgetReadAhead()
      return scanner
    }
    let facts = try segment(holding: position)
    let file = try open(facts)
    let chain = try chain(holding: position, in: facts, file)
    return FrameScanner(
      file, facts.header, name: "\(facts.name)", offset: chain.offset, position: chain.first)
  }

  /// A scanner of the segment that follows the one that was read to its footer.
  private mutating func successor(
    of scanner: consuming FrameScanner
  ) throws(LogError) -> FrameScanner {
    let number = scanner.header.number
    let position = scanner.nextPosition
    switch try scanner.readFooter() {
    case .failure(let fault): throw damage(.damaged, scanner, fault.detail)
    case .success(let footer):
      if footer.tally.lastPosition != scanner.lastPosition.number {
        throw damage(.damaged, scanner, "its footer is not what its frames say")
      }
    }
    if segments.count < Int(number) + 1 { try readSegments() }
    guard segments.count > Int(number) else {
      throw damage(.endsBelowWatermark, scanner, "no segment follows it")
    }
    let facts = segments[Int(number)]
    return FrameScanner(
      try open(facts), facts.header, name: "\(facts.name)", position: position)
  }

  func open(_ facts: SegmentFacts) throws(LogError) -> any File {
    do throws(FileError) {
      return try world.files.open(directory.segment(facts.name), .read)
    } catch {
      throw LogError(error, segment: "\(facts.name)")
    }
  }

  private func endsInside(_ scanner: borrowing FrameScanner) -> LogError {
    LogError(
      .damaged, segment: LogDirectory.tailName, offset: 8,
      intactThrough: Position(scanner.frameFirst - 1),
      detail: "the watermark \(durable) stands inside the frame at byte \(scanner.frameOffset)")
  }

  private func damage(
    _ kind: LogError.Kind, _ scanner: borrowing FrameScanner, _ detail: String
  ) -> LogError {
    let position = scanner.nextPosition
    let number = Int(scanner.header.number)
    var resumes: Position?
    if number <= segments.count, let footer = segments[number - 1].footer {
      // The rest of the damaged chain cannot be read either.
      let next = footer.tally.chains.first { $0.firstPosition > position }
      resumes = Position(next?.firstPosition ?? footer.tally.lastPosition + 1)
    }
    return LogError(
      kind, segment: scanner.name, offset: scanner.offset, intactThrough: Position(position - 1),
      resumesAt: resumes, detail: detail)
  }
}
