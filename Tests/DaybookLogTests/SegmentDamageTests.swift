import DaybookEvents
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@testable import DaybookLog

/// A log of three small segments, all of it acknowledged: two sealed ones and one being written.
private struct ThreeSegments {
  let disk = MemoryFileSystem()
  let written: [Kept]
  let paths: [String]
  /// Where each frame and the footer of each segment begin.
  let starts: [[Int]]
  /// The end of the last frame of the last segment.
  let end: Int

  /// - Parameter sealsLast: Whether the last segment is sealed too, and has no successor yet.
  init(sealsLast: Bool = false) throws {
    var maker = ActionMaker(seed: 61)
    let world = World.memory(disk)
    var options = LogOptions(segmentBytes: 5200, preallocateBytes: 1024, creation: .mustBeNew)
    var written: [Kept] = []
    var writer = try LogWriter.open("/book", in: world, options: options)
    var starts: [[Int]] = [[]]
    var lastEnd = 4096
    func end(_ disk: MemoryFileSystem) -> Int { disk.number(80) }
    while disk.segments.count < 3 || starts[2].count < 6 {
      let action = maker.action(records: Int.random(in: 1...3, using: &maker.dice))
      written += kept(action)
      writer.submit(action)
      try writer.step()
      if disk.segments.count > starts.count {
        starts[starts.count - 1].append(lastEnd)
        starts.append([])
        lastEnd = 4096
      }
      starts[starts.count - 1].append(lastEnd)
      lastEnd = disk.number(80)
    }
    writer.close()
    if sealsLast {
      // A frame that does not fit seals the segment; its successor is then taken away.
      options.segmentBytes = 4200
      options.creation = .never
      let before = disk.bytes("/book/log/tail")
      var writer = try LogWriter.open("/book", in: world, options: options)
      writer.submit(maker.action(payloadBytes: 300))
      try writer.step()
      writer.close()
      try disk.remove(disk.segments[3])
      disk.setBytes(before, "/book/log/tail")
      starts[2].append(lastEnd)
    }
    self.written = written
    self.starts = starts
    self.end = lastEnd
    paths = disk.segments
  }

  /// The start of what stands at a byte of a segment: its header, a frame, its footer or its end.
  func start(_ segment: Int, _ offset: Int) -> Int { starts[segment].last { $0 <= offset } ?? 0 }
}

extension MemoryFileSystem {
  fileprivate var segments: [String] { names.filter { $0.hasSuffix(".seg") } }

