import Daybook
import DaybookInterchange
import DaybookTesting
import Testing

@Suite struct `Files of an export` {
  let folder: TemporaryDirectory
  let files = LiveFileSystem()

  init() throws { folder = try TemporaryDirectory() }

  func content(_ path: String) throws -> String {
    String(decoding: try files.bytes(of: path, atMost: 1 << 24), as: UTF8.self)
  }

  @Test func `are the text that was handed on, and replace what stood there`() throws {
    let export = JournalExport(try ExportBook.everyPosting().view())
    let path = folder.file("books.journal")
    // What a killed run left aside is no hindrance.
    try files.replaceFile(path, with: Array("old".utf8).span)
    try files.replaceFile(path + ".new", with: Array(repeating: 0, count: 1 << 20).span)
    try export.write(as: .hledger, to: path, in: files)
    #expect(try content(path) == export.whole(.hledger))
    #expect(try files.list(folder.path) == ["books.journal"])
  }

  @Test func `stand as they were when the export fails`() throws {
    var book = try ExportBook()
    try book.clinic(1, .eur, name: "Sol")
    try book.charge(1, to: ExportBook.patient, 100, day: "1699-12-31")
    let export = JournalExport(try book.view())
    let path = folder.file("books.beancount")
    try files.replaceFile(path, with: Array("old".utf8).span)
    #expect(throws: ExportError.self) { try export.write(as: .beancount, to: path, in: files) }
    #expect(try content(path) == "old")
    #expect(try files.list(folder.path) == ["books.beancount"])
  }

  @Test func `are refused where a folder has the name`() throws {
    let export = JournalExport(Snapshot(AccountingModel()))
    #expect(throws: FileError.self) { try export.write(as: .ledger, to: folder.path, in: files) }
  }

  @Test func `of tables are four in a folder that is made`() throws {
    let export = CSVExport(try ExportBook.everyPosting().view())
    let path = folder.file("csv")
    for _ in 1...2 { try export.write(to: path, in: files) }
    #expect(
      try files.list(path) == ["accounts.csv", "journal.csv", "parties.csv", "trial-balance.csv"])
    for table in CSVExport.Table.allCases {
      #expect(try content(FilePath.join(path, table.fileName)) == export.whole(table))
    }
  }

  @Test func `come in chunks, and the chunks are the whole`() throws {
    var book = try ExportBook()
    try book.clinic(1, .eur, name: "Sol")
    for number in 1...1_000 as ClosedRange<UInt64> {
      try book.charge(number, to: ExportBook.patient, Int64(number))
    }
    let export = JournalExport(try book.view())
    var sizes: [Int] = []
    try export.forEachChunk(as: .ledger) { sizes.append($0.utf8.count) }
    #expect(sizes.count > 3)
    #expect(sizes.dropLast().allSatisfy { (64 << 10) <= $0 && $0 < (66 << 10) })
    #expect(AddedUp(try export.whole(.ledger)).transactions == 1_000)
  }
}
