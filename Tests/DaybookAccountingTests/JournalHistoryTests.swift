import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

@testable import DaybookAccounting

/// Seeds and chunk sizes; tiny chunks, so that every entry crosses the end of one.
private let runs = Effort.cases(
  [
    (4, 7), (1, 1), (7, 65_536), (2, 2), (3, 3), (5, 64), (6, 1024),
  ] as [(seed: UInt64, chunkRows: Int)], few: 3)

/// A random history and what a plain scan of its postings says.
private struct Told {
  var random: RandomBooks
  var model: AccountingModel { random.books.model }

  init(_ run: (seed: UInt64, chunkRows: Int)) throws {
    random = try RandomBooks(seed: run.seed, chunkRows: run.chunkRows)
    // Seven hours and some minutes an event: any hour, any day of the week.
    random.books.recordedStep = 26_000_000
    let actors: [Actor] = [.staff(1), .staff(2), .importer(3), .system]
    for step in 0..<120 as Range<UInt64> {
      random.books.actor = actors[Int(step % 7 % 4)]
      try random.step()
    }
  }

  /// Every condition by itself, with no index and no range.
  func rows(
    _ query: AccountingQuery, _ filter: JournalFilter = JournalFilter(), since: Position = .start
  ) -> [Posting] {
    let known: Position = query.knownAt ?? .end
    let from: Int32 = query.from?.daysSince1970 ?? .min
    let to: Int32 = query.to?.daysSince1970 ?? .max
    return model.ledger.postings.filter { row in
      guard row.position <= known, row.position > since else { return false }
      guard row.day >= from, row.day <= to else { return false }
      if let clinic = query.clinic, clinic != model.slots.number(row.clinic) { return false }
      return isAsked(row, filter)
    }
  }

  private func isAsked(_ row: Posting, _ filter: JournalFilter) -> Bool {
    let rule = PostingRule.builtIn[Int(row.rule)]
    let code = model.chart.accounts[Int(row.account)].code
    if !filter.accounts.isEmpty, !filter.accounts.contains(code) { return false }
    if let party = filter.party, party.rawValue != row.party { return false }
    if let event = filter.event, event != rule.event { return false }
    if let journal = filter.journal, journal != rule.journal { return false }
    if let actor = filter.actor, actor != model.actors[row.actor] { return false }
    return filter.dimensions.allSatisfy { value($0.key, row) == $0.value }
  }

  func value(_ dimension: LedgerDimension, _ row: Posting) -> UInt64 {
    let number =
      row.charge != 0
      ? UInt64(row.charge)
      : row.document.stream.kind == .charge ? row.document.stream.number : 0
    let charge = model.charges.first { UInt64($0.number) == number }
    switch dimension {
    case .clinic: return model.slots.number(row.clinic)
    case .taxCode: return UInt64(row.taxCode)
    case .practitioner: return UInt64(charge?.practitioner ?? 0)
    case .service: return UInt64(charge?.service ?? 0)
    case .payer:
      // Parties 1 to 3 are payers, 4 sells.
      if let party = PartyKey(rawValue: row.party).party, party.number < 4 { return party.number }
      return charge.flatMap { PartyKey(rawValue: $0.responsible).party?.number } ?? 0
    }
  }

  mutating func query() -> AccountingQuery {
    let (one, other) = (random.someDay(), random.someDay())
    return AccountingQuery(
      from: random.oneOf([nil, min(one, other)]), to: max(one, other),
      knownAt: random.oneOf([random.somePosition(), Position(random.books.position)]),
      clinic: random.oneOf([nil, nil, 1, 3]))
  }

  mutating func filter() -> JournalFilter {
    var filter = JournalFilter()
    switch random.oneOf([0, 1, 2, 3, 4, 5, 6]) {
    case 0: filter.accounts = ["1200", "4000"]
    case 1: filter.party = PartyKey(PatientID(2))
    case 2: filter.event = "PaymentReceived"
    case 3: filter.journal = "sales"
    case 4: filter.actor = random.oneOf([.staff(2), .system, .staff(99)])
    case 5: filter.dimensions = [random.oneOf(LedgerDimension.allCases): 1]
    default: break
    }
    return filter
  }

  func details(_ positions: [Position]) -> EventDetails { random.books.details }
}

private func number(_ cell: Cell) -> Int64 {
  if case .amount(let amount) = cell { amount.minorUnits } else { 0 }
}

