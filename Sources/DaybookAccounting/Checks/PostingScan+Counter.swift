import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

// What is kept beside the postings for the counter: tills and packages.
extension PostingScan {
  /// What each closing said should be there is what the receipts of its session come to, and closings
  /// are numbered without a gap in each till.
  var tillsAgree: Check {
    let tills = model.tills
    var sums: [UInt32: TillSums] = [:]
    var tillOf: [UInt32: UInt32] = [:]
    for opening in tills.openings.rows(through: position) {
      tillOf[opening.session] = opening.till
      sums[opening.session, default: TillSums()].add(opening.float, of: .cash)
    }
    var closings: [UInt32: Position] = [:]
    for closing in tills.closings.rows(through: position) {
      closings[closing.session] = closing.position
    }
    for row in tills.rows.rows(through: position) where row.kind?.changesHands ?? false {
      if let closed = closings[row.session], row.position > closed { continue }
      guard let method = MethodType(rawValue: UInt32(row.method)) else { continue }
      sums[row.session, default: TillSums()].add(row.amount, of: method)
    }
    var found: String?
    for count in tills.counts.rows(through: position) where found == nil {
      guard let method = MethodType(rawValue: UInt32(count.method)) else { continue }
      let sum = sums[count.session]?[method] ?? 0
      if sum != count.expected {
        found =
          "session \(TillSessionID(UInt64(count.session))): \(method) \(sum) minor units by its "
          + "receipts, \(count.expected) by its closing"
      }
    }
    var numbers: [UInt32: UInt32] = [:]
    for closing in tills.closings.rows(through: position) where found == nil {
      guard let till = tillOf[closing.session] else { continue }
      let next = numbers[till, default: 0] + 1
      if closing.number != next {
        found = "till \(TillID(UInt64(till))): closing \(closing.number) where \(next) comes next"
      }
      numbers[till] = closing.number
    }
    return Check(
      "closings of tills equal their receipts, numbered without a gap", found: found,
      over: "\(tills.closings.count(through: position)) closings")
  }

  /// What of packages is not earned sums to the account of deferred income.
  var deferredAgrees: Check {
    var moved = [Int128](repeating: 0, count: model.slots.count)
    for row in model.packages.moves.rows(through: position) {
      moved[Int(row.clinic)] += Int128(row.amount)
    }
    let account = Int(model.accounts[.packageIncome])
    let off = moved.indices.first { clinic in
      moved[clinic] != -balances[account * model.slots.count + clinic]
    }
    return Check(
      "packages that are not used equal \(model.chart.accounts[account].code)",
      found: off.map { clinic in
        "clinic \(ClinicID(model.slots.number(UInt16(clinic)))): \(moved[clinic]) minor units of "
          + "packages, \(-balances[account * model.slots.count + clinic]) posted"
      },
      over: "\(model.packages.packages.count(through: position)) packages")
  }
}

extension TillSums {
  /// Adds what came in, or below zero what went out; a sum that does not fit stays as it is.
  fileprivate mutating func add(_ amount: Int64, of method: MethodType) {
    _ = add(amount, by: method)
  }
}
