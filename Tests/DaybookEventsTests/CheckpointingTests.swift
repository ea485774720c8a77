import DaybookBytes
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

struct NumberedRow: HistoryRow, Equatable {
  var position: Position
  var text: UInt64

  static var blank: NumberedRow { NumberedRow(Position(0), 0) }

  init(_ position: Position, _ text: UInt64) {
    self.position = position
    self.text = text
  }

  init(reading reader: inout ByteReader) throws(WireError) {
    position = try Position(reading: &reader)
    text = try UInt64(reading: &reader)
  }

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(position.number)
    writer.appendLittleEndian(text)
  }
}

@Suite struct `A history in a checkpoint` {
  private func history(_ count: Int, chunkRows: Int = 4) -> History<NumberedRow> {
    var history = History<NumberedRow>(chunkRows: chunkRows)
    for index in 0..<count {
      history.append(NumberedRow(Position(UInt64(index / 2 * 3 + 1)), UInt64(index)))
    }
    return history
  }

  @Test(arguments: [0, 1, 3, 4, 5, 8, 9, 23], [4, 2048])
  func `comes back as it was, whatever is appended to either`(count: Int, chunkRows: Int) throws {
    var original = history(count, chunkRows: chunkRows)
    var (copy, _) = try MemoryPages.copy(&original, into: History(chunkRows: chunkRows))
    #expect(copy.digest(through: Position(.max)) == original.digest(through: Position(.max)))
    #expect(Array(copy) == Array(original))
    for index in 0..<9 {
      let row = NumberedRow(Position(100 + UInt64(index)), 7)
      original.append(row)
      copy.append(row)
      #expect(Array(copy) == Array(original))
      for position in stride(from: UInt64(0), to: 110, by: 3) {
        let known = Position(position)
        #expect(copy.count(through: known) == original.count(through: known))
        #expect(copy.digest(through: known) == original.digest(through: known))
      }
    }
  }

  @Test(arguments: [1024, 2047, 2048, 4500])
  func `has the digests of the middle of blocks and chunks`(count: Int) throws {
    var original = history(count, chunkRows: 2048)
    let (copy, _) = try MemoryPages.copy(&original, into: History(chunkRows: 2048))
    for position in stride(from: UInt64(0), to: 7000, by: 511) {
      let known = Position(position)
      #expect(copy.digest(through: known) == original.digest(through: known))
    }
  }

  @Test func `reads no rows to count, to digest and to be appended to behind a full chunk`() throws
  {
    var original = history(24)
    var (copy, pages) = try MemoryPages.copy(&original, into: History(chunkRows: 4))
    #expect(copy.count == 24)
    #expect(copy.count(through: Position(.max)) == 24)
    #expect(copy.count(through: Position(4)) == 4)
    #expect(copy.digest(through: Position(.max)) == original.digest(through: Position(.max)))
    copy.append(NumberedRow(Position(90), 1))
    #expect(pages.readCount == 0)
    #expect(copy[3] == original[3])
    #expect(pages.readCount > 0)
  }

  @Test func `reads no rows for its digest in the middle of a chunk either`() throws {
    var original = history(23)
    let (copy, pages) = try MemoryPages.copy(&original, into: History(chunkRows: 4))
    #expect(copy.digest(through: Position(.max)) == original.digest(through: Position(.max)))
    #expect(pages.readCount == 0)
  }

  @Test func `shares what it reads with its copies`() throws {
    var original = history(23)
    let (copy, _) = try MemoryPages.copy(&original, into: History(chunkRows: 4))
    let snapshot = copy
    #expect(Array(snapshot) == Array(original))
    #expect(Array(copy) == Array(original))
  }

  @Test func `has blank rows where nobody can read them, and every other row`() throws {
    var original = history(10)
    let lost: Set = [PageName(part: "", index: 1)]
    let (copy, _) = try MemoryPages.copy(&original, into: History(chunkRows: 4), damaged: lost)
    #expect(copy.count == 10)
    #expect(Array(copy[0..<4]) == Array(original[0..<4]))
    #expect(Array(copy[4..<8]) == Array(repeating: .blank, count: 4))
    #expect(Array(copy[8...]) == Array(original[8...]))
  }

  @Test func `is not one of other chunks`() throws {
    var original = history(10)
    #expect(throws: WireError.self) {
      try MemoryPages.copy(&original, into: History<NumberedRow>(chunkRows: 8))
    }
  }

  @Test func `is refused where it has fewer chunks than none`() throws {
    var original = history(10)
    let draft = try #require(try CheckpointDraft(of: &original))
    var bytes = draft.bytes
    // How many chunks stands behind how many rows a chunk has.
    bytes.replaceSubrange(8..<16, with: repeatElement(0xff, count: 8))
    #expect(throws: WireError(.outOfRange, at: 16)) {
      try withReader(of: bytes) { (reader) throws(WireError) in
        var copy = History<NumberedRow>(chunkRows: 4)
        _ = try CheckpointDraft.restore(&copy, from: reader, pages: Nowhere())
      }
    }
  }

  @Test func `writes a page again only when it has become another`() throws {
    let nowhere = Nowhere()
    var history = history(10)
    func unwritten() throws -> [Int] {
      guard let draft = try CheckpointDraft(of: &history) else { return [-1] }
      defer { for slot in draft.slots { slot.page.note(PageTicket(nowhere, 0)) } }
      return draft.slots.filter { $0.page.ticket == nil }.map(\.name.index)
    }
    #expect(try unwritten() == [0, 1, 2])
    #expect(try unwritten() == [])
    history.append(NumberedRow(Position(90), 1))
    #expect(try unwritten() == [2])
    history.append(NumberedRow(Position(91), 1))
    #expect(try unwritten() == [2])
    history.append(NumberedRow(Position(92), 1))
    #expect(try unwritten() == [3])
  }
}

