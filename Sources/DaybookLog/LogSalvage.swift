public import DaybookBytes
public import DaybookEvents
public import DaybookValues
public import DaybookWorld

/// Copies what is valid of a damaged log into a new one.
///
/// Everything outside the damaged frames and the rest of their chains is copied, record for record,
/// at the positions that it had. In place of each lost record stands one that says so
/// (`PositionLost`). The damaged log is only read.
///
/// - SeeAlso: <doc:Format>, section "Salvage".
public struct LogSalvage: ~Copyable {
  /// Positions that were lost at one place.
  public struct Loss: Hashable, Sendable {
    /// The damaged file in the book's `log` folder; empty where a whole segment is missing.
    public var segment: String
    /// Bytes from its start to where the damage begins.
    public var offset: UInt64
    /// The positions that were lost.
    public var positions: ClosedRange<Position>
    /// Why.
    public var reason: PositionLost.Reason
    /// What is wrong there, as half a sentence.
    public var detail: String
  }

  /// What a salvage came to.
  public struct Outcome: Hashable, Sendable {
    /// The identity of the new log; it is not the damaged one's.
    public var logID: LogID
    /// How many records were copied, without those that stand for lost ones.
    public var copied: UInt64
    /// The last position of the new log.
    public var lastPosition: Position
    /// What was lost, in order.
    public var losses: [Loss]
    /// The streams that are known to have lost records, in order: a later record of theirs says so.
    public var streams: [StreamID]
    /// The digest of the copied records, which was found again in the new log.
    public var digest: SHA256Hash
    /// What else is to be known, as sentences.
    public var remarks: [String]

    /// How many positions were lost.
    public var lostCount: UInt64 {
      losses.reduce(0) { $0 + $1.positions.upperBound.number - $1.positions.lowerBound.number + 1 }
    }
  }

  private let source: SalvageSource
  private let files: any FileSystem
  private var copy: SalvageCopy
  private var losses: [Loss] = []
  private var remarks: [String] = []

  private init(_ source: SalvageSource, _ copy: consuming SalvageCopy, _ files: any FileSystem) {
    self.source = source
    self.copy = copy
    self.files = files
  }

  /// Copies what is valid of the log of the book in `directory` into a new book in `output`.
  ///
  /// - Parameter options: The sizes of the new log's files.
  /// - Throws: `.noLog`, `.locked` while a writer is at work; `.damaged` where no segment's header
  ///   can be read; `.alreadyExists` where `output` holds a log; `.newerVersion`, `.unknownFeature`;
  ///   `.diskFull`, `.file`: what `output` holds then is not complete.
  /// - Complexity: O(bytes of the log), of damaged segments several times.
  public static func run(
    _ directory: String, to output: String, in world: World, options: LogOptions = LogOptions()
  ) throws(LogError) -> Outcome {
    let source = try SalvageSource(LogDirectory(directory), in: world.files)
    let copy = try SalvageCopy(output, in: world, options)
    var salvage = LogSalvage(source, copy, world.files)
    try salvage.copyAll()
    let outcome = try salvage.finish()
    try check(output, outcome, world)
    return outcome
  }

  private mutating func copyAll() throws(LogError) {
    for (index, segment) in source.segments.enumerated() {
      let before = segment.name.firstPosition.previous
      if before >= copy.next {
        try lose(
          through: before, .missingSegment, nil, 0,
          "no segment from position \(copy.next) on can be read")
      }
      let isLast = index == source.segments.count - 1
      try read(
        segment, end: isLast ? nil : source.segments[index + 1].name.firstPosition.previous)
    }
    if source.watermark >= copy.next {
      try lose(
        through: source.watermark, .missingEnd, nil, 0,
        "everything up to position \(source.watermark) was acknowledged, and no segment holds it")
    }
  }

