import Benchmark
import Daybook
import DaybookTesting

@testable import DaybookLog

final class RecordEncoding: Piece {
  private let records: [Life.Record]
  private let base: RecordBase
  private var output = ByteWriter(capacity: 16 << 10)

  init() throws {
    records = Array(try Life.lived().records.suffix(64))
    base = RecordBase(records[0].header)
  }

  func run(_ turns: Range<Int>) {
    withReader(of: [UInt8]()) { nothing in
      for turn in turns {
        if turn & 63 == 0 { output.removeAll() }
        let record = records[turn & 63]
        RecordEncoder.append(
          record.header, source: record.source, payload: nothing, base: base, to: &output)
      }
    }
    blackHole(output.count)
  }
}

final class RecordDecoding: Piece {
  private let first: UInt64
  private let bytes: [UInt8]
  private let count = 64

  init() throws {
    // Whole actions, as a frame has them.
    let actions = try Life.lived().actions.filter { $0.headers.count == 1 }.suffix(count)
    var position = actions.first?.headers.first?.position ?? Position(1)
    first = position.number
    var output = ByteWriter(capacity: 16 << 10)
    var base = RecordBase()
    for (index, action) in actions.enumerated() {
      var header = action.headers[0]
      // Dense again, now that the others are left out.
      header.position = position
      header.version = 1
      header.previous = .start
      header.cause = .start
      withReader(of: [UInt8]()) { nothing in
        RecordEncoder.append(
          header, source: action.source, payload: nothing, base: base, to: &output)
      }
      if index == 0 { base = RecordBase(header) }
      position = position.next
    }
    bytes = output.bytes
  }

  func run(_ turns: Range<Int>) throws {
    try withReader(of: bytes) { all in
      var records = FrameRecords(all, base: RecordBase(), first: first, count: count)
      var record = RecordView(header: RecordHeader(), payload: all)
      for _ in turns {
        if records.isAtEnd {
          records = FrameRecords(all, base: RecordBase(), first: first, count: count)
        }
        try records.next(into: &record)
        blackHole(record.payload.remaining)
      }
    }
  }
}

private let header = SegmentHeader(
  logID: LogID(low: 1, high: 2), number: 1, firstPosition: Position(1),
  created: Instant(milliseconds: 1_800_000_000_000), checksumSeed: 3)

/// Frames of so many actions each, assembled as a writer does it; the last again and again.
private final class Assembly {
  private var assembler = FrameAssembler(opening: [1, 2, 3, 4, 5, 6, 7, 8])
  private let queue: [EncodedAction]
  private let first: Position

  /// - Parameter before: How many frames are part of the chain already.
  init(actions count: Int, before: Int) throws {
    let actions = try Life.lived().actions
    for index in 0..<before {
      let queue = Array(actions[index * count..<(index + 1) * count])
      _ = assembler.assemble(queue, first: queue[0].headers[0].position, place: header.place.at(0))
      assembler.commit()
    }
    queue = Array(actions[before * count..<(before + 1) * count])
    first = queue[0].headers[0].position
  }

  func run(_ turns: Range<Int>) {
    for _ in turns {
      blackHole(assembler.assemble(queue, first: first, place: header.place.at(4096)).byteCount)
    }
  }
}

final class AssemblingOne: Piece {
  private let assembly = Result { try Assembly(actions: 1, before: 200) }

  func run(_ turns: Range<Int>) throws { try assembly.get().run(turns) }
}

final class AssemblingMany: Piece {
  private let assembly = Result { try Assembly(actions: 64, before: 3) }

  func run(_ turns: Range<Int>) throws { try assembly.get().run(turns) }
}

/// Checks, unpacks and reads the frames of a segment in memory.
final class Scanning: Piece {
  private let file: MemoryFile
  private var scanner: FrameScanner

  init() throws {
    let actions = try Life.lived().actions
    let made = Locked(header.encoded())
    var assembler = FrameAssembler(opening: [1, 2, 3, 4, 5, 6, 7, 8])
    for start in stride(from: 0, to: actions.count - 63, by: 64) {
      let queue = Array(actions[start..<start + 64])
      let offset = UInt64(made.withLock { $0.count })
      _ = assembler.assemble(
        queue, first: queue[0].headers[0].position, place: header.place.at(offset))
      try assembler.write(to: GrowingFile(bytes: made), at: offset)
      assembler.commit()
    }
    file = MemoryFile(made.withLock { $0 })
    scanner = FrameScanner(file, header, name: file.path)
  }

  func run(_ turns: Range<Int>) throws {
    var left = turns.count
    while left > 0 {
      switch try scanner.step() {
      case .frame:
        try scanner.forEachRecord { blackHole($0.payload.remaining) }
        left -= 1
      case .endOfFile: scanner = FrameScanner(file, header, name: file.path)
      case let step: throw Failure(description: "a frame was not read: \(step)")
      }
    }
  }
}
