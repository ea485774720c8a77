import DaybookClinicEvents
import DaybookEvents
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
    var document = ""
    var party = PartyKey.none
    var text: String
    var amount: Int128
  }

  /// One account in one currency.
  struct Page {
    let currency: Currency
    /// Of the books, from the running sums that trial balances print.
    var balance: Int64 = 0
    var openings: [Item] = []
    var lines: [Item] = []
    var outstanding: [Item] = []
    /// On a statement by D, in the books later.
    var later: [Item] = []
    var unidentified: [Item] = []

    var isEmpty: Bool { balance == 0 && openings.isEmpty && lines.isEmpty && outstanding.isEmpty }
  }

  private struct Key: Hashable {
    var account: UInt16
    var currency: Currency
    var event: Position
  }

  /// What the books have of an event, and what lines of statements show of it.
  private struct Sides {
    let key: Key
    var booked: Int128 = 0
    var shown: Int128 = 0
    /// The posting; nil where the books have none by D.
    var row: Posting?
    /// The line that shows it.
    var line: BankLineRow?
  }

  /// The events behind the pages.
  var events: Int { sides.count }

  private let known: ClearingScope
  private let isBank: [Bool]
  private var sides: [Sides] = []
  private var lines: [(account: UInt16, currency: Currency, item: Item)] = []
  // Only asked for a key, never iterated.
  private var places: [Key: Int] = [:]
  private var opened: Set<Position> = []

  init(_ known: ClearingScope) {
    self.known = known
    let model = known.scope.model
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
    let model = known.scope.model
    var rows: [Posting] = []
    known.scope.forEachPosting { row, _ in
      if isBank[Int(row.account)] { rows.append(row) }
    }
    for row in rows {
      let event = model.reversedEvent(by: row.position) ?? row.position
      let place = place(row.account, known.scope.currency(row.clinic), event)
      sides[place].booked += Int128(row.amount)
      if sides[place].row == nil { sides[place].row = row }
    }
  }

  private mutating func addLines() {
    let matches = known.model.bankMatches
    var shown: [BankLineRow] = []
    known.forEachBankLine { shown.append($0) }
    for line in shown {
      let currency = known.scope.model.currency(ofClinic: line.clinic)
      var parts: [(account: UInt16, amount: Int128)] = []
      func add(_ event: Position, _ amount: Int64) {
        let account = account(of: event)
        let place = place(account, currency, event)
        sides[place].shown += Int128(amount)
        if sides[place].line == nil { sides[place].line = line }
        if let index = parts.firstIndex(where: { $0.account == account }) {
          parts[index].amount += Int128(amount)
        } else {
          parts.append((account, Int128(amount)))
        }
      }
      for place in matches.rows(of: line.position) where matches[place].isBooked {
        add(matches[place].of, matches[place].amount)
      }
      if line.own != 0 { add(line.position, line.own) }
      // The statement's amount decides: what its parts lack of it is a difference.
      let whole = parts.reduce(0) { $0 + $1.amount }
      if parts.isEmpty { parts.append((account(of: line.position), 0)) }
      parts[0].amount += Int128(line.amount) - whole
      for part in parts {
        lines.append((part.account, currency, item(line, part.amount)))
      }
    }
  }

  private mutating func place(
    _ account: UInt16, _ currency: Currency, _ event: Position
  ) -> Int {
    let key = Key(account: account, currency: currency, event: event)
    if let place = places[key] { return place }
    places[key] = sides.count
    sides.append(Sides(key: key))
    return sides.count - 1
  }

  /// The bank's account on which an event is posted, whatever its day.
  private func account(of event: Position) -> UInt16 {
    let (model, postings) = (known.scope.model, known.scope.model.ledger.postings)
    for place in postings.rows(of: event) where isBank[Int(postings[place].account)] {
      return postings[place].account
    }
    return model.builtInAccounts[.bank]
  }

  private func item(_ line: BankLineRow, _ amount: Int128) -> Item {
    Item(
      day: line.date.daysSince1970, position: line.position,
      document: BankAccountID(line.account).description, text: line.line, amount: amount)
  }

  private func item(_ row: Posting, _ event: Position, _ amount: Int128) -> Item {
    let model = known.scope.model
    let first = model.ledger.postings.rows(of: event).first.map { model.ledger.postings[$0] }
    let own = first ?? row
    return Item(
      day: own.day, position: event, document: DocumentNames.name(own.document),
      party: PartyKey(rawValue: model.current(own.party, at: known.position)),
      text: model.eventName(own), amount: amount)
  }

  /// An account in one currency; nil where nothing has happened to it.
  func page(_ account: Int, _ currency: Currency) -> Page? {
    var page = Page(currency: currency)
    page.balance = known.balance(of: [account])[currency]
    page.lines = lines.filter { Int($0.account) == account && $0.currency == currency }
      .map(\.item)
    for side in sides where Int(side.key.account) == account && side.key.currency == currency {
      let difference = side.booked - side.shown
      guard difference != 0 else { continue }
      if side.booked == 0, let line = side.line {
        page.later.append(item(line, difference))
      } else if let row = side.row {
        let item = item(row, side.key.event, difference)
        if opened.contains(side.key.event) {
          page.openings.append(item)
        } else {
          page.outstanding.append(item)
        }
      }
    }
    if account == Int(known.scope.model.builtInAccounts[.bank]) {
      page.unidentified = unidentified(currency)
    }
    if page.isEmpty, page.later.isEmpty { return nil }
    page.openings.sort(by: Self.order)
    page.lines.sort(by: Self.order)
    page.outstanding.sort(by: Self.order)
    page.later.sort(by: Self.order)
    return page
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
    known.forEachBankLine { line in
      guard known.scope.model.currency(ofClinic: line.clinic) == currency else { return }
      for place in matches.rows(of: line.position)
      where matches[place].account == chart[account].code {
        items.append(item(line, Int128(matches[place].amount)))
      }
    }
    return items.sorted(by: Self.order)
  }
}
