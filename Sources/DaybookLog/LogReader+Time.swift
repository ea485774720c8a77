import DaybookEvents
public import DaybookValues

extension LogReader {
  /// The position of the last record that was recorded at `time` or before; `.start` for none.
  ///
  /// Recorded times never decrease, so this is where the log stood at that time. Only what was
  /// durable at the last `refresh` is looked at.
  ///
  /// - Throws: `.damaged` where the records needed cannot be read.
  /// - Complexity: O(segments) by their footers; then a search in one chain, or in the chains of
  ///   the segment that is being written.
  public mutating func position(recordedThrough time: Instant) throws -> Position {
    // Everything up to `known` was recorded by then; everything from `beyond` on was not.
    var known: UInt64 = 0
    var beyond = durable.number + 1
    for segment in segments {
      guard let tally = segment.footer?.tally else { continue }
      if tally.lastRecorded <= time.milliseconds {
        known = max(known, tally.lastPosition)
      } else {
        let chain = tally.chains.partitioningIndex { $0.firstRecorded > time.milliseconds }
        if chain > 0 { known = max(known, tally.chains[chain - 1].firstPosition) }
        let next = chain < tally.chains.count ? tally.chains[chain].firstPosition : nil
        beyond = min(beyond, next ?? tally.lastPosition + 1)
        break
      }
    }
    while known + 1 < beyond {
      let middle = Position((known + beyond) / 2)
      let recorded = try record(at: middle) { $0.header.recorded }
      if recorded <= time { known = middle.number } else { beyond = middle.number }
    }
    return Position(min(known, durable.number))
  }
}

extension Array {
  /// The first index at which `isBeyond` holds; it must hold at every later one too.
  fileprivate func partitioningIndex(_ isBeyond: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
