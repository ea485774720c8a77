import DaybookEvents
import DaybookValues
import Testing

@testable import DaybookAccounting

@Suite struct `A check of the books` {
  private var model: AccountingModel

  init() throws {
    var random = try RandomBooks(seed: 11, chunkRows: 16)
    try random.steps(80)
    // An event without an entry, so that what is added to its position is an entry of its own.
    try random.books.patientRegistered(9)
    model = random.books.model
  }

  /// Adds a posting behind the ledger's back.
  private mutating func tamper(
    _ code: String, _ amount: Int64, line: UInt16 = 1, charge: UInt32 = 0, party: UInt32 = 0
  ) {
    var row = Posting()
    row.amount = amount
    row.position = model.asOf
    row.day = 20_500
    row.account = UInt16(model.chart.index(of: code) ?? 0)
    row.line = line
    row.charge = charge
    row.party = party
    model.ledger.postings.append(row)
    model.ledger.noteFullChunks()
  }

  private func failed() -> [String] {
    AccountingChecks.run(model).filter { !$0.passed }.map(\.name)
  }

  @Test func `passes sound books, and says how much it looked at`() {
    #expect(failed() == [])
    #expect(
      AccountingChecks.run(model).map(\.name) == [
        "every entry balances per currency and clinic",
        "the trial balance sums to zero and equals the postings",
        "1990 is zero over all clinics",
        "opening and turnover make the closing of every account",
        "running sums of chunks equal their postings",
        "receivables by party equal 1200 and 1210",
        "credits and deposits by party equal 2100 and 2150",
        "payables by supplier equal 2000", "open items and their age equal their postings",
        "no part of a charge is paid beyond what was owed",
        "charges equal what was posted of income, discount and tax",
        "every entry stands in the accounts of the rule that made it",
        "nothing was posted to a day that was closed",
        "packages that are not used equal 2110",
        "closings of tills equal their receipts, numbered without a gap",
        "cash in tills equals 1010",
        "closed periods are what was stated of them",
      ])
  }

  @Test mutating func `finds a posting without another side`() {
    tamper("1020", 5)
    #expect(failed().contains("every entry balances per currency and clinic"))
    #expect(failed().contains("the trial balance sums to zero and equals the postings"))
  }

  @Test mutating func `finds a line that is missing`() {
    tamper("1020", 5)
    tamper("1100", -5, line: 3)
    #expect(failed() == ["every entry balances per currency and clinic"])
  }

  @Test mutating func `finds money between clinics that arrived nowhere`() {
    tamper("1020", 5)
    tamper("1990", -5, line: 2)
    #expect(failed() == ["1990 is zero over all clinics"])
  }

  @Test mutating func `finds running sums that are not those of their chunk`() {
    model.ledger.keepTurnovers()
    model.ledger.keptTurnovers[1] = ChunkTurnover([])
    #expect(
      failed() == [
        "the trial balance sums to zero and equals the postings",
        "opening and turnover make the closing of every account",
        "running sums of chunks equal their postings",
      ])
  }

  /// The places of sums against a sort of all rows.
  @Test func `of running sums finds any that is another`() {
    let postings = model.ledger.postings
    #expect(postings.fullChunkCount > 3)
    for index in 0..<postings.fullChunkCount {
      let rows = postings.chunk(index)
      let before = model.ledger.rowsBefore(chunk: index)
      let sums = ChunkTurnover(sorting: rows, behind: before)
      #expect(sums == model.ledger.turnovers(ofChunk: index))
      #expect(sums.isSum(of: rows, behind: before))
      for row in rows.indices {
        var others = rows
        others[row].amount += 1
        #expect(!sums.isSum(of: others, behind: before))
        others = rows
        others[row].day += 1
        #expect(!sums.isSum(of: others, behind: before))
        others = rows
        others[row].account += 1
        #expect(!sums.isSum(of: others, behind: before))
        others.remove(at: row)
        #expect(!sums.isSum(of: others, behind: before))
      }
    }
  }

  @Test mutating func `finds what was paid twice`() {
    tamper("1020", 1_000_000)
    tamper("1200", -1_000_000, line: 2, charge: 1, party: 1 << 30 | 1)
    #expect(failed() == ["no part of a charge is paid beyond what was owed"])
  }

  @Test mutating func `finds a package that was not deferred`() {
    var row = PackageMoveRow()
    row.position = model.asOf
    row.package = 7
    row.amount = 100
    row.type = PackageMoveType.new.rawValue
    model.packages.moves.append(row)
    #expect(failed() == ["packages that are not used equal 2110"])
  }

  @Test mutating func `finds a closing that its receipts do not come to, and one left out`() {
    var opening = TillOpeningRow()
    opening.position = model.asOf
    (opening.session, opening.till, opening.float) = (1, 1, 100)
    model.tills.open(opening)
    tamper("1010", 100)
    tamper("1020", -100, line: 2)
    var count = TillCountRow()
    count.position = model.asOf
    (count.session, count.method, count.expected) = (1, 1, 99)
    model.tills.counts.append(count)
    let name = "closings of tills equal their receipts, numbered without a gap"
    #expect(failed() == [name])
    var row = TillRow()
    row.position = model.asOf
    (row.session, row.type, row.method, row.amount) = (1, TillRowType.payment.rawValue, 1, -1)
    model.tills.rows.append(row)
    tamper("1010", -1, line: 3)
    tamper("1020", 1, line: 4)
    #expect(failed() == [])
    var closing = TillClosingRow()
    closing.position = model.asOf
    (closing.session, closing.number) = (1, 2)
    model.tills.closings.append(closing)
    #expect(failed() == [name])
  }

  // 100.00 in the till; 20.03 are paid out of it, of which the coins give 0.03 back.
  @Test mutating func `finds cash that the coins rounded and nobody posted`() {
    var opening = TillOpeningRow()
    opening.position = model.asOf
    (opening.session, opening.till, opening.float) = (1, 1, 10_000)
    model.tills.open(opening)
    tamper("1010", 10_000)
    tamper("1020", -10_000, line: 2)
    var row = TillRow()
    row.position = model.asOf
    (row.session, row.type, row.method, row.amount) = (1, TillRowType.paidOut.rawValue, 1, -2_003)
    model.tills.rows.append(row)
    tamper("6120", 2_003, line: 3)
    tamper("1010", -2_003, line: 4)
    // The postings are of no payment's rule, which other lines find.
    let name = "cash in tills equals 1010"
    #expect(!failed().contains(name))
    (row.type, row.amount) = (TillRowType.rounding.rawValue, 3)
    model.tills.rows.append(row)
    #expect(failed().contains(name))
    #expect(
      AccountingChecks.run(model).first { $0.name == name }?.detail
        == "clinic L1: tills should hold 80.00 EUR, posted for them are 79.97 EUR")
    tamper("1010", 3, line: 5)
    tamper("6910", -3, line: 6)
    #expect(!failed().contains(name))
  }

  @Test mutating func `finds a charge that was not posted`() {
    var row = model.charges[0]
    row.position = model.asOf
    row.list += 100
    model.charges.append(row)
    #expect(failed() == ["charges equal what was posted of income, discount and tax"])
  }
}
