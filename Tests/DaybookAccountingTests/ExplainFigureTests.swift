import DaybookAccounting
import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

/// Seeds and chunk sizes; tiny chunks, so that every entry crosses the end of one.
private let runs = Effort.cases(
  [
    (14, 7), (11, 1), (17, 65_536), (12, 2), (13, 3), (15, 64), (16, 1024),
  ] as [(seed: UInt64, chunkRows: Int)], few: 3)

@Suite struct `A figure of random books` {
  private func told(_ seed: UInt64, _ chunkRows: Int, steps: Int = 120) throws -> RandomBooks {
    var random = try RandomBooks(seed: seed, chunkRows: chunkRows)
    try random.steps(steps)
    return random
  }

  private func number(_ cell: Cell) -> Int64 {
    switch cell {
    case .amount(let amount): amount.minorUnits
    case .count(let count): count
    default: 0
    }
  }

  private func text(_ cell: Cell) -> String {
    switch cell {
    case .text(let text), .identifier(let text): text
    case .month(let month): "\(month)"
    default: ""
    }
  }

  private func sum(_ report: Report, _ name: String) -> Int64 {
    guard let index = report.columns.firstIndex(where: { $0.name == name }) else { return 0 }
    return report.rows.reduce(0) { $0 + number($1[index]) }
  }

  private func anyQuery(_ random: inout RandomBooks) -> AccountingQuery {
    // One clinic at a time, since the third keeps another currency.
    let clinics: [UInt64] = [1, 2, 3]
    return AccountingQuery(
      on: random.someDay(), from: random.oneOf([nil, random.someDay()]),
      knownAt: random.somePosition(), clinic: random.oneOf(clinics))
  }

  /// Holds every figure of a trial balance to its explanation, and to a count of all postings.
  private func expectExplained(_ random: RandomBooks, _ query: AccountingQuery) throws {
    let view = random.books.view
    for row in AccountingReports.trialBalance(view, query).rows {
      let code = text(row[0])
      let explained = try AccountingReports.explain(.account(code), view, query)
      let debit = sum(explained, "debit")
      let credit = sum(explained, "credit")
      #expect([debit, credit] == [number(row[3]), number(row[4])], "\(code), \(query)")
      #expect(number(row[2]) + debit - credit == number(row[5]))
      if let last = explained.rows.last?.last { #expect(number(last) == number(row[5])) }
      let positions = Set(explained.rows.map { $0[1] })
      #expect(explained.footer.entries == positions.count, "\(code), \(query)")
      if let from = query.from {
        var before = query
        (before.from, before.on) = (nil, min(from.advanced(by: -1), query.on ?? from))
        let opening = try AccountingReports.explain(.account(code), view, before)
        #expect(sum(opening, "debit") - sum(opening, "credit") == number(row[2]))
      }
    }
  }

  @Test(arguments: runs)
  func `of the trial balance is the sum of its entries, at any D and S`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    var random = try told(run.seed, run.chunkRows)
    for _ in 0..<12 { try expectExplained(random, anyQuery(&random)) }
  }

  // Many short histories, each with figures of its own.
  @Test func `of the trial balance is the sum of its entries, in a hundred histories`() throws {
    for seed in 100..<200 as Range<UInt64> {
      var random = try told(seed, [1, 3, 16, 1024][Int(seed % 4)], steps: 25)
      try expectExplained(random, anyQuery(&random))
    }
  }

  @Test(arguments: runs)
  func `is explained page by page as it is on one page`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    var random = try told(run.seed, run.chunkRows)
    let view = random.books.view
    let subjects: [ExplainSubject] = [
      .account("1200"), .account("4000"), .account("1990"),
      .account("1200", party: PartyKey(PatientID(5))), .receivables(), .credit(),
      .party(try #require(PartyKey(PatientID(5)))),
    ]
    for subject in subjects {
      var query = anyQuery(&random)
      if case .account = subject { query.clinic = random.oneOf([nil, 1]) }
      let whole = try AccountingReports.explain(subject, view, query)
      for limit in [1, 2, 7] {
        var rows: [[Cell]] = []
        var page = ExplainPage(limit: limit)
        while true {
          let part = try AccountingReports.explain(subject, view, query, page: page)
          #expect(part.footer == whole.footer)
          #expect(Set(part.rows.map { $0[1] }).count <= limit)
          rows += part.rows
          guard case .position(let last) = part.rows.last?[1] else { break }
          page.after = last
        }
        #expect(rows == whole.rows, "seed \(run.seed), \(subject), pages of \(limit)")
      }
    }
  }

