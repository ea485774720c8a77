import DaybookClinicEvents
public import DaybookEngine
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
  /// Collected is what money has settled of these charges up to D, whoever paid: payments, credit that
  /// was applied and remittances, less what was released, returned, taken back or undone. What was taken
  /// off a charge is not collected. By month and by clinic, `received` is the money that came in then and
  /// there from patients and payers, whatever it settles, less what was returned and refunded; tickets
  /// are none of it, and of some charges alone nothing can be said of it.
  ///
  /// - Parameter form: The only practitioner, service, payer or patient.
  public static func revenue(
    by dimension: RevenueDimension, _ view: Snapshot<AccountingModel>, _ query: AccountingQuery,
    form: RowForm = RowForm()
  ) -> Report {
    let scope = Scope(view, query)
    let hasReceived = (dimension == .month || dimension == .clinic) && form.terms.isEmpty
    var report = scope.report(
      "revenue", "Revenue by \(dimension.rawValue)",
      dimension.columns + [
        Column("units", .count), Column("gross", .amount), Column("discount", .amount),
        Column("net", .amount), Column("collected", .amount),
      ] + (hasReceived ? [Column("received", .amount)] : []))
    var revenue = Revenue()
    RevenueParts(scope, dimension, form: form).walk { revenue.add($0) }
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
  /// The first columns of a report by it.
  var columns: [Column] {
    switch self {
    case .month: [Column("month", .month)]
    case .service: [Column("service", .identifier), Column("code", .text), Column("name", .text)]
    case .practitioner, .clinic, .payer: [Column(rawValue, .identifier), Column("ref", .text)]
    }
  }
}

extension Scope {
  /// The first cells of the row of revenue with this key.
  func cells(_ dimension: RevenueDimension, _ key: Int64) -> [Cell] {
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

  private var lines: [Line] = []
  // Only asked for a key, never iterated.
  private var places: [Key: Int] = [:]
  private(set) var entries = 0
  private(set) var debits = CurrencySum()

  /// The lines in the order of the dimension.
  func sorted() -> [Line] {
    lines.sorted { ($0.key, $0.currency) < ($1.key, $1.currency) }
  }

  mutating func add(_ part: RevenuePart) {
    let place = place(part.key, part.currency)
    lines[place].units += part.units
    lines[place].gross += part.gross
    lines[place].discount += part.discount
    lines[place].collected += part.collected
    lines[place].received += part.received
    if part.isCharge {
      if part.debit != 0 { entries += 1 }
      debits.add(part.debit, part.currency)
    }
  }

  private mutating func place(_ key: Int64, _ currency: Currency) -> Int {
    if let place = places[Key(key: key, currency: currency)] { return place }
    places[Key(key: key, currency: currency)] = lines.count
    lines.append(Line(key: key, currency: currency))
    return lines.count - 1
  }
}