  /// Copies the frames of a segment, and steps over damage to the next chain.
  ///
  /// - Parameter end: The last position that belongs into it; nil for the last segment.
  private mutating func read(
    _ segment: SalvageSource.Segment, end: Position?
  ) throws(LogError) {
    let file = try open(segment)
    defer { file.close() }
    if let fault = segment.headerFault {
      remarks.append("The header of \(segment.name) was not needed: \(fault).")
    }
    var scanner = FrameScanner(file, segment.header, name: "\(segment.name)")
    let floor = segment.footer.map { Position($0.tally.lastPosition) } ?? source.watermark
    while true {
      let offset = scanner.offset
      let step = try scanner.step()
      // What stands behind the next segment's beginning is not this one's to say.
      if step == .frame, scanner.lastPosition > end ?? Position(LogLimits.positionMax) { return }
      guard let detail = try fault(of: step, &scanner, end: end ?? floor) else {
        if step == .frame { continue }
        return
      }
      if let chain = try nextChain(behind: offset, segment, file, end: end) {
        if chain.first > copy.next.number {
          try lose(
            through: Position(chain.first - 1), .damagedFrame, segment, offset, detail)
        }
        scanner = FrameScanner(
          file, segment.header, name: "\(segment.name)", offset: chain.offset,
          position: chain.first)
        continue
      }
      if end ?? floor >= copy.next {
        let reason: PositionLost.Reason =
          step == .endOfFile || step == .zero ? .missingEnd : .damagedFrame
        try lose(through: end ?? floor, reason, segment, offset, detail)
      } else {
        remarks.append(
          "Bytes from \(offset) on in \(segment.name) were left out: \(detail); nothing says that "
            + "they were acknowledged.")
      }
      return
    }
  }

  /// Copies a frame, or says why what was met is none and not the end either.
  private mutating func fault(
    of step: FrameScanner.Step, _ scanner: inout FrameScanner, end: Position
  ) throws(LogError) -> String? {
    switch step {
    case .frame:
      // Copied already, from another place.
      if scanner.lastPosition < copy.next { return nil }
      if scanner.frameFirst != copy.next.number {
        return "position \(scanner.frameFirst) stands where \(copy.next) must"
      }
      return try copy.take(&scanner)
    case .damage(let detail): return detail
    case .footer:
      if case .success(let footer) = try scanner.readFooter(),
        footer.tally.lastPosition == scanner.lastPosition.number
      {
        return nil
      }
      return scanner.lastPosition >= end ? nil : "its footer is not what its frames say"
    case .endOfFile: return scanner.lastPosition >= end ? nil : "it ends too early"
    case .zero:
      if scanner.lastPosition >= end, try scanner.firstNonzero() == nil { return nil }
      return "no frame stands there"
    }
  }

  /// Where the first chain behind damage begins: as the footer says, or else as is found by looking.
  private func nextChain(
    behind offset: UInt64, _ segment: SalvageSource.Segment, _ file: any File, end: Position?
  ) throws(LogError) -> (first: UInt64, offset: UInt64)? {
    let next = copy.next.number
    if let footer = segment.footer {
      let chain = footer.tally.chains.first { $0.offset > offset && $0.firstPosition >= next }
      return chain.map { ($0.firstPosition, $0.offset) }
    }
    let last = (end ?? Position(LogLimits.positionMax)).number
    if next > last { return nil }
    do throws(FileError) {
      return try FrameSearch.nextChain(
        in: file, of: segment.header, behind: offset, positions: next...last)
    } catch {
      throw LogError(error, segment: "\(segment.name)")
    }
  }

  private mutating func lose(
    through last: Position, _ reason: PositionLost.Reason, _ segment: SalvageSource.Segment?,
    _ offset: UInt64, _ detail: String
  ) throws(LogError) {
    losses.append(
      Loss(
        segment: segment.map { "\($0.name)" } ?? "", offset: offset,
        positions: copy.next...last, reason: reason, detail: detail))
    try copy.lose(
      through: last,
      PositionLost(reason, segment: segment?.header.number ?? 0, offset: offset))
  }

  private func open(_ segment: SalvageSource.Segment) throws(LogError) -> any File {
    do throws(FileError) {
      return try files.open(source.directory.segment(segment.name), .read)
    } catch {
      throw LogError(error, segment: "\(segment.name)")
    }
  }

  private consuming func finish() throws(LogError) -> Outcome {
    let logID = copy.logID
    let copied = copy.copied
    let last = copy.next.previous
    let streams = copy.bereftStreams
    return Outcome(
      logID: logID, copied: copied, lastPosition: last, losses: losses, streams: streams,
      digest: try copy.finish(), remarks: remarks)
  }

  /// Reads the copy back and compares it with what was copied.
  private static func check(
    _ output: String, _ outcome: Outcome, _ world: World
  ) throws(LogError) {
    var digest = LogDigest()
    var reader = try LogReader(output, in: world)
    do {
      try reader.scan(from: Position(1)) { record in
        if !PositionLost.isOne(record.header) { digest.add(record) }
      }
    } catch let error as LogError {
      throw error
    } catch {
      preconditionFailure("reading back threw \(error)")
    }
    guard digest.value() == outcome.digest, reader.durable == outcome.lastPosition else {
      throw LogError(
        .damaged, detail: "what was copied to \(output) does not read back as it was written")
    }
  }
}
