import DaybookBytes
import DaybookInterchange
import DaybookTesting
import DaybookWorld
import Foundation
import Testing

/// What is sent instead of a CSV file in UTF-8, and what becomes of it.
struct HostileFile: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var bytes: [UInt8]
  /// The rows that are read, fields joined by bars.
  var rows: [String] = []
  /// What is said, in order.
  var said: [String] = []

  init(_ name: String, _ bytes: [UInt8], rows: [String] = [], said: [String] = []) {
    testDescription = name
    self.bytes = bytes
    self.rows = rows
    self.said = said
  }

  init(_ name: String, _ text: String, rows: [String] = [], said: [String] = []) {
    self.init(name, Array(text.utf8), rows: rows, said: said)
  }

  static func utf16(_ text: String, mark: Bool, bigEndian: Bool) -> [UInt8] {
    ((mark ? [0xfeff] : []) + Array(text.utf16)).flatMap { unit in
      let bytes = [UInt8(unit >> 8), UInt8(unit & 0xff)]
      return bigEndian ? bytes : bytes.reversed()
    }
  }

  static func utf32(_ text: String, mark: Bool, bigEndian: Bool) -> [UInt8] {
    ((mark ? [0xfeff] : []) + text.unicodeScalars.map(\.value)).flatMap { unit in
      let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: unit >> $0) }
      return bigEndian ? bytes : bytes.reversed()
    }
  }

  static let plain = "A,B\n1,2\n3,4\n"
  static let isUTF16 = "hostile.csv: the file is UTF-16; save it as UTF-8"
  static let isUTF32 = "hostile.csv: the file is UTF-32; save it as UTF-8"
  static let latin1 = Array("A,B\n1,caf".utf8) + [0xe9] + Array("\n3,4\n".utf8)
  static let notUTF8 = "the text is not UTF-8, perhaps Latin-1; save the file as UTF-8"

  static let all: [HostileFile] = [
    HostileFile(
      "UTF-16, little end first, with its mark", utf16(plain, mark: true, bigEndian: false),
      said: [isUTF16]),
    HostileFile(
      "UTF-16, big end first, with its mark", utf16(plain, mark: true, bigEndian: true),
      said: [isUTF16]),
    HostileFile(
      "UTF-16, little end first", utf16(plain, mark: false, bigEndian: false), said: [isUTF16]),
    HostileFile(
      "UTF-16, big end first", utf16(plain, mark: false, bigEndian: true), said: [isUTF16]),
    HostileFile(
      "UTF-16 of one character", utf16("A", mark: false, bigEndian: false), said: [isUTF16]),
    HostileFile(
      "UTF-32 with its mark", utf32(plain, mark: true, bigEndian: false), said: [isUTF32]),
    HostileFile("UTF-32", utf32(plain, mark: false, bigEndian: true), said: [isUTF32]),
    HostileFile(
      "Latin-1 in a row", latin1, rows: ["3|4"],
      said: ["hostile.csv row 1 (line 2), column B: \(notUTF8)"]),
    HostileFile(
      "Latin-1 in the header", Array("A,Stra".utf8) + [0xdf] + Array("e\n1,2\n".utf8),
      said: ["hostile.csv, column no. 2: \(notUTF8)"]),
    HostileFile("a byte order mark", "\u{feff}" + plain, rows: ["1|2", "3|4"]),
    HostileFile("lines ended by CRLF", "A,B\r\n1,2\r\n3,4\r\n", rows: ["1|2", "3|4"]),
    HostileFile("lines ended by both", "A,B\n1,2\r\n3,4", rows: ["1|2", "3|4"]),
    HostileFile(
      "lines ended by CR alone", "A,B\r1,2\r3,4\r",
      said: [
        "hostile.csv, column no. 2: a carriage return without a line feed outside quotes; save the "
          + "file with line ends LF or CRLF, or quote the field"
      ]),
    HostileFile(
      "a lone CR in a row", "A,B\n1,2\n3\r,4\n", rows: ["1|2"],
      said: [
        "hostile.csv row 2 (line 3), column A: a carriage return without a line feed outside "
          + "quotes; save the file with line ends LF or CRLF, or quote the field"
      ]),
    HostileFile(
      "quotes inside quotes", "A,B\n\"say \"\"hi\"\", please\",2\n", rows: ["say \"hi\", please|2"]),
    HostileFile(
      "quotes inside quotes that are not doubled", "A,B\n1,2\n\"say \"hi\", please\",2\n",
      rows: ["1|2"],
      said: [
        "hostile.csv row 2 (line 3), column A: text follows the closing quote of a field; a quote "
          + "inside quotes is written twice"
      ]),
    HostileFile(
      "a quote that never ends", "A,B\n1,2\n3,\"4\n5,6\n", rows: ["1|2"],
      said: [
        "hostile.csv row 2 (line 3), column B: a quoted field is not closed before the end of the "
          + "file; add the quote or double it"
      ]),
    HostileFile(
      "a quote that never ends in the header", "A,\"B\n1,2\n",
      said: [
        "hostile.csv, column no. 2: a quoted field is not closed before the end of the file; add "
          + "the quote or double it"
      ]),
    HostileFile(
      "a field of a million characters",
      "A,B\n1,2\n3," + String(repeating: "x", count: 1_000_000) + "\n5,6\n", rows: ["1|2"],
      said: [
        "hostile.csv row 2 (line 3), column B: a field is longer than 65536 bytes; close its quote, "
          + "or shorten it"
      ]),
    HostileFile(
      "a field as long as one may be", "A,B\n1," + String(repeating: "x", count: 65_536) + "\n",
      rows: ["1|" + String(repeating: "x", count: 65_536)]),
    HostileFile(
      "a row of a million fields", "A,B\n" + String(repeating: ",", count: 1_000_000) + "\n",
      said: [
        "hostile.csv row 1 (line 2), column no. 4097: more than 4096 fields in a row; is this a CSV "
          + "file with commas?"
      ]),
    HostileFile(
      "a last line that was cut off", "A,B,C\n1,2,3\n4,5", rows: ["1|2|3"],
      said: [
        "hostile.csv row 2 (line 3): the file ends within this row, with 2 of 3 fields; it was cut "
          + "off: get it again whole"
      ]),
    HostileFile(
      "a row that is too short", "A,B,C\n1,2\n3,4,5\n", rows: ["3|4|5"],
      said: [
        "hostile.csv row 1 (line 2): 2 fields where the header has 3; look for a missing or extra "
          + "comma or quote"
      ]),
    HostileFile(
      "nothing", "",
      said: ["hostile.csv: the file is empty; its first row must name the columns"]),
    HostileFile(
      "line ends alone", "\r\n\n\r\n",
      said: ["hostile.csv: the file is empty; its first row must name the columns"]),
    HostileFile("a header alone", "A,B\n"),
    HostileFile("a header alone without its line end", "A,B"),
    HostileFile(
      "bytes of zero in a row", "A,B\n1,2\n3,4\0\05\n6,7\n", rows: ["1|2", "6|7"],
      said: [
        "hostile.csv row 2 (line 3), column B: a byte of zero stands in the text; the file is "
          + "damaged, or no text file: save it as UTF-8"
      ]),
    HostileFile(
      "bytes of zero in the header", "AA,B\0\n1,2\n",
      said: [
        "hostile.csv, column no. 2: a byte of zero stands in the text; the file is damaged, or no "
          + "text file: save it as UTF-8"
      ]),
    HostileFile(
      "a column that is missing", "A\n1\n",
      said: [
        "hostile.csv: no column B in the first row; it has A"
      ]),
    HostileFile(
      "a column that stands twice", "A,B,b\n1,2,3\n",
      said: [
        "hostile.csv: two columns are named B; rename or remove one of them"
      ]),
  ]
}