@Suite struct `The journal of a random history` {
  @Test(arguments: runs)
  func `is what a scan of all postings gives, by whatever filter`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    var told = try Told(run)
    var found = 0
    for _ in 0..<60 {
      let (query, filter) = (told.query(), told.filter())
      let expected = told.rows(query, filter).map { told.model.entryID($0).description }
      let report = try AccountingReports.journal(filter, told.random.books.view, query)
      #expect(report.texts("entry") == expected, "seed \(run.seed): \(filter)")
      found += expected.count
    }
    #expect(found > 500)
  }

  @Test(arguments: runs)
  func `numbers entries without a gap, and knows what settled what`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    var told = try Told(run)
    var numbers: [Position: Int] = [:]
    for row in told.model.ledger.postings where numbers[row.position] == nil {
      numbers[row.position] = numbers.count + 1
    }
    for _ in 0..<20 {
      let query = told.query()
      let report = try AccountingReports.auditJournal(
        JournalFilter(), told.random.books.view, query, details: told.details)
      let rows = told.rows(query)
      var whole = query
      whole.from = nil
      let items = told.rows(whole)
      #expect(
        report.texts("number") == rows.map { "\(numbers[$0.position] ?? 0)" }, "seed \(run.seed)")
      #expect(
        report.texts("match", "matchedOn")
          == rows.map { match($0, items, told) },
        "seed \(run.seed)")
    }
  }

  /// What settles a line, by a scan for each: lines of one charge, or of one payment.
  private func match(_ row: Posting, _ all: [Posting], _ told: Told) -> String {
    func code(_ row: Posting) -> String { told.model.chart.accounts[Int(row.account)].code }
    let part: [Posting]
    let name: String
    switch code(row) {
    case "1200", "1210":
      part = all.filter {
        ($0.charge, $0.party) == (row.charge, row.party) && ["1200", "1210"].contains(code($0))
      }
      name = "C\(row.charge)"
    case "2100", "2150":
      part = all.filter { $0.document == row.document && code($0) == code(row) }
      name = "M\(row.document.stream.number)"
    default: return "- -"
    }
    guard part.reduce(0, { $0 + $1.amount }) == 0, let last = part.map(\.day).max() else {
      return "- -"
    }
    return "\(name) \(Day(daysSince1970: last))"
  }

  @Test func `skips chunks without a posting of its days`() throws {
    var told = try Told((8, 16))
    // The running sums of all full chunks are at hand from here on.
    _ = AccountingReports.trialBalance(told.random.books.view, AccountingQuery())
    for _ in 0..<40 {
      let query = told.query()
      let report = AccountingReports.journal(told.random.books.view, query)
      #expect(report.texts("entry") == told.rows(query).map { told.model.entryID($0).description })
    }
  }
}

@Suite struct `The general ledger of a random history` {
  @Test(arguments: runs)
  func `runs from opening to closing as a scan of all postings does`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    var told = try Told(run)
    for _ in 0..<20 {
      let (query, filter) = (told.query(), told.filter())
      let report = try AccountingReports.ledger(filter, told.random.books.view, query)
      #expect(
        report.texts("account", "event", "entry", "debit", "credit", "running")
          == expected(told, query, filter), "seed \(run.seed): \(query) \(filter)")
    }
  }

  private func expected(
    _ told: Told, _ query: AccountingQuery, _ filter: JournalFilter
  ) -> [String] {
    var all = query
    all.from = nil
    let from = query.from?.daysSince1970 ?? .min
    var parts: [String: [Posting]] = [:]
    for row in told.rows(all, filter) {
      let code = told.model.chart.accounts[Int(row.account)].code
      let currency = told.model.slots.currencies[Int(row.clinic)].code
      parts["\(code) \(currency)", default: []].append(row)
    }
    var lines: [String] = []
    for account in told.model.accountList {
      for currency in ["EUR", "USD"] {
        let own = parts["\(account.code) \(currency)"] ?? []
        var running = own.filter { $0.day < from }.reduce(0) { $0 + $1.amount }
        let after = own.filter { $0.day >= from }.sorted {
          ($0.day, $0.position, $0.line) < ($1.day, $1.position, $1.line)
        }
        // An account that was asked for is shown even where it is empty.
        if running == 0, after.isEmpty { continue }
        func decimal(_ cents: Int64) -> String { money(cents).decimal }
        lines.append("\(account.code) opening - - - \(decimal(running))")
        for row in after {
          running += row.amount
          let sides =
            row.amount > 0 ? "\(decimal(row.amount)) -" : "- \(decimal(-row.amount))"
          lines.append(
            "\(account.code) \(told.model.eventName(row)) \(told.model.entryID(row)) \(sides) "
              + decimal(running))
        }
        let debit = after.map(\.amount).filter { $0 > 0 }.reduce(0, +)
        let credit = -after.map(\.amount).filter { $0 < 0 }.reduce(0, +)
        lines.append(
          "\(account.code) closing - \(decimal(debit)) \(decimal(credit)) \(decimal(running))")
      }
    }
    for code in filter.accounts where !lines.contains(where: { $0.hasPrefix(code + " ") }) {
      let place = lines.firstIndex { $0.prefix(4) > code } ?? lines.endIndex
      guard query.clinic == nil || told.model.slots.find(query.clinic ?? 0) != nil else { continue }
      lines.insert("\(code) closing - 0.00 0.00 0.00", at: place)
      lines.insert("\(code) opening - - - 0.00", at: place)
    }
    return lines
  }
}

