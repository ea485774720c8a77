import DaybookEvents
import DaybookReporting
import DaybookValues

/// Accounts as a statement shows them under one heading.
struct StatementSection {
  let title: String
  /// The kind of its accounts; nil where they are chosen otherwise.
  let kind: AccountKind?
  /// Whether a credit counts as more.
  let isCredit: Bool

  static let income = StatementSection(title: "income", kind: .income, isCredit: true)
  static let expenses = StatementSection(title: "expenses", kind: .expense, isCredit: false)
  static let assets = StatementSection(title: "assets", kind: .asset, isCredit: false)
  static let liabilities = StatementSection(
    title: "liabilities", kind: .liability, isCredit: true)
  static let equity = StatementSection(title: "equity", kind: .equity, isCredit: true)
}

/// The figures of one row: one for each span, or each value of a pivot, and then what it is compared with.
typealias StatementLine = [Int64]

/// The columns of a statement, and what stands in them.
struct StatementSheet {
  /// What a column is of a line.
  private enum Figure {
    case base(Int)
    case change
    case total
    case average
    case percent
  }

  let scope: Scope
  let form: StatementForm
  /// Whether it says how things stand, and not what happened.
  let isStanding: Bool
  private let spans: [StatementSpan]
  private let main: StatementFigures
  private let prior: (figures: StatementFigures, span: StatementSpan)?
  /// What closing years brought about, where columns stand before and after it.
  private let closings: StatementFigures?
  private var figures: [(column: Column, figure: Figure)] = []
  private let dimensions: PostingDimensions

  /// - Parameters:
  ///   - isStanding: Whether a column is what there is on its last day, since everything began.
  ///   - hasClosedColumns: Whether a year that is closed within it has two columns, before and after the
  ///     entries that close it.
  /// - Throws: as `StatementFigures`.
  init(
    _ scope: Scope, _ form: StatementForm, isStanding: Bool, closing: StatementFigures.Closing,
    source: StatementSource = .ledger, hasClosedColumns: Bool = false
  ) throws {
    self.scope = scope
    self.form = form
    self.isStanding = isStanding
    dimensions = PostingDimensions(scope)
    // Columns begin where anything does.
    let first = form.step == nil ? scope.from : scope.model.firstDay(at: scope.position)
    let plain = form.spans(
      from: first > scope.through ? scope.from : max(scope.from, first), through: scope.through)
    let dimension = form.by ?? form.pivot
    let closedDays =
      hasClosedColumns && form.step != nil
      ? Set(scope.closedYears.map(\.daysSince1970)).intersection(plain.map(\.through)) : []
    closings =
      closedDays.isEmpty
      ? nil
      : try StatementFigures(
        scope, days: closedDays.flatMap { [Self.before($0), $0] }, by: dimension,
        filter: form.filter, closing: .alone)
    spans = plain.flatMap { [closings] span in
      guard let closings, closedDays.contains(span.through) else { return [span] }
      let entries = closings.entries(after: Self.before(span.through), through: span.through)
      return entries > 0 ? span.aroundClosing : [span]
    }
    let compared = form.compared(from: scope.from, through: scope.through)
    func days(_ spans: [StatementSpan]) -> [Int32] {
      spans.flatMap { [isStanding ? .min : Self.before($0.from), $0.through] }
    }
    var priorScope = scope
    if case .knownAt(let position) = form.comparison {
      priorScope = Scope(scope, knownAt: position)
    }
    let isOtherKnowledge = priorScope.position != scope.position
    main = try StatementFigures(
      scope, days: days(spans + (isOtherKnowledge ? [] : compared.map { [$0] } ?? [])),
      by: dimension, filter: form.filter, closing: closing, source: source)
    if let compared {
      let figures =
        isOtherKnowledge
        ? try StatementFigures(
          priorScope, days: days([compared]), by: dimension, filter: form.filter, closing: closing,
          source: source)
        : main
      prior = (figures, compared)
    } else {
      prior = nil
    }
    makeColumns()
  }

