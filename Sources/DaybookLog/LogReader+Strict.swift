import DaybookValues
import DaybookWorld

extension LogReader {
  /// Refuses what an opening for writing would put right: a torn tail, and hints that are not
  /// whole. Nothing is changed.
  func audit() throws(LogError) {
    do throws(FileError) {
      // What a writer is adding just now is not for an audit to judge.
      if case .held = try world.files.lockState(directory.lock) { return }
    } catch {
      throw LogError(error)
    }
    if let fault = page?.faultyHint {
      throw LogError(
        .damaged, segment: LogDirectory.tailName, offset: fault.offset, intactThrough: durable,
        detail: fault.detail)
    }
    let last = segments[segments.count - 1]
    let file = try open(last)
    defer { file.close() }
    let watermark = try page?.watermark(of: logID) ?? .start
    let found = try LastSegment.scan(last, file, watermark: watermark)
    if let torn = found.torn {
      throw LogError(
        .damaged, segment: "\(last.name)", offset: torn.offset,
        intactThrough: Position(found.tally.lastPosition),
        detail: "\(torn.detail); an opening for writing would cut it, since it was never "
          + "acknowledged")
    }
  }
}
