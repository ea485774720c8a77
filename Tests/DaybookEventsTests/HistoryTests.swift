import DaybookBytes
import DaybookEvents
import DaybookValues
import Testing

private struct Row: HistoryRow, Equatable {
  var position: Position
  var text: UInt64
  var padding = 0

  static var blank: Row { Row(position: .blank, text: 0) }

  init(position: Position, text: UInt64, padding: Int = 0) {
    self.position = position
    self.text = text
    self.padding = padding
  }

  init(reading reader: inout ByteReader) throws(WireError) {
    position = try Position(reading: &reader)
    text = try UInt64(reading: &reader)
    padding = reader.remaining
    try reader.skip(padding)
  }

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(position.number)
    writer.appendLittleEndian(text)
    for _ in 0..<padding { writer.append(7) }
  }
}

@Suite struct `A history` {
  /// Rows whose positions have gaps, and positions with several rows.
  private func rows(_ count: Int) -> [Row] {
    (0..<count).map { Row(position: Position(UInt64($0 / 2 * 3 + 1)), text: UInt64($0)) }
  }

  @Test(arguments: [0, 1, 3, 4, 5, 8, 9, 23])
  func `holds its rows in order, whatever the chunks`(count: Int) {
    var history = History<Row>(chunkRows: 4)
    for row in rows(count) { history.append(row) }
    #expect(Array(history) == rows(count))
    #expect(history.count == count)
  }

  @Test(arguments: [0, 1, 3, 4, 5, 8, 9, 23])
  func `tells a projector the rows that it tells everybody`(count: Int) {
    var history = History<Row>(chunkRows: 4)
    for row in rows(count) { history.append(row) }
    let told = (-1...count).map { history.row(at: $0) }
    #expect(told == [nil] + rows(count) + [nil])
    let last = history.lastRow()
    #expect(last == rows(count).last)
  }

