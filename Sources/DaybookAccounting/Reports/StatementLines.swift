import DaybookClinicEvents
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

    /// Whether the entry leaves the party's figures as they are.
    var isNothing: Bool {
      charge == 0 && payerPaid == 0 && ownPaid == 0 && adjusted == 0 && balance == 0
        && payerOpen == 0
    }
  }

  private let scope: Scope
  private let key: PartyKey
  private let isSupplier: Bool
  private let hasMerges: Bool
  private var lines: [Line] = []

  init(_ scope: Scope, _ key: PartyKey, isSupplier: Bool = false) {
    self.scope = scope
    self.key = key
    self.isSupplier = isSupplier
    hasMerges = scope.model.hasMerges(at: scope.position)
  }

  /// Under whom a party goes on; nearly always itself.
  private func current(_ party: UInt32) -> UInt32 {
    hasMerges ? scope.model.current(party, at: scope.position) : party
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
      add(row, index, postings)
    }
  }

  private mutating func add(_ row: Posting, _ index: Int, _ postings: History<Posting>) {
    if lines.last?.position != row.position {
      lines.append(
        Line(
          currency: scope.currency(row.clinic), day: row.day, position: row.position, index: index,
          document: row.document))
    }
    let isOwn = current(row.party) == key.rawValue
    let amount = isSupplier ? -row.amount : row.amount
    let last = lines.count - 1
    if isOwn { lines[last].balance += amount } else { lines[last].payerOpen += amount }
    switch StatementColumn.ofRule[Int(row.rule)] {
    case .charge: lines[last].charge += amount
    case .adjusted: lines[last].adjusted -= amount
    case .moved: lines[last].moved += amount
    case .paid(let isByLast):
      pay(amount, isOwn: payer(index, row, postings, isByLast: isByLast) == key.rawValue)
    case .refunded:
      let isOwn = payer(index, row, postings, isByLast: false) == key.rawValue
      pay(amount, isOwn: isOwn)
      if isOwn { lines[last].refunded += amount }
    }
  }

  /// Money lowers what is open, or raises it again.
  private mutating func pay(_ amount: Int64, isOwn: Bool) {
    let last = lines.count - 1
    if isOwn { lines[last].ownPaid -= amount } else { lines[last].payerPaid -= amount }
  }

  /// Who the money of an entry came from, or went back to.
  private func payer(
    _ index: Int, _ row: Posting, _ postings: History<Posting>, isByLast: Bool
  ) -> UInt32 {
    var payer = index - Int(row.line) + 1
    if isByLast {
      var next = index
      while next < postings.count, postings[next].position == row.position {
        if postings[next].party != 0 { payer = next }
        next += 1
      }
    }
    return current(postings[payer].party)
  }

  /// The lines from the first day on, by currency, day and position, with running balances.
  func sorted() -> [Line] {
    let ordered = lines.filter { !$0.isNothing }.sorted {
      ($0.currency, $0.day, $0.position) < ($1.currency, $1.day, $1.position)
    }
    var result: [Line] = []
    var running = Line(currency: ordered.first?.currency ?? .unspecified)
    running.isOpening = true
    var opened = scope.query.from == nil
    for line in ordered {
      if line.currency != running.currency {
        if !opened { result.append(running) }
        running = Line(currency: line.currency)
        running.isOpening = true
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

/// Where a statement shows what an entry does.
private enum StatementColumn {
  case charge, adjusted, moved
  /// Who paid is said by the first line of the entry, or by its last.
  case paid(isByLast: Bool)
  /// Paid out of the party's own credit.
  case refunded

  /// By the index of its rule.
  static let ofRule: [StatementColumn] = PostingRule.builtIn.map { rule in
    if rule.isOf(ResponsibilityTransferred.self) { return .moved }
    if rule.isOf(AdjustmentPosted.self) || rule.isOf(InvoiceRectified.self)
      || rule.isOf(SaleReturned.self) || rule.isOf(GoodsReturned.self)
    {
      return .adjusted
    }
    if rule.isOf(RefundPaid.self) { return .refunded }
    if rule.isOf(PaymentReceived.self) || rule.isOf(PaymentAllocated.self)
      || rule.isOf(RemittanceReceived.self) || rule.isOf(PaymentMade.self)
    {
      return .paid(isByLast: false)
    }
    return rule.isOf(PaymentReturned.self) || rule.isOf(AllocationReleased.self)
      ? .paid(isByLast: true) : .charge
  }
}