  @Test(arguments: runs)
  func `of the receivables is the sum of its entries, by age too`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    var random = try told(run.seed, run.chunkRows)
    let view = random.books.view
    for clinic in [1, 2, 3] as [UInt64] {
      let query = AccountingQuery(
        on: random.someDay(), knownAt: random.somePosition(), clinic: clinic)
      let report = AccountingReports.receivables(view, query)
      func figure(_ subject: ExplainSubject) throws -> Int64 {
        let explained = try AccountingReports.explain(subject, view, query)
        return sum(explained, "debit") - sum(explained, "credit")
      }
      for row in report.rows {
        let party = try #require(PartyKey(parsing: text(row[0])))
        for age in AgeBucket.allCases {
          let found = try figure(.receivables(party: party, age: age))
          #expect(found == number(row[3 + age.rawValue]), "\(party) \(age), \(query)")
        }
        #expect(try figure(.receivables(party: party)) == number(row[8]))
        #expect(try figure(.credit(party: party)) == -number(row[9]))
      }
      #expect(try figure(.receivables()) == sum(report, "total"))
      #expect(try figure(.credit()) == -sum(report, "credit"))
      for age in AgeBucket.allCases {
        #expect(try figure(.receivables(age: age)) == sum(report, age.name))
      }
    }
  }

  @Test(arguments: runs)
  func `of revenue is the sum of its events`(_ run: (seed: UInt64, chunkRows: Int)) throws {
    var random = try told(run.seed, run.chunkRows)
    for clinic in [1, 2, 3] as [UInt64] {
      let query = AccountingQuery(
        on: random.someDay(), from: random.oneOf([nil, random.someDay()]),
        knownAt: random.somePosition(), clinic: clinic)
      for dimension in RevenueDimension.allCases {
        let report = AccountingReports.revenue(by: dimension, random.books.view, query)
        for figure in RevenueFigure.allCases {
          guard let column = report.columns.firstIndex(where: { $0.name == figure.rawValue })
          else { continue }
          for row in report.rows {
            let explained = AccountingReports.explain(
              revenue: figure, in: text(row[0]), by: dimension, random.books.view, query)
            #expect(
              sum(explained, "amount") == number(row[column]),
              "seed \(run.seed), \(dimension) \(text(row[0])) \(figure)")
          }
        }
      }
    }
  }

  @Test(arguments: runs)
  func `lists every entry of an event, and nothing of another`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    let random = try told(run.seed, run.chunkRows)
    var expected: [Position: [String]] = [:]
    random.books.model.forEachPosting {
      expected[$0.position, default: []].append(
        "\($0.entry) \($0.account.code) \($0.amount.decimal)")
    }
    for number in 1...random.books.position {
      let position = Position(number)
      let report = try AccountingReports.explain(
        .position(position), random.books.view, AccountingQuery())
      let found = report.rows.map { row in
        let cells = zip(report.columns, row).filter {
          ["entry", "account", "debit", "credit"].contains($0.0.name)
        }
        return cells.compactMap { column, cell in
          switch cell {
          case .identifier(let text): text
          case .amount(let amount): column.name == "debit" ? amount.decimal : "-" + amount.decimal
          default: nil
          }
        }.joined(separator: " ")
      }
      #expect(found == expected[position] ?? [], "position \(position)")
      #expect(sum(report, "debit") == sum(report, "credit"))
    }
  }

  @Test(arguments: runs)
  func `is what the steps through all events come to`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    let random = try told(run.seed, run.chunkRows)
    let model = random.books.model
    for first in [1, random.books.position / 2] {
      var steps = BookSteps(model, from: Position(first), clinic: 1)
      var closing: [String: Int64] = [:]
      for number in first...random.books.position {
        for line in steps.step(model, at: Position(number)).lines {
          let code = line.posting.account.code
          if let known = closing[code] { #expect(line.before.minorUnits == known) }
          #expect(
            line.after.minorUnits - line.before.minorUnits == line.posting.amount.minorUnits)
          closing[code] = line.after.minorUnits
        }
      }
      let balance = AccountingReports.trialBalance(
        random.books.view, AccountingQuery(on: try Day(parsing: "2030-01-01"), clinic: 1))
      for row in balance.rows {
        if let known = closing[text(row[0])] { #expect(known == number(row[5])) }
      }
    }
  }
}
