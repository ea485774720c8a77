import DaybookEvents
public import DaybookValues

/// How a statement is cut into columns.
public enum StatementStep: String, CaseIterable, Hashable, Sendable {
  /// A column for each month.
  case monthly
  /// A column for each quarter of the fiscal year.
  case quarterly
  /// A column for each fiscal year.
  case yearly

  /// How many months a column has.
  var months: Int32 {
    switch self {
    case .monthly: 1
    case .quarterly: 3
    case .yearly: 12
    }
  }
}

/// What a statement is compared with.
public enum StatementComparison: Hashable, Sendable {
  /// As many days, or months where it is whole months, just before; of a balance sheet the day before
  /// them. Where no first day is asked for there is none.
  case previous
  /// The same days a year earlier.
  case yearBefore
  /// The same days, as they were known at a position.
  case knownAt(Position)
}

/// When income and expenses count.
public enum StatementBasis: String, CaseIterable, Hashable, Sendable {
  /// When they are earned and incurred.
  case accrual
  /// When they are paid.
  case cash
}

/// The columns that a statement has: one of the days asked for, unless it says otherwise.
public struct StatementForm: Hashable, Sendable {
  /// Whether each month, quarter or year has a column of its own.
  public var step: StatementStep?
  /// The month in which a fiscal year begins, 1 to 12, for quarters and years.
  public var yearStart = 1
  /// What it is compared with: only without `step` and `pivot`.
  public var comparison: StatementComparison?
  /// Whether there is a column of the average of all periods.
  public var hasAverage = false
  /// Whether there is a column of what each figure is of all income, or of all assets.
  public var hasPercent = false
  /// A dimension for each value of which the statement is made, one after the other.
  public var by: LedgerDimension?
  /// A dimension of which each value has a column: only without `step`.
  public var pivot: LedgerDimension?
  /// Which postings it is made of; all by default.
  public var filter = JournalFilter()
  /// When income and expenses count; of an income statement only.
  public var basis = StatementBasis.accrual

  /// One column, of everything.
  public init() {}
}

/// The days that one column covers, and its name.
struct StatementSpan: Hashable {
  var name: String
  /// The first day, since 1970; `.min` for everything before the last.
  var from: Int32
  /// The last day, inclusive.
  var through: Int32
  /// Whether it is one of the months, quarters or years that the days are cut into.
  var isStep = false
  /// Where a year is closed on its last day, whether it has those entries or stands before them.
  var closing: Closing?

  /// On which side of the entries of a thirteenth period.
  enum Closing: Hashable {
    case before, after
  }

  /// Two columns in place of one: without and with the entries that close a year on its last day.
  var aroundClosing: [StatementSpan] {
    var (before, after) = (self, self)
    before.closing = .before
    after.closing = .after
    after.name += "-closed"
    return [before, after]
  }
}

extension StatementForm {
  /// The days from `from` to `through`, column by column: one, `amount`, without a step.
  ///
  /// The first and the last column are cut off where the range is.
  func spans(from: Int32, through: Int32) -> [StatementSpan] {
    guard let step, from > .min, from <= through else {
      // With a step it is a column of a period all the same, of books in which there is none.
      return [StatementSpan(name: "amount", from: from, through: through, isStep: step != nil)]
    }
    var spans: [StatementSpan] = []
    var month = first(of: Day(daysSince1970: from).monthOf, step)
    while true {
      let next = Month(monthsSince1970: month.monthsSince1970 + step.months)
      let last = next.firstDay.daysSince1970 - 1
      spans.append(
        StatementSpan(
          name: name(month, step), from: max(from, month.firstDay.daysSince1970),
          through: min(through, last), isStep: true))
      if last >= through { return spans }
      month = next
    }
  }

  /// The month in which the column begins that has `month`.
  private func first(of month: Month, _ step: StatementStep) -> Month {
    let behind = (month.month - yearStart + 12) % Int(step.months)
    return Month(monthsSince1970: month.monthsSince1970 - Int32(behind))
  }

  /// `2026-01`, `2026Q1`, `2026`; of fiscal years that begin later than January, `FY2026`: the one that
  /// ends in 2026.
  private func name(_ month: Month, _ step: StatementStep) -> String {
    guard step != .monthly else { return month.description }
    let behind = (month.month - yearStart + 12) % 12
    let year = yearStart == 1 ? month.year : month.year + (month.month >= yearStart ? 1 : 0)
    let words = (yearStart == 1 ? "" : "FY") + String(year)
    return step == .yearly ? words : words + "Q\(behind / 3 + 1)"
  }

  /// The days that those from `from` to `through` are compared with: no days where those are none; nil
  /// where nothing is to be compared.
  func compared(from: Int32, through: Int32) -> StatementSpan? {
    if comparison == nil || comparison == .previous && from == .min { return nil }
    guard through > .min, from <= through else {
      return StatementSpan(name: "prior", from: .min, through: .min)
    }
    switch comparison {
    case nil: return nil
    case .knownAt: return StatementSpan(name: "prior", from: from, through: through)
    case .yearBefore:
      return StatementSpan(
        name: "prior", from: from == .min ? from : earlier(from, by: 12),
        through: earlier(through, by: 12))
    case .previous:
      guard from > .min else { return nil }
      let (first, last) = (Day(daysSince1970: from), Day(daysSince1970: through))
      if first == first.firstOfMonth, last == last.lastOfMonth {
        let months = last.monthOf.monthsSince1970 - first.monthOf.monthsSince1970 + 1
        return StatementSpan(name: "prior", from: earlier(from, by: months), through: from - 1)
      }
      return StatementSpan(name: "prior", from: from - (through - from + 1), through: from - 1)
    }
  }

  /// The same day of the month so many months earlier; the last of a month stays the last.
  private func earlier(_ day: Int32, by months: Int32) -> Int32 {
    let day = Day(daysSince1970: day)
    let month = Month(monthsSince1970: day.monthOf.monthsSince1970 - months)
    if day == day.lastOfMonth { return month.lastDay.daysSince1970 }
    let offset = day.daysSince1970 - day.firstOfMonth.daysSince1970
    return min(month.firstDay.daysSince1970 + offset, month.lastDay.daysSince1970)
  }
}
