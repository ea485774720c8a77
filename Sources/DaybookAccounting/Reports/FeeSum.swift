import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookValues

/// What a patient was charged and paid in one currency, in minor units.
struct FeeSum {
  let currency: Currency
  var entries = 0
  var opening: Int64 = 0
  var charged: Int64 = 0
  var discount: Int64 = 0
  var adjusted: Int64 = 0
  var paid: Int64 = 0
  var payerPaid: Int64 = 0
  var refunded: Int64 = 0
  var open: Int64 = 0
  var payerOpen: Int64 = 0

  /// In the order of the columns.
  var figures: [Int64] {
    [opening, charged, discount, adjusted, paid, payerPaid, refunded, open, payerOpen]
  }

  var isNothing: Bool {
    opening == 0 && charged == 0 && discount == 0 && adjusted == 0 && paid == 0 && payerPaid == 0
      && refunded == 0 && open == 0 && payerOpen == 0
  }

  func cell(_ minorUnits: Int64) -> Cell { .amount(Amount(minorUnits: minorUnits, currency)) }

  /// Adds what an entry does, of which the days from `first` on tell.
  mutating func add(_ line: StatementLines.Line, from first: Int32, discount: Int64) {
    open += line.balance
    payerOpen += line.payerOpen
    if line.day < first {
      opening += line.balance + line.payerOpen
    } else {
      add(line, discount: discount)
    }
  }

  /// Adds a line of the patient's statement, but for what is open after it.
  mutating func add(_ line: StatementLines.Line, discount: Int64) {
    if line.isOpening { return }
    entries += 1
    self.discount += discount
    charged += line.charge + discount
    adjusted += line.adjusted
    paid += line.ownPaid + line.refunded
    payerPaid += line.payerPaid
    refunded += line.refunded
  }
}

/// What charges, and what undoes one, post as discount.
struct ChargeDiscounts {
  private let scope: Scope
  private let postings: History<Posting>
  /// By account.
  private var isDiscount: [Bool]
  /// By the rules by which charges are and were posted.
  private let isOfCharges: [Bool]

  init(_ scope: Scope) {
    self.scope = scope
    postings = scope.model.ledger.postings
    isOfCharges = PostingRule.builtIn.map { $0.isOf(ChargePosted.self) }
    isDiscount = [Bool](repeating: false, count: scope.model.chart.accounts.count)
    for account in scope.model.accountRules.meanings(of: .discount) {
      isDiscount[Int(account)] = true
    }
  }

  /// What a posting takes off; nothing where it is none of a discount.
  func discount(_ row: Posting) -> Int64 {
    isDiscount[Int(row.account)] && isOfCharges[Int(row.rule)] ? row.amount : 0
  }

  /// What the entry of the posting at `index` takes off.
  func discount(at index: Int) -> Int64 {
    let known = postings[index]
    guard isOfCharges[Int(known.rule)] else { return 0 }
    var (sum, next) = (Int64(0), index - Int(known.line) + 1)
    while next < postings.count, case let row = postings[next], row.position == known.position {
      if scope.includes(clinic: row.clinic) { sum += discount(row) }
      next += 1
    }
    return sum
  }
}