  /// The day before another; before everything there is none.
  private static func before(_ day: Int32) -> Int32 { day == .min ? .min : day - 1 }

  private mutating func makeColumns() {
    if let pivot = form.pivot {
      let before = isStanding ? .min : Self.before(spans[0].from)
      for (index, value) in main.groups.enumerated()
      where main.hasFigures(index, after: before, through: spans[0].through) {
        let name = value == 0 ? "none" : dimensions.name(pivot, value)
        figures.append(
          (Column(name, .amount, title: name, each: pivot.rawValue), .base(index)))
      }
    } else {
      for (index, span) in spans.enumerated() {
        let column =
          span.isStep
          ? Column(span.name, .amount, title: span.name, each: "period")
          : Column(span.name, .amount)
        figures.append((column, .base(index)))
      }
    }
    let count = form.pivot == nil ? figures.count : main.groups.count
    if prior != nil {
      figures.append((Column("prior", .amount), .base(count)))
      figures.append((Column("change", .amount), .change))
    }
    // The question decides, and not how many periods there are to be seen.
    if form.pivot != nil || (form.step != nil && !isStanding) {
      figures.append((Column("total", .amount), .total))
    }
    if form.hasAverage, form.pivot == nil { figures.append((Column("average", .amount), .average)) }
    if form.hasPercent { figures.append((Column("percent", .rate), .percent)) }
  }

  /// The values for each of which the statement is made; one of nothing without a dimension.
  var groups: [Int] { form.by == nil ? [0] : Array(main.groups.indices) }

  /// The leading columns: those of the dimension, and then section, account and name.
  var leadingColumns: [Column] {
    let dimension = form.by.map {
      [Column($0.column, .identifier), Column("ref", .text)]
    }
    return (dimension ?? []) + [
      Column("group", .text), Column("account", .identifier), Column("name", .text),
    ]
  }

  var columns: [Column] { leadingColumns + figures.map(\.column) }

  /// The columns that the headings of sections say.
  var headingColumns: Int { leadingColumns.count - 2 }

  /// The cells of the dimension.
  func cells(ofGroup group: Int) -> [Cell] {
    form.by.map { dimensions.cells($0, main.groups[group]) } ?? []
  }

  /// The heading of a section: the value of the dimension stands before it.
  func heading(_ title: String, _ group: Int) -> String {
    guard let by = form.by else { return title }
    let value = main.groups[group]
    guard value != 0 else { return "without \(by.rawValue), \(title)" }
    var words = dimensions.name(by, value)
    if case .text(let reference) = dimensions.cells(by, value)[1], !reference.isEmpty {
      words += " \(reference)"
    }
    return "\(words), \(title)"
  }

  var currencies: [Currency] { main.currencies }

  /// The figures of an account.
  func line(_ group: Int, _ account: Int, _ currency: Int, isCredit: Bool) -> StatementLine {
    func figure(_ of: StatementFigures, _ group: Int, _ span: StatementSpan) -> Int64 {
      var turnover = of.turnover(
        group, account, currency, after: isStanding ? .min : Self.before(span.from),
        through: span.through)
      if span.closing == .before { turnover.subtract(closing(group, account, currency, span)) }
      return isCredit ? -turnover.balance : turnover.balance
    }
    if form.pivot != nil { return main.groups.indices.map { figure(main, $0, spans[0]) } }
    var line = spans.map { figure(main, group, $0) }
    if let prior {
      // Known at another position, there may be other values of a dimension.
      let same = prior.figures.groups.firstIndex(of: main.groups[group])
      line.append(same.map { figure(prior.figures, $0, prior.span) } ?? 0)
    }
    return line
  }

  /// What the closing of a year on the last day of a span did to an account.
  private func closing(
    _ group: Int, _ account: Int, _ currency: Int, _ span: StatementSpan
  ) -> Turnover {
    guard let closings, let same = closings.groups.firstIndex(of: main.groups[group]) else {
      return Turnover()
    }
    return closings.turnover(
      same, account, currency, after: Self.before(span.through), through: span.through)
  }