@Suite struct `A hostile file` {
  /// Rows that have what they need, and what is wrong with the rest.
  static func read(
    _ open: () throws(CSVError) -> CSVReader
  ) -> (rows: [String], said: [CSVError]) {
    var rows: [String] = []
    var said: [CSVError] = []
    do throws(CSVError) {
      var reader = try open()
      for name in ["A", "B"] { _ = try reader.column(name) }
      while true {
        do throws(CSVError) {
          guard try reader.next() else { break }
          var fields: [String] = []
          for column in reader.columns { fields.append(try reader.text(column)) }
          rows.append(fields.joined(separator: "|"))
        } catch {
          guard error.concernsOneRow else { throw error }
          said.append(error)
        }
      }
    } catch {
      said.append(error)
    }
    return (rows, said)
  }

  static func read(
    _ file: any File, chunkBytes: Int = 65_536
  ) -> (rows: [String], said: [CSVError]) {
    read { () throws(CSVError) in
      try CSVReader(file, name: "hostile.csv", limits: CSVLimits(chunkBytes: chunkBytes))
    }
  }

  @Test(arguments: HostileFile.all)
  func `is read, or refused with place and what to do`(_ file: HostileFile) {
    let (rows, said) = Self.read(MemoryFile(file.bytes))
    #expect(rows == file.rows)
    #expect(said.map(\.description) == file.said)
  }

