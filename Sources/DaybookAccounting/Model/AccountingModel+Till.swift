import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// The entries of tills: cash that is brought, moved and counted.
extension AccountingModel {
  /// What was brought debits the till; a float that is otherwise than it should be is over or short.
  mutating func post(_ opened: TillOpened) throws(PostingError) {
    let brought = try minor(opened.brought)
    try add(.till, .debit, brought, .none)
    try add(.safe, .credit, brought, .none)
    let expected = Int128(try minor(opened.held)) + Int128(brought)
    try postCount(Int128(try minor(opened.float)) - expected)
  }

  /// The cash counted less the cash expected is over or short; other methods post nothing.
  mutating func post(_ closed: TillClosed) throws(PostingError) {
    for count in closed.counts where count.method == .cash {
      guard let variance = count.variance else { continue }
      try postCount(Int128(try minor(variance)))
    }
  }

  private mutating func postCount(_ variance: Int128) throws(PostingError) {
    guard let amount = Int64(exactly: abs(variance)) else { throw ledger.error(.overflow) }
    if variance > 0 {
      try add(.till, .debit, amount, .none)
      try add(.cashOver, .credit, amount, .none)
    } else {
      try add(.cashShort, .debit, amount, .none)
      try add(.till, .credit, amount, .none)
    }
  }

  /// Cash leaves the till for the safe, the bank, a small expense or another till, or comes from there.
  mutating func post(_ moved: TillCashMoved) throws(PostingError) {
    let amount = try minor(moved.amount)
    let (out, into): (Ledger.Side, Ledger.Side)
    switch moved.direction {
    case .out: (out, into) = (.credit, .debit)
    case .into: (out, into) = (.debit, .credit)
    case .unspecified: throw ledger.error(.unspecified)
    }
    switch moved.type {
    case .float: try add(.safe, into, amount, .none)
    case .bank: try add(.cashInTransit, into, amount, .none)
    case .handover: try add(.till, into, amount, .none)
    case .petty:
      let (tax, deductible) = (try minor(moved.tax), try minor(moved.deductible))
      guard tax <= amount, deductible <= tax, let account = chart.index(of: moved.account) else {
        throw ledger.error(.unspecified)
      }
      ledger.taxCode = try taxNumber(moved.taxCode)
      try ledger.add(UInt16(account), into, amount - tax)
      try add(.inputTax, into, deductible, .none)
      try add(.taxNotDeductible, into, tax - deductible, .none)
      ledger.taxCode = 0
    case .unspecified: throw ledger.error(.unspecified)
    }
    try add(.till, out, amount, .none)
  }
}
