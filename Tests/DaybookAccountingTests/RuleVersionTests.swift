import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

@testable import DaybookAccounting

/// Posting rules change, and what was posted by them does not.
@Suite struct `A posting rule that changes` {
  private static let income = "exemptIncome"

  private static func rule(_ account: String, from: Day) -> PostingRuleSet {
    .with {
      $0.rule = PostingRuleID(1)
      $0.eventType = "ChargePosted"
      $0.slots = [PostingSlot(income, account: account)]
      $0.from = from
    }
  }

  private static func define(_ code: String, _ number: UInt64) -> AccountDefined {
    .with {
      $0.account = LedgerAccountID(number)
      $0.code = code
      $0.name = "Night surgery"
      $0.type = .income
    }
  }

  /// What verify says of rules.
  private func made(_ model: AccountingModel) -> Check? {
    AccountingChecks.run(model).first {
      $0.name == "every entry stands in the accounts of the rule that made it"
    }
  }

  @Test func `leaves older entries as they are, and verify says which version made what`() throws {
    var books = Books()
    try books.clinic()
    try books.take(Self.define("4005", 1), on: 1)
    try books.take(Self.define("4006", 2), on: 2)
    try books.charge(1, to: patient(1), 10_000, day: "2026-03-02")
    let before = books.lines()
    try books.take(Self.rule("4005", from: try Day(parsing: "2026-04-01")), on: 1)
    try books.charge(2, to: patient(1), 20_000, day: "2026-03-31")
    try books.charge(3, to: patient(1), 30_000, day: "2026-04-01")
    try books.take(Self.rule("4006", from: try Day(parsing: "2026-05-01")), on: 1)
    try books.charge(4, to: patient(1), 40_000, day: "2026-04-30")
    try books.charge(5, to: patient(1), 50_000, day: "2026-05-01")
    #expect(Array(books.lines().prefix(before.count)) == before)
    #expect(
      books.lines().filter { $0.hasPrefix("400") } == [
        "4000 P1 C1 -100.00", "4000 P1 C2 -200.00", "4005 P1 C3 -300.00", "4005 P1 C4 -400.00",
        "4006 P1 C5 -500.00",
      ])
    let check = try #require(made(books.model))
    #expect(check.passed)
    #expect(
      check.detail == """
        version 1: 2 entries; ChargePosted version 2 from 2026-04-01, set at position 5: 2 entries; \
        ChargePosted version 3 from 2026-05-01, set at position 8: 1 entry
        """)
    // The footer names the latest version that is in force on the day, as known then.
    for (day, known, version) in [
      ("2026-03-31", 10, 1), ("2026-04-30", 10, 2), ("2026-05-01", 10, 3), ("2026-05-01", 7, 2),
      ("2026-05-01", 5, 1),
    ] as [(String, UInt64, Int)] {
      let report = AccountingReports.trialBalance(
        books.view, AccountingQuery(on: try Day(parsing: day), knownAt: Position(known)))
      #expect(report.footer.ruleVersion == version, "\(day) known at \(known)")
    }
  }

  @Test func `is the rule of what a reversal undoes, whatever holds by then`() throws {
    var books = Books()
    try books.clinic()
    try books.take(Self.define("4005", 1), on: 1)
    let charged = try books.charge(1, to: patient(1), 10_000)
    try books.take(Self.rule("4005", from: try Day(parsing: "2026-01-01")), on: 1)
    let charge = ChargePosted.with { $0.charge = ChargeID(1) }
    let reversed = try Reversed.with { (reversed) throws(WireError) in
      reversed.of = Position(charged)
      reversed.reason = "wrong"
      reversed.family = UInt32(FamilyNumber.accounting.rawValue)
      reversed.tag = UInt32(ChargePosted.tag.rawValue)
      reversed.payload = try charge.encoded()
    }
    let undone = try books.take(
      reversed, onStream: StreamID(.charge, 1), day: "2026-03-05")
    var entries: [String] = []
    books.model.forEachPosting {
      if $0.position.number == undone { entries.append("\($0.entry) \($0.account.code)") }
    }
    #expect(entries == ["\(undone).1.1.1 1200", "\(undone).1.1.2 4000"])
    let check = try #require(made(books.model))
    #expect(check.passed && check.detail == "version 1: 2 entries", "\(check.detail)")
  }

  @Test func `does not restate what is in an account that its version does not mean`() throws {
    var books = Books()
    try books.clinic()
    try books.charge(1, to: patient(1), 10_000)
    var row = Posting()
    row.amount = -5
    row.position = books.model.asOf
    row.day = 20_500
    row.account = UInt16(try #require(books.model.chart.index(of: "6130")))
    row.line = 3
    books.model.ledger.postings.append(row)
    let check = try #require(made(books.model))
    #expect(!check.passed)
    #expect(
      check.detail
        == "position 2 stands in 6130, which version 1 of the rule for ChargePosted does not mean")
  }

  /// Against a look at each: any first days in any order.
  @Test(arguments: 0..<20) func `is found in any order of first days`(_ seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let builtIn = SlotAccounts(.standard)
    var rules = AccountRules(builtIn)
    var plain: [(from: Int32, position: Position)] = []
    let count = Int(numbers.upTo(60))
    for index in 0..<count {
      // Ascending, descending and mixed histories.
      let from: Int32 =
        switch seed % 3 {
        case 0: Int32(index * 2)
        case 1: Int32((count - index) * 2)
        default: Int32(numbers.upTo(40))
        }
      let position = Position(UInt64(index) * 3 + 5)
      var rule = AccountRule(position: position, rule: 3, from: from)
      rule.meanings = [
        AccountRule.Meaning(slot: Slot.tips.rawValue, account: UInt16(index % 40))
      ]
      rules.add(rule)
      plain.append((from, position))
      for day in stride(from: Int32(-1), through: Int32(count * 2 + 1), by: 1) {
        for known in [position, Position(position.number + 1), Position(7), .end] {
          let expected = plain.lastIndex { $0.from <= day && $0.position < known }
          #expect(
            Int(rules.version(3, on: day, at: known)) == (expected.map { $0 + 2 } ?? 1))
        }
        let latest = plain.lastIndex { $0.from <= day }
        #expect(
          rules.accounts(3, on: day)[.tips]
            == (latest.map { UInt16($0 % 40) } ?? builtIn[.tips]))
      }
    }
    #expect(rules.version(2, on: .max, at: .end) == 1)
  }
}
