import DaybookBytes
public import DaybookEvents
public import DaybookValues
public import DaybookWorld

/// One check of a log's files, passed or failed.
public struct LogCheck: Hashable, Sendable {
  /// What was checked: `watermark`, `header`, `order`, `frames`, `footer`, `hash`, `end`, `clock`,
  /// `streams`.
  public var name: String
  /// Whether it holds.
  public var passed: Bool
  /// The file in the book's `log` folder; empty when it is no single one.
  public var segment: String
  /// Bytes from its start to where the check failed; 0 where it passed.
  public var offset: UInt64
  /// What was covered, or what is wrong, as half a sentence.
  public var detail: String
  /// The streams that the check is about: those known to have lost records.
  public var streams: [StreamID] = []
  /// The positions that the check is about: those of `clock`.
  public var positions: ClosedRange<Position>?

  /// A check and how it went.
  public init(
    name: String, passed: Bool, segment: String = "", offset: UInt64 = 0, detail: String
  ) {
    self.name = name
    self.passed = passed
    self.segment = segment
    self.offset = offset
    self.detail = detail
  }
}

extension LogCheck: CustomStringConvertible {
  /// The check on one line.
  public var description: String {
    let place = segment.isEmpty ? "" : " \(segment)"
    let at = passed ? "" : " at byte \(offset)"
    let about = streams.map { " kind-\($0.kind.number)/\($0.number)" }.joined()
    return "\(passed ? "pass" : "fail") \(name)\(place)\(at): \(detail)\(about)"
  }
}

/// Checks every byte of a log's files: checksums, order, records, footers, hashes and the end.
///
/// It takes no lock and changes nothing. Beside a writer it checks up to the watermark.
public struct LogVerifier {
  private let world: World
  private let directory: LogDirectory
  private let isStrict: Bool
  private let report: (LogCheck) -> Void

  private var allPassed = true
  private var isStopped = false
  private var watermark = Position.start
  private var logID: LogID?
  private var hasWriter = false
  /// Whether the last writer was stopped: who closes a log says so in its page.
  private var wasStopped = false
  var records = RecordChecker()
  private var isAtEnd = false
  private var failedAt: UInt64 = 0
  /// What a stop left behind the last frame of the last segment.
  private var torn: TornTail?

  private init(
    _ directory: String, _ world: World, isStrict: Bool, _ report: @escaping (LogCheck) -> Void
  ) {
    self.directory = LogDirectory(directory)
    self.world = world
    self.isStrict = isStrict
    self.report = report
  }

  /// Checks the log of the book in `directory` and reports each check as it is made.
  ///
  /// - Parameters:
  ///   - strict: Whether to stop at the first check that fails, as an audit does; else damage in
  ///     one place hides none in another.
  ///   - report: Is given each check.
  /// - Returns: Whether all checks passed.
  /// - Throws: `.noLog`, `.newerVersion`, `.unknownFeature`, `.file`; damage is a failed check.
  /// - Complexity: O(bytes of the log); memory for one entry a stream, and one for
  ///   each stretch of `clock`.
  public static func verify(
    _ directory: String, in world: World, strict: Bool = false,
    _ report: @escaping (LogCheck) -> Void
  ) throws(LogError) -> Bool {
    var verifier = LogVerifier(directory, world, isStrict: strict, report)
    do throws(LogError) {
      try verifier.run()
    } catch {
      // What stopped a strict verification was reported as a check.
      guard verifier.isStopped else { throw error }
    }
    return verifier.allPassed
  }

  private mutating func run() throws(LogError) {
    var names = try directory.segmentNames(in: world.files)
    if names.isEmpty { throw LogError(.noLog, detail: directory.root) }
    do throws(FileError) {
      if case .held = try world.files.lockState(directory.lock) { hasWriter = true }
    } catch {
      throw LogError(error)
    }
    // Before the segments: what it says must be in them, whatever is appended meanwhile.
    try checkPage()
    var expected: (number: UInt64, position: UInt64)? = (1, 1)
    var first: SegmentHeader?
    let unwritten = try unwrittenSuccessor(names)
    if unwritten != nil { names.removeLast() }
    for (index, name) in names.enumerated() {
      let isLast = index == names.count - 1
      let next = isLast ? unwritten : names[index + 1]
      let end = next?.firstPosition.previous ?? watermark
      guard let (facts, fault) = try checkHeader(name, isLast: next == nil, &first) else {
        expected = nil
        _ = lose(name.firstPosition, through: end)
        continue
      }
      try checkOrder(facts, expected)
      if let fault {
        try checkWithoutFooter(facts, fault, end: end)
        expected = (facts.header.number &+ 1, end.number + 1)
        continue
      }
      let last = try checkFrames(facts, isLast: next == nil, end: end)
      expected = last.map { (facts.header.number &+ 1, $0.number + 1) }
    }
    if let unwritten { try checkUnwritten(unwritten) }
    records.stretches.forEach(reportClock)
    reportLosses()
  }

