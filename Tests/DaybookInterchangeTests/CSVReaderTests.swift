import DaybookBytes
import DaybookInterchange
import DaybookTesting
import DaybookWorld
import Testing

@Suite struct `CSV reader` {
  /// All rows as text, header first.
  static func table(
    _ bytes: [UInt8], limits: CSVLimits = CSVLimits()
  ) throws(CSVError) -> [[String]] {
    var reader = try CSVReader(MemoryFile(bytes), name: "test.csv", limits: limits)
    var rows = [reader.columns.map(\.name)]
    while try reader.next() {
      var fields: [String] = []
      for column in reader.columns { fields.append(try reader.text(column)) }
      rows.append(fields)
    }
    return rows
  }

  static func table(_ text: String) throws(CSVError) -> [[String]] {
    try table(Array(text.utf8))
  }

  static func failure(_ bytes: [UInt8], limits: CSVLimits = CSVLimits()) -> CSVError? {
    do throws(CSVError) {
      _ = try table(bytes, limits: limits)
      return nil
    } catch {
      return error
    }
  }

  @Test func `reads quoted commas, quotes and line breaks`() throws {
    #expect(
      try Self.table("A,B\n\"x,y\",\"say \"\"hi\"\"\"\n\"two\nlines\",\"\"\n")
        == [["A", "B"], ["x,y", "say \"hi\""], ["two\nlines", ""]])
  }

  @Test(arguments: ["\n", "\r\n"]) func `ends rows with either line end`(_ end: String) throws {
    let expected = [["A", "B"], ["1", "2"], ["3", ""]]
    #expect(try Self.table("A,B\(end)1,2\(end)3,\(end)") == expected)
    #expect(try Self.table("A,B\(end)1,2\(end)3,") == expected)
  }

  @Test func `keeps line breaks inside quotes as they are`() throws {
    #expect(try Self.table("A\r\n\"x\r\ny\rz\"\r\n") == [["A"], ["x\r\ny\rz"]])
  }

  @Test func `skips a byte order mark and lines without bytes`() throws {
    #expect(
      try Self.table("\u{feff}A,B\n\n1,2\r\n\r\n\n3,4\n\n")
        == [["A", "B"], ["1", "2"], ["3", "4"]])
    #expect(try Self.table("\u{feff}\"A\"\n\"\"\n") == [["A"], [""]])
  }

  @Test func `takes half a byte order mark as bytes of text`() {
    #expect(Self.failure([0xef, 0xbb, 0x41, 0x0a])?.kind == .invalidUTF8)
    #expect(Self.failure([0xef, 0xbb])?.kind == .invalidUTF8)
    #expect(Self.failure([0xef, 0xbb, 0xbf])?.kind == .empty)
  }

  @Test func `takes a quote inside an unquoted field as a character`() throws {
    #expect(try Self.table("A\nAnna \"Nan\" B\n") == [["A"], ["Anna \"Nan\" B"]])
  }

  @Test func `refuses a file without a row`() {
    for text in ["", "\n", "\r\n\r\n"] {
      #expect(Self.failure(Array(text.utf8))?.kind == .empty)
    }
    #expect(
      Self.failure([])?.description
        == "test.csv: the file is empty; its first row must name the columns")
  }

  @Test func `names a missing column and the columns found`() throws {
    let reader = try CSVReader(MemoryFile(Array("Id,NAME\n".utf8)), name: "payers.csv")
    #expect(
      throws: CSVError(
        .missingColumn(found: ["Id", "NAME"]), file: "payers.csv",
        column: "START_DATE or START_YEAR")
    ) {
      _ = try reader.column("START_DATE", "START_YEAR")
    }
    #expect(try reader.optionalColumn("START_DATE") == nil)
    #expect(try reader.column("OTHER", "name").index == 1)
    #expect(try reader.column("ID").name == "Id")
  }

  @Test func `refuses a column name that stands twice, when it is asked for`() throws {
    let reader = try CSVReader(MemoryFile(Array("A,B,a\n".utf8)), name: "x.csv")
    #expect(try reader.column("B").index == 1)
    #expect(throws: CSVError(.duplicateColumn, file: "x.csv", column: "A")) {
      _ = try reader.column("A")
    }
  }

  @Test func `goes on behind a row with too many or too few fields`() throws {
    var reader = try CSVReader(
      MemoryFile(Array("A,B\n1\n\"x\ny\",2\n1,2,3\n5,6\n".utf8)), name: "x.csv")
    var faults: [CSVError] = []
    var good: [String] = []
    let column = try reader.column("A")
    while true {
      do throws(CSVError) {
        guard try reader.next() else { break }
        good.append("\(reader.row)/\(reader.line)/\(try reader.text(column))")
      } catch {
        #expect(error.concernsOneRow)
        faults.append(error)
      }
    }
    #expect(good == ["2/3/x\ny", "4/6/5"])
    #expect(
      faults == [
        CSVError(.ragged(expected: 2, found: 1), file: "x.csv", row: 1, line: 2),
        CSVError(.ragged(expected: 2, found: 3), file: "x.csv", row: 3, line: 5),
      ])
    #expect(
      faults.first?.description
        == "x.csv row 1 (line 2): 1 fields where the header has 2; "
        + "look for a missing or extra comma or quote")
  }

  @Test func `says where an unclosed quote was opened`() {
    #expect(
      Self.failure(Array("A,B\n1,2\n3,\"x\ny\nz".utf8))
        == CSVError(.unterminatedQuote, file: "test.csv", row: 2, line: 3, column: "B"))
  }

  @Test func `refuses text behind a closing quote and a stray carriage return`() {
    #expect(
      Self.failure(Array("A,B\n\"x\"y,2\n".utf8))
        == CSVError(.textAfterQuote, file: "test.csv", row: 1, line: 2, column: "A"))
    #expect(
      Self.failure(Array("A,B\n1\r2,2\n".utf8))
        == CSVError(.strayCarriageReturn, file: "test.csv", row: 1, line: 2, column: "A"))
    #expect(Self.failure(Array("A,B\r".utf8))?.kind == .strayCarriageReturn)
  }

  @Test func `holds a field to its limit and no less`() throws {
    let limits = CSVLimits(fieldBytesMax: 4, fieldCountMax: 2)
    #expect(try Self.table(Array("A\n1234\n".utf8), limits: limits) == [["A"], ["1234"]])
    #expect(try Self.table(Array("A\n\"1\n\"\"4\"\n".utf8), limits: limits) == [["A"], ["1\n\"4"]])
    #expect(
      Self.failure(Array("A,B\n1,12345\n".utf8), limits: limits)
        == CSVError(.fieldTooLong(limit: 4), file: "test.csv", row: 1, line: 2, column: "B"))
    #expect(
      Self.failure(Array("A\n\"1\n\n\n\n\n\n".utf8), limits: limits)?.line == 2)
    #expect(
      Self.failure(Array("A,B,C\n".utf8), limits: limits)?.kind == .tooManyFields(limit: 2))
  }

  @Test func `refuses bytes that are not UTF-8 with the column`() {
    #expect(
      Self.failure(Array("A,B\n1,".utf8) + [0xff, 0x0a])
        == CSVError(.invalidUTF8, file: "test.csv", row: 1, line: 2, column: "B"))
  }

  @Test func `passes on what the file system says`() {
    struct Broken: File {
      let path = "x"
      var fault: FileError { FileError(operation: "read", path: path, kind: .io) }
      func size() throws(FileError) -> UInt64 { 1 }
      func read(
        at offset: UInt64, count: Int, into buffer: inout ByteWriter
      ) throws(FileError) -> Int { throw fault }
      func write(_ bytes: Span<UInt8>, at offset: UInt64) throws(FileError) {}
      func sync() throws(FileError) {}
      func allocate(from offset: UInt64, count: UInt64) throws(FileError) {}
      func truncate(to size: UInt64) throws(FileError) {}
      func close() {}
    }
    #expect(throws: CSVError(.file(Broken().fault), file: "x.csv")) {
      _ = try CSVReader(Broken(), name: "x.csv")
    }
  }

  @Test(arguments: 0..<200)
  func `reads back any table whatever the size of its chunks`(_ seed: Int) throws {
    var random = SeededNumbers(seed: UInt64(seed))
    let pieces = ["a", ",", "\"", "\n", "\r\n", "\r", "é", "李", " ", "1", ""]
    let width = Int.random(in: 1...5, using: &random)
    var table = [(0..<width).map { "column \($0)" }]
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      table.append(
        (0..<width).map { _ in
          (0..<Int.random(in: 0...4, using: &random)).map { _ in
            pieces.randomElement(using: &random) ?? ""
          }.joined()
        })
    }
    let end = Bool.random(using: &random) ? "\n" : "\r\n"
    let quoteAll = Bool.random(using: &random)
    var text = Bool.random(using: &random) ? "\u{feff}" : ""
    text += table.map { row in
      row.map { field in
        // A row of one empty field is a line without bytes unless it is quoted.
        let needed =
          field.contains { $0 == "," || $0 == "\"" || $0.isNewline } || (width == 1 && field == "")
        return needed || quoteAll
          ? "\""
            + field.split(separator: "\"", omittingEmptySubsequences: false).joined(
              separator: "\"\"") + "\"" : field
      }.joined(separator: ",")
    }.joined(separator: end)
    if Bool.random(using: &random) { text += end }
    for chunk in [1, 2, 3, Int.random(in: 4...40, using: &random), 65_536] {
      #expect(
        try Self.table(Array(text.utf8), limits: CSVLimits(chunkBytes: chunk)) == table,
        "seed \(seed), chunks of \(chunk)")
    }
  }

  @Test(arguments: 0..<100)
  func `never traps on bytes of any kind`(_ seed: Int) {
    var random = SeededNumbers(seed: UInt64(seed) &* 977)
    let alphabet = Array("aB,\"\n\r1".utf8) + [0x00, 0xef, 0xbb, 0xbf, 0xff, 0xc3]
    let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
      alphabet.randomElement(using: &random) ?? 0
    }
    let whole = Self.failure(bytes)
    let cut = Self.failure(bytes, limits: CSVLimits(chunkBytes: 1))
    #expect(whole == cut, "seed \(seed)")
  }
}
