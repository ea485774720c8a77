import Daybook
import DaybookTesting
import DaybookTool
import Testing

@Suite struct `A hostile file in an import` {
  /// A copy of the bundled export.
  static func export(in bench: Bench) throws -> String {
    let files = LiveFileSystem()
    let folder = bench.folder.file("export")
    try files.createDirectory(folder)
    for name in try files.list(Fixtures.synthea) where name.hasSuffix(".csv") {
      let bytes = try files.bytes(of: FilePath.join(Fixtures.synthea, name), atMost: 1 << 24)
      try files.replaceFile(FilePath.join(folder, name), with: bytes.span)
    }
    return folder
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// What is made of the bytes of payers.csv.
    var change: @Sendable ([UInt8]) -> [UInt8]
    var said: String

    init(_ name: String, _ said: String, _ change: @escaping @Sendable ([UInt8]) -> [UInt8]) {
      testDescription = name
      self.said = said
      self.change = change
    }
  }

  static let fatal: [Case] = [
    Case("UTF-16", "payers.csv: the file is UTF-16; save it as UTF-8") { bytes in
      [0xff, 0xfe] + bytes.flatMap { [$0, 0] }
    },
    Case("UTF-16 without its mark", "payers.csv: the file is UTF-16; save it as UTF-8") { bytes in
      bytes.flatMap { [0, $0] }
    },
    Case("CR alone", "save the file with line ends LF or CRLF") { bytes in
      bytes.map { $0 == 0x0a ? 0x0d : $0 }
    },
    Case("a quote that never ends", "a quoted field is not closed before the end of the file") {
      $0 + Array("\"x".utf8)
    },
    Case("a million characters", "a field is longer than 65536 bytes") {
      $0 + Array("\"".utf8) + Array(repeating: 0x78, count: 1_000_000) + Array("\"\n".utf8)
    },
    Case("nothing", "payers.csv: the file is empty; its first row must name the columns") { _ in []
    },
    Case("cut off", "the file ends within this row, with 1 of") { $0 + Array("p-cut".utf8) },
    Case("a missing column", "payers.csv: no column NAME in the first row") { _ in
      Array("Id\n1\n".utf8)
    },
    Case("a column twice", "payers.csv: two columns are named Id") { _ in
      Array("Id,NAME,id\n1,2,3\n".utf8)
    },
  ]

  @Test(arguments: fatal)
  func `that cannot be read to its end leaves nothing half done`(_ one: Case) async throws {
    let bench = try Bench()
    let folder = try Self.export(in: bench)
    let files = LiveFileSystem()
    let path = FilePath.join(folder, "payers.csv")
    let bytes = try files.bytes(of: path, atMost: 1 << 20)
    try files.replaceFile(path, with: one.change(bytes).span)
    let run = await bench.run("import", "synthea", folder)
    #expect(run.status == .refused)
    #expect(run.said.contains("payers.csv"), "\(run.said)")
    #expect(run.said.contains(one.said), "\(run.said)")
    #expect(run.answer.isEmpty)
    let info = await bench.run("log", "info", "--format", "csv")
    #expect(info.status == .noBook || info.answer.contains("\r\n0,0,"), "\(info.answer)")
    // What was wrong is put right, and the same import is made again.
    try files.replaceFile(path, with: bytes.span)
    let again = await bench.run("import", "synthea", folder)
    #expect(again.status == .done, "\(again.said)")
  }

  static let ofOneRow: [Case] = [
    Case("Latin-1", "the text is not UTF-8, perhaps Latin-1; save the file as UTF-8") {
      $0 + Array("p-latin,caf".utf8) + [0xe9]
    },
    Case("bytes of zero", "a byte of zero stands in the text") { $0 + Array("p-zero,\0\0".utf8) },
  ]

  @Test(arguments: ofOneRow)
  func `that cannot be read in one row loses that row alone`(_ one: Case) async throws {
    let bench = try Bench()
    let folder = try Self.export(in: bench)
    let files = LiveFileSystem()
    let path = FilePath.join(folder, "payers.csv")
    let bytes = try files.bytes(of: path, atMost: 1 << 20)
    let header = String(decoding: bytes.prefix { $0 != 0x0a && $0 != 0x0d }, as: UTF8.self)
    let columns = header.split(separator: ",", omittingEmptySubsequences: false).count
    let changed =
      one.change(bytes) + Array(String(repeating: ",", count: columns - 2).utf8) + [0x0a]
    try files.replaceFile(path, with: changed.span)
    let run = await bench.run("import", "synthea", folder, "--format", "csv")
    #expect(run.status == .refused)
    #expect(run.said.contains("1 row was refused"), "\(run.said)")
    let row = bytes.split(separator: 0x0a).count
    #expect(run.answer.contains(",payers.csv,\(row),"), "\(run.answer)")
    #expect(run.answer.contains(one.said), "\(run.answer)")
    let verify = await bench.run("verify")
    #expect(verify.status == .done, "\(verify.answer)")
  }

  @Test func `that is a folder is named, and the folder that is a file`() async throws {
    let bench = try Bench()
    let folder = try Self.export(in: bench)
    let files = LiveFileSystem()
    try files.remove(FilePath.join(folder, "payers.csv"))
    try files.createDirectory(FilePath.join(folder, "payers.csv"))
    let run = await bench.run("import", "synthea", folder)
    #expect(run.status == .file)
    #expect(run.said.contains("payers.csv: it is a folder; name a file"), "\(run.said)")
    let file = await bench.run("import", "synthea", FilePath.join(folder, "patients.csv"))
    #expect(file.status == .file)
    #expect(file.said.contains("is not a folder"), "\(file.said)")
    #expect(!files.exists(bench.book))
  }

  /// Files of which one has another size whenever it is asked for it.
  struct Growing: ForwardingFileSystem {
    struct Grown: ForwardingFile {
      let underlying: any File
      let more = Locked<UInt64>(0)
      func size() throws(FileError) -> UInt64 {
        let size = try underlying.size()
        return more.withLock { more in
          defer { more += 7 }
          return size + more
        }
      }
    }

    let underlying: any FileSystem = LiveFileSystem()
    let name: String

    func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
      let file = try underlying.open(path, mode)
      return path.hasSuffix(name) ? Grown(underlying: file) : file
    }
  }

  @Test func `that grows while it is read is refused before anything is recorded`() async throws {
    var bench = try Bench()
    let folder = try Self.export(in: bench)
    bench.world.files = Growing(name: "claims.csv")
    let run = await bench.run("import", "synthea", folder)
    #expect(run.status == .refused)
    #expect(run.said.contains("claims.csv row"), "\(run.said)")
    #expect(run.said.contains("wait until it is complete, then import it again"), "\(run.said)")
    let info = await bench.run("log", "info", "--format", "csv")
    #expect(info.status == .noBook || info.answer.contains("\r\n0,0,"), "\(info.answer)")
  }
}
