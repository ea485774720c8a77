import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// The entries whose sum is a figure, from `from` to D as known at S, in the order in which they
  /// were recorded.
  ///
  /// Running is what the figure is with each of them: it begins with what was there before the first
  /// day, and with what the pages before have. A posting that is only there to be seen has none. The
  /// footer counts the entries of all pages, which are as many events: an event makes one at most.
  ///
  /// - Parameter page: Which of the entries; all of them by default.
  /// - Throws: `UnknownAccount` for an account that the chart does not have.
  /// - Complexity: Of a page of an account, one search a chunk of postings, and the chunks until the
  ///   page is full; of anything else O(postings).
  public static func explain(
    _ subject: ExplainSubject, _ view: Snapshot<AccountingModel>, _ query: AccountingQuery,
    page: ExplainPage = .all
  ) throws(UnknownAccount) -> Report {
    let scope = Scope(view, query)
    let filter = try ExplainFilter(subject, scope)
    let explained = ExplainedPage(filter, page)
    let rows = ExplainRows(filter)
    var report = scope.report("explain", filter.title, rows.columns)
    var running = explained.opening
    running.add(explained.brought)
    for line in explained.lines {
      if line.isOfFigure {
        running.add(line.row.amount, scope.currency(line.row.clinic))
      }
      report.append(rows.cells(line, running))
    }
    report.total("debit", "credit")
    if let figure = running.only { report.setTotal("running", .amount(figure)) }
    report.notes = ExplainNotes(filter, explained, page).lines
    var debits = CurrencySum()
    for part in explained.debits.parts { debits.add(part.minorUnits, part.currency) }
    report.footer = scope.footer(entries: explained.entries, debits: debits)
    return report
  }
}

/// Postings as rows of the report: without the columns that would say in every row what is asked.
private struct ExplainRows {
  private let scope: Scope
  private let showsAccount: Bool
  private let showsParty: Bool
  private let showsClinic: Bool
  private let reversals: ReversedEvents

  init(_ filter: ExplainFilter) {
    scope = filter.scope
    showsAccount = filter.account == nil
    showsParty = filter.party == nil
    showsClinic = scope.clinic == nil
    reversals = ReversedEvents(scope.model, at: scope.position)
  }

  var columns: [Column] {
    var columns = [
      Column("entry", .identifier), Column("position", .position), Column("date", .day),
      Column("recordedAt", .instant), Column("event", .text), Column("document", .identifier),
    ]
    if showsClinic { columns.append(Column("clinic", .identifier)) }
    if showsAccount { columns += [Column("account", .identifier), Column("name", .text)] }
    if showsParty { columns += [Column("party", .identifier), Column("ref", .text)] }
    return columns + [
      Column("debit", .amount), Column("credit", .amount), Column("running", .amount),
    ]
  }

  func cells(_ line: ExplainedPage.Line, _ running: MoneySums) -> [Cell] {
    let posting = scope.model.booked(line.row)
    let currency = posting.amount.currency
    var cells: [Cell] = [
      .identifier(posting.entry.description), .position(posting.position), .day(posting.day),
      .instant(posting.recorded), .text(reversals.words(line.row)),
      .identifier(posting.document),
    ]
    if showsClinic { cells.append(.identifier(ClinicID(posting.clinic))) }
    if showsAccount {
      cells += [.identifier(posting.account.code), .text(posting.account.name)]
    }
    if showsParty { cells += scope.cells(posting.party) }
    return cells + [
      posting.debitCell, posting.creditCell,
      line.isOfFigure
        ? .amount(Amount(minorUnits: running[currency], currency)) : .empty,
    ]
  }
}

/// Which events were undone by which, as known at a position.
struct ReversedEvents {
  private let model: AccountingModel
  // Only asked for a key, never iterated.
  private var undone: [Position: Position] = [:]

  init(_ model: AccountingModel, at position: Position) {
    self.model = model
    for row in model.reversals.rows(through: position) { undone[row.of] = row.position }
  }

  /// The event that undid the one at `position`; nil for nearly all.
  func reversal(of position: Position) -> Position? { undone[position] }

  /// What a bookkeeper calls the event that made a posting: `payment, reversed at 31`.
  func words(_ row: Posting) -> String {
    let words = EventWords.words(for: PostingRule.builtIn[Int(row.rule)].event)
    var text = words
    if let of = model.reversedEvent(by: row.position) { text = "reversal of \(of), \(words)" }
    if let by = undone[row.position] { text += ", reversed at \(by)" }
    return text
  }
}