@Suite struct `Balances by a dimension` {
  @Test(arguments: runs)
  func `are those of a scan, and together the trial balance`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    var told = try Told(run)
    for dimension in LedgerDimension.allCases {
      for _ in 0..<12 {
        let query = told.query()
        let report = try AccountingReports.trialBalance(
          by: dimension, told.random.books.view, query)
        #expect(
          report.texts(dimension.column, "account", "opening", "debit", "credit", "balance")
            == expected(dimension, told, query), "seed \(run.seed): \(query)")
        let totals = try AccountingReports.ledgerTotals(
          by: dimension, JournalFilter(), told.random.books.view, query)
        #expect(
          totals.texts("account", dimension.column, "balance").sorted()
            == report.texts("account", dimension.column, "balance").sorted())
        #expect(totals.texts("account") == totals.texts("account").sorted())
        let plain = AccountingReports.trialBalance(told.random.books.view, query)
        for (index, name) in ["debit", "credit", "balance"].enumerated() {
          #expect(
            report.rows.reduce(0) { $0 + number($1[index + 5]) }
              == plain.rows.reduce(0) { $0 + number($1[index + 3]) }, "\(name)")
        }
      }
    }
  }

  private func expected(
    _ dimension: LedgerDimension, _ told: Told, _ query: AccountingQuery
  ) -> [String] {
    var all = query
    all.from = nil
    let rows = told.rows(all)
    let from: Int32 = query.from?.daysSince1970 ?? .min
    let dimensions = PostingDimensions(Scope(told.random.books.view, query))
    // By value, account and currency; what is of no value stands behind the others.
    var groups: [String: [Posting]] = [:]
    for row in rows {
      let value = told.value(dimension, row)
      let order = value == 0 ? "9" : "0\(1000 + value)"
      let account = told.model.chart.accounts[Int(row.account)].code
      let currency = told.model.slots.currencies[Int(row.clinic)].code
      groups["\(order) \(account) \(currency)", default: []].append(row)
    }
    return groups.keys.sorted().map { key in
      let own = groups[key] ?? []
      let opening = own.filter { $0.day < from }.reduce(0) { $0 + $1.amount }
      let after = own.filter { $0.day >= from }.map(\.amount)
      let debit = after.filter { $0 > 0 }.reduce(0, +)
      let credit = -after.filter { $0 < 0 }.reduce(0, +)
      var name = "-"
      if case .identifier(let id) = dimensions.cells(dimension, told.value(dimension, own[0]))[0] {
        name = id
      }
      let sums = [opening, debit, credit, opening + debit - credit].map { money($0).decimal }
      return "\(name) \(key.split(separator: " ")[1]) \(sums.joined(separator: " "))"
    }
  }
}

@Suite struct `What was recorded late in a random history` {
  @Test(arguments: runs)
  func `is what a scan of all postings gives, by whatever sign`(
    _ run: (seed: UInt64, chunkRows: Int)
  ) throws {
    var told = try Told(run)
    var found: [UInt8: Int] = [:]
    for _ in 0..<80 {
      let (query, filter, since) = (told.query(), told.filter(), told.random.somePosition())
      let signs = LateSigns(rawValue: told.random.oneOf([0, 1, 2, 3]))
      let report = try AccountingReports.late(
        since: since, told.random.books.view, query, signs: signs, filter: filter,
        details: told.details)
      let all = told.rows(query, since: since)
      let wanted = Set(told.rows(query, filter, since: since).map(\.position))
      var expected: [String] = []
      for position in Set(all.map(\.position)).sorted() where wanted.contains(position) {
        let recorded = Moment(told.model.recordedInstant(at: position), .utc)
        let days = recorded.day.daysSince1970
        // 5 January 1970 was a Monday.
        let isWeekend = (days - 4 + 7_000) % 7 >= 5
        let hour = recorded.secondOfDay / 3600
        if signs.contains(.weekend), !isWeekend { continue }
        if signs.contains(.night), hour < 22, hour >= 6 { continue }
        let debits = all.filter { $0.position == position && $0.amount > 0 }
          .reduce(0) { $0 + $1.amount }
        expected.append("\(position) \(money(debits).decimal)")
      }
      #expect(
        report.texts("position", "amount") == expected, "seed \(run.seed): \(since) \(query)")
      found[signs.rawValue, default: 0] += expected.count
    }
    #expect(found.values.allSatisfy { $0 > 0 })
  }
}
