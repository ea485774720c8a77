import DaybookAccounting
import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

/// Seeds and chunk sizes; tiny chunks, so that every entry crosses the end of one.
private let runs = Effort.cases(
  [
    (4, 7), (1, 1), (7, 65_536), (2, 2), (3, 3), (5, 64), (6, 1024),
  ] as [(seed: UInt64, chunkRows: Int)], few: 3)

@Suite struct `Random books` {
  private func told(_ run: (seed: UInt64, chunkRows: Int), steps: Int = 120) throws -> RandomBooks {
    var random = try RandomBooks(seed: run.seed, chunkRows: run.chunkRows)
    try random.steps(steps)
    return random
  }

  private func number(_ cell: Cell) -> Int64 {
    if case .amount(let amount) = cell { amount.minorUnits } else { 0 }
  }

  private func sum(_ report: Report, _ name: String) -> Int64 {
    let index = report.columns.firstIndex { $0.name == name } ?? 0
    return report.rows.reduce(0) { $0 + number($1[index]) }
  }

  @Test(arguments: runs)
  func `balance at every position, clinic by clinic`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    let random = try told(run)
    for position in 0...random.books.position {
      for clinic in 1...3 as ClosedRange<UInt64> {
        let report = AccountingReports.trialBalance(
          random.books.view,
          AccountingQuery(knownAt: Position(position), clinic: clinic))
        #expect(sum(report, "balance") == 0, "seed \(run.seed), position \(position)")
        #expect(sum(report, "debit") == sum(report, "credit"), "seed \(run.seed)")
      }
    }
  }

  @Test(arguments: runs)
  func `give a trial balance that a scan of all postings gives`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    var random = try told(run)
    var postings: [BookedPosting] = []
    random.books.model.forEachPosting { postings.append($0) }
    for _ in 0..<40 {
      let (on, known) = (random.someDay(), random.somePosition())
      let (from, clinic) = (random.oneOf([nil, random.someDay()]), random.oneOf([nil, 1, 2, 3]))
      let report = AccountingReports.trialBalance(
        random.books.view,
        AccountingQuery(on: on, from: from, knownAt: known, clinic: clinic.map { UInt64($0) }))
      let expected = scan(
        postings.filter {
          $0.day <= on && $0.position <= known
            && (clinic.map { UInt64($0) } ?? $0.clinic) == $0.clinic
        }, from)
      #expect(
        report.texts("account", "opening", "debit", "credit", "balance") == expected,
        "seed \(run.seed): from \(String(describing: from)) to \(on), known at \(known)")
    }
  }

  /// Rows as the report has them: by account, then by currency.
  private func scan(_ postings: [BookedPosting], _ from: Day?) -> [String] {
    struct Sums {
      var (opening, debit, credit) = (Int64(0), Int64(0), Int64(0))
    }
    var sums: [String: Sums] = [:]
    for posting in postings {
      let key = "\(posting.account.code) \(posting.amount.currency.code)"
      let amount = posting.amount.minorUnits
      if let from, posting.day < from {
        sums[key, default: Sums()].opening += amount
      } else if amount > 0 {
        sums[key, default: Sums()].debit += amount
      } else {
        sums[key, default: Sums()].credit -= amount
      }
    }
    return sums.sorted { $0.key < $1.key }.map { key, sum in
      let figures = [sum.opening, sum.debit, sum.credit, sum.opening + sum.debit - sum.credit]
      return "\(key.prefix(4)) "
        + figures.map { Amount(minorUnits: $0, .eur).decimal }.joined(separator: " ")
    }
  }

  private func reports(_ view: Snapshot<AccountingModel>, _ known: Position? = nil) throws
    -> [String]
  {
    let query = AccountingQuery(knownAt: known)
    return [
      AccountingReports.trialBalance(view, query), AccountingReports.journal(view, query),
      AccountingReports.receivables(view, query),
      AccountingReports.statement(of: PatientID(5), view, query),
      AccountingReports.revenue(by: .month, view, query),
      AccountingReports.revenue(by: .clinic, view, query),
      try AccountingReports.explain(.account("1200"), view, query),
      AccountingReports.credits(view, query), AccountingReports.control(view, query),
      AccountingReports.deferred(view, query), AccountingReports.dayEnd(view, query),
    ].map { render($0, as: .json) }
  }

  @Test(arguments: runs)
  func `answer for every earlier position as they did then, byte for byte`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    var random = try RandomBooks(seed: run.seed, chunkRows: run.chunkRows)
    var then: [(position: Position, digest: String, reports: [String]?)] = []
    for step in 0..<120 {
      try random.step()
      let view = random.books.view
      then.append(
        (view.asOf, view.model.digest, step % 13 == 0 ? try reports(view) : nil))
    }
    for (position, digest, past) in then {
      #expect(
        random.books.model.digest(at: position) == digest, "seed \(run.seed), \(position)")
      if let past { #expect(try reports(random.books.view, position) == past) }
    }
  }

  @Test(arguments: runs)
  func `have one digest whenever they are told the same, whenever it is recorded`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    let one = try told(run)
    var two = try RandomBooks(seed: run.seed, chunkRows: run.chunkRows)
    two.books.recorded = Instant(milliseconds: 1_800_000_000_000)
    two.books.recordedStep = 7
    try two.steps(120)
    #expect(one.books.model.digest == two.books.model.digest)
    try two.step()
    #expect(one.books.model.digest != two.books.model.digest)
  }

  @Test(arguments: runs)
  func `are a snapshot when copied`(_ run: (seed: UInt64, chunkRows: Int)) throws {
    var random = try told(run, steps: 60)
    let snapshot = random.books.view
    let (digest, before) = (snapshot.model.digest, try reports(snapshot))
    try random.steps(60)
    #expect(snapshot.model.digest == digest)
    #expect(try reports(snapshot) == before)
    #expect(try reports(random.books.view) != before)
  }

  @Test(arguments: runs)
  func `explain every figure of the trial balance`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    var random = try told(run)
    for clinic in 1...3 as ClosedRange<UInt64> {
      let query = AccountingQuery(
        on: random.someDay(), from: random.oneOf([nil, random.someDay()]),
        knownAt: random.somePosition(), clinic: clinic)
      let balance = AccountingReports.trialBalance(random.books.view, query)
      for row in balance.rows {
        guard case .identifier(let code) = row[0] else { continue }
        let explained = try AccountingReports.explain(.account(code), random.books.view, query)
        #expect(sum(explained, "debit") == number(row[3]), "seed \(run.seed), \(code)")
        #expect(sum(explained, "credit") == number(row[4]), "seed \(run.seed), \(code)")
        #expect(
          explained.totals.last.map { number($0) } == number(row[5]), "seed \(run.seed), \(code)")
      }
    }
  }

  @Test(arguments: runs)
  func `age receivables that sum to their accounts and are explained party by party`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    var random = try told(run)
    for clinic in 1...3 as ClosedRange<UInt64> {
      let query = AccountingQuery(
        on: random.someDay(), knownAt: random.somePosition(), clinic: clinic)
      let view = random.books.view
      let report = AccountingReports.receivables(view, query)
      let balance = AccountingReports.trialBalance(view, query)
      func balances(_ codes: String...) -> Int64 {
        balance.rows.reduce(0) { sum, row in
          if case .identifier(let code) = row[0], codes.contains(code) {
            return sum + number(row[5])
          }
          return sum
        }
      }
      #expect(sum(report, "total") == balances("1200", "1210"), "seed \(run.seed)")
      #expect(sum(report, "credit") == -balances("2100", "2150"), "seed \(run.seed)")
      for row in report.rows {
        guard case .identifier(let text) = row[0] else { continue }
        let party = try #require(PartyKey(parsing: text))
        var owed: Int64 = 0
        var credit: Int64 = 0
        for code in ["1200", "1210", "2100", "2150"] {
          let explained = try AccountingReports.explain(
            .account(code, party: party), view, query)
          let open = sum(explained, "debit") - sum(explained, "credit")
          if code < "2000" { owed += open } else { credit -= open }
        }
        #expect(row[3...7].reduce(0) { $0 + number($1) } == number(row[8]))
        #expect([owed, credit] == [number(row[8]), number(row[9])], "seed \(run.seed), \(text)")
      }
    }
  }

  @Test(arguments: runs)
  func `list credits by document that are those of the receivables, and control every account`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    var random = try told(run)
    for clinic in [nil, 1, 2, 3] as [UInt64?] {
      let query = AccountingQuery(
        on: random.someDay(), knownAt: random.somePosition(), clinic: clinic)
      let view = random.books.view
      let credits = AccountingReports.credits(view, query)
      let receivables = AccountingReports.receivables(view, query)
      for currency in [Currency.eur, .usd] {
        func sums(_ report: Report, _ name: String) -> [String: Int64] {
          let index = report.columns.firstIndex { $0.name == name } ?? 0
          var sums: [String: Int64] = [:]
          for row in report.rows {
            guard case .amount(let amount) = row[index], amount.currency == currency,
              case .identifier(let party) = row[0]
            else { continue }
            sums[party, default: 0] += amount.minorUnits
          }
          return sums.filter { $0.value != 0 }
        }
        #expect(
          sums(credits, "open") == sums(receivables, "credit"),
          "seed \(run.seed), \(currency.code)")
      }
      let control = AccountingReports.control(view, query)
      #expect(control.notes == ["Every control account equals its ledger."], "seed \(run.seed)")
    }
  }

  @Test(arguments: runs)
  func `have revenue that is the turnover of income, by whatever it is counted`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    var random = try told(run)
    for clinic in 1...3 as ClosedRange<UInt64> {
      let query = AccountingQuery(
        on: random.someDay(), from: random.someDay(), knownAt: random.somePosition(),
        clinic: clinic)
      let balance = AccountingReports.trialBalance(random.books.view, query)
      var (income, discount) = (Int64(0), Int64(0))
      for row in balance.rows {
        if row[0] == .identifier("4000") || row[0] == .identifier("4010") {
          income += number(row[4])
        } else if row[0] == .identifier("4090") {
          discount += number(row[3])
        }
      }
      for dimension in RevenueDimension.allCases {
        let report = AccountingReports.revenue(by: dimension, random.books.view, query)
        #expect(sum(report, "gross") == income, "seed \(run.seed), \(dimension)")
        #expect(sum(report, "discount") == discount, "seed \(run.seed), \(dimension)")
        #expect(sum(report, "net") == income - discount, "seed \(run.seed), \(dimension)")
      }
    }
  }

  @Test(arguments: runs)
  func `pass every check at every position`(_ run: (seed: UInt64, chunkRows: Int)) throws {
    let random = try told(run)
    for position in stride(from: 0, through: random.books.position, by: 9) {
      let checks = AccountingChecks.run(random.books.model, at: Position(position))
      #expect(checks.filter { !$0.passed } == [], "seed \(run.seed), position \(position)")
    }
    #expect(AccountingChecks.run(random.books.model).filter { !$0.passed } == [])
  }

  @Test(arguments: runs)
  func `have the open items that a recomputation from all postings has, on any day as known then`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    var random = try told(run, steps: 240)
    for _ in 0..<60 {
      let (day, position) = (random.someDay(), random.somePosition())
      let clinic = random.oneOf([nil, 1, 2, 3]).map { UInt64($0) }
      let found = ItemsByHand.difference(
        random.books.model, on: day, at: position, clinic: clinic)
      #expect(found == nil, "seed \(run.seed): on \(day) at \(position)")
    }
  }

  @Test(arguments: runs)
  func `have statements that end with what is owed less credit`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    var random = try told(run)
    for clinic in 1...3 as ClosedRange<UInt64> {
      let query = AccountingQuery(
        on: random.someDay(), knownAt: random.somePosition(), clinic: clinic)
      let view = random.books.view
      let receivables = AccountingReports.receivables(view, query)
      for number in 1...5 as ClosedRange<UInt64> {
        let statement = AccountingReports.statement(of: PatientID(number), view, query)
        let row = receivables.rows.first { $0[0] == .identifier("P\(number)") }
        let owed = row.map { self.number($0[8]) - self.number($0[9]) } ?? 0
        let balance = statement.rows.last.map { self.number($0[8]) } ?? 0
        #expect(balance == owed, "seed \(run.seed), P\(number)")
      }
    }
  }
}
