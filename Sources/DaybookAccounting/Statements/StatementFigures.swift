import DaybookEvents
import DaybookReporting
import DaybookValues

/// What every account came to up to each of some days, by the values of a dimension if one is asked for.
///
/// Between two of the days it is what the second has more than the first.
struct StatementFigures {
  /// Which entries of the thirteenth period are among them.
  enum Closing {
    /// All: how things stand.
    case included
    /// None: what a year earned.
    case excluded
    /// No others: what closing a year brought about.
    case alone
  }

  let scope: Scope
  let currencies: [Currency]
  /// The values of the dimension, in their order and what is of none last; 0 alone without one.
  private(set) var groups: [UInt64] = []
  private let cuts: [Int32]
  private let accountCount: Int
  // By group, account and currency, for each day what was up to it.
  private var sums: [Turnover] = []
  private var places: [Int] = []
  // For each day the entries up to it.
  private var entryCounts: [Int]

  /// - Parameters:
  ///   - days: Every day that will be asked for; `.min` is before everything.
  ///   - dimension: What the figures are grouped by.
  ///   - filter: Which postings they are made of.
  ///   - source: What they are made of: all that is posted, or what was moved or paid in cash.
  /// - Throws: `UnknownAccount` for an account that the chart does not have; `ValueError` where what counts
  ///   when it is paid does not fit.
  /// - Complexity: One search a day, account, clinic and chunk, where there are running sums; O(postings)
  ///   with a dimension, or with a filter of anything but accounts.
  init(
    _ scope: Scope, days: [Int32], by dimension: LedgerDimension?, filter: JournalFilter,
    closing: Closing, source: StatementSource = .ledger
  ) throws {
    self.scope = scope
    currencies = scope.currencies
    cuts = Set(days.filter { $0 > .min }).sorted()
    entryCounts = Array(repeating: 0, count: cuts.count)
    accountCount = scope.model.chart.accounts.count
    let sieve = try PostingSieve(filter, scope)
    if dimension == nil, source.isLedger, filter.isOfAccountsAlone {
      groups = [0]
      sums = blank
      takeTurnovers(closing, sieve)
    } else {
      try takePostings(dimension, source, sieve, closing)
    }
    places = groups.indices.sorted { groups[$0] &- 1 < groups[$1] &- 1 }
    groups = places.map { groups[$0] }
  }

  private var blank: [Turnover] {
    Array(repeating: Turnover(), count: accountCount * currencies.count * cuts.count)
  }

  /// Debits and credits of an account from the day after `before` through `last`.
  func turnover(
    _ group: Int, _ account: Int, _ currency: Int, after before: Int32, through last: Int32
  ) -> Turnover {
    guard before < last else { return Turnover() }
    let start =
      ((places[group] * accountCount + account) * currencies.count + currency) * cuts.count
    var turnover = sums[start + cuts.place(of: last)]
    if before > .min { turnover.subtract(sums[start + cuts.place(of: before)]) }
    return turnover
  }

  /// Whether a group has anything in those days.
  func hasFigures(_ group: Int, after before: Int32, through last: Int32) -> Bool {
    (0..<accountCount).contains { account in
      currencies.indices.contains {
        turnover(group, account, $0, after: before, through: last) != Turnover()
      }
    }
  }

  /// The entries of those days.
  func entries(after before: Int32, through last: Int32) -> Int {
    guard before < last else { return 0 }
    return entryCounts[cuts.place(of: last)]
      - (before == .min ? 0 : entryCounts[cuts.place(of: before)])
  }