  @Test func `was at each position what it then held`() {
    var history = History<Row>(chunkRows: 4)
    for row in rows(23) { history.append(row) }
    for number in UInt64(0)...40 {
      let then = rows(23).filter { $0.position.number <= number }
      #expect(Array(history.rows(through: Position(number))) == then)
      var past = History<Row>(chunkRows: 4)
      for row in then { past.append(row) }
      #expect(
        history.digest(through: Position(number)) == past.digest(through: Position(.max)),
        "at position \(number)")
    }
  }

  @Test func `has another digest where one row is another, missing or elsewhere`() {
    func digest(_ rows: [Row]) -> SHA256Hash {
      var history = History<Row>(chunkRows: 4)
      for row in rows { history.append(row) }
      return history.digest(through: Position(.max))
    }
    let all = rows(11)
    var digests: Set<SHA256Hash> = [digest(all)]
    for index in all.indices {
      var changed = all
      changed[index].text += 100
      #expect(digests.insert(digest(changed)).inserted)
      var missing = all
      missing.remove(at: index)
      #expect(digests.insert(digest(missing)).inserted)
    }
    #expect(digest(all) == digest(rows(11)))
  }

  @Test func `shares its past with copies and not its future`() {
    var history = History<Row>(chunkRows: 4)
    for row in rows(10) { history.append(row) }
    let snapshot = history
    history.append(Row(position: Position(99), text: 99))
    #expect(snapshot.count == 10)
    #expect(history.count == 11)
  }

  @Test func `has the same digest whenever it is asked for, and whichever copy is asked first`() {
    var asked = History<Row>(chunkRows: 2048)
    var quiet = History<Row>(chunkRows: 2048)
    for (index, row) in rows(5000).enumerated() {
      asked.append(row)
      quiet.append(row)
      if index % 500 == 0 { _ = asked.digest(through: Position(.max)) }
    }
    var other = quiet
    other.append(Row(position: Position(9_999), text: 1))
    let later = other.digest(through: Position(.max))
    #expect(asked.digest(through: Position(.max)) == quiet.digest(through: Position(.max)))
    #expect(other.digest(through: Position(9_998)) == quiet.digest(through: Position(.max)))
    asked.append(Row(position: Position(9_999), text: 1))
    #expect(asked.digest(through: Position(.max)) == later)
  }

  @Test func `digests rows longer than its buffer`() {
    var history = History<Row>(chunkRows: 8)
    history.append(Row(position: Position(1), text: 0, padding: 200_000))
    let before = history.digest(through: Position(.max))
    history.append(Row(position: Position(2), text: 0))
    #expect(history.digest(through: Position(1)) == before)
  }

  @Test(arguments: [1023, 1024, 1025, 2047, 2048, 2049, 4097])
  func `was what it was in the middle of blocks and chunks`(count: Int) {
    var history = History<Row>(chunkRows: 2048)
    for row in rows(4500) { history.append(row) }
    var past = History<Row>(chunkRows: 2048)
    for row in rows(count) { past.append(row) }
    let last = rows(count)[count - 1].position
    // The second row of a position may stand behind the cut.
    if count % 2 == 1 { past.append(rows(count + 1)[count]) }
    #expect(history.count(through: last) == past.count)
    #expect(history.digest(through: last) == past.digest(through: last))
  }

  @Test func `gives its rows a chunk at a time`() {
    var history = History<Row>(chunkRows: 4)
    for row in rows(10) { history.append(row) }
    for count in 0...10 {
      var found: [Row] = []
      history.forEachSlice(count) { found += $0 }
      #expect(found == Array(rows(10).prefix(count)))
    }
    #expect(history.fullChunkCount == 2)
    #expect(history.chunk(1) == Array(rows(10)[4..<8]))
    #expect(history.chunk(2) == Array(rows(10)[8...]))
  }

  @Test(arguments: [1, 3, 4, 5, 9, 12])
  func `takes back what is staged, over the ends of chunks, and nothing else`(count: Int) {
    var history = History<Row>(chunkRows: 4)
    for row in rows(7) { history.append(row) }
    let before = history.digest(through: Position(.max))
    for index in 0..<count { history.stage(Row(position: Position(90), text: UInt64(index))) }
    #expect(history.staged.map(\.text) == (0..<count).map { UInt64($0) })
    history.takeBack()
    #expect(Array(history) == rows(7))
    #expect(history.digest(through: Position(.max)) == before)
    for index in 0..<count { history.stage(Row(position: Position(90), text: UInt64(index))) }
    history.commit()
    history.takeBack()
    #expect(history.count == 7 + count)
    #expect(history.fullChunkCount == (7 + count) / 4)
  }

  @Test func `traps on a row from before its last`() async {
    await #expect(processExitsWith: .failure) {
      var history = History<Row>()
      history.append(Row(position: Position(2), text: 0))
      history.append(Row(position: Position(1), text: 0))
    }
  }
}

@Suite struct `The latest day` {
  private func header(_ position: UInt64, _ time: String) throws -> RecordHeader {
    var header = RecordHeader()
    header.position = Position(position)
    header.effective = try Moment(parsing: time)
    return header
  }

  @Test func `is that of any fact known at the position, by its own clock`() throws {
    var days = LatestDays()
    #expect(days.day(knownAt: Position(9)) == nil)
    days.note(try header(2, "2026-03-02T23:59:59Z"))
    days.note(try header(3, "2026-03-01T10:00:00Z"))
    days.note(try header(5, "2026-03-02T23:30:00+01:00"))
    days.note(try header(6, "2026-03-03T00:30:00+02:00"))
    days.note(try header(8, "2026-03-05T00:00:00Z"))
    let known = (0...9).map { days.day(knownAt: Position($0)).map { "\($0)" } ?? "-" }
    #expect(
      known == [
        "-", "-", "2026-03-02", "2026-03-02", "2026-03-02", "2026-03-02", "2026-03-03",
        "2026-03-03", "2026-03-05", "2026-03-05",
      ])
  }

  @Test func `survives times that no calendar has`() {
    var days = LatestDays()
    for milliseconds in [Int64.min, .max, 0] {
      var header = RecordHeader()
      header.position = Position(1)
      header.effective = Moment(
        Instant(milliseconds: milliseconds), UTCOffset(seconds: 86_399))
      days.note(header)
    }
    #expect(days.day(knownAt: Position(1)) != nil)
  }
}
