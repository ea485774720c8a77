import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// The cash in tills against the account that it stands in.
extension PostingScan {
  /// What open tills should hold, and what closed ones were left with, is the balance of their account
  /// at each clinic, less what stands there beside the tills: entries by hand and bank lines may name
  /// the account, and the proof says how much they come to.
  var cashInTillsAgrees: Check {
    let account = Int(model.accounts[.till])
    let code = model.chart.accounts[account].code
    let (held, count) = cashInTills
    let off = held.indices.first { clinic in
      held[clinic] + besideTills[clinic] != balances[account * model.slots.count + clinic]
    }
    let beside = besideTills.indices.filter { besideTills[$0] != 0 }.map { clinic in
      "\(amount(besideTills[clinic], clinic)) at clinic \(name(clinic))"
    }
    let besides =
      beside.isEmpty ? "" : "; beside them " + Self.some(of: beside, atMost: 3, "clinics")
    return Check(
      "cash in tills equals \(code)",
      found: off.map { clinic in
        let posted = balances[account * model.slots.count + clinic]
        return "clinic \(name(clinic)): tills should hold \(amount(held[clinic], clinic)), "
          + "posted for them are \(amount(posted - besideTills[clinic], clinic))"
      },
      over: "\(count) tills\(besides)")
  }

  /// What the drawers of each clinic's tills should hold, and how many tills there are.
  private var cashInTills: (held: [Int128], count: Int) {
    let openings = model.tills.openings.rows(through: position)
    var drawers: [UInt32: Drawer] = [:]
    var latest: [UInt32: UInt32] = [:]
    for opening in openings {
      drawers[opening.session] = Drawer(cash: Int128(opening.float))
      latest[opening.till] = opening.session
    }
    for closing in model.tills.closings.rows(through: position) {
      drawers[closing.session]?.close(at: closing.position)
    }
    for count in model.tills.counts.rows(through: position) where count.isOfCash {
      drawers[count.session]?.count(count.isCounted == 1 ? count.counted : count.expected)
    }
    for row in model.tills.rows.rows(through: position) where row.isOfCash {
      drawers[row.session]?.take(row)
    }
    var held = [Int128](repeating: 0, count: model.slots.count)
    for opening in openings where latest[opening.till] == opening.session {
      held[Int(opening.clinic)] += drawers[opening.session]?.cash ?? 0
    }
    return (held, latest.count)
  }

  private func amount(_ minorUnits: Int128, _ clinic: Int) -> Amount {
    Amount(minorUnits: Int64(clamping: minorUnits), model.slots.currencies[clinic])
  }
}

/// The cash of a session: from its float on, and once it is closed from its count on.
private struct Drawer {
  private(set) var cash: Int128
  private var closed: Position?

  init(cash: Int128) { self.cash = cash }

  /// Nothing is left where nothing was counted or expected.
  mutating func close(at position: Position) {
    (cash, closed) = (0, position)
  }

  /// What was counted stays there, or what was expected where nobody counted.
  mutating func count(_ amount: Int64) {
    if closed != nil { cash = Int128(amount) }
  }

  /// What came in before the count is part of it.
  mutating func take(_ row: TillRow) {
    if let closed, row.position <= closed { return }
    cash += Int128(row.amount)
  }
}

extension TillCountRow {
  fileprivate var isOfCash: Bool { method == UInt8(MethodType.cash.rawValue) }
}

extension TillRow {
  /// Whether cash changed hands.
  fileprivate var isOfCash: Bool {
    method == UInt8(MethodType.cash.rawValue) && kind?.changesHands ?? false
  }
}