  /// The years that have a column of their own for the entries that close them.
  var closedColumns: [StatementSpan] { spans.filter { $0.closing == .after } }

  var blank: StatementLine {
    let count = form.pivot == nil ? spans.count : main.groups.count
    return Array(repeating: 0, count: count + (prior == nil ? 0 : 1))
  }

  /// The cells of a line, of which `whole` is a hundred percent.
  func cells(_ line: StatementLine, _ currency: Currency, whole: StatementLine?) -> [Cell] {
    figures.map { column in
      switch column.figure {
      case .base(let index): .amount(Amount(minorUnits: line[index], currency))
      case .change: Self.amount(Int128(line[0]) - Int128(line[1]), currency)
      case .total: Self.amount(total(line), currency)
      case .average:
        (try? Rounding.halfAwayFromZero(total(line), dividedBy: Int128(periodCount)))
          .map { Self.amount($0, currency) } ?? .empty
      case .percent: percent(line, of: whole)
      }
    }
  }

  /// The same without what a line is over several columns.
  func cells(apart line: StatementLine, _ currency: Currency) -> [Cell] {
    zip(figures, cells(line, currency, whole: nil)).map { column, cell in
      switch column.figure {
      case .base, .change: cell
      case .total, .average, .percent: .empty
      }
    }
  }

  /// What all periods or values of a line come to; what a closing left is no period.
  private func total(_ line: StatementLine) -> Int128 {
    let bases = prior == nil ? line[...] : line.dropLast()
    return bases.indices.reduce(0) { sum, index in
      let isPeriod = form.pivot != nil || spans[index].closing != .after
      return isPeriod ? sum + Int128(line[index]) : sum
    }
  }

  private var periodCount: Int { spans.count - closedColumns.count }

  private func percent(_ line: StatementLine, of whole: StatementLine?) -> Cell {
    guard let whole else { return .empty }
    let (part, all) =
      isStanding && form.pivot == nil
      ? (Int128(line[spans.count - 1]), Int128(whole[spans.count - 1]))
      : (total(line), total(whole))
    guard all != 0, let points = try? Rounding.halfAwayFromZero(part * 10_000, dividedBy: all),
      let narrow = Int64(exactly: points)
    else { return .empty }
    return .rate(Rate(basisPoints: narrow))
  }

  private static func amount(_ value: Int128, _ currency: Currency) -> Cell {
    Int64(exactly: value).map { .amount(Amount(minorUnits: $0, currency)) } ?? .empty
  }

  /// What went to the debit of an account in the days of the statement.
  func debit(_ group: Int, _ account: Int, _ currency: Int) -> Int64 {
    let groups = form.pivot == nil ? group..<group + 1 : main.groups.indices
    // No sum overflows: the ledger refuses an entry that takes all debits beyond 64 bits.
    return groups.reduce(0) { sum, group in
      sum
        + main.turnover(
          group, account, currency, after: isStanding ? .min : Self.before(spans[0].from),
          through: scope.through
        ).debit
    }
  }

  /// The entries behind the statement.
  var entries: Int {
    main.entries(after: isStanding ? .min : Self.before(spans[0].from), through: scope.through)
  }
}

extension AccountingModel {
  /// The earliest day of any posting known at a position; `.max` where there is none.
  ///
  /// - Complexity: O(postings of the chunks whose sums are not known).
  func firstDay(at position: Position) -> Int32 {
    var first = Int32.max
    let count = postingCount(at: position)
    let size = ledger.postings.chunkRows
    for index in 0..<(count + size - 1) / size {
      let rest = count - index * size
      if rest >= size {
        first = min(first, ledger.turnovers(ofChunk: index).firstDay)
      } else {
        for row in ledger.postings.chunk(index).prefix(rest) { first = min(first, row.day) }
      }
    }
    return first
  }
}
