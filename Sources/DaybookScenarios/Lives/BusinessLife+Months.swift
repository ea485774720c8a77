import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

// Months and years that end.
extension BusinessLife {
  mutating func planMonthEnd() {
    let last = day.firstOfMonth.advanced(by: -1)
    guard last >= firstDay else { return }
    if monthWorkdays == 5 {
      plan(at: LifeCalendar.at(11, 50)) { life, _ in life.depreciate() }
    }
    if monthWorkdays == 7 {
      plan(at: LifeCalendar.at(16, 5)) { life, _ in
        [PeriodArea.logistics, .humanResources].map { life.close($0, through: last) }
      }
    }
    if monthWorkdays == 9 {
      plan(at: LifeCalendar.at(16, 5)) { life, _ in
        [PeriodArea.accounting, .tax].map { life.close($0, through: last) }
      }
    }
    // The third month that ends is looked at once more.
    let months = (last.year - firstDay.year) * 12 + last.month - firstDay.month
    if months == 2, monthWorkdays == 10 {
      plan(at: LifeCalendar.at(16, 15)) { life, _ in life.reopen(last) }
    }
    if last.month == 12, monthWorkdays == 11 {
      plan(at: LifeCalendar.at(16, 30)) { life, _ in life.closeYear(last) }
    }
  }

  func close(_ area: PeriodArea, through last: Day) -> Deed {
    let approver = approver
    let close = ClosePeriod.with {
      $0.area = area
      $0.closing = .soft
      $0.to = last
      $0.approver = approver
    }
    return Deed(
      bookkeeper, .accountant, close, "closes \(last.monthOf) for \(Self.name(area))")
  }

  private static func name(_ area: PeriodArea) -> String {
    switch area {
    case .accounting: "the books"
    case .humanResources: "the staff"
    case .logistics: "the stock"
    case .tax: "tax"
    case .unspecified: "nothing"
    }
  }

  private mutating func reopen(_ last: Day) -> [Deed] {
    let approver = approver
    let reopen = ReopenPeriod.with {
      $0.area = .logistics
      $0.reason = "a delivery note was filed under the wrong month"
      $0.approver = approver
    }
    plan(on: day.advanced(by: 1), at: LifeCalendar.at(16, 15)) { life, _ in
      [life.close(.logistics, through: last)]
    }
    return [
      Deed(bookkeeper, .accountant, reopen, "opens \(last.monthOf) of the stock again")
    ]
  }

  private mutating func closeYear(_ last: Day) -> [Deed] {
    let approver = approver
    let close = CloseYear.with {
      $0.yearEnd = last
      $0.approver = approver
    }
    return [Deed(bookkeeper, .accountant, close, "closes the year \(last.year)")]
  }

  private mutating func depreciate() -> [Deed] {
    let amount: Int64 = trade == .clinic ? 42_500 : 9_000
    let post = PostJournal.with {
      $0.memo = "depreciation of equipment"
      $0.lines = [Self.debit("6400", amount), Self.credit("1590", amount)]
    }
    return [Deed(bookkeeper, .accountant, post, "writes off \(Self.money(amount)) of equipment")]
  }

  static func debit(_ account: String, _ minor: Int64) -> JournalLine {
    .with {
      $0.account = account
      $0.debit = amount(minor)
    }
  }

  static func credit(_ account: String, _ minor: Int64) -> JournalLine {
    .with {
      $0.account = account
      $0.credit = amount(minor)
    }
  }
}
