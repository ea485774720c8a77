import Daybook
import DaybookScenarios

// What the books answer for a day D as known at a position S, held to books that never knew more than
// S, and to what their postings add up to.
extension LivedHistory {
  private static let receivables = ["1200", "1210"]
  private static let credits = ["2100", "2150"]

  /// How many pairs of D and S a history is asked about.
  private var questionCount: Int { plan.isShort ? 12 : 3 }

  /// Asks the books, as they are at the end, about earlier days and positions.
  func ask() throws {
    guard [.answers, .aging, .explain, .clearing, .ties].contains(where: checks) else { return }
    let view: Snapshot<AccountingModel> = host.snapshot()
    let earlier = ProjectionHost(.clinic)
    for question in questions(view.model, upTo: view.asOf) {
      try earlier.catchUp(&reader, through: question.knownAt)
      let past: Snapshot<AccountingModel> = earlier.snapshot()
      let added = AddedUp(past.model, question)
      if checks(.answers) {
        try compareTrialBalance(view, question, added)
        try compareReceivables(view, past, question, added)
        try compareStatements(view, past, question, added)
      }
      if checks(.explain) { try explain(view, question, added) }
      if checks(.clearing) { try compareClearing(earlier, question, added) }
      // Ledger and journal of a long history are lists that nobody has room for.
      if checks(.ties), plan.isShort { try tie(question) }
    }
    if checks(.clearing) { try compareClaims() }
    if checks(.aging) { try age(view) }
  }

  private func tie(_ question: BookQuestion) throws {
    for check in try ReportTies.run(host, question.query) where !check.passed {
      throw broken(.ties, "\(question.words): \(check.name): \(check.detail)")
    }
  }

  /// Random days and positions, by position; the last is all that is known, on the last day.
  private func questions(_ books: AccountingModel, upTo last: Position) -> [BookQuestion] {
    var dice = Dice(seed: plan.seed ^ 0x6173_6b65_64)
    let days = postedDays(books)
    let clinics = books.clinics().map(\.clinic)
    guard let first = days.first, let latest = days.last, last > .start else { return [] }
    var questions = (1..<max(2, questionCount)).map { _ in
      let on = days[dice.below(days.count)].advanced(by: dice.below(3) - 1)
      let from = dice.chance(50) ? days[dice.below(days.count)] : nil
      return BookQuestion(
        on: on, from: from.map { min($0, on) },
        knownAt: Position(UInt64(dice.below(Int(last.number))) + 1),
        clinic: dice.chance(50) ? clinics[dice.below(clinics.count)] : nil)
    }
    questions.append(BookQuestion(on: max(first, latest), knownAt: last))
    return questions.sorted { $0.knownAt < $1.knownAt }
  }

  /// The days on which anything was posted, in order.
  private func postedDays(_ books: AccountingModel) -> [Day] {
    var days: Set<Day> = []
    books.forEachPosting { days.insert($0.day) }
    return days.sorted()
  }

  private func compareTrialBalance(
    _ view: Snapshot<AccountingModel>, _ question: BookQuestion, _ added: AddedUp
  ) throws {
    let report = AccountingReports.trialBalance(view, question.query)
    var left = added.turnovers
    for row in report.rows {
      let place = AddedUp.Place(
        account: Report.text(row[report.column("account")]), currency: report.currency(row))
      let found = AddedUp.Turnover(
        opening: report.minor(row, "opening"), debit: report.minor(row, "debit"),
        credit: report.minor(row, "credit"))
      let wanted = left.removeValue(forKey: place) ?? AddedUp.Turnover()
      guard found == wanted, report.minor(row, "balance") == wanted.balance else {
        throw broken(
          .answers, "trial balance \(question.words): \(place.account) is \(found), not \(wanted)")
      }
    }
    if let missing = left.filter({ $0.value != AddedUp.Turnover() }).keys.min() {
      throw broken(.answers, "trial balance \(question.words): \(missing.account) is missing")
    }
  }

  /// Every party's debt and credit are what it has on the accounts of receivables and credits, and as
  /// old as they were when no more was known.
  private func compareReceivables(
    _ view: Snapshot<AccountingModel>, _ past: Snapshot<AccountingModel>, _ question: BookQuestion,
    _ added: AddedUp
  ) throws {
    let report = AccountingReports.receivables(view, question.query)
    guard report.rows == AccountingReports.receivables(past, question.query).rows else {
      throw broken(.answers, "receivables \(question.words) are others now")
    }
    var left = added.parties(Self.receivables + Self.credits)
    for row in report.rows {
      guard let party = PartyKey(parsing: Report.text(row[report.column("party")])) else {
        throw broken(.answers, "receivables \(question.words): \(row[0]) is nobody")
      }
      let currency = report.currency(row)
      left.remove(PartyPlace(party: party, currency: currency))
      let owed = added.balance(Self.receivables, of: party, in: currency)
      let credit = 0 - added.balance(Self.credits, of: party, in: currency)
      let found = (report.minor(row, "total"), report.minor(row, "credit"))
      guard found == (owed, credit) else {
        throw broken(
          .answers, "receivables \(question.words): \(party) is \(found), not \((owed, credit))")
      }
    }
    for place in left.sorted() {
      let owed = added.balance(Self.receivables, of: place.party, in: place.currency)
      let credit = added.balance(Self.credits, of: place.party, in: place.currency)
      guard owed == 0, credit == 0 else {
        throw broken(.answers, "receivables \(question.words): \(place.party) is missing")
      }
    }
  }

