import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

extension Review {
  /// The session in which a till takes or gives money, and the till that a command means.
  ///
  /// Without a till the only one that is open here is meant, or the only one that who acts has
  /// opened. Cash needs one; cards, cheques and vouchers go with one where there is one; what comes
  /// through a bank or a web page has none unless it is named. History names its own.
  mutating func session(
    of till: TillID?, for method: MethodType, _ state: DeskState, _ field: String
  ) -> TillSessionID? {
    guard let till = till ?? onlyTill(for: method, state, field) else { return nil }
    guard let record = known(till, in: state.tills.tills, field) else { return nil }
    requireHere(record.clinic, "till \(till)", field)
    guard let session = record.session, let opened = state.tills.openRecord(session)?.opened else {
      question(TillRefusal.notOpen(till), field)
      return nil
    }
    if effective.instant < opened.instant {
      question(TillRefusal.beforeOpening(till, opened), "effective")
    }
    return session
  }

  private mutating func onlyTill(
    for method: MethodType, _ state: DeskState, _ field: String
  ) -> TillID? {
    let needsTill = method == .cash
    switch method {
    case .transfer, .directDebit, .online: return nil
    case .cash, .card, .cheque, .voucher, .unspecified: break
    }
    let open = isImport ? [] : state.tills.openSessions(at: ClinicID(context.clinic))
    let records = open.compactMap { state.tills.sessions[$0] }
    if records.isEmpty {
      if needsTill { question(BillingRefusal.tillNotOpen, field) }
      return nil
    }
    let own = records.filter { $0.openedBy == context.actor.staffNumber }
    if records.count > 1, own.count != 1 {
      if needsTill { question(TillRefusal.severalOpen(records.map(\.till)), field) }
      return nil
    }
    return (records.count == 1 ? records : own).first?.till
  }

  /// No more cash can be taken out of a till than it should hold.
  mutating func requireCash(
    _ amount: Int64, in session: TillSessionID?, _ state: DeskState, _ field: String
  ) {
    // Who takes nothing may, however little there is.
    guard amount > 0, let session, let record = state.tills.sessions[session] else { return }
    let held = record.sums[.cash]
    if amount > held {
      question(TillRefusal.aboveCash(record.till, held: self.amount(held)), field)
    }
  }

  /// How money changes hands, as it is written down: amounts without the clinic's currency, and the
  /// change worked out where it was not said.
  ///
  /// - Parameters:
  ///   - amount: What is paid.
  ///   - tip: What is given on top.
  mutating func tender(
    _ method: PaymentMethod, paying amount: Int64, tip: Int64 = 0, _ field: String
  ) -> PaymentMethod {
    guard case .cash(var cash) = method else { return method }
    let rounding = cash.rounding.flatMap { minorUnits($0, field + ".rounding") } ?? 0
    let change = cash.change.map { notNegative($0, field + ".change") }
    cash.rounding = cash.rounding.map { Amount(minorUnits: $0.minorUnits) }
    cash.change = cash.change.map { Amount(minorUnits: $0.minorUnits) }
    guard let tendered = cash.tendered else { return .cash(cash) }
    let given = notNegative(tendered, field + ".tendered")
    cash.tendered = Amount(minorUnits: tendered.minorUnits)
    let due = Int64(clamping: Int128(amount) + Int128(rounding) + Int128(tip))
    let back = change ?? (given > due ? given - due : 0)
    let expected = sum([amount, rounding, tip, back], "amount")
    if given != expected {
      refuse(
        BillingRefusal.tender(
          expected: self.amount(expected &- back), found: self.amount(given &- back)),
        field + ".tendered")
    }
    if change == nil, back > 0 { cash.change = Amount(minorUnits: back) }
    return .cash(cash)
  }
}
