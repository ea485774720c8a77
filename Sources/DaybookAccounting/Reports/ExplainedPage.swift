import DaybookEvents
import DaybookValues

/// One page of what a figure is made of, with what was before it and what all pages come to.
struct ExplainedPage {
  /// One posting of the page.
  struct Line {
    let row: Posting
    let isOfFigure: Bool
  }

  private let scope: Scope
  private let page: ExplainPage
  private(set) var lines: [Line] = []
  /// What the figure was before the first day.
  private(set) var opening = MoneySums()
  /// What the pages before add to it.
  private(set) var brought = MoneySums()
  /// What the days asked for add to it, on all pages.
  private(set) var turnover = MoneySums()
  /// The debits and credits listed on all pages.
  private(set) var debits = MoneySums()
  private(set) var credits = MoneySums()
  /// The other figure that is told beside it.
  private(set) var beside = MoneySums()
  /// The entries listed on all pages.
  private(set) var entries = 0
  /// Whether there is a page behind this one.
  private(set) var hasMore = false

  private var pageEntries = 0
  private var lastOfPage = Position.start

  init(_ filter: ExplainFilter, _ page: ExplainPage) {
    scope = filter.scope
    self.page = page
    if let account = filter.account, case .account(_, nil) = filter.subject {
      walk(account)
    } else {
      var tally = ExplainTally(clinics: scope.model.slots.count)
      let (from, after) = (filter.isOfDays ? scope.from : .min, page.after ?? .start)
      var (count, last, isFull) = (0, Position.start, false)
      filter.forEachPosting { row in
        guard let part = filter.part(row) else { return }
        guard row.day >= from else { return tally.add(row, .opening, part) }
        if row.position != last { count += 1 }
        last = row.position
        guard row.position > after else { return tally.add(row, .brought, part) }
        tally.add(row, .asked, part)
        if !isFull {
          show(row, isOfFigure: part == .figure)
          isFull = hasMore
        }
      }
      entries = count
      take(tally)
    }
  }

  /// The position of the last entry on the page; nil where it is empty.
  var end: Position? { lines.last?.row.position }

  /// What the whole figure is.
  var figure: MoneySums {
    var figure = opening
    figure.add(turnover)
    return figure
  }

  // MARK: - One posting after the other

  private mutating func take(_ tally: ExplainTally) {
    for clinic in scope.model.slots.currencies.indices {
      let currency = scope.currency(UInt16(clinic))
      func balance(
        _ stretch: ExplainTally.Stretch, _ part: ExplainFilter.Part, _ body: (Int64) -> Void
      ) {
        if let sum = tally.turnover(clinic, stretch, part) { body(sum.balance) }
      }
      balance(.opening, .figure) { opening.add($0, currency) }
      for stretch in ExplainTally.Stretch.allCases {
        balance(stretch, .beside) { beside.add($0, currency) }
        guard stretch != .opening else { continue }
        balance(stretch, .figure) { turnover.add($0, currency) }
        if stretch == .brought { balance(stretch, .figure) { brought.add($0, currency) } }
        for part in ExplainFilter.Part.allCases {
          guard let sum = tally.turnover(clinic, stretch, part) else { continue }
          if sum.debit != 0 { debits.add(sum.debit, currency) }
          if sum.credit != 0 { credits.add(sum.credit, currency) }
        }
      }
    }
  }

  /// Puts a posting that no page before has on the page, if there is room for it.
  private mutating func show(_ row: Posting, isOfFigure: Bool) {
    if hasMore { return }
    if row.position != lastOfPage {
      if let limit = page.limit, pageEntries >= limit {
        hasMore = true
        return
      }
      pageEntries += 1
      lastOfPage = row.position
    }
    lines.append(Line(row: row, isOfFigure: isOfFigure))
  }

  // MARK: - An account, whose sums are known

  /// Takes what an account comes to from the sums of the chunks, and goes through the postings only
  /// until the page is full.
  private mutating func walk(_ account: UInt16) {
    let model = scope.model
    let count = model.postingCount(at: scope.position)
    let before = page.after.map { model.postingCount(at: min($0, scope.position)) } ?? 0
    let (earlier, asked) = figures(of: account, in: count)
    for (clinic, sums) in earlier.turnovers.enumerated() where sums != Turnover() {
      opening.add(sums.balance, scope.currency(UInt16(clinic)))
    }
    for (clinic, sums) in asked.turnovers.enumerated() where sums != Turnover() {
      let currency = scope.currency(UInt16(clinic))
      turnover.add(sums.balance, currency)
      debits.add(sums.debit, currency)
      credits.add(sums.credit, currency)
    }
    entries = asked.entries
    if before > 0 {
      for (clinic, sums) in figures(of: account, in: before).asked.turnovers.enumerated()
      where sums != Turnover() {
        brought.add(sums.balance, scope.currency(UInt16(clinic)))
      }
    }
    let hasMerges = model.hasMerges(at: scope.position)
    let size = model.ledger.postings.chunkRows
    var index = before
    while index < count, !hasMore, entries > 0 {
      let chunk = index / size
      let end = min(count, (chunk + 1) * size)
      if model.hasPostings(
        inChunk: chunk, of: account, clinic: scope.clinic, through: scope.through)
      {
        let rows = model.ledger.postings.chunk(chunk)
        for row in rows[(index - chunk * size)..<(end - chunk * size)]
        where row.account == account && row.day <= scope.through && row.day >= scope.from
          && scope.includes(clinic: row.clinic)
        {
          show(hasMerges ? model.current(row, at: scope.position) : row, isOfFigure: true)
          if hasMore { break }
        }
      }
      index = end
    }
  }

  /// What an account had before the first day, and what the days asked for add to it.
  private func figures(
    of account: UInt16, in count: Int
  ) -> (earlier: AccountFigures, asked: AccountFigures) {
    func sums(through day: Int32) -> AccountFigures {
      scope.model.figures(of: account, clinic: scope.clinic, through: day, in: count)
    }
    let all = sums(through: scope.through)
    guard let from = scope.query.from else { return (all.since(all), all) }
    let earlier = sums(through: min(from.daysSince1970 - 1, scope.through))
    return (earlier, all.since(earlier))
  }
}
