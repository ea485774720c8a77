import DaybookEngine
import DaybookEvents
import DaybookReporting
import DaybookValues

// Open items against the postings that they are made of.
extension PostingScan {
  /// The payables report sums to the account of payables.
  var payablesAgree: Check {
    let scope = Scope(Snapshot(model), lastDayQuery)
    var listed: [Currency: Int128] = [:]
    var suppliers = 0
    let report = AccountingReports.payables(Snapshot(model), scope.query)
    let index = report.columns.firstIndex { $0.name == "total" } ?? 0
    for row in report.rows {
      suppliers += 1
      if case .amount(let amount) = row[index] {
        listed[amount.currency, default: 0] += Int128(amount.minorUnits)
      }
    }
    var control: [Currency: Int128] = [:]
    let account = Int(model.accounts[.payables])
    for clinic in 0..<model.slots.count {
      control[model.slots.currencies[clinic], default: 0] -=
        balances[account * model.slots.count + clinic]
    }
    let code = model.chart.accounts[account].code
    return Check(
      "payables by supplier equal \(code)", found: Self.difference(listed, control),
      over: "\(suppliers) suppliers")
  }

  /// Items, their age included, are what all postings on their accounts come to: on the last day, and at
  /// the ends of some months before where the books are not large.
  var itemsAgree: Check {
    let last = lastDay
    var days = postingCount == 0 ? [] : [last]
    // One pass over many postings is long enough.
    if !days.isEmpty, postingCount <= 2_000_000 {
      days += [1, 3, 12].map {
        Month(monthsSince1970: last.monthOf.monthsSince1970 - $0).lastDay
      }
    }
    var found: String?
    for day in days where found == nil {
      found = ItemsByHand.difference(model, on: day, at: position).map { "on \(day), \($0)" }
    }
    let items = OpenItems(Scope(Snapshot(model), lastDayQuery)).index.items.count
    return Check(
      "open items and their age equal their postings", found: found,
      over: "\(items) items on \(days.count) days")
  }

  /// No part of a charge was paid, or taken off, more than once.
  var nothingIsOverpaid: Check {
    let items = OpenItems(Scope(Snapshot(model), lastDayQuery))
    var found: String?
    items.forEach([.receivable]) { item in
      guard item.state.open < 0, found == nil else { return }
      found =
        "\(DocumentNames.name(item.key.document)) of \(item.party): \(item.state.open) minor units"
    }
    return Check(
      "no part of a charge is paid beyond what was owed", found: found,
      over: "\(items.index.items.count) items")
  }

  /// Asks for everything that is known, so that a report leaves nothing out.
  private var lastDayQuery: AccountingQuery {
    var query = AccountingQuery(knownAt: position)
    query.on = lastDay
    return query
  }
}
