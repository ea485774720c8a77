import DaybookEvents
import DaybookValues

/// The entries that concern one party, summed up to a line each.
struct StatementLines {
  struct Line {
    var currency: Currency
    var day: Int32 = 0
    var position = Position.start
    /// The index of a posting of the entry that it is of; nil of an opening line.
    var index: Int?
    var document = DocumentKey()
    var charge: Int64 = 0
    var payerPaid: Int64 = 0
    /// What was paid less what went back.
    var ownPaid: Int64 = 0
    /// What of it went back.
    var refunded: Int64 = 0
    var adjusted: Int64 = 0
    /// What a transfer moved to the party.
    var moved: Int64 = 0
    /// First what the entry adds, then what there is after it.
    var balance: Int64 = 0
    var payerOpen: Int64 = 0
    var isOpening = false

    /// An opening line, to which nothing is added yet.
    init(openingIn currency: Currency) {
      self.currency = currency
      isOpening = true
    }

    /// The line of the entry that a posting is of, to which nothing is added yet.
    init(_ row: Posting, _ index: Int, _ currency: Currency) {
      self.currency = currency
      self.index = index
      (day, position, document) = (row.day, row.position, row.document)
    }

    /// Whether the entry leaves the party's figures as they are.
    var isNothing: Bool {
      charge == 0 && payerPaid == 0 && ownPaid == 0 && adjusted == 0 && balance == 0
        && payerOpen == 0
    }
  }

  private let scope: Scope
  private let key: PartyKey
  private let columns: StatementColumns
  private var lines: [Line] = []

  init(_ scope: Scope, _ key: PartyKey, isSupplier: Bool = false) {
    self.scope = scope
    self.key = key
    columns = StatementColumns(scope, isSupplier: isSupplier)
  }

  var hasOneCurrency: Bool { Set(lines.map(\.currency)).count <= 1 }

  /// Adds the postings of items, in the order of the log.
  mutating func add(_ items: OpenItems, _ places: [Int]) {
    var indexes: [Int] = []
    for place in Set(places).sorted() { items.forEachPosting(place) { indexes.append($0) } }
    let postings = scope.model.ledger.postings
    for index in indexes.sorted() {
      let row = postings[index]
      guard row.day <= scope.through, scope.includes(clinic: row.clinic) else { continue }
      add(row, index)
    }
  }

  private mutating func add(_ row: Posting, _ index: Int) {
    if lines.last?.position != row.position {
      lines.append(Line(row, index, scope.currency(row.clinic)))
    }
    columns.add(row, index, of: key.rawValue, to: &lines[lines.count - 1])
  }

  /// The lines from the first day on, by currency, day and position, with running balances.
  func sorted() -> [Line] {
    let ordered = lines.filter { !$0.isNothing }.sorted {
      ($0.currency, $0.day, $0.position) < ($1.currency, $1.day, $1.position)
    }
    var result: [Line] = []
    var running = Line(openingIn: ordered.first?.currency ?? .unspecified)
    var opened = scope.query.from == nil
    for line in ordered {
      if line.currency != running.currency {
        if !opened { result.append(running) }
        running = Line(openingIn: line.currency)
        opened = scope.query.from == nil
      }
      if !opened, line.day >= scope.from {
        result.append(running)
        opened = true
      }
      running.balance += line.balance
      running.payerOpen += line.payerOpen
      guard line.day >= scope.from else { continue }
      var printed = line
      printed.balance = running.balance
      printed.payerOpen = running.payerOpen
      result.append(printed)
    }
    if !opened { result.append(running) }
    return result
  }
}

extension Scope {
  /// The event of a line; nothing of an opening one.
  func event(_ line: StatementLines.Line) -> String {
    line.index.map { model.eventName(model.ledger.postings[$0]) } ?? ""
  }
}
