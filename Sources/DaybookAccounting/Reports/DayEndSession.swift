import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

/// A till session summed up: what a Z report says of it, or of one that is still open an X report.
struct DayEndSession {
  /// How many, and how much.
  struct Sum {
    var count: Int64 = 0
    var amount: Int64 = 0

    mutating func add(_ amount: Int64, count: Int64 = 1) {
      self.count += count
      self.amount += amount
    }
  }

  /// What was taken at one rate of tax.
  struct Taxed {
    var gross: Int64 = 0
    var tax: Int64 = 0
  }

  /// What the tax of takings is told by.
  enum TaxLine: Hashable, Comparable {
    /// A rate, in basis points; nothing is what is not taxed.
    case rate(Int32)
    /// Of a ticket on account, or owed when the books began: its tax was told before.
    case before
    /// Paid in advance, or to somebody's credit: no supply yet.
    case advance
  }

  let opening: TillOpeningRow
  /// Nil while the till is open.
  let closing: TillClosingRow?
  let currency: Currency

  // By the number of the way of paying, or of a row's type.
  private(set) var received = [Sum](repeating: Sum(), count: Self.methodCount)
  private(set) var change = [Int64](repeating: 0, count: Self.methodCount)
  private(set) var tips = [Sum](repeating: Sum(), count: Self.methodCount)
  private(set) var rounded = [Sum](repeating: Sum(), count: Self.methodCount)
  private(set) var refunded = [Sum](repeating: Sum(), count: Self.methodCount)
  private(set) var paidOut = [Sum](repeating: Sum(), count: Self.methodCount)
  private(set) var voided = [Sum](repeating: Sum(), count: Self.methodCount)
  private(set) var moved = [Sum](repeating: Sum(), count: 16)
  private(set) var discounts = Sum()
  // Sorted before anything of it is shown.
  private(set) var taxed: [TaxLine: Taxed] = [:]
  private(set) var first: DocumentKey?
  private(set) var last: DocumentKey?
  private(set) var receiptCount: Int64 = 0
  private(set) var takenAfterCount: Int64 = 0
  /// The takings of the till from its first session through this one.
  var grandTotal: Int64 = 0
  private var lastReceipt = Position.start

  private static let methodCount = 8

  init(_ opening: TillOpeningRow, _ closing: TillClosingRow?, _ currency: Currency) {
    self.opening = opening
    self.closing = closing
    self.currency = currency
  }

  /// Takes a row of the session in.
  mutating func add(_ row: TillRow) {
    guard let type = row.kind else { return }
    if let closing, row.position > closing.position {
      // What is left after the count goes to the safe.
      if type.changesHands { takenAfterCount += row.amount }
      return
    }
    let method = min(Int(row.method), Self.methodCount - 1)
    let isVoid = row.isVoid != 0
    switch type {
    case .taxed: add(row.amount, tax: row.part, .rate(row.rate))
    case .discount: discounts.add(row.amount, count: isVoid ? -1 : 1)
    case _ where isVoid: voided[method].add(row.amount, count: type.isReceipt ? 1 : 0)
    case .payment, .sale:
      received[method].add(row.amount)
      change[method] += row.part
      note(row)
    case .saleReturn, .refund:
      refunded[method].add(row.amount)
      note(row)
    case .paidOut:
      paidOut[method].add(row.amount)
      note(row)
    case .tip: tips[method].add(row.amount)
    case .rounding: rounded[method].add(row.amount)
    case .float, .bank, .petty, .handover: moved[Int(type.rawValue)].add(row.amount)
    }
  }

  /// Adds to what was taken at a rate.
  mutating func add(_ gross: Int64, tax: Int64, _ line: TaxLine) {
    taxed[line, default: Taxed()].gross += gross
    taxed[line, default: Taxed()].tax += tax
  }

  private mutating func note(_ row: TillRow) {
    let document = DocumentKey(rawValue: row.document)
    if first == nil { first = document }
    last = document
    if row.position != lastReceipt { receiptCount += 1 }
    lastReceipt = row.position
  }

  /// Cash that was brought, moved and given to others, beside what the clinic paid.
  var movedCash: Int64 { moved.reduce(0) { $0 + $1.amount } }

  /// What should be there of a way of paying.
  func expected(_ method: MethodType) -> Int64 {
    let index = Int(method.rawValue)
    let sums = [received, tips, rounded, refunded, paidOut, voided]
    let changed = sums.reduce(0) { $0 + $1[index].amount }
    return method == .cash ? changed + opening.float + movedCash : changed
  }

  /// The ways of paying that the session knows, in the order of a closing.
  func methods(_ counts: [TillCountRow]) -> [MethodType] {
    TillSums.methods.filter { method in
      let index = Int(method.rawValue)
      return method == .cash || expected(method) != 0
        || [received, tips, rounded, refunded, paidOut, voided].contains { $0[index].count != 0 }
        || counts.contains { Int($0.method) == index }
    }
  }
}

/// The sessions of one day, or of a range of days.
struct DayEndSessions {
  private(set) var sessions: [DayEndSession] = []
  private let scope: Scope