  @Test(arguments: HostileFile.all.filter { $0.bytes.count < 1_000 }, [1, 3])
  func `is the same in chunks of any size`(_ file: HostileFile, _ chunkBytes: Int) {
    let (rows, said) = Self.read(MemoryFile(file.bytes), chunkBytes: chunkBytes)
    #expect(rows == file.rows)
    #expect(said.map(\.description) == file.said)
  }

  @Test(arguments: HostileFile.all)
  func `is surveyed before anything of it is used`(_ file: HostileFile) {
    let last = Self.read(MemoryFile(file.bytes)).said.last
    var ending: CSVError?
    var rows = 0
    do throws(CSVError) {
      var reader = try CSVReader(MemoryFile(file.bytes), name: "hostile.csv")
      rows = try reader.survey().rows
    } catch {
      ending = error
    }
    switch last?.kind {
    case nil: #expect(ending == nil && rows == file.rows.count)
    case .missingColumn, .duplicateColumn: #expect(ending == nil && rows == 1)
    default: #expect(ending == (last?.concernsOneRow == true ? nil : last))
    }
  }

  /// A file whose size is another when it is asked for a second time.
  struct Changing: ForwardingFile {
    let underlying: any File
    let then: UInt64
    let asked = Locked(0)

    func size() throws(FileError) -> UInt64 {
      let before = asked.withLock { count in
        defer { count += 1 }
        return count == 0
      }
      return before ? UInt64(HostileFile.plain.utf8.count) : then
    }
  }

  @Test func `that grows while it is read is read as it was, and then refused`() {
    let whole = HostileFile.plain + "5,6\n7,"
    let (rows, said) = Self.read(
      Changing(underlying: MemoryFile(Array(whole.utf8)), then: UInt64(whole.utf8.count)))
    #expect(rows == ["1|2", "3|4"])
    #expect(
      said.map(\.description) == [
        "hostile.csv row 2: the file had 12 bytes when it was opened and now has 18; wait until it "
          + "is complete, then import it again: what stands in the book is not appended twice"
      ])
    #expect(said.first?.kind == .changed(from: 12, to: 18))
  }

  @Test(arguments: [4, 5, 8, 10])
  func `that shrinks while it is read is refused, and not half a row of it taken`(_ size: Int) {
    let (rows, said) = Self.read(
      Changing(
        underlying: MemoryFile(Array(HostileFile.plain.utf8.prefix(size))), then: UInt64(size)),
      chunkBytes: 4)
    #expect(rows == (size < 8 ? [] : ["1|2"]))
    #expect(said.map(\.kind) == [.changed(from: 12, to: UInt64(size))])
  }

  @Test func `that is a folder is refused`() throws {
    let folder = try TemporaryDirectory()
    let (_, said) = Self.read { () throws(CSVError) in
      try CSVReader(path: folder.path, in: LiveFileSystem(), name: "hostile.csv")
    }
    #expect(
      said.map(\.description) == [
        "hostile.csv: cannot read \(folder.path): it is a folder; name a file"
      ])
  }

  @Test func `that is a pipe or a device is refused, and not waited for`() throws {
    let folder = try TemporaryDirectory()
    let maker = Process()
    maker.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    maker.arguments = ["mkfifo", folder.file("pipe")]
    try maker.run()
    maker.waitUntilExit()
    try #require(maker.terminationStatus == 0)
    for path in [folder.file("pipe"), "/dev/null"] {
      let (_, said) = Self.read { () throws(CSVError) in
        try CSVReader(path: path, in: LiveFileSystem(), name: "hostile.csv")
      }
      #expect(
        said.map(\.description) == [
          "hostile.csv: cannot read \(path): it is a link, a device or a pipe; name a plain file"
        ])
    }
  }

  @Test func `that is not there, or may not be read, is refused`() throws {
    struct Locked: ForwardingFileSystem {
      var underlying: any FileSystem { LiveFileSystem() }
      func exists(_ path: String) -> Bool { true }
      func isPlainFile(_ path: String) -> Bool { true }
      func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
        throw FileError(operation: "open", path: path, code: 13)
      }
    }
    let folder = try TemporaryDirectory()
    let path = folder.file("hostile.csv")
    let absent = Self.read { () throws(CSVError) in
      try CSVReader(path: path, in: LiveFileSystem())
    }
    #expect(absent.said.first?.description.contains("no such file or folder") == true)
    let locked = Self.read { () throws(CSVError) in try CSVReader(path: path, in: Locked()) }
    #expect(
      locked.said.map(\.description) == [
        "hostile.csv: cannot open \(path): permission denied; check owner and mode (error 13)"
      ])
  }
}
