import DaybookBytes
import DaybookEvents
import DaybookValues
import Testing

private struct Row: HistoryRow, Equatable {
  var position: Position
  var text: UInt64

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(position.number)
    writer.appendLittleEndian(text)
  }
}

@Suite struct `A history` {
  /// Rows whose positions have gaps, and positions with several rows.
  private func rows(_ count: Int) -> [Row] {
    (0..<count).map { Row(position: Position(UInt64($0 / 2 * 3 + 1)), text: UInt64($0)) }
  }

  @Test(arguments: [0, 1, 3, 4, 5, 8, 9, 23])
  func `holds its rows in order, whatever the chunks`(count: Int) {
    var history = History<Row>(chunkCount: 4)
    for row in rows(count) { history.append(row) }
    #expect(Array(history) == rows(count))
    #expect(history.count == count)
  }

  @Test func `was at each position what it then held`() {
    var history = History<Row>(chunkCount: 4)
    for row in rows(23) { history.append(row) }
    for number in UInt64(0)...40 {
      let then = rows(23).filter { $0.position.number <= number }
      #expect(Array(history.rows(through: Position(number))) == then)
      var past = History<Row>(chunkCount: 4)
      for row in then { past.append(row) }
      #expect(
        history.digest(through: Position(number)) == past.digest(through: Position(.max)),
        "at position \(number)")
    }
  }

  @Test func `has another digest where one row is another, missing or elsewhere`() {
    func digest(_ rows: [Row]) -> SHA256Hash {
      var history = History<Row>(chunkCount: 4)
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
    var history = History<Row>(chunkCount: 4)
    for row in rows(10) { history.append(row) }
    let snapshot = history
    history.append(Row(position: Position(99), text: 99))
    #expect(snapshot.count == 10)
    #expect(history.count == 11)
  }

  @Test func `digests more rows than its buffer holds`() {
    var history = History<Row>(chunkCount: 10_000)
    for row in rows(9_999) { history.append(row) }
    let before = history.digest(through: Position(.max))
    history.append(Row(position: Position(50_000), text: 0))
    #expect(history.digest(through: Position(49_999)) == before)
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