  /// - Parameter till: The number of the only till; nil for all.
  init(_ scope: Scope, till: UInt64?) {
    self.scope = scope
    let tills = scope.model.tills
    var closings: [UInt32: TillClosingRow] = [:]
    for row in tills.closings.rows(through: scope.position) { closings[row.session] = row }
    let first = scope.query.from?.daysSince1970 ?? scope.through
    var tillOf: [UInt32: UInt32] = [:]
    for opening in tills.openings.rows(through: scope.position) {
      tillOf[opening.session] = opening.till
      guard scope.includes(clinic: opening.clinic), till.map({ $0 == opening.till }) ?? true,
        opening.day <= scope.through
      else { continue }
      let closing = closings[opening.session].flatMap { $0.day <= scope.through ? $0 : nil }
      if let closing, closing.day < first { continue }
      sessions.append(DayEndSession(opening, closing, scope.currency(opening.clinic)))
    }
    sessions.sort {
      ($0.opening.till, $0.opening.session) < ($1.opening.till, $1.opening.session)
    }
    addRows(tillOf)
  }

  private mutating func addRows(_ tillOf: [UInt32: UInt32]) {
    var places: [UInt32: Int] = [:]
    for (place, session) in sessions.enumerated() { places[session.opening.session] = place }
    // The takings of each till, session by session.
    var takings: [UInt32: [(session: UInt32, amount: Int64)]] = [:]
    let rows = scope.model.tills.rows
    rows.forEachSlice(rows.count(through: scope.position)) { slice in
      for row in slice {
        let place = places[row.session]
        if let place, sessions[place].closing == nil, row.day > scope.through { continue }
        if let till = tillOf[row.session], let type = row.kind, type.isReceipt, type != .paidOut {
          var list = takings[till] ?? []
          if list.last?.session != row.session { list.append((row.session, 0)) }
          list[list.count - 1].amount += row.amount
          takings[till] = list
        }
        guard let place else { continue }
        sessions[place].add(row)
        if row.kind == .payment { addTax(of: row, to: place) }
      }
    }
    for place in sessions.indices {
      let opening = sessions[place].opening
      sessions[place].grandTotal = (takings[opening.till] ?? []).reduce(0) {
        $1.session <= opening.session ? $0 + $1.amount : $0
      }
    }
  }

  /// The tax in what a payment settles, charge by charge; the rest is an advance.
  private mutating func addTax(of row: TillRow, to place: Int) {
    if let closing = sessions[place].closing, row.position > closing.position { return }
    let model = scope.model
    let receivables = [model.accounts[.patientReceivable], model.accounts[.payerReceivable]]
    let postings = model.ledger.postings
    var rest = row.amount
    for index in postings.count(
      through: row.position.previous)..<postings.count(
        through: row.position)
    {
      let posting = postings[index]
      guard receivables.contains(posting.account), posting.charge != 0 else { continue }
      rest += posting.amount
      let (line, tax) = model.taxInside(-posting.amount, ofCharge: posting.charge)
      sessions[place].add(-posting.amount, tax: tax, line)
    }
    guard rest != 0 else { return }
    // The tax of a taxed deposit is due with it.
    var tax: Int64 = 0
    for index in postings.count(
      through: row.position.previous)..<postings.count(
        through: row.position)
    where postings[index].account == model.accounts[.outputTax] {
      tax -= postings[index].amount
    }
    sessions[place].add(rest, tax: tax, .advance)
  }
}

extension AccountingModel {
  /// The tax in what is paid of a charge: as the charge's tax is a part of what it asked, half away.
  fileprivate func taxInside(
    _ amount: Int64, ofCharge number: UInt32
  ) -> (line: DayEndSession.TaxLine, tax: Int64) {
    guard let row = charges.row(ofCharge: number) else { return (.rate(0), 0) }
    // A charge of nothing is there to be settled: what it is for was told elsewhere.
    guard row.list != 0 else { return (.before, 0) }
    guard row.tax != 0, row.net + row.tax != 0 else { return (.rate(0), 0) }
    let share = try? Rounding.halfAwayFromZero(
      Int128(amount) * Int128(row.tax), dividedBy: Int128(row.net) + Int128(row.tax))
    return (.rate(rate(of: row)), Int64(clamping: share ?? 0))
  }

  /// The rate of a charge's tax on its day, by its tax code; what its figures come to where it has none.
  private func rate(of charge: ChargeRow) -> Int32 {
    let first = ledger.postings.count(through: charge.position.previous)
    for index in first..<ledger.postings.count(through: charge.position) {
      let code = UInt64(ledger.postings[index].taxCode)
      if code != 0, let rate = taxRate(code, on: charge.day) { return rate }
    }
    let exact = try? Rounding.halfAwayFromZero(
      Int128(charge.tax) * 10_000, dividedBy: Int128(charge.net))
    return Int32(clamping: exact ?? 0)
  }

  /// The rate of a tax code on a day: that of the version that holds then, else of the first.
  private func taxRate(_ code: UInt64, on day: Int32) -> Int32? {
    var row = taxCodes.find(code)
    var first = row
    while let found = row, found.facts.from > day {
      first = found
      row = found.previous >= 0 ? taxCodes.rows[found.previous] : nil
    }
    return (row ?? first)?.facts.rate
  }
}