  /// A word of the watermark's page.
  fileprivate func number(_ offset: Int) -> Int {
    bytes("/book/log/tail")[offset..<offset + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}

@Suite struct `Damage to one of several segments` {
  static let parts = 6
  static let tried = Effort.cases([0, 5, 1, 2, 3, 4], few: 2)

  /// Every byte flipped: the unused ones of the header whole, all others also in two of their bits,
  /// among them the one that makes a frame's first byte none.
  private func flips(
    _ log: ThreeSegments, _ segment: Int, from first: Int, by step: Int
  ) -> [(offset: Int, mask: UInt8)] {
    let count = log.disk.bytes(log.paths[segment]).count
    return stride(from: first, to: count, by: step).flatMap { offset in
      let isUnused = offset >= 128 && offset < 4092
      let masks: [UInt8] = isUnused ? [0xff] : [0xff, 0x80, 1 << UInt8(offset % 7)]
      return masks.map { (offset, $0) }
    }
  }

  /// All records, or those before the damage and what was said of it.
  private func scan(
    _ world: World, _ book: String = "/book"
  ) throws -> (found: [Kept], error: LogError?) {
    var found: [Kept] = []
    do {
      var reader = try LogReader(book, in: world)
      try reader.scan(from: Position(1)) { found.append(Kept($0)) }
      return (found, nil)
    } catch let error as LogError {
      return (found, error)
    }
  }

  @Test(arguments: 0..<3, tried)
  func `is named by readers and checks with segment and place, and changes no content`(
    _ segment: Int, _ part: Int
  ) throws {
    let log = try ThreeSegments()
    try expectNamed(
      flips(log, segment, from: part, by: Self.parts), segment, log, DamagedBook(of: log.disk))
  }

  /// Of a sealed segment, and of the one being written.
  @Test(arguments: [0, 2])
  func `on the real disk is named as well, and changes no content`(_ segment: Int) throws {
    let log = try ThreeSegments()
    try expectNamed(
      flips(log, segment, from: 0, by: Effort.step(1, few: 67)), segment, log,
      DamagedBook(of: log.disk, in: TemporaryDirectory()))
  }

  private func expectNamed(
    _ flips: [(offset: Int, mask: UInt8)], _ segment: Int, _ log: ThreeSegments,
    _ book: DamagedBook
  ) throws {
    let path = log.paths[segment]
    let name = FilePath.name(of: path)
    let clean = log.disk.bytes(path)
    let world = book.world()
    for (offset, mask) in flips {
      var bytes = clean
      bytes[offset] ^= mask
      try book.set(bytes, path)
      let what: Comment = "segment \(segment), byte \(offset) ^ \(mask)"
      let (found, error) = try scan(world, book.path)
      // What is read is what was written, and all of it but for a named damage.
      #expect(found == Array(log.written.prefix(found.count)), what)
      let isBehind = segment == 2 && offset >= log.end
      #expect((error == nil) == isBehind, what)
      if let error {
        #expect(error.segment == name, what)
        let before = try #require(SegmentName(parsing: name)).firstPosition.previous
        let intact = error.intactThrough.number
        #expect(intact >= before.number && intact <= UInt64(log.written.count), what)
        #expect(found.isEmpty || intact == UInt64(found.count), what)
        // The place named is the start of the header, frame or footer, or in the footer's seal,
        // unless what is damaged is the seal's word of where the footer stands.
        let start = log.start(segment, offset)
        let sealed = clean.count - 20..<clean.count - 12
        #expect(error.offset >= UInt64(start) || offset < 4096 || sealed.contains(offset), what)
        #expect(error.offset <= UInt64(max(offset, 48)), what)
      }
      let failed = try failedChecks(world, book.path)
      #expect(failed.contains { $0.segment == name && $0.offset <= UInt64(max(offset, 48)) }, what)
    }
    try book.set(clean, path)
    #expect(try scan(world, book.path).found == log.written)
  }

  @Test(arguments: tried)
  func `never lets a log open for writing with other content`(_ part: Int) throws {
    let log = try ThreeSegments()
    for segment in 0..<3 {
      let path = log.paths[segment]
      let clean = log.disk.bytes(path)
      for (offset, mask) in flips(log, segment, from: part, by: Self.parts)
      where mask == 0xff || offset >= 4096 {
        // A sealed segment's frames are checked when they are read, not at each opening.
        let isSealedFrame = segment < 2 && offset >= 4096 && offset < log.starts[segment].last!
        if isSealedFrame { continue }
        let disk = log.disk.copy()
        var bytes = clean
        bytes[offset] ^= mask
        disk.setBytes(bytes, path)
        let what: Comment = "segment \(segment), byte \(offset) ^ \(mask)"
        do {
          let writer = try LogWriter.open("/book", in: .memory(disk), options: .small(.never))
          #expect(segment == 2 && offset >= log.end, what)
          #expect(writer.recovery.cutBytes > 0, what)
          writer.close()
          #expect(try scan(.memory(disk)).found == log.written, what)
        } catch let error as LogError {
          #expect(error.segment == FilePath.name(of: path), what)
          #expect(disk.bytes(path) == bytes, "nothing is changed")
          #expect(disk.names.allSatisfy { !$0.hasPrefix("/book/quarantine/") }, what)
        }
      }
    }
  }

  @Test(arguments: tried)
  func `to the footer of a last segment costs no record`(_ part: Int) throws {
    let log = try ThreeSegments(sealsLast: true)
    let path = log.paths[2]
    let clean = log.disk.bytes(path)
    #expect(try scan(.memory(log.disk)).found == log.written)
    #expect(log.starts[2].last == log.end && clean.count > log.end + 200)
    for offset in stride(from: log.end + part, to: clean.count, by: Self.parts) {
      for mask: UInt8 in [0xff, 1, 0x10] {
        let disk = log.disk.copy()
        var bytes = clean
        bytes[offset] ^= mask
        disk.setBytes(bytes, path)
        let failed = try failedChecks(.memory(disk))
        #expect(failed.contains { $0.segment == FilePath.name(of: path) }, "byte \(offset)")
        for boot: UInt64 in [1, 2] {
          let (found, error) = try scan(.memory(disk, boot: boot))
          #expect(found == log.written && error == nil, "byte \(offset)")
        }
        let writer = try LogWriter.open("/book", in: .memory(disk), options: .small(.never))
        #expect(writer.recovery.cutBytes > 0 && writer.watermark.number == UInt64(found(log)))
        writer.close()
        #expect(try scan(.memory(disk)).found == log.written, "byte \(offset)")
        #expect(try failedChecks(.memory(disk)).isEmpty, "byte \(offset)")
      }
    }
  }

  private func found(_ log: ThreeSegments) -> Int { log.written.count }

  @Test(arguments: 0..<3, tried)
  func `cut at any length is an exact prefix of whole actions or an error`(
    _ segment: Int, _ part: Int
  ) throws {
    let log = try ThreeSegments()
    try expectPrefixes(of: log, segment, cutFrom: part, by: Self.parts, DamagedBook(of: log.disk))
  }

  /// A sealed segment, and the one being written.
  @Test(arguments: [0, 2])
  func `on the real disk cut at any length is an exact prefix or an error, too`(
    _ segment: Int
  ) throws {
    let log = try ThreeSegments()
    let book = try DamagedBook(of: log.disk, in: TemporaryDirectory())
    try expectPrefixes(of: log, segment, cutFrom: 0, by: Effort.step(1, few: 67), book)
  }

  private func expectPrefixes(
    of log: ThreeSegments, _ segment: Int, cutFrom first: Int, by step: Int,
    _ damaged: DamagedBook
  ) throws {
    var book = damaged
    let path = log.paths[segment]
    let clean = log.disk.bytes(path)
    for length in stride(from: first, to: clean.count, by: step) {
      try book.restore()
      try book.set(Array(clean.prefix(length)), path)
      let isWhole = segment == 2 && length >= log.end
      let what: Comment = "segment \(segment) cut to \(length)"
      for boot: UInt64 in [1, 2] {
        let (found, error) = try scan(book.world(boot: boot), book.path)
        #expect(found == Array(log.written.prefix(found.count)), what)
        #expect(found.isEmpty || found[found.count - 1].header.endsAction, what)
        #expect((error == nil) == isWhole && (found.count == log.written.count) == isWhole, what)
      }
      #expect(try failedChecks(book.world(), book.path).isEmpty == isWhole, what)
      do {
        let writer = try LogWriter.open(book.path, in: book.world(), options: .small(.never))
        #expect(isWhole && writer.watermark.number == UInt64(log.written.count), what)
        writer.close()
      } catch {
        #expect(!isWhole, what)
        #expect(try book.bytes(path).count == length, what)
      }
    }
  }

  @Test func `by a segment that is gone is an error, whichever it is`() throws {
    let log = try ThreeSegments()
    for path in log.paths {
      let disk = log.disk.copy()
      try disk.remove(path)
      for boot: UInt64 in [1, 2] {
        let (found, error) = try scan(.memory(disk, boot: boot))
        #expect(found == Array(log.written.prefix(found.count)))
        #expect(error != nil, "\(path), boot \(boot)")
      }
      #expect(throws: LogError.self) {
        let writer = try LogWriter.open("/book", in: .memory(disk), options: .small(.never))
        writer.close()
      }
      #expect(try failedChecks(.memory(disk)).isEmpty == false)
    }
  }
}

/// The checks that fail; an error of the log counts as one.
func failedChecks(_ world: World, _ directory: String = "/book") throws -> [LogCheck] {
  do {
    return try checks(world, directory).filter { !$0.passed }
  } catch let error as LogError {
    return [
      LogCheck(
        name: "\(error.kind)", passed: false, segment: error.segment, offset: error.offset,
        detail: error.detail)
    ]
  }
}
