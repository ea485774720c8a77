import DaybookEvents
import DaybookValues
import DaybookWorld
import Testing

@testable import DaybookLog

/// A log of several segments with several chains each: every opening begins one.
struct ManyChains {
  let disk = MemoryFileSystem()
  private(set) var written: [Kept] = []
  private(set) var maker = ActionMaker(seed: 64)

  init(openings: Int = 14) throws {
    for _ in 0..<openings {
      written += try write(
        frames: 3, to: .memory(disk), maker: &maker, options: .small(segmentBytes: 6200))
    }
  }

  var segments: [String] {
    disk.names.filter { $0.hasPrefix("/book/log/") && $0.hasSuffix(".seg") }
  }

  /// Header and footer of a segment.
  func facts(_ path: String) throws -> SegmentFacts {
    let name = try #require(SegmentName(parsing: FilePath.name(of: path)))
    return try SegmentFacts.read(name, isLast: true, in: LogDirectory("/book"), disk)
  }

  /// Where the frames of a segment begin, and the positions of each.
  func frames(_ path: String) throws -> [(offset: Int, positions: ClosedRange<UInt64>)] {
    let name = try #require(SegmentName(parsing: FilePath.name(of: path)))
    let file = try disk.open(path, .read)
    let header = try SegmentFacts.readHeader(file, name)
    var scanner = FrameScanner(file, header, name: "\(name)")
    var found: [(offset: Int, positions: ClosedRange<UInt64>)] = []
    while try scanner.step() == .frame {
      let last = scanner.nextPosition - 1
      found.append((Int(scanner.frameOffset), scanner.frameFirst...last))
    }
    return found
  }

  /// The positions of the frame at an offset and of the rest of its chain.
  func restOfChain(_ path: String, _ offset: Int) throws -> ClosedRange<UInt64> {
    let facts = try facts(path)
    let frames = try frames(path)
    let damaged = try #require(frames.last { $0.offset <= offset })
    let chains = try facts.footer?.tally.chains.map { $0.firstPosition } ?? chains(path)
    let next = chains.first { $0 > damaged.positions.lowerBound }
    return damaged.positions
      .lowerBound...(next.map { $0 - 1 }
      ?? (frames.last?.positions.upperBound ?? 0))
  }

  private func chains(_ path: String) throws -> [UInt64] {
    let name = try #require(SegmentName(parsing: FilePath.name(of: path)))
    let file = try disk.open(path, .read)
    let header = try SegmentFacts.readHeader(file, name)
    var scanner = FrameScanner(file, header, name: "\(name)")
    var found: [UInt64] = []
    while try scanner.step() == .frame {
      if scanner.frame?.beginsChain == true { found.append(scanner.frameFirst) }
    }
    return found
  }

  /// The streams of which a record that stands names a lost one as the one before it.
  func bereft(_ lost: ClosedRange<UInt64>) -> [StreamID] {
    let streams = written.filter {
      !lost.contains($0.header.position.number) && lost.contains($0.header.previous.number)
    }
    return Set(streams.map(\.header.stream)).sorted()
  }
}

extension MemoryFileSystem {
  /// Turns some bits of a byte over.
  func flip(_ path: String, _ offset: Int, _ mask: UInt8 = 0x5a) {
    var bytes = bytes(path)
    bytes[offset] ^= mask
    setBytes(bytes, path)
  }
}
