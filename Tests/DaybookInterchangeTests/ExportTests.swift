import Daybook
import DaybookInterchange
import DaybookTesting
import Testing

/// All that an export hands on.
func text(_ export: (_ body: (String) throws -> Void) throws -> Void) rethrows -> String {
  var text = ""
  try export { text += $0 }
  return text
}

extension JournalExport {
  func whole(_ format: JournalFormat) throws -> String {
    try text { try forEachChunk(as: format, $0) }
  }
}

extension CSVExport {
  func whole(_ table: Table) throws -> String { try text { try forEachChunk(of: table, $0) } }
}

@Suite struct `Export of the books` {
  /// Compares a journal with its golden file, which holds no digest: that changes with what is computed.
  func expect(
    _ journal: String, of view: Snapshot<AccountingModel>, is name: String
  ) throws {
    let digest = view.model.digest(at: view.asOf)
    #expect(journal.contains("digest of the books \(digest).\n"))
    try Golden.expect(journal.replacing(digest, with: "DIGEST"), is: "export/\(name)")
  }

  @Test(arguments: JournalFormat.allCases)
  func `writes every posting rule's entries as they were looked at`(
    _ format: JournalFormat
  ) throws {
    let view = try ExportBook.everyPosting().view()
    let journal = try JournalExport(view).whole(format)
    try expect(journal, of: view, is: "every-posting.\(format.rawValue).txt")
  }

  @Test(arguments: CSVExport.Table.allCases)
  func `writes tables as they were looked at`(_ table: CSVExport.Table) throws {
    let view = try ExportBook.everyPosting().view()
    try Golden.expect(
      try CSVExport(view).whole(table), is: "export/every-posting.\(table.fileName)")
    try Golden.expect(
      try CSVExport(view, clinic: 2).whole(table), is: "export/one-clinic.\(table.fileName)")
  }

  @Test(arguments: JournalFormat.allCases)
  func `writes one clinic's part of every entry`(_ format: JournalFormat) throws {
    let view = try ExportBook.everyPosting().view()
    let journal = try JournalExport(view, clinic: 2).whole(format)
    try expect(journal, of: view, is: "one-clinic.\(format.rawValue).txt")
  }

  @Test func `gives hledger and ledger the same text`() throws {
    let export = JournalExport(try ExportBook.everyPosting().view())
    #expect(try export.whole(.hledger) == export.whole(.ledger))
  }

  @Test(arguments: [nil, 1, 2, 3] as [UInt64?])
  func `every transaction has explicit amounts that sum to zero`(_ clinic: UInt64?) throws {
    let view = try ExportBook.everyPosting().view()
    for format in JournalFormat.allCases {
      let journal = try JournalExport(view, clinic: clinic).whole(format)
      let entries = AddedUp(journal)
      #expect(entries.unbalanced == [])
      #expect(entries.transactions > 0)
      #expect(journal.contains(": \(entries.transactions) entries, \(entries.postings) postings."))
    }
  }

  @Test func `the trial balance is what the journal adds up to`() throws {
    let view = try ExportBook.everyPosting().view()
    for clinic in [1, 2, 3] as [UInt64] {
      let journal = AddedUp(try JournalExport(view, clinic: clinic).whole(.ledger))
      let table = try CSVExport(view, clinic: clinic).whole(.trialBalance)
      let rows = table.split(separator: "\r\n").dropFirst().map {
        $0.split(separator: ",").map(String.init)
      }
      #expect(rows.map { $0[0] }.sorted() == journal.turnover.keys.sorted())
      for row in rows {
        let sides = try #require(journal.turnover[row[0]])
        let digits = row[1...].map { Int64($0.filter { $0 != "." }) }
        #expect(digits == [sides.debit, sides.credit, sides.debit - sides.credit])
      }
    }
  }

