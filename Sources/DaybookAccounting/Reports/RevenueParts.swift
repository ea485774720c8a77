import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// What one event adds to a row of revenue.
struct RevenuePart {
  /// The row, as the dimension numbers it.
  var key: Int64
  /// The column, as the other dimension numbers it; 0 without one.
  var column: Int64 = 0
  var currency: Currency
  /// The event.
  var position: Position
  /// The charge, on the day on which it or its reversal has effect; nil of money that came in.
  var charge: ChargeRow?
  var units: Int64 = 0
  var gross: Int64 = 0
  var discount: Int64 = 0
  var collected: Int64 = 0
  var received: Int64 = 0
  /// Whether it is a charge, which stands behind the report's footer with its debit.
  var isCharge = false
  var debit: Int64 = 0
}

/// Charges, what undid them, and what money settled of them, by one dimension.
struct RevenueParts {
  private let scope: Scope
  private let dimension: RevenueDimension
  private let other: RevenueDimension?
  /// Which charges are asked for; nil for all.
  private let sieve: RowSieve?
  private let keys: RowKeys

  /// - Parameters:
  ///   - other: The dimension of columns; nil for none.
  ///   - form: The only values of dimensions of charges.
  init(
    _ scope: Scope, _ dimension: RevenueDimension, columns other: RevenueDimension? = nil,
    form: RowForm = RowForm()
  ) {
    sieve = form.terms.isEmpty ? nil : RowSieve(form, scope)
    keys = RowKeys(scope)
    self.scope = scope
    self.dimension = dimension
    self.other = other
  }

  /// Calls `body` with every part: charges first, then their reversals, then money.
  func walk(_ body: (RevenuePart) -> Void) {
    forEachCharge(body)
    forEachMoney(body)
  }

  /// Calls `body` with charges, then with their reversals.
  func forEachCharge(_ body: (RevenuePart) -> Void) {
    let charges = scope.model.charges
    charges.forEachSlice(charges.count(through: scope.position)) { slice in
      for row in slice where includes(row) {
        var part = part(of: row, at: row.position)
        part.isCharge = true
        part.debit = row.list + row.tax
        body(part)
      }
    }
    for row in scope.model.reversals.rows(through: scope.position) where row.charge != 0 {
      guard var charge = charges.row(ofCharge: row.charge) else { continue }
      // It counts against the day on which it takes effect.
      charge.day = row.day
      guard includes(charge) else { continue }
      var part = part(of: charge, at: row.position)
      part.units = -part.units
      part.gross = -part.gross
      part.discount = -part.discount
      body(part)
    }
  }

  private func part(of charge: ChargeRow, at position: Position) -> RevenuePart {
    RevenuePart(
      key: key(charge, dimension), column: other.map { key(charge, $0) } ?? 0,
      currency: scope.currency(charge.clinic), position: position, charge: charge,
      units: Int64(charge.units),
      gross: charge.list, discount: charge.discount)
  }

  /// Calls `body` with what money has settled of charges, and with the money that came in.
  private func forEachMoney(_ body: (RevenuePart) -> Void) {
    var received = ReceivedMoney(scope.model)
    scope.forEachPosting { row, _ in
      if row.collected != 0 { collect(row.collected, row.charge, row.position, body) }
      if received.takes(row), row.day >= scope.from, sieve == nil, let key = key(received: row) {
        body(
          RevenuePart(
            key: key, currency: scope.currency(row.clinic), position: row.position,
            received: row.amount))
      }
    }
    for row in scope.model.uncollected.rows(through: scope.position)
    where row.day <= scope.through {
      collect(0 &- row.amount, row.charge, row.position, body)
    }
  }

  private func collect(
    _ amount: Int64, _ number: UInt32, _ position: Position, _ body: (RevenuePart) -> Void
  ) {
    guard let charge = scope.model.charges.row(ofCharge: number), includes(charge) else { return }
    body(
      RevenuePart(
        key: key(charge, dimension), column: other.map { key(charge, $0) } ?? 0,
        currency: scope.currency(charge.clinic), position: position, charge: charge,
        collected: amount))
  }

  /// Whether a charge is asked for, on its day.
  func includes(_ row: ChargeRow) -> Bool {
    // What is left of a sale is charged without units: its revenue is the sale's.
    (row.units > 0 || row.list > 0) && row.day >= scope.from
      && row.day <= scope.through && scope.includes(clinic: row.clinic)
      && sieve?.takes { keys.key($0, row) } ?? true
  }

  private func key(_ row: ChargeRow, _ dimension: RevenueDimension) -> Int64 {
    switch dimension {
    case .month: Int64(Day(daysSince1970: row.day).monthOf.monthsSince1970)
    case .practitioner: Int64(row.practitioner)
    case .clinic: Int64(clamping: scope.model.slots.number(row.clinic))
    case .service: Int64(row.service)
    case .payer:
      PartyKey(rawValue: row.responsible).patient != nil ? 0 : Int64(row.responsible)
    }
  }

  private func key(received row: Posting) -> Int64? {
    switch dimension {
    case .month: Int64(Day(daysSince1970: row.day).monthOf.monthsSince1970)
    case .clinic: Int64(clamping: scope.model.slots.number(row.clinic))
    case .practitioner, .service, .payer: nil
    }
  }
}

/// Which postings are money that came in by payments and remittances, or went back.
private struct ReceivedMoney {
  private static let isMoving: [Bool] = PostingRule.builtIn.map { rule in
    rule.isOf(PaymentReceived.self) || rule.isOf(RemittanceReceived.self)
      || rule.isOf(PaymentReturned.self) || rule.isOf(RefundPaid.self)
  }

  /// By account.
  private var isMoney: [Bool]
  /// The entry of which the money was met.
  private var met = Position.start

  init(_ model: AccountingModel) {
    isMoney = [Bool](repeating: false, count: model.chart.accounts.count)
    for account in model.accounts(of: [.till, .safe, .bank, .cardClearing, .voucher]) {
      isMoney[account] = true
    }
  }

  /// The first such line of an entry is the money, whole; tips, fees and what coins round follow it.
  mutating func takes(_ row: Posting) -> Bool {
    guard Self.isMoving[Int(row.rule)], isMoney[Int(row.account)], row.position != met else {
      return false
    }
    met = row.position
    return true
  }
}