  /// A last file that a stopped rotation made and did not write; an audit takes it for damage.
  private func unwrittenSuccessor(_ names: [SegmentName]) throws(LogError) -> SegmentName? {
    guard !isStrict, names.count > 1, let last = names.last else { return nil }
    return try SegmentFacts.holdsNothing(last, in: directory, world.files) ? last : nil
  }

  /// A file without a record is nothing amiss, unless records were acknowledged that belong into it.
  private mutating func checkUnwritten(_ name: SegmentName) throws(LogError) {
    if watermark < name.firstPosition {
      pass(
        "header", "\(name)", "made and never written; the next opening for writing sets it aside")
    } else {
      let lost = lose(name.firstPosition, through: watermark)
      try fail(
        "header", "\(name)", 0, "it holds nothing, though \(watermark) was acknowledged\(lost)")
    }
  }

  /// Notes that positions are lost, and says so as half a sentence; nothing where there are none.
  mutating func lose(_ first: Position, through last: Position) -> String {
    if first > last { return "" }
    var range = PositionRanges()
    range.add(first...last)
    records.lose(first...last)
    return "; lost: \(range)"
  }

  /// Says which records bear times that are not the clock's.
  private func reportClock(_ stretch: ClockStretch) {
    var check = LogCheck(
      name: "clock", passed: true, segment: stretch.segment, detail: "\(stretch)")
    check.positions = stretch.positions
    report(check)
  }

  /// Says which positions are lost, and which streams are known to have lost records there.
  private func reportLosses() {
    if records.lost.isEmpty, records.gaps.isEmpty { return }
    let streams = records.bereftStreams
    var parts: [String] = []
    if !records.lost.isEmpty { parts.append("lost: \(records.lost)") }
    if !records.gaps.isEmpty { parts.append("lost before a salvage: \(records.gaps)") }
    parts.append(
      streams.isEmpty
        ? "no stream is known to go on behind them" : "\(streams.count) streams lost records there")
    var check = LogCheck(name: "streams", passed: true, detail: parts.joined(separator: "; "))
    check.streams = streams
    report(check)
  }

  mutating func pass(_ name: String, _ segment: String, _ detail: String) {
    report(LogCheck(name: name, passed: true, segment: segment, offset: 0, detail: detail))
  }

  mutating func fail(
    _ name: String, _ segment: String, _ offset: UInt64, _ detail: String
  ) throws(LogError) {
    allPassed = false
    report(LogCheck(name: name, passed: false, segment: segment, offset: offset, detail: detail))
    guard isStrict else { return }
    isStopped = true
    throw LogError(.damaged, segment: segment, offset: offset, detail: detail)
  }

  /// Reports damage as a failed check; any other error ends the verification.
  private mutating func fail(_ name: String, _ error: LogError) throws(LogError) {
    if isStopped { throw error }
    switch error.kind {
    case .damaged, .endsBelowWatermark: try fail(name, error.segment, error.offset, error.detail)
    default: throw error
    }
  }

  private mutating func checkPage() throws(LogError) {
    let name = LogDirectory.tailName
    do throws(LogError) {
      guard let page = try TailPage(directory.tail, in: world.files, writable: false) else {
        pass("watermark", name, "there is no page; the log is what the disk holds")
        return
      }
      logID = page.logID
      watermark = try page.watermark(of: page.logID)
      wasStopped = page.hints?.writer != 0
      if let fault = page.faultyHint, !hasWriter {
        try fail("watermark", name, fault.offset, fault.detail)
      } else {
        pass("watermark", name, "everything up to position \(watermark) is durable")
      }
    } catch {
      try fail("watermark", error)
    }
  }

