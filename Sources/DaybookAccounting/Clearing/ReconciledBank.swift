import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookValues

/// What the books have on the bank's accounts up to D as known at S, against what statements show of it.
///
/// Each event has two sides: its postings on the account, and the parts of bank lines that explain it.
/// Where they differ, something is outstanding, or is on the statement and not yet in the books.
struct ReconciledBank {
  /// Something that one of the sides lacks.
  struct Item {
    var day: Int32
    var position: Position
    var amount: Int128
    /// What it is about: the place of a line among those of the model, or of a posting in the ledger.
    fileprivate var place: Int
    fileprivate var isLine: Bool
  }

  /// What of a bank line stands on one account.
  private struct Part {
    var account: UInt16
    var currency: Currency
    /// The line's place among those of the model.
    var line: Int
    var amount: Int128
  }

  /// What is outstanding of a month before the first line of the account's statements.
  struct UnreadMonth {
    let month: Month
    var receipts = (count: 0, sum: Int128(0))
    var payments = (count: 0, sum: Int128(0))

    fileprivate mutating func add(_ amount: Int128) {
      if amount > 0 {
        receipts.count += 1
        receipts.sum += amount
      } else {
        payments.count += 1
        payments.sum += amount
      }
    }
  }

  /// One account in one currency.
  struct Page {
    let currency: Currency
    /// Of the books, from the running sums that trial balances print.
    var balance: Int64 = 0
    var openings: [Item] = []
    /// How many lines of statements there are, and what they come to.
    var lineCount = 0
    var lineSum: Int128 = 0
    /// By month.
    var unread: [UnreadMonth] = []
    /// One by one.
    var outstanding: [Item] = []
    /// On a statement by D, in the books later.
    var later: [Item] = []
    var unidentified: [Item] = []

    var isEmpty: Bool {
      balance == 0 && openings.isEmpty && lineCount == 0 && unread.isEmpty && outstanding.isEmpty
    }
  }

  /// What the books have of an event, and what lines of statements show of it.
  private struct Sides {
    let account: UInt16
    let currency: Currency
    let event: Position
    var booked: Int128 = 0
    var shown: Int128 = 0
    /// The place of its first posting; -1 where the books have none by D.
    var posting = -1
    /// The place of the first line that shows it; -1 for none.
    var line = -1
  }

  /// The events behind the pages.
  var events: Int { sides.count }

  private let known: ClearingScope
  private let postings: History<Posting>
  private let bankLines: History<BankLineRow>
  private let isBank: [Bool]
  private var sides = EventRows<Sides>()
  private var parts: [Part] = []
  private var opened: Set<Position> = []

  init(_ known: ClearingScope) {
    self.known = known
    let model = known.scope.model
    postings = model.ledger.postings
    bankLines = known.model.bankLines
    var isBank = [Bool](repeating: false, count: model.chart.accounts.count)
    for account in model.accounts(of: [.bank]) { isBank[account] = true }
    self.isBank = isBank
    let openings = known.model.openings
    for row in openings.prefix(openings.count(through: known.position)) {
      opened.insert(row.position)
    }
    addBooks()
    addLines()
  }

  private mutating func addBooks() {
    let scope = known.scope
    var cursor = SettledPass(scope.model)
    scope.forEachPosting(in: .min...scope.through) { posting in
      let row = posting.row
      guard isBank[Int(row.account)] else { return }
      cursor.go(to: row.position)
      let place = place(row.account, scope.currency(row.clinic), cursor.undone ?? row.position)
      sides[place].booked += Int128(row.amount)
      if sides[place].posting < 0 { sides[place].posting = posting.index }
    }
  }

  private mutating func addLines() {
    let matches = known.model.bankMatches
    var cursor = RowsCursor(matches, through: known.position)
    known.forEachBankLine { index, line in
      let currency = known.currency(ofClinic: line.clinic)
      let first = parts.count
      var whole: Int128 = 0
      func add(_ event: Position, _ amount: Int64) {
        let place = place(showing: event, currency)
        sides[place].shown += Int128(amount)
        if sides[place].line < 0 { sides[place].line = index }
        whole += Int128(amount)
        let account = sides[place].account
        if let part = parts[first...].firstIndex(where: { $0.account == account }) {
          parts[part].amount += Int128(amount)
        } else {
          parts.append(
            Part(account: account, currency: currency, line: index, amount: Int128(amount)))
        }
      }
      for match in matches[cursor.rows(of: line.position)] where match.isBooked {
        add(match.of, match.amount)
      }
      if line.own != 0 { add(line.position, line.own) }
      // The statement's amount decides: what its parts lack of it is a difference.
      if parts.count == first {
        let account = account(of: line.position)
        parts.append(Part(account: account, currency: currency, line: index, amount: 0))
      }
      parts[first].amount += Int128(line.amount) - whole
    }
  }

  private mutating func place(
    _ account: UInt16, _ currency: Currency, _ event: Position
  ) -> Int {
    sides.find(event) { $0.account == account && $0.currency == currency }
      ?? sides.append(Sides(account: account, currency: currency, event: event), about: event)
  }

  /// The place of an event that a line shows: where the books have it, or would have it.
  private mutating func place(showing event: Position, _ currency: Currency) -> Int {
    if let place = sides.find(event, where: { $0.currency == currency }) { return place }
    let account = account(of: event)
    return sides.append(Sides(account: account, currency: currency, event: event), about: event)
  }

  /// The bank's account on which an event is posted, whatever its day.
  private func account(of event: Position) -> UInt16 {
    for place in postings.rows(of: event) where isBank[Int(postings[place].account)] {
      return postings[place].account
    }
    return known.scope.model.builtInAccounts[.bank]
  }

