import DaybookBytes
import DaybookEvents
import DaybookValues

/// Checks what frames do not check by themselves: times that never decrease, and dense streams.
///
/// A stream that goes on behind lost positions is held to what it says of them: that its record
/// before was one of these.
struct RecordChecker {
  private var streams: [StreamID: (version: UInt64, position: Position)] = [:]
  private var lastRecorded = Instant(milliseconds: .min)
  private var bereft: Set<StreamID> = []
  private var names: [NameDeclared] = []

  /// Positions of records that cannot be read.
  private(set) var lost = PositionRanges()
  /// Positions of records that were lost before, and say so.
  private(set) var gaps = PositionRanges()
  /// Records that bear times which are not the clock's.
  private(set) var stretches: [ClockStretch] = []

  /// The streams that are known to have lost records, in order: a later one of theirs says so.
  var bereftStreams: [StreamID] { bereft.sorted() }

  /// Records were lost, behind all that were checked.
  mutating func lose(_ range: ClosedRange<Position>) { lost.add(range) }

  /// Checks the records of the frame that was read last, and counts them.
  mutating func check(
    _ scanner: inout FrameScanner, _ tally: inout SegmentTally
  ) throws(LogError) {
    let offset = scanner.frameOffset
    let name = scanner.name
    if let frame = scanner.frame { tally.beginFrame(frame, at: offset) }
    do {
      try scanner.forEachRecord { record in
        tally.add(record.header)
        if let detail = fault(record) {
          throw LogError(
            .damaged, segment: name, offset: offset,
            intactThrough: record.header.position.previous,
            detail: "position \(record.header.position) \(detail)")
        }
      }
    } catch let error as LogError {
      throw error
    } catch {
      preconditionFailure("checking threw \(error)")
    }
    if let lag = scanner.frame?.lag {
      let stretch = ClockStretch(
        name, Position(scanner.frameFirst)...scanner.lastPosition, lastRecorded: lastRecorded,
        lag: lag)
      if stretches.isEmpty || !stretches[stretches.count - 1].extend(by: stretch) {
        stretches.append(stretch)
      }
    }
  }

  private mutating func fault(_ record: RecordView) -> String? {
    let header = record.header
    if let source = record.source, source.reference.text() == nil {
      return "has a source reference that is not UTF-8"
    }
    if header.recorded < lastRecorded { return "was recorded before the one before it" }
    lastRecorded = header.recorded
    if PositionLost.isOne(header) {
      guard (try? PositionLost(decoding: record.payload.copyRemaining())) != nil else {
        return "says in no known way that a record was lost"
      }
      gaps.add(header.position...header.position)
    }
    if NameDeclared.isOne(header), let fault = faultOfName(record.payload) { return fault }
    let last = streams[header.stream]
    streams[header.stream] = (header.version, header.position)
    if lost.contains(header.previous) || gaps.contains(header.previous),
      header.stream != PositionLost.stream || lost.contains(header.previous)
    {
      bereft.insert(header.stream)
      return nil
    }
    if header.version == 1 ? last != nil : header.version - 1 != last?.version {
      return "does not follow its stream's last record"
    }
    return header.previous == last?.position ?? .start
      ? nil : "does not follow its stream's last record"
  }

  private mutating func faultOfName(_ payload: ByteReader) -> String? {
    guard let declared = try? NameDeclared(decoding: payload.copyRemaining()),
      NameDeclared.Kind(rawValue: declared.kind) != nil, !declared.name.isEmpty,
      declared.number >= UInt32(NameDeclared.firstNumber), declared.number <= UInt32(UInt16.max)
    else { return "gives no number a name" }
    if names.contains(where: { $0.isOfSameNumber(as: declared) }) {
      return "gives the number \(declared.number) a second name, \(declared.name)"
    }
    names.append(declared)
    return nil
  }
}
