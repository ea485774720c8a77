import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookReporting
import DaybookValues

// Sub-ledgers against the accounts that control them.
extension PostingScan {
  /// The receivables report sums to the accounts of receivables; and what parties have to their credit
  /// to those of credits and deposits.
  var openItemsAgree: [Check] {
    var query = AccountingQuery(knownAt: position)
    query.on = lastDay
    let report = AccountingReports.receivables(Snapshot(model), query)
    return [
      agree(
        report, "receivables by party", "total", [.patientReceivable, .payerReceivable], sign: 1),
      agree(report, "credits and deposits by party", "credit", [.deposit, .credit], sign: -1),
    ]
  }

  private func agree(
    _ report: Report, _ name: String, _ column: String, _ slots: [Slot], sign: Int128
  ) -> Check {
    let index = report.columns.firstIndex { $0.name == column } ?? 0
    var listed: [Currency: Int128] = [:]
    for row in report.rows {
      if case .amount(let amount) = row[index] {
        listed[amount.currency, default: 0] += Int128(amount.minorUnits)
      }
    }
    var control: [Currency: Int128] = [:]
    for slot in slots {
      for clinic in 0..<model.slots.count {
        control[model.slots.currencies[clinic], default: 0] +=
          sign * balances[Int(model.accounts[slot]) * model.slots.count + clinic]
      }
    }
    let codes = slots.map { model.chart.accounts[Int(model.accounts[$0])].code }
    return Check(
      "\(name) equal \(codes.joined(separator: " and "))",
      found: Self.difference(listed, control), over: "\(report.rows.count) parties")
  }

  /// List prices, discounts and tax of all charges are what was posted for them.
  var incomeAgrees: Check {
    var posted: [Currency: Int128] = [:]
    var charged: [Currency: Int128] = [:]
    for (clinic, sum) in self.charged.enumerated() {
      posted[model.slots.currencies[clinic], default: 0] += sum
    }
    for row in model.charges.rows(through: position) {
      charged[model.slots.currencies[Int(row.clinic)], default: 0] +=
        Int128(row.net) + Int128(row.tax)
    }
    for row in model.reversals.rows(through: position) where row.charge != 0 {
      guard let charge = model.charges.row(ofCharge: row.charge) else { continue }
      charged[model.slots.currencies[Int(charge.clinic)], default: 0] -=
        Int128(charge.net) + Int128(charge.tax)
    }
    return Check(
      "charges equal what was posted of income, discount and tax",
      found: Self.difference(charged, posted),
      over: "\(model.charges.count(through: position)) charges")
  }

  /// The last day on which anything was posted, so that a report leaves nothing out.
  var lastDay: Day {
    let fact = model.latestFactDay(at: position)?.daysSince1970 ?? lastPosting
    return Day(daysSince1970: max(lastPosting, fact))
  }

  /// The first currency in which two sums differ; a sum that is missing is zero.
  static func difference(
    _ listed: [Currency: Int128], _ control: [Currency: Int128]
  ) -> String? {
    let currencies = Set(listed.keys).union(control.keys).sorted()
    let off = currencies.first { listed[$0, default: 0] != control[$0, default: 0] }
    return off.map {
      "\($0.code): \(listed[$0, default: 0]) minor units listed, "
        + "\(control[$0, default: 0]) posted"
    }
  }
}
