import DaybookBytes
import DaybookEvents
import DaybookValues

/// Checks what frames do not check by themselves: times that never decrease, and dense streams.
struct RecordChecker {
  private var streams: [StreamID: (version: UInt64, position: Position)] = [:]
  private var lastRecorded = Instant(milliseconds: .min)
  private var knowsAllBefore = true

  /// Records were lost: what streams stand at is not known any more.
  mutating func skip() {
    knowsAllBefore = false
    streams = [:]
  }

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
  }

  private mutating func fault(_ record: RecordView) -> String? {
    let header = record.header
    if let source = record.source, source.reference.text() == nil {
      return "has a source reference that is not UTF-8"
    }
    if header.recorded < lastRecorded { return "was recorded before the one before it" }
    lastRecorded = header.recorded
    let last = streams[header.stream]
    streams[header.stream] = (header.version, header.position)
    if last == nil, !knowsAllBefore { return nil }
    if header.version - 1 != last?.version ?? 0
      || header.previous != (last?.position ?? .start)
    {
      return "does not follow its stream's last record"
    }
    return nil
  }
}