  private mutating func checkHeader(
    _ name: SegmentName, isLast: Bool, _ first: inout SegmentHeader?
  ) throws(LogError) -> (facts: SegmentFacts, fault: SegmentFacts.FooterFault?)? {
    let facts: SegmentFacts
    let fault: SegmentFacts.FooterFault?
    do throws(LogError) {
      (facts, fault) = try SegmentFacts.examine(name, isLast: isLast, in: directory, world.files)
    } catch {
      try fail("header", error)
      return nil
    }
    let header = facts.header
    let other = first ?? header
    if header.logID != other.logID || header.checksumSeed != other.checksumSeed {
      try fail("header", "\(name)", 24, "it belongs to another log, \(header.logID)")
      return nil
    }
    first = other
    if let logID, logID != header.logID {
      try fail("watermark", LogDirectory.tailName, 16, "it belongs to another log, \(logID)")
    }
    logID = nil
    if !isLast, let fault {
      // An audit ends here; else what the frames hold is said with it.
      if isStrict { try fail("header", "\(name)", fault.offset, fault.detail) }
      return (facts, fault)
    }
    pass("header", "\(name)", "segment \(header.number), version \(header.formatVersion)")
    return (facts, nil)
  }

  private mutating func checkOrder(
    _ facts: SegmentFacts, _ expected: (number: UInt64, position: UInt64)?
  ) throws(LogError) {
    guard let expected else { return }
    if facts.header.number == expected.number, facts.firstPosition == expected.position {
      pass("order", "\(facts.name)", "it begins where the one before it ends")
    } else {
      let lost = lose(Position(expected.position), through: facts.header.firstPosition.previous)
      try fail(
        "order", "\(facts.name)", 40,
        "segment \(expected.number) from position \(expected.position) on is missing before it"
          + lost)
    }
  }

  /// Checks all frames, what follows them, and the footer; the last position, where it is known.
  ///
  /// - Parameter end: The last position that must be there.
  private mutating func checkFrames(
    _ facts: SegmentFacts, isLast: Bool, end: Position
  ) throws(LogError) -> Position? {
    let file = try open(facts)
    defer { file.close() }
    var scanner = FrameScanner(file, facts.header, name: "\(facts.name)")
    var tally = SegmentTally(firstPosition: facts.firstPosition)
    var isWhole = true
    // What a writer is adding just now is not for us to judge.
    let mayGrow = hasWriter && isLast && facts.footer == nil
    while !(mayGrow && scanner.lastPosition >= watermark) {
      if try checkFrame(&scanner, &tally, facts, isLast ? file : nil, end: end) { continue }
      if isAtEnd { break }
      isWhole = false
      guard let next = facts.footer?.tally.chains.first(where: { $0.offset > failedAt })
      else { break }
      // Every chain stands for itself: go on with the next one.
      scanner = FrameScanner(
        file, facts.header, name: "\(facts.name)", offset: next.offset, position: next.firstPosition
      )
    }
    if isWhole {
      pass("frames", "\(facts.name)", LogVerifier.extent(of: tally))
    }
    try checkEnd(facts, file, &scanner, tally, isWhole: isWhole, isLast: isLast)
    if let footer = facts.footer { return Position(footer.tally.lastPosition) }
    return isWhole ? scanner.lastPosition : nil
  }

  func open(_ facts: SegmentFacts) throws(LogError) -> any File {
    do throws(FileError) {
      return try world.files.open(directory.segment(facts.name), .read)
    } catch {
      throw LogError(error, segment: "\(facts.name)")
    }
  }

  /// What frames hold, as half a sentence.
  static func extent(of tally: SegmentTally) -> String {
    "\(tally.frameCount) frames, \(tally.recordCount) records up to position \(tally.lastPosition)"
  }

