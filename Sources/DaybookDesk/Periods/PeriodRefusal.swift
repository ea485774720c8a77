public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about periods, and everywhere because of them.
public enum PeriodRefusal: RefusalCase, Hashable {
  /// The day is closed for an area that the event feeds.
  case closed(Day, PeriodArea, ClinicID, through: Day)
  /// All days through today are closed.
  case noOpenDay(through: Day)
  /// A period ends with its month.
  case notAMonthEnd(Day)
  /// The period has been closed.
  case closedAlready(PeriodArea, through: Day)
  /// A period before it is open.
  case earlierOpen(PeriodArea, from: Day)
  /// No period is closed.
  case nothingClosed(PeriodArea)
  /// Another period was closed after it.
  case notTheLast(PeriodArea, from: Day?)
  /// What is closed for good stays closed.
  case closedForGood(PeriodArea, through: Day)
  /// A till of the period is not counted.
  case tillOpen(TillSessionID, since: Day)
  /// Something has happened since the figures were taken.
  case outdated(PeriodArea, at: Position)
  /// What a trial balance states of its accounts does not come to its figure.
  case notItsAccounts(figure: Amount, debits: Amount, credits: Amount)
  /// The figures are said to be known where the log has not come to.
  case notYetKnown(Position)
  /// A year ends where the clinic's fiscal year does.
  case notAYearEnd(Day, firstMonth: UInt32)
  /// The year has been closed.
  case yearClosed(through: Day)
  /// The year before it is open.
  case earlierYearOpen(Day)
  /// Periods of the year are open.
  case periodsOpen(through: Day?)
  /// Closing and opening want a second person.
  case secondPerson
  /// The approver may not approve.
  case approver(StaffID)

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .closed, .noOpenDay: .periodClosed
    case .notAMonthEnd, .notAYearEnd, .notYetKnown: .outOfRange
    case .tillOpen, .closedAlready, .earlierOpen, .nothingClosed, .notTheLast, .closedForGood,
      .yearClosed, .earlierYearOpen, .periodsOpen:
      .invalidState
    case .outdated: .versionConflict
    case .notItsAccounts: .unbalanced
    case .secondPerson: .needsSecondPerson
    case .approver: .notPermitted
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .closed(let day, let area, let clinic, let through):
      "\(day) is closed for \(Self.name(area)) at \(clinic), through \(through); "
        + "date it later, or reopen the period"
    case .noOpenDay(let through):
      "all days are closed through \(through); reopen the period, or wait for the next day"
    case .notAMonthEnd(let day):
      "a period ends with its month, and \(day) does not; close through \(day.lastOfMonth)"
    case .closedAlready(let area, let through):
      "\(Self.name(area)) is closed through \(through); close a later period"
    case .earlierOpen(let area, let from):
      "\(Self.name(area)) is open from \(from) on; close through \(from.lastOfMonth) first"
    case .nothingClosed(let area): "no period of \(Self.name(area)) is closed"
    case .notTheLast(let area, let from):
      "the last closed period of \(Self.name(area)) begins "
        + "\(from.map { "on \($0)" } ?? "with the book"); reopen that one first"
    case .closedForGood(let area, let through):
      "\(Self.name(area)) is closed for good through \(through); "
        + "record the correction on an open day"
    case .tillOpen(let session, let since):
      "\(session) is open since \(since); count and close it first"
    case .outdated(let area, let position):
      "position \(position) has changed \(Self.name(area)) since the figures were taken; "
        + "take them again"
    case .notItsAccounts(let figure, let debits, let credits):
      "the accounts come to debits of \(debits) and credits of \(credits), the figure is \(figure); "
        + "take the figures again"
    case .notYetKnown(let position):
      "the log has not come to position \(position); take the figures from this book"
    case .notAYearEnd(let day, let firstMonth):
      "\(day) does not end a fiscal year that begins with month \(firstMonth); correct it"
    case .yearClosed(let through): "the year is closed through \(through); close a later one"
    case .earlierYearOpen(let end): "the year that ends on \(end) is open; close that one first"
    case .periodsOpen(let through):
      (through.map { "the books are closed through \($0) only" }
        ?? "no period of the books is closed") + "; close the periods of the year first"
    case .secondPerson: "it wants a second person; name who approves it, another one than who acts"
    case .approver(let staff):
      "\(staff) may not approve this; name somebody who holds the role here"
    }
  }

  static func name(_ area: PeriodArea) -> String {
    switch area {
    case .unspecified: "nothing"
    case .accounting: "accounting"
    case .humanResources: "human resources"
    case .logistics: "logistics"
    case .tax: "tax"
    }
  }
}
