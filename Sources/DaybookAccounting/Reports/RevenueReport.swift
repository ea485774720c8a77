import DaybookClinicEvents
import DaybookEvents
public import DaybookReporting
import DaybookValues

/// What revenue is counted by.
public enum RevenueDimension: String, CaseIterable, Hashable, Sendable {
  /// The month in which the service was done.
  case month
  /// Who did it.
  case practitioner
  /// Where it was done.
  case clinic
  /// What was done.
  case service
  /// Who owed the charge at first.
  case payer
}

extension AccountingReports {
  /// What was charged from `from` to D as known at S: units, gross, discount, net and what of it was
  /// collected.
  ///
  /// Collected is what payments have settled of these charges up to D, whoever paid. By month and by
  /// clinic, `received` is the money that came in then and there, whatever it settles.
  public static func revenue(
    by dimension: RevenueDimension, _ view: AccountingView, _ query: AccountingQuery
  ) -> Report {
    let scope = Scope(view, query)
    let hasReceived = dimension == .month || dimension == .clinic
    var report = scope.report(
      "revenue", "Revenue by \(dimension.rawValue)",
      dimension.columns + [
        Column("units", .count), Column("gross", .amount), Column("discount", .amount),
        Column("net", .amount), Column("collected", .amount),
      ] + (hasReceived ? [Column("received", .amount)] : []))
    var revenue = Revenue(scope, dimension)
    revenue.addCharges()
    revenue.addPayments()
    for line in revenue.sorted() {
      let amounts = [line.gross, line.discount, line.gross - line.discount, line.collected]
      report.append(
        scope.cells(dimension, line.key) + [.count(line.units)]
          + (amounts + (hasReceived ? [line.received] : [])).map {
            .amount(Amount(minorUnits: $0, line.currency))
          })
    }
    report.total("units", "gross", "discount", "net", "collected")
    if hasReceived { report.total("received") }
    report.footer = scope.footer(entries: revenue.entries, debits: revenue.debits)
    return report
  }
}

extension RevenueDimension {
  fileprivate var columns: [Column] {
    switch self {
    case .month: [Column("month", .month)]
    case .service: [Column("service", .identifier), Column("code", .text), Column("name", .text)]
    case .practitioner, .clinic, .payer: [Column(rawValue, .identifier), Column("ref", .text)]
    }
  }
}

extension Scope {
  fileprivate func cells(_ dimension: RevenueDimension, _ key: Int64) -> [Cell] {
    switch dimension {
    case .month: return [.month(Month(monthsSince1970: Int32(key)))]
    case .practitioner:
      let staff = StaffID(UInt64(key))
      return [.identifier(staff), .text(model.reference(staff.stream, at: position))]
    case .clinic:
      let clinic = ClinicID(UInt64(key))
      return [.identifier(clinic), .text(model.reference(clinic.stream, at: position))]
    case .service:
      let known = model.serviceRegistry.find(UInt64(key), at: position)?.facts
      return [
        .identifier(ServiceID(UInt64(key))), .text(known?.code ?? ""), .text(known?.name ?? ""),
      ]
    case .payer:
      return key == 0 ? [.text("self-pay"), .empty] : cells(PartyKey(rawValue: UInt32(key)))
    }
  }
}

/// Charges and payments summed up by one dimension.
private struct Revenue {
  struct Line {
    var key: Int64
    var currency: Currency
    var units: Int64 = 0
    var gross: Int64 = 0
    var discount: Int64 = 0
    var collected: Int64 = 0
    var received: Int64 = 0
  }

  private struct Key: Hashable {
    var key: Int64
    var currency: Currency
  }

  private let scope: Scope
  private let dimension: RevenueDimension
  private var lines: [Line] = []
  // Only asked for a key, never iterated.
  private var places: [Key: Int] = [:]
  private(set) var entries = 0
  private(set) var debits = CurrencySum()

  init(_ scope: Scope, _ dimension: RevenueDimension) {
    self.scope = scope
    self.dimension = dimension
  }

  /// The lines in the order of the dimension.
  func sorted() -> [Line] {
    lines.sorted { ($0.key, $0.currency) < ($1.key, $1.currency) }
  }

  mutating func addCharges() {
    let charges = scope.model.charges
    charges.forEachSlice(charges.count(through: scope.position)) { slice in
      for row in slice where includes(row) {
        let place = place(key(row), scope.currency(row.clinic))
        lines[place].units += Int64(row.units)
        lines[place].gross += row.list
        lines[place].discount += row.discount
        if row.list + row.tax != 0 { entries += 1 }
        debits.add(row.list + row.tax, scope.currency(row.clinic))
      }
    }
    for row in scope.model.reversals.rows(through: scope.position) where row.charge != 0 {
      guard let index = charges.index(ofCharge: row.charge) else { continue }
      var charge = charges[index]
      // It counts against the day on which it takes effect.
      charge.day = row.day
      guard includes(charge) else { continue }
      let place = place(key(charge), scope.currency(charge.clinic))
      lines[place].units -= Int64(charge.units)
      lines[place].gross -= charge.list
      lines[place].discount -= charge.discount
    }
  }

  mutating func addPayments() {
    let accounts = scope.model.accounts
    let receivables = [accounts[.patientReceivable], accounts[.payerReceivable]]
    let charges = scope.model.charges
    scope.forEachPosting { row, _ in
      let isPayment = row.rule == PostingRule.Index.payment
      guard isPayment || row.rule == PostingRule.Index.allocated else { return }
      if receivables.contains(row.account), row.charge != 0,
        let index = charges.index(ofCharge: row.charge), includes(charges[index])
      {
        let charge = charges[index]
        lines[place(key(charge), scope.currency(charge.clinic))].collected -= row.amount
      }
      // The first line of a payment is the money, whole.
      if isPayment, row.line == 1, row.day >= scope.from, let key = key(received: row) {
        lines[place(key, scope.currency(row.clinic))].received += row.amount
      }
    }
  }

  private func includes(_ row: ChargeRow) -> Bool {
    // What is left of a sale is charged without units: its revenue is the sale's.
    (row.units > 0 || row.list > 0) && row.day >= scope.from
      && row.day <= scope.through && scope.includes(clinic: row.clinic)
  }

  private mutating func place(_ key: Int64, _ currency: Currency) -> Int {
    if let place = places[Key(key: key, currency: currency)] { return place }
    places[Key(key: key, currency: currency)] = lines.count
    lines.append(Line(key: key, currency: currency))
    return lines.count - 1
  }

  private func key(_ row: ChargeRow) -> Int64 {
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