  /// Checks the next frame; false where there is none, and `isAtEnd` tells whether it may be so.
  ///
  /// - Parameter last: The file, where it is the last segment's.
  private mutating func checkFrame(
    _ scanner: inout FrameScanner, _ tally: inout SegmentTally, _ facts: SegmentFacts,
    _ last: (any File)?, end: Position
  ) throws(LogError) -> Bool {
    isAtEnd = false
    let detail: String
    var first = scanner.lastPosition.next
    failedAt = scanner.offset
    switch try scanner.step() {
    case .frame:
      first = Position(scanner.frameFirst)
      do throws(LogError) {
        try records.check(&scanner, &tally)
        return true
      } catch {
        guard error.kind == .damaged else { throw error }
        detail = error.detail
      }
    case .zero, .endOfFile, .footer:
      isAtEnd = facts.footer == nil || facts.footer?.offset == scanner.offset
      if isAtEnd { return false }
      detail = "no frame stands there, before the footer"
    case .damage(let found):
      if findTornTail(facts, last, at: scanner.offset) {
        isAtEnd = true
        return false
      }
      detail = found
    }
    // A sealed segment says where the next chain begins; of another all that follows is lost.
    let next = facts.footer?.tally.chains.first { $0.offset > failedAt }
    let lost = lose(first, through: next.map { Position($0.firstPosition - 1) } ?? end)
    try fail(
      "frames", scanner.name, failedAt,
      "\(detail); intact up to position \(first.previous)\(lost)")
    return false
  }

  /// Whether what stands at `offset`, behind the last frame, is what a stop has left: it was never
  /// acknowledged, and the next opening for writing sets it aside. An audit takes it for damage.
  private mutating func findTornTail(
    _ facts: SegmentFacts, _ last: (any File)?, at offset: UInt64
  ) -> Bool {
    guard wasStopped, !isStrict, facts.footer == nil, let last,
      let found = try? LastSegment.scan(facts, last, watermark: watermark), found.end == offset
    else { return false }
    torn = found.torn
    return torn != nil
  }

  private mutating func checkEnd(
    _ facts: SegmentFacts, _ file: any File, _ scanner: inout FrameScanner, _ tally: SegmentTally,
    isWhole: Bool, isLast: Bool
  ) throws(LogError) {
    let name = "\(facts.name)"
    if let footer = facts.footer {
      if isWhole, footer.tally != tally || footer.offset != scanner.offset {
        try fail("footer", name, footer.offset, "it is not what the frames say")
      } else {
        pass("footer", name, "\(footer.tally.chains.count) chains")
      }
      try checkHash(facts, footer, file)
    } else if isWhole {
      if isLast, hasWriter {
        pass("end", name, "a writer is at work; checked up to position \(watermark)")
      } else if torn != nil || findTornTail(facts, isLast ? file : nil, at: scanner.offset) {
        let count = torn.map { $0.end - $0.offset } ?? 0
        pass(
          "end", name,
          "\(count) bytes from byte \(scanner.offset) on were never acknowledged; the next opening "
            + "for writing sets them aside")
      } else if try endsWithFooter(&scanner, tally) {
        pass("end", name, "sealed; the next opening for writing makes its successor")
      } else if let other = try scanner.firstNonzero() {
        try fail(
          "end", name, other,
          "behind the last frame, at byte \(scanner.offset), stands something other than zeros")
      } else {
        pass("end", name, "zeros from byte \(scanner.offset) on")
      }
    }
    if isLast, isWhole, scanner.lastPosition < watermark {
      _ = lose(scanner.lastPosition.next, through: watermark)
      try fail(
        "end", name, scanner.offset,
        "it ends at position \(scanner.lastPosition), though \(watermark) was acknowledged")
    }
  }

  /// Whether a valid footer and nothing but zeros follow: a rotation was stopped there.
  private func endsWithFooter(
    _ scanner: inout FrameScanner, _ tally: SegmentTally
  ) throws(LogError) -> Bool {
    guard case .success(let footer) = try scanner.readFooter() else { return false }
    let other = try scanner.firstNonzero(from: footer.end)
    return footer.tally == tally && other == nil
  }

  private mutating func checkHash(
    _ facts: SegmentFacts, _ footer: SegmentFooter, _ file: any File
  ) throws(LogError) {
    var hash = SHA256()
    let hashOffset = footer.end - UInt64(SegmentFooter.sealCount + SHA256Hash.byteCount)
    do throws(FileError) {
      try LogWriter.update(&hash, with: file, to: hashOffset)
    } catch {
      throw LogError(error, segment: "\(facts.name)")
    }
    if hash.finalize() == footer.hash {
      pass("hash", "\(facts.name)", "SHA-256 of \(hashOffset) bytes")
    } else {
      try fail("hash", "\(facts.name)", hashOffset, "the SHA-256 of what precedes it is another")
    }
  }
}