  /// Statements of some patients end with what the patient owes less credit, and are row by row what
  /// they were when no more was known.
  private func compareStatements(
    _ view: Snapshot<AccountingModel>, _ past: Snapshot<AccountingModel>, _ question: BookQuestion,
    _ added: AddedUp
  ) throws {
    let patients = past.model.parties().filter { $0.kind == .patient }.compactMap(\.key.patient)
    for patient in patients.prefix(6) {
      let found = AccountingReports.statement(of: patient, view, question.query)
      let then = AccountingReports.statement(of: patient, past, question.query)
      guard found.rows == then.rows, found.totals == then.totals else {
        throw broken(.answers, "the statement \(question.words) of \(patient) is another now")
      }
      guard let last = found.rows.last, let key = PartyKey(patient),
        Set(found.rows.map(found.currency)).count == 1, !isMerged(patient, past)
      else { continue }
      let wanted = added.balance(
        Self.receivables + Self.credits, of: key, in: found.currency(last))
      guard found.minor(last, "balance") == wanted else {
        throw broken(
          .answers,
          "the statement \(question.words) of \(patient) ends with "
            + "\(found.minor(last, "balance")), not \(wanted)")
      }
    }
  }

  /// Whether a patient goes on as another: the statement is then that one's.
  private func isMerged(_ patient: PatientID, _ view: Snapshot<AccountingModel>) -> Bool {
    let title = AccountingReports.statement(of: patient, view, AccountingQuery()).title
    return !title.hasSuffix("\(patient)")
  }

  // MARK: - Aging

  /// On every day on which something was posted, the buckets of all parties come to the accounts of
  /// receivables, and what is to their credit to those of credits and deposits.
  private func age(_ view: Snapshot<AccountingModel>) throws {
    var changes: [Day: (owed: [Currency: Int64], credit: [Currency: Int64])] = [:]
    view.model.forEachPosting { posting in
      let amount = posting.amount.minorUnits
      if Self.receivables.contains(posting.account.code) {
        changes[posting.day, default: ([:], [:])].owed[posting.amount.currency, default: 0] +=
          amount
      } else if Self.credits.contains(posting.account.code) {
        changes[posting.day, default: ([:], [:])].credit[posting.amount.currency, default: 0] -=
          amount
      }
    }
    var (owed, credit): ([Currency: Int64], [Currency: Int64]) = ([:], [:])
    let days = changes.keys.sorted()
    // A long history has many days, and a report reads all postings: every so many of them.
    let step = plan.isShort ? 1 : max(1, days.count / 50)
    for (index, day) in days.enumerated() {
      owed.merge(changes[day]?.owed ?? [:], uniquingKeysWith: +)
      credit.merge(changes[day]?.credit ?? [:], uniquingKeysWith: +)
      guard index % step == 0 || index == days.count - 1 else { continue }
      try compareAging(AccountingReports.receivables(view, AccountingQuery(on: day)), owed, credit)
    }
  }

  private func compareAging(
    _ report: Report, _ owed: [Currency: Int64], _ credit: [Currency: Int64]
  ) throws {
    var (found, given): ([Currency: Int64], [Currency: Int64]) = ([:], [:])
    for row in report.rows {
      let buckets = ["current", "d30", "d60", "d90", "over90"].reduce(0) {
        $0 + report.minor(row, $1)
      }
      guard buckets == report.minor(row, "total") else {
        throw broken(.aging, "on \(day(report)) the buckets of \(row[0]) are not its total")
      }
      found[report.currency(row), default: 0] += buckets
      given[report.currency(row), default: 0] += report.minor(row, "credit")
    }
    for (found, wanted, what) in [(found, owed, "receivables"), (given, credit, "credit")] {
      for currency in Set(found.keys).union(wanted.keys).sorted()
      where found[currency] ?? 0 != wanted[currency] ?? 0 {
        throw broken(
          .aging,
          "on \(day(report)) \(what) are \(found[currency] ?? 0) \(currency), the accounts "
            + "\(wanted[currency] ?? 0)")
      }
    }
  }

  private func day(_ report: Report) -> String { report.on.map { "\($0)" } ?? "no day" }

  // MARK: - Explaining

  /// The events that explain each figure of the trial balance sum to it, and of the accounts that are
  /// kept by party each party's part.
  private func explain(
    _ view: Snapshot<AccountingModel>, _ question: BookQuestion, _ added: AddedUp
  ) throws {
    let balance = AccountingReports.trialBalance(view, question.query)
    let currencies = Set(balance.rows.map(balance.currency))
    // An account in several currencies has several figures, of which the sums are not one.
    guard currencies.count == 1, let currency = currencies.first else { return }
    for row in balance.rows {
      let account = Report.text(row[balance.column("account")])
      let explained = try AccountingReports.explain(.account(account), view, question.query)
      guard sum(explained, "debit") == balance.minor(row, "debit"),
        sum(explained, "credit") == balance.minor(row, "credit"),
        explained.total("running") == balance.minor(row, "balance")
      else { throw broken(.explain, "\(account) \(question.words) is not what explains it") }
    }
    let kept = Self.receivables + Self.credits
    for share in added.shares.keys.sorted() where kept.contains(share.account) {
      guard share.party != .none, dice.chance(20) else { continue }
      let explained = try AccountingReports.explain(
        .account(share.account, party: share.party), view, question.query)
      let wanted = added.balance([share.account], of: share.party, in: currency)
      guard explained.total("running") == wanted else {
        throw broken(
          .explain, "\(share.account) of \(share.party) \(question.words) is not \(wanted)")
      }
    }
    // Each cell is a pass over the postings.
    if plan.isShort { try explainCells(view, question) }
  }

  func sum(_ report: Report, _ name: String) -> Int64 {
    report.rows.reduce(0) { $0 + report.minor($1, name) }
  }
}
