import DaybookBytes
import DaybookValues
import DaybookWorld

/// Where the chains of a segment begin that is not sealed yet, found by walking over the headers
/// of its frames, as far as was asked for.
struct ChainIndex: Sendable {
  let header: SegmentHeader
  private var offset = UInt64(SegmentHeader.byteCount)
  private var nextPosition: UInt64
  private var chains: [(first: UInt64, offset: UInt64)] = []

  init(_ header: SegmentHeader) {
    self.header = header
    nextPosition = header.firstPosition.number
  }

  /// As a writer that has read all frames knows it.
  ///
  /// - Parameter end: Where the next frame belongs.
  init(_ header: SegmentHeader, _ tally: SegmentTally, end: UInt64) {
    self.header = header
    offset = end
    nextPosition = tally.lastPosition + 1
    chains = tally.chains.map { ($0.firstPosition, $0.offset) }
  }

  var segmentNumber: UInt64 { header.number }

  /// The chain that holds `position`.
  ///
  /// Nothing is believed but the checks of the headers: whoever reads the chain checks the rest, and
  /// names the damage at which the walk stops.
  mutating func chain(
    holding position: UInt64, in file: any File
  ) throws(FileError) -> (first: UInt64, offset: UInt64) {
    if nextPosition <= position { try walk(to: position, in: file) }
    var low = 0
    var high = chains.count
    while low < high {
      let middle = (low + high) / 2
      if chains[middle].first <= position { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else {
      return (header.firstPosition.number, UInt64(SegmentHeader.byteCount))
    }
    return chains[low - 1]
  }

  private mutating func walk(to position: UInt64, in file: any File) throws(FileError) {
    var window = ReadWindow(file, aheadBytes: 32 << 10)
    while nextPosition <= position {
      let available = try window.fill(at: offset, count: FrameHeader.byteCountMax)
      let place = header.place.at(offset)
      let frame = window.withReader(at: offset, count: available) { bytes in
        try? FrameHeader(reading: bytes, place: place)
      }
      guard let frame else { return }
      if frame.beginsChain { chains.append((nextPosition, offset)) }
      offset += UInt64(frame.byteCount)
      nextPosition += UInt64(frame.recordCount)
    }
  }
}