  /// Takes what the running sums of the chunks say: one search a day, account, clinic and chunk.
  private mutating func takeTurnovers(_ closing: Closing, _ sieve: PostingSieve) {
    let model = scope.model
    let clinics = (0..<model.slots.count).filter { scope.includes(clinic: UInt16($0)) }
    let currencyOf = model.slots.currencies.map { currencies.firstIndex(of: $0) ?? 0 }
    for (cut, day) in cuts.enumerated() {
      let all =
        closing == .alone
        ? model.closingTurnovers(through: day, at: scope.position)
        : model.turnovers(through: day, at: scope.position)
      let closed =
        closing == .excluded ? model.closingTurnovers(through: day, at: scope.position) : nil
      for account in 0..<accountCount where sieve.takes(account: account) {
        for clinic in clinics {
          var turnover = all[account, clinic]
          if let closed { turnover.subtract(closed[account, clinic]) }
          let place = (account * currencies.count + currencyOf[clinic]) * cuts.count + cut
          sums[place].add(turnover)
        }
      }
      entryCounts[cut] = clinics.reduce(0) {
        $0 + all.entryCount($1) - (closed?.entryCount($1) ?? 0)
      }
    }
  }

  /// Goes through postings, for what the chunks have no sums of.
  private mutating func takePostings(
    _ dimension: LedgerDimension?, _ source: StatementSource, _ sieve: PostingSieve,
    _ closing: Closing
  ) throws(ValueError) {
    // Not through what is being filled, which would be copied for every posting.
    let (scope, cuts) = (scope, cuts)
    let dimensions = PostingDimensions(scope)
    let currencyOf = scope.model.slots.currencies.map { currencies.firstIndex(of: $0) ?? 0 }
    var known = DenseIndex()
    var lastEntry = Position.start
    // The charge that was looked up last: the postings of an entry are mostly of one.
    var latest: (charge: UInt32, group: Int)?
    let isOfCharge = dimension?.isOfCharge ?? false
    if dimension == nil {
      groups = [0]
      sums = blank
    }
    guard let end = cuts.last else { return }
    try source.forEachPosting(scope, through: end) { row in
      guard sieve.takes(row),
        closing == .included || (closing == .alone) == row.isOfThirteenthPeriod
      else { return }
      var group = 0
      let charge = isOfCharge ? dimensions.chargeNumber(row) : 0
      if isOfCharge, let latest, latest.charge == charge {
        group = latest.group
      } else if let dimension {
        let value = dimensions.value(dimension, of: row)
        group = known.place(of: value) ?? groups.count
        if group == groups.count {
          known[value] = group
          groups.append(value)
          sums += blank
        }
        latest = (charge, group)
      }
      let account = group * accountCount + Int(row.account)
      let start = (account * currencies.count + currencyOf[Int(row.clinic)]) * cuts.count
      let cut = cuts.place(of: row.day)
      sums[start + cut].add(row.amount)
      if row.position != lastEntry { entryCounts[cut] += 1 }
      lastEntry = row.position
    }
    for index in sums.indices where index % cuts.count > 0 { sums[index].add(sums[index - 1]) }
    for cut in cuts.indices.dropFirst() { entryCounts[cut] += entryCounts[cut - 1] }
  }
}

/// What a statement is made of.
enum StatementSource {
  /// All that is posted.
  case ledger
  /// The lines that stand beside cash.
  case moves(CashMoves)
  /// What was earned and cost, when it was paid.
  case paid(CashBasis)

  var isLedger: Bool { if case .ledger = self { true } else { false } }

  /// Calls `body` with every posting up to a day.
  func forEachPosting(
    _ scope: Scope, through last: Int32, _ body: (Posting) -> Void
  ) throws(ValueError) {
    switch self {
    case .ledger: scope.forEachPosting(in: .min...last) { body($0.row) }
    case .moves(let moves): moves.forEachPosting(scope, through: last, body)
    case .paid(let basis):
      var paid = basis.paid(scope, through: last)
      while let rows = try paid.next() { rows.forEach(body) }
    }
  }
}

extension PostingSieve {
  /// Whether an account is among those asked for.
  func takes(account: Int) -> Bool { takesAll || accounts[account] }
}

extension [Int32] {
  /// The first of ascending days that is not before `day`.
  fileprivate func place(of day: Int32) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < day { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
