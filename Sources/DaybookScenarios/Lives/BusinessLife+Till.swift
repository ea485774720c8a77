import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookValues

// The till: opened with a float, counted in the evening, its cash brought to the bank.
extension BusinessLife {
  static let float: Int64 = 15_000

  /// The open session of the till; nil while it is closed.
  func session(_ state: DeskState) -> TillSessionID? { state.tills.tills[TillID(1)]?.session }

  /// The cash that should be in the open till.
  func cash(_ state: DeskState) -> Int64 {
    session(state).flatMap { state.tills.sessions[$0] }?.sums[.cash] ?? 0
  }

  mutating func planTill(opensAt open: Int, closesAt close: Int) {
    plan(at: open) { life, state in life.openTill(state) }
    plan(at: close) { life, state in life.closeTill(state) }
    if isTurn(4, 8) {
      plan(at: LifeCalendar.at(10, 15)) { life, state in life.spendPettyCash(state) }
    }
    plan(at: close - 600) { life, state in life.bringCashToBank(state) }
  }

  private mutating func openTill(_ state: DeskState) -> [Deed] {
    guard session(state) == nil else { return [] }
    let held = state.tills.tills[TillID(1)]?.held
    // Whoever counted last evening was now and then off by a coin.
    let float = held.map { $0 > 500 && dice.chance(3) ? $0 - 50 : $0 } ?? Self.float
    let open = OpenTill.with {
      if held != nil { $0.till = TillID(1) }
      $0.float = Self.amount(float)
    }
    return [
      Deed(hand(.cashier), .cashier, open, "opens the till with \(Self.money(float))")
    ]
  }

  private mutating func spendPettyCash(_ state: DeskState) -> [Deed] {
    let amount = Int64(dice.from(3...30)) * 100 + Int64(dice.below(100))
    guard cash(state) > amount else { return [] }
    let (account, what) = pick([
      ("6120", "coffee and water"), ("6110", "light bulbs"), ("6120", "stamps"),
      ("5010", "paper towels"),
    ])
    books.documents += 1
    let document = "slip \(books.documents)"
    let petty = MoveTillCash.with {
      $0.direction = .out
      $0.type = .petty
      $0.amount = Self.amount(amount)
      $0.account = account
      $0.document = document
      $0.taxCode = store.standard
    }
    let by = hand(.cashier)
    let isSlip = dice.chance(25)
    return [
      Deed(by, .cashier, petty, "takes \(Self.money(amount)) for \(what)") { life, state in
        guard isSlip else { return }
        let position = state.periods.lastPosition
        life.plan(after: 240) { _, _ in
          let reverse = ReverseEvent.with {
            $0.of = position
            $0.reason = "typed twice"
          }
          return [Deed(by, .cashier, reverse, "undoes the slip, typed by mistake")]
        }
      }
    ]
  }

  private mutating func bringCashToBank(_ state: DeskState) -> [Deed] {
    let held = cash(state)
    guard held >= Self.float + 20_000 else { return [] }
    let amount = (held - Self.float) / 1000 * 1000
    let move = MoveTillCash.with {
      $0.direction = .out
      $0.type = .bank
      $0.amount = Self.amount(amount)
    }
    return [
      Deed(hand(.cashier), .cashier, move, "bags \(Self.money(amount)) for the bank") {
        life, state in life.noteBankEvent(state, "cash of \(life.day)")
      }
    ]
  }

  private mutating func closeTill(_ state: DeskState) -> [Deed] {
    guard let session = session(state), let record = state.tills.sessions[session] else {
      return []
    }
    let expected = record.sums[.cash]
    let variance: Int64 =
      dice.chance(9)
      ? -Int64(dice.from(1...60)) * 10 : dice.chance(4) ? Int64(dice.from(1...20)) * 10 : 0
    let counted = max(0, expected + variance)
    books.variances.append(counted - expected)
    var counts = [CountedMethod(.cash, Self.amount(counted))]
    for method in [MethodType.card, .cheque, .voucher] where record.sums[method] > 0 {
      counts.append(CountedMethod(method, Self.amount(record.sums[method])))
    }
    let left = min(counted, Self.float + 8_000)
    let close = CloseTill.with {
      $0.counts = Few(counts)
      $0.left = Self.amount(left)
    }
    let said =
      counted == expected
      ? "" : ", \(Self.money(abs(counted - expected))) \(counted < expected ? "short" : "over")"
    return [
      Deed(
        hand(.cashier), .cashier, close,
        "closes the till: \(Self.money(counted)) in cash, \(Self.money(record.sums[.card])) by card"
          + said)
    ]
  }
}
