import DaybookValues
import DaybookWorld

/// The last segment as a scan of all its frames found it.
struct LastSegment {
  /// What it holds.
  var tally: SegmentTally
  /// Where the next frame belongs: behind the last valid one.
  var end: UInt64
  /// What seals it, if it was sealed and has no successor yet.
  var footer: SegmentFooter?
  /// What stands at the end besides zeros.
  var torn: TornTail?
  /// Where the first frame above the watermark begins; nil when there is none.
  var unacknowledged: UInt64?

  /// Scans every frame and judges the end.
  ///
  /// - Parameters:
  ///   - watermark: What was acknowledged.
  ///   - floor: What must be there besides; nothing below it is cut.
  /// - Throws: `.damaged`, or `.endsBelowWatermark`, where what stands there is not what a crash
  ///   can leave.
  static func scan(
    _ facts: SegmentFacts, _ file: any File, watermark: Position, reaching floor: Position = .start
  ) throws(LogError) -> LastSegment {
    let floor = max(watermark, floor)
    var scanner = FrameScanner(file, facts.header, name: "\(facts.name)")
    var found = LastSegment(
      tally: SegmentTally(firstPosition: facts.firstPosition), end: scanner.offset)
    while true {
      switch try scanner.step() {
      case .frame:
        try found.tally.add(&scanner)
        if found.unacknowledged == nil, scanner.lastPosition > watermark {
          found.unacknowledged = scanner.frameOffset
        }
        found.end = scanner.offset
      case .endOfFile:
        try found.checkReach(scanner, floor)
        return found
      case .zero:
        if let other = try scanner.firstNonzero() {
          found.torn = try TornTail.judge(
            scanner, in: file, floor: floor,
            detail: "bytes behind the last frame are not zero, from byte \(other) on")
        } else {
          try found.checkReach(scanner, floor)
        }
        return found
      case .footer:
        try found.readFooter(&scanner, file, floor)
        return found
      case .damage(let detail):
        found.torn = try TornTail.judge(
          scanner, in: file, floor: floor, detail: detail)
        return found
      }
    }
  }

  private mutating func readFooter(
    _ scanner: inout FrameScanner, _ file: any File, _ floor: Position
  ) throws(LogError) {
    switch try scanner.readFooter() {
    case .failure(let fault):
      torn = try TornTail.judge(scanner, in: file, floor: floor, detail: fault.detail)
    case .success(let footer):
      guard footer.tally == tally else {
        throw LogError(
          .damaged, segment: scanner.name, offset: scanner.offset,
          intactThrough: scanner.lastPosition, detail: "its footer is not what its frames say")
      }
      if let other = try scanner.firstNonzero(from: footer.end) {
        throw LogError(
          .damaged, segment: scanner.name, offset: other, intactThrough: scanner.lastPosition,
          detail: "bytes behind its footer are not zero")
      }
      try checkReach(scanner, floor)
      self.footer = footer
    }
  }

  private func checkReach(
    _ scanner: borrowing FrameScanner, _ floor: Position
  ) throws(LogError) {
    guard scanner.lastPosition >= floor else {
      throw LogError(
        .endsBelowWatermark, segment: scanner.name, offset: scanner.offset,
        intactThrough: scanner.lastPosition,
        detail: "everything up to position \(floor) was acknowledged")
    }
  }
}
