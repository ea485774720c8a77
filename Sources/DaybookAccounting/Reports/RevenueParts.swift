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

/// Charges, what undid them, and what payments settled of them, by one dimension.
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

  /// Calls `body` with every part: charges first, then their reversals, then payments.
  func walk(_ body: (RevenuePart) -> Void) {
    forEachCharge(body)
    forEachPayment(body)
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

  private func forEachPayment(_ body: (RevenuePart) -> Void) {
    let accounts = scope.model.accounts
    let receivables = [accounts[.patientReceivable], accounts[.payerReceivable]]
    let charges = scope.model.charges
    scope.forEachPosting { row, _ in
      let isPayment = row.rule == PostingRule.Index.payment
      guard isPayment || row.rule == PostingRule.Index.allocated else { return }
      if receivables.contains(row.account), row.charge != 0,
        let charge = charges.row(ofCharge: row.charge), includes(charge)
      {
        body(
          RevenuePart(
            key: key(charge, dimension), column: other.map { key(charge, $0) } ?? 0,
            currency: scope.currency(charge.clinic), position: row.position,
            charge: charge, collected: -row.amount))
      }
      // The first line of a payment is the money, whole.
      if isPayment, row.line == 1, row.day >= scope.from, sieve == nil, let key = key(received: row)
      {
        body(
          RevenuePart(
            key: key, currency: scope.currency(row.clinic), position: row.position,
            received: row.amount))
      }
    }
  }

  private func includes(_ row: ChargeRow) -> Bool {
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