/// Where no page is.
private final class Nowhere: PageSource {
  func admit(_ name: PageName, at place: PagePlace) -> PageTicket { PageTicket(self, 0) }
  func page<Content>(
    _ number: Int, _ decode: (inout ByteReader) throws(WireError) -> Content
  ) -> Content? { nil }
}

@Suite struct `An array in pages` {
  @Test func `gives up pages that a file has, and reads them again`() throws {
    var first = PagedArray<UInt32>(pageCount: 8)
    for element in 0..<60 as Range<UInt32> { first.append(element) }
    // No file has them: none leaves.
    _ = try CheckpointDraft(of: &first, givingUpPages: true)
    #expect(first.loadedPageCount == 8)
    var (paged, _) = try MemoryPages.copy(&first, into: PagedArray<UInt32>(pageCount: 8))
    #expect(paged.loadedPageCount == 0)
    #expect(paged[3] == 3 && paged[12] == 12)
    paged[20] = 200
    paged.append(60)
    #expect(paged.loadedPageCount == 4)
    let before = paged
    let draft = try #require(try CheckpointDraft(of: &paged, givingUpPages: true))
    // What was only read leaves; what has changed stays until a checkpoint has written it.
    #expect(paged.loadedPageCount == 2)
    #expect(draft.slots.filter { $0.page.ticket == nil }.map(\.name.index) == [2, 7])
    #expect(before.loadedPageCount == 4)
    var plain = Array(0..<61 as Range<UInt32>)
    plain[20] = 200
    #expect(Array(before) == plain)
    #expect(try MemoryPages.state(of: paged) == MemoryPages.state(of: before))
    #expect(Array(paged) == plain)
    #expect(paged.loadedPageCount == 8)
  }

  @Test func `does as an array does, before and after it was stored`() throws {
    var paged = PagedArray<UInt32>(pageCount: 8)
    var plain: [UInt32] = []
    var state: UInt64 = 3
    for turn in 0..<2000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      if plain.isEmpty || state >> 60 < 5 {
        paged.append(UInt32(turn))
        plain.append(UInt32(turn))
      } else {
        let place = Int(state >> 33) % plain.count
        paged[place] = UInt32(turn)
        plain[place] = UInt32(turn)
      }
      if turn % 97 == 0 {
        let before = paged
        (paged, _) = try MemoryPages.copy(&paged, into: PagedArray(pageCount: 8))
        #expect(Array(before) == plain)
      }
      if turn % 31 == 0 { #expect(Array(paged) == plain) }
    }
    #expect(Array(paged) == plain)
  }

  @Test func `keeps its copies as they were`() throws {
    var one = PagedArray<Int>(pageCount: 4)
    for number in 0..<10 { one.append(number) }
    let (stored, _) = try MemoryPages.copy(&one, into: PagedArray(pageCount: 4))
    var other = stored
    other[5] = 99
    other.append(10)
    #expect(Array(stored) == Array(0..<10))
    #expect(Array(other) == [0, 1, 2, 3, 4, 99, 6, 7, 8, 9, 10])
  }
}

@Suite struct `A stored value` {
  private func again<Value: StoredValue>(_ value: Value) throws -> Value {
    var writer = ByteWriter()
    value.store(to: &writer)
    return try writer.withReader { (reader) throws(WireError) in
      var reader = reader
      let read = try Value(reading: &reader)
      guard reader.isAtEnd else { throw WireError(.notCanonical, at: reader.offset) }
      return read
    }
  }

  @Test func `is read as it was written`() throws {
    #expect(try again(-7) == -7)
    #expect(try again(UInt64.max) == .max)
    #expect(try again(true))
    #expect(try again("Señor 🦷") == "Señor 🦷")
    #expect(try again([1, 2, 3]) == [1, 2, 3])
    #expect(try again(["b": [1: true], "a": [:]]) == ["b": [1: true], "a": [:]])
    #expect(try again(Optional(Position(3))) == Position(3))
    #expect(try again(Optional<Position>.none) == nil)
    #expect(try again(Currency.eur) == .eur)
    #expect(try again(StreamID(StreamKind(3), 9)) == StreamID(StreamKind(3), 9))
  }

  @Test func `has the same bytes in every run, whatever the order of a dictionary`() throws {
    var writer = ByteWriter()
    let table = Dictionary(uniqueKeysWithValues: (0..<100).map { (UInt8($0), true) })
    table.store(to: &writer)
    let keys = stride(from: 1, to: 201, by: 2).map { writer.bytes[$0] }
    #expect(keys == (0..<100).map { UInt8($0) })
  }

  @Test func `is refused where bytes are missing, or are no such value`() throws {
    var writer = ByteWriter()
    [StreamID(StreamKind(1), 2)].store(to: &writer)
    for count in 0..<writer.count {
      #expect(throws: WireError.self) {
        try writer.withReader(in: 0..<count) { (reader) throws(WireError) in
          var reader = reader
          _ = try [StreamID](reading: &reader)
        }
      }
    }
    #expect(throws: WireError.self) {
      try withReader(of: [2]) { (reader) throws(WireError) in
        var reader = reader
        _ = try Bool(reading: &reader)
      }
    }
  }
}
