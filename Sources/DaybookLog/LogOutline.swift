import DaybookValues
import DaybookWorld

/// What is known of a log without reading its frames: its segments, and where chains begin.
///
/// Whoever has opened a log hands it on, so that nobody reads headers, footers and the headers of
/// frames again.
package struct LogOutline: Sendable {
  let world: World
  let directory: LogDirectory
  let isStrict: Bool
  let segments: [SegmentFacts]
  let page: TailPage?
  let settled: TailPage.Mark?
  var chainIndex: ChainIndex?
  let durable: Position

  /// The same, with what a writer learnt of its segment.
  package consuming func with(_ chains: OpenChains) -> LogOutline {
    if let last = segments.last, last.footer == nil, last.header == chains.index.header {
      chainIndex = chains.index
    }
    return self
  }
}

/// Where the chains of a segment begin that a writer has opened.
package struct OpenChains: Sendable {
  let index: ChainIndex
}

extension LogWriter {
  /// Where the chains of the open segment begin.
  package var openChains: OpenChains {
    OpenChains(index: ChainIndex(segment.header, tally, end: segment.end))
  }
}