  @Test func `D and S choose the same part for journals and tables`() throws {
    let view = try ExportBook.everyPosting().view()
    let day = try Day(parsing: "2025-12-31")
    let journal = AddedUp(try JournalExport(view, on: day).whole(.beancount))
    #expect(journal.transactions == 1)
    #expect(
      try CSVExport(view, on: day).whole(.trialBalance) == """
        account,debit,credit,balance\r
        Assets:1200-Receivables-Patients,80.00,0.00,80.00\r
        Income:4000-Treatment-Income-Exempt,0.00,80.00,-80.00\r

        """)
    // The first charge of an action of three: S is exact inside an action.
    let first = Position(11)
    #expect(AddedUp(try JournalExport(view, knownAt: first).whole(.ledger)).transactions == 1)
    #expect(try CSVExport(view, knownAt: first).whole(.journal).contains("11.1.1.1,"))
    #expect(try !CSVExport(view, knownAt: first).whole(.journal).contains("12.1.1.1,"))
  }

  @Test func `no name of a patient and no recorded time reaches a journal`() throws {
    var book = try ExportBook.everyPosting()
    let before = try JournalExport(book.view()).whole(.beancount)
    var later = try ExportBook()
    later.recorded = Instant(milliseconds: 1_900_000_000_000)
    book = later
    try book.clinic(1, .eur, name: "Sol")
    try book.charge(1, to: ExportBook.patient, 10_000)
    let export = JournalExport(try book.view())
    for format in JournalFormat.allCases {
      #expect(try !export.whole(format).contains("2030-03-17"))
      #expect(!before.contains("Quevedo") && !before.contains("latex"))
    }
    let view = try ExportBook.everyPosting().view()
    for table in CSVExport.Table.allCases {
      #expect(try !CSVExport(view).whole(table).contains("Quevedo"))
    }
  }

  @Test(arguments: JournalFormat.allCases)
  func `an empty book is a journal of declarations`(_ format: JournalFormat) throws {
    let empty = Snapshot(AccountingModel())
    let journal = try JournalExport(empty).whole(format)
    try expect(journal, of: empty, is: "empty.\(format.rawValue).txt")
    #expect(
      try CSVExport(empty).whole(.trialBalance) == "account,debit,credit,balance\r\n")
  }

  @Test func `prints three decimals, none, and no currency at all`() throws {
    var book = try ExportBook()
    try book.clinic(1, try Currency("KWD"), name: "Kuwait")
    try book.charge(1, to: ExportBook.patient, 12_345)
    try book.charge(2, to: ExportBook.patient, 12_345, clinic: 9)
    let journal = try JournalExport(book.view()).whole(.ledger)
    #expect(journal.contains("commodity KWD\n    format 1000.000 KWD\n"))
    #expect(journal.contains(" 12.345 KWD\n") && journal.contains(" 123.45 XXX\n"))
  }

  @Test func `refuses a day that a tool cannot write, and says which`() throws {
    var book = try ExportBook()
    try book.clinic(1, .eur, name: "Sol")
    try book.charge(1, to: ExportBook.patient, 100, day: "1699-12-31")
    let export = JournalExport(try book.view())
    #expect(try export.whole(.hledger).contains("\n1699-12-31 * (2.1.1)"))
    let day = try Day(parsing: "1699-12-31")
    let error = ExportError.dayOutOfRange(day, at: Position(2), format: .beancount)
    #expect(throws: error) { try export.whole(.beancount) }
    #expect("\(error)".contains("1700 to 2099"))
  }
}

/// A journal added up from its text alone, in whole minor units.
struct AddedUp {
  var transactions = 0
  var postings = 0
  var unbalanced: [String] = []
  var turnover: [String: (debit: Int64, credit: Int64)] = [:]

  init(_ journal: String) {
    var sums: [String: Int64] = [:]
    var head = ""
    for line in journal.split(separator: "\n") {
      if line.dropFirst(10).hasPrefix(" * "), line.first?.isNumber == true {
        if sums.values.contains(where: { $0 != 0 }) { unbalanced.append(head) }
        sums = [:]
        head = String(line)
        transactions += 1
      }
      let words = line.split(separator: " ")
      guard words.count == 3, words[0].contains(":"), line.first == " ", !head.isEmpty,
        let amount = Int64(words[1].filter { $0 != "." })
      else { continue }
      postings += 1
      sums[String(words[2]), default: 0] += amount
      let sides = turnover[String(words[0])] ?? (0, 0)
      turnover[String(words[0])] =
        amount > 0 ? (sides.debit + amount, sides.credit) : (sides.debit, sides.credit - amount)
    }
    if sums.values.contains(where: { $0 != 0 }) { unbalanced.append(head) }
  }
}