  private func item(ofLine index: Int, _ amount: Int128) -> Item {
    let line = bankLines[index]
    return Item(
      day: line.date.daysSince1970, position: line.position, amount: amount, place: index,
      isLine: true)
  }

  private func item(of side: Sides) -> Item {
    let first = first(side)
    return Item(
      day: postings[first].day, position: side.event, amount: side.booked - side.shown,
      place: first, isLine: false)
  }

  private func day(of side: Sides) -> Day { Day(daysSince1970: postings[first(side)].day) }

  /// The place of the first line of an event's entry, or of what the books have of it in its place.
  private func first(_ side: Sides) -> Int {
    let known = postings[side.posting]
    // Nearly always it is its own entry.
    if known.position == side.event { return side.posting - Int(known.line) + 1 }
    return postings.rows(of: side.event).first ?? side.posting
  }

  /// Adds date, position, document, party with its reference, and text.
  func add(_ item: Item, to row: inout [Cell]) {
    row.append(.day(Day(daysSince1970: item.day)))
    row.append(.position(item.position))
    if item.isLine {
      let line = bankLines[item.place]
      row.append(.identifier(BankAccountID(line.account).description))
      row.append(.empty)
      row.append(.empty)
      row.append(.text(line.line))
    } else {
      let (scope, first) = (known.scope, postings[item.place])
      let document = DocumentNames.name(first.document)
      row.append(document.isEmpty ? .empty : .identifier(document))
      row += scope.cells(PartyKey(rawValue: scope.current(first.party)))
      row.append(.text(scope.model.eventName(first)))
    }
  }

  /// An account in one currency; nil where nothing has happened to it.
  ///
  /// - Parameter isDetailed: Whether all that is outstanding is told one by one, also of the months
  ///   before the first line.
  func page(_ account: Int, _ currency: Currency, isDetailed: Bool) -> Page? {
    var page = Page(currency: currency)
    page.balance = known.balance(of: [account])[currency]
    var firstDay: Day?
    for part in parts where Int(part.account) == account && part.currency == currency {
      page.lineCount += 1
      page.lineSum += part.amount
      let day = bankLines[part.line].date
      firstDay = min(day, firstDay ?? day)
    }
    var unread = UnreadMonths(before: isDetailed ? Month(monthsSince1970: .min) : firstDay?.monthOf)
    for side in sides.rows
    where Int(side.account) == account && side.currency == currency && side.booked != side.shown {
      if side.booked == 0, side.line >= 0 {
        page.later.append(item(ofLine: side.line, side.booked - side.shown))
      } else if side.posting >= 0 {
        if opened.contains(side.event) {
          page.openings.append(item(of: side))
        } else if !unread.take(day(of: side), side.booked - side.shown) {
          page.outstanding.append(item(of: side))
        }
      }
    }
    if account == Int(known.scope.model.builtInAccounts[.bank]) {
      page.unidentified = unidentified(currency)
    }
    page.unread = unread.months.sorted { $0.month < $1.month }
    if page.isEmpty, page.later.isEmpty { return nil }
    page.openings.sort(by: Self.order)
    page.outstanding.sort(by: Self.order)
    page.later.sort(by: Self.order)
    return page
  }

  /// The lines of statements on an account, by their days.
  func lines(_ account: Int, _ currency: Currency) -> [Item] {
    parts.filter { Int($0.account) == account && $0.currency == currency }
      .map { item(ofLine: $0.line, $0.amount) }.sorted(by: Self.order)
  }

  private static func order(_ one: Item, _ other: Item) -> Bool {
    (one.day, one.position) < (other.day, other.position)
  }

  /// Lines that were put down to the account for what nobody knows, while anything is left on it.
  private func unidentified(_ currency: Currency) -> [Item] {
    let chart = known.scope.model.chart.accounts
    guard let account = Chart.standard.index(of: "1980"),
      known.balance(of: [account])[currency] != 0
    else { return [] }
    var items: [Item] = []
    let matches = known.model.bankMatches
    var cursor = RowsCursor(matches, through: known.position)
    known.forEachBankLine { index, line in
      guard known.currency(ofClinic: line.clinic) == currency else { return }
      for match in matches[cursor.rows(of: line.position)]
      where match.account == chart[account].code {
        items.append(item(ofLine: index, Int128(match.amount)))
      }
    }
    return items.sorted(by: Self.order)
  }
}

/// Adds up, month by month, what is outstanding of the months before an account's first line: no
/// statement of them was read, and nobody goes through years of payments one by one.
private struct UnreadMonths {
  private let end: Month?
  private(set) var months: [ReconciledBank.UnreadMonth] = []
  /// The month that was added to last, which is that of the next one mostly: its days and its place.
  private var latest = (first: Day(daysSince1970: .max), last: Day(daysSince1970: .min), place: 0)

  /// - Parameter end: The month of the first line; nil where there is none.
  init(before end: Month?) { self.end = end }

  /// Adds what is outstanding of a day; false where it is not of such a month.
  mutating func take(_ day: Day, _ amount: Int128) -> Bool {
    if day < latest.first || day > latest.last {
      let month = day.monthOf
      if let end, month >= end { return false }
      var place = months.count
      if let known = months.firstIndex(where: { $0.month == month }) {
        place = known
      } else {
        months.append(ReconciledBank.UnreadMonth(month: month))
      }
      latest = (month.firstDay, month.lastDay, place)
    }
    months[latest.place].add(amount)
    return true
  }
}
