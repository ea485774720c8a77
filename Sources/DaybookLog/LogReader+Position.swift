import DaybookBytes
public import DaybookEvents
public import DaybookValues
import DaybookWorld

/// A chain with all its frames unpacked, kept for the next look-up: a stream's records often stand
/// near each other.
struct ChainCache: ~Copyable {
  let first: UInt64
  private var scanner: FrameScanner
  private var frames: [FrameScanner.Place] = []

  init(_ scanner: consuming FrameScanner, first: UInt64) {
    self.first = first
    self.scanner = scanner
  }

  var last: UInt64 { frames.last?.last ?? first - 1 }

  /// Reads frames until the one that holds `position`.
  ///
  /// - Returns: nil when it is there; else what stands where a frame was expected.
  mutating func extend(to position: UInt64) throws(LogError) -> FrameScanner.Step? {
    var isFresh = false
    while last < position {
      let step = try scanner.step()
      if step == .frame {
        // The chain's bytes are gone with the next one: what the index said of it is wrong.
        if scanner.frame?.beginsChain == true, !frames.isEmpty {
          return .damage("the chain before it ends early; the index of chains is wrong")
        }
        frames.append(scanner.framePlace)
      } else if isFresh {
        return step
      } else {
        // What was read ahead may be older than what was written since.
        scanner.forgetReadAhead()
        isFresh = true
      }
    }
    return nil
  }

  /// What `extend` stopped at.
  var stop: (name: String, offset: UInt64) { (scanner.name, scanner.offset) }

  func record<Result>(
    at position: Position, _ body: (RecordView) throws -> Result
  ) throws -> Result {
    var low = 0
    var high = frames.count
    while low < high {
      let middle = (low + high) / 2
      if frames[middle].last < position.number { low = middle + 1 } else { high = middle }
    }
    return try scanner.record(at: position, in: frames[low], body)
  }
}

extension LogReader {
  /// Calls `body` with the record at `position`.
  ///
  /// The chain that holds it is kept unpacked, so that neighbours are found faster. A stream is
  /// walked backwards by the headers' `previous`.
  ///
  /// - Throws: `LogError.noSuchRecord` when none stands there or it is not durable yet; `.damaged`;
  ///   and what `body` throws.
  /// - Complexity: O(raw bytes of a chain), at most 64 KiB, but for larger frames.
  public mutating func record<Result>(
    at position: Position, _ body: (RecordView) throws -> Result
  ) throws -> Result {
    if position > durable { try refresh() }
    guard position > .start, position <= durable else {
      throw LogError(.noSuchRecord, detail: "position \(position) of \(durable)")
    }
    var cache = try cachedChain(holding: position.number)
    var stop = try cache.extend(to: position.number)
    if stop == .footer {
      // The segment was sealed since its header was read.
      try readSegments()
      cache = try cachedChain(holding: position.number)
      stop = try cache.extend(to: position.number)
    }
    if let stop {
      let detail =
        if case .damage(let text) = stop { text } else { "no frame stands there" }
      throw LogError(
        .damaged, segment: cache.stop.name, offset: cache.stop.offset,
        intactThrough: Position(cache.last), detail: detail)
    }
    let result = try cache.record(at: position, body)
    chainCache = consume cache
    return result
  }

  private mutating func cachedChain(holding position: UInt64) throws(LogError) -> ChainCache {
    // Chains are told apart by their first position: no two of a log have the same.
    let cachedFirst = chainCache?.first ?? 0
    if cachedFirst > 0, cachedFirst <= position, position <= chainCache?.last ?? 0,
      let cache = chainCache.take()
    {
      return cache
    }
    let facts = try segment(holding: position)
    let file = try open(facts)
    let chain = try chain(holding: position, in: facts, file)
    if chain.first == cachedFirst, let cache = chainCache.take() { return cache }
    let scanner = FrameScanner(
      file, facts.header, name: "\(facts.name)", offset: chain.offset, position: chain.first,
      aheadBytes: 32 << 10)
    return ChainCache(scanner, first: chain.first)
  }

  /// The segment that holds `position`, which is durable.
  mutating func segment(holding position: UInt64) throws(LogError) -> SegmentFacts {
    if let footer = segments.last?.footer, position > footer.tally.lastPosition {
      try readSegments()
    }
    var low = 0
    var high = segments.count
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].firstPosition <= position { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { throw LogError(.noSuchRecord, detail: "position \(position)") }
    return segments[low - 1]
  }

  /// Where the chain that holds `position` begins.
  mutating func chain(
    holding position: UInt64, in facts: SegmentFacts, _ file: any File
  ) throws(LogError) -> (first: UInt64, offset: UInt64) {
    if let footer = facts.footer {
      let chains = footer.tally.chains
      var low = 0
      var high = chains.count
      while low < high {
        let middle = (low + high) / 2
        if chains[middle].firstPosition <= position { low = middle + 1 } else { high = middle }
      }
      let chain = chains[max(low, 1) - 1]
      return (chain.firstPosition, chain.offset)
    }
    if position == facts.firstPosition { return (position, UInt64(SegmentHeader.byteCount)) }
    var index =
      chainIndex?.segmentNumber == facts.header.number
      ? chainIndex ?? ChainIndex(facts.header) : ChainIndex(facts.header)
    do throws(FileError) {
      let chain = try index.chain(holding: position, in: file)
      chainIndex = index
      return (chain.first, chain.offset)
    } catch {
      throw LogError(error, segment: "\(facts.name)")
    }
  }
}
