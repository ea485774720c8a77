import DaybookClinicEvents
import DaybookEvents

/// Where statements show what an entry does to a party.
struct StatementColumns {
  private enum Column {
    case charge, adjusted, moved
    /// Who paid is said by the first line of the entry, or by its last.
    case paid(isByLast: Bool)
    /// Paid out of the party's own credit.
    case refunded
  }

  /// By the index of its rule.
  private static let ofRule: [Column] = PostingRule.builtIn.map { rule in
    if rule.isOf(ResponsibilityTransferred.self) { return .moved }
    if rule.isOf(AdjustmentPosted.self) || rule.isOf(InvoiceRectified.self)
      || rule.isOf(SaleReturned.self) || rule.isOf(GoodsReturned.self)
    {
      return .adjusted
    }
    if rule.isOf(RefundPaid.self) { return .refunded }
    if rule.isOf(PaymentMade.self) { return .paid(isByLast: false) }
    return switch SettlingMoney.byRule[Int(rule.number) - 1] {
    case .ofFirst: .paid(isByLast: false)
    case .ofLast: .paid(isByLast: true)
    case nil: .charge
    }
  }

  private let scope: Scope
  private let postings: History<Posting>
  private let isSupplier: Bool
  private let hasMerges: Bool

  init(_ scope: Scope, isSupplier: Bool = false) {
    self.scope = scope
    self.isSupplier = isSupplier
    postings = scope.model.ledger.postings
    hasMerges = scope.model.hasMerges(at: scope.position)
  }

  /// Under whom a party goes on; nearly always itself.
  func current(_ party: UInt32) -> UInt32 {
    hasMerges ? scope.model.current(party, at: scope.position) : party
  }

  /// Adds a posting of an item of a party, or of a charge that another owes for it, to the line of its
  /// entry.
  ///
  /// - Parameters:
  ///   - index: Where the posting stands in the ledger.
  ///   - party: Under whom the party goes on.
  func add(_ row: Posting, _ index: Int, of party: UInt32, to line: inout StatementLines.Line) {
    let amount = isSupplier ? -row.amount : row.amount
    if current(row.party) == party { line.balance += amount } else { line.payerOpen += amount }
    switch Self.ofRule[Int(row.rule)] {
    case .charge: line.charge += amount
    case .adjusted: line.adjusted -= amount
    case .moved: line.moved += amount
    case .paid(let isByLast):
      pay(amount, isOwn: payer(index, row, isByLast: isByLast) == party, &line)
    case .refunded:
      let isOwn = payer(index, row, isByLast: false) == party
      pay(amount, isOwn: isOwn, &line)
      if isOwn { line.refunded += amount }
    }
  }

  /// Money lowers what is open, or raises it again.
  private func pay(_ amount: Int64, isOwn: Bool, _ line: inout StatementLines.Line) {
    if isOwn { line.ownPaid -= amount } else { line.payerPaid -= amount }
  }

  /// Who the money of an entry came from, or went back to.
  private func payer(_ index: Int, _ row: Posting, isByLast: Bool) -> UInt32 {
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
}
