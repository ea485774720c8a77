public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// What every patient and payer owes on D as known at S, by age, and what they have to their credit.
  ///
  /// Age counts from the due day: the day of the charge, or of the last transfer to the party, and
  /// the party's terms; of what was open when the books began, the day that its line says. The buckets
  /// sum to the party's receivables; credit is what is deposited or unapplied, and never netted.
  /// Source: Books, section 2, aging.
  public static func receivables(_ view: AccountingView, _ query: AccountingQuery) -> Report {
    let scope = Scope(view, query)
    var report = scope.report(
      "receivables", "Receivables",
      [
        Column("party", .identifier), Column("ref", .text), Column("kind", .text),
        Column("current", .amount), Column("d30", .amount, title: "1-30"),
        Column("d60", .amount, title: "31-60"), Column("d90", .amount, title: "61-90"),
        Column("over90", .amount, title: "over 90"), Column("total", .amount),
        Column("credit", .amount),
      ])
    var parts = OpenParts(scope)
    var debits = CurrencySum()
    var entries = EntryCounter()
    scope.forEachPosting { row, _ in
      guard parts.add(row) else { return }
      entries.count(row)
      if row.amount > 0 { debits.add(row.amount, scope.currency(row.clinic)) }
    }
    for line in parts.lines() {
      let amounts = line.buckets + [line.buckets.reduce(0, +), line.credit]
      report.append(
        scope.cells(line.party) + [.text(scope.kind(line.party))]
          + amounts.map { .amount(Amount(minorUnits: $0, line.currency)) })
    }
    report.total("current", "d30", "d60", "d90", "over90", "total", "credit")
    report.footer = scope.footer(entries: entries.total, debits: debits)
    return report
  }
}

extension Scope {
  /// What a party is, in one word.
  func kind(_ key: PartyKey) -> String {
    if let listing = model.party(key, at: position) { return listing.kind.rawValue }
    return key.patient != nil ? "patient" : key == .walkIn ? "walk-in" : "other"
  }
}

/// What is open of each charge, by who owes it.
struct OpenParts {
  /// The part of one charge that one party owes.
  private struct Part {
    var party: PartyKey
    var charge: UInt32
    var currency: Currency
    var amount: Int64 = 0
    /// When it fell to the party; nil while only payments of it are known.
    var since: Int32?
    /// When it is due, where its first line said so.
    var due: Int32?
  }

  private struct PartKey: Hashable {
    var party: UInt32
    var charge: UInt32
    var document: UInt64
  }

  /// What is printed of a party in one currency.
  struct Line {
    var party: PartyKey
    var currency: Currency
    var buckets = [Int64](repeating: 0, count: 5)
    var credit: Int64 = 0

    var isZero: Bool { credit == 0 && buckets.allSatisfy { $0 == 0 } }
  }

  private let scope: Scope
  private let receivables: [UInt16]
  private let credits: [UInt16]
  private var parts: [Part] = []
  // Only asked for a key, never iterated.
  private var places: [PartKey: Int] = [:]
  private var creditLines: [Line] = []

  init(_ scope: Scope) {
    self.scope = scope
    let accounts = scope.model.accounts
    receivables = [accounts[.patientReceivable], accounts[.payerReceivable]]
    credits = [accounts[.credit], accounts[.deposit]]
  }

  /// Takes a posting in; false if it concerns no receivable and no credit.
  mutating func add(_ row: Posting) -> Bool {
    if credits.contains(row.account) {
      var line = Line(party: PartyKey(rawValue: row.party), currency: scope.currency(row.clinic))
      line.credit = -row.amount
      creditLines.append(line)
      return true
    }
    guard receivables.contains(row.account) else { return false }
    let key = PartKey(
      party: row.party, charge: row.charge,
      document: row.charge == 0 ? row.document.rawValue : 0)
    let place = places[key] ?? parts.count
    if place == parts.count {
      places[key] = place
      parts.append(
        Part(
          party: PartyKey(rawValue: row.party), charge: row.charge,
          currency: scope.currency(row.clinic)))
    }
    parts[place].amount += row.amount
    // What is undone leaves the age of the debt as it was.
    let restarts =
      row.rule == PostingRule.Index.transfer
      && scope.model.reversedEvent(by: row.position) == nil
    let isRecovery = row.rule == PostingRule.Index.adjustment
    if row.amount > 0, !isRecovery, restarts || parts[place].since == nil {
      parts[place].since = max(row.day, parts[place].since ?? .min)
      parts[place].due =
        restarts ? nil : scope.model.openingDue(ofCharge: row.charge, at: scope.position)
    }
    return true
  }

  /// The first part of which more was paid, or taken off, than was owed.
  var firstOverpaid: (party: PartyKey, charge: UInt32, amount: Int64)? {
    parts.first { $0.amount < 0 }.map { ($0.party, $0.charge, $0.amount) }
  }

  /// How many parts there are, open or not.
  var count: Int { parts.count }

  /// The parties with anything open or to their credit, ordered, each currency on its own.
  func lines() -> [Line] {
    var lines = creditLines
    for part in parts where part.amount != 0 {
      var line = Line(party: part.party, currency: part.currency)
      line.buckets[bucket(part)] = part.amount
      lines.append(line)
    }
    lines.sort { ($0.party, $0.currency) < ($1.party, $1.currency) }
    var merged: [Line] = []
    for line in lines {
      if let last = merged.last, last.party == line.party, last.currency == line.currency {
        let index = merged.count - 1
        for bucket in line.buckets.indices { merged[index].buckets[bucket] += line.buckets[bucket] }
        merged[index].credit += line.credit
      } else {
        merged.append(line)
      }
    }
    return merged.filter { !$0.isZero }
  }

  /// The age of the open part that a posting belongs to; nil where nothing of it is open.
  func age(of row: Posting) -> AgeBucket? {
    let key = PartKey(
      party: row.party, charge: row.charge,
      document: row.charge == 0 ? row.document.rawValue : 0)
    guard let place = places[key], parts[place].amount != 0 else { return nil }
    return AgeBucket(rawValue: bucket(parts[place]))
  }

  private func bucket(_ part: Part) -> Int {
    switch Int(scope.through) - due(part) {
    case ...0: return 0
    case ...30: return 1
    case ...60: return 2
    case ...90: return 3
    default: return 4
    }
  }

  private func due(_ part: Part) -> Int {
    if let due = part.due { return Int(due) }
    let known = scope.model.partyRegistry.find(
      UInt64(part.party.rawValue), at: scope.position)
    return Int(part.since ?? scope.through) + Int(known?.facts.termsDays ?? 0)
  }
}
