import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// Tills that are opened, moved from and into, and counted.
  static let till: Makers = [
    (.tillOpening, { clinic, state, _ in clinic.tillOpening(state) }),
    (.cashMove, { clinic, state, _ in clinic.cashMove(state) }),
    (.tillClosing, { clinic, state, _ in clinic.tillClosing(state) }),
  ]

  /// One of the open tills of a clinic; of two it must be named.
  mutating func openTill(_ state: DeskState, at clinic: ClinicID) -> TillID? {
    let open = state.tills.openSessions(at: clinic)
    guard !open.isEmpty else { return nil }
    return state.tills.sessions[open[dice.below(open.count)]]?.till
  }

  /// The cash that should be in an open till.
  func held(in till: TillID, _ state: DeskState) -> Int64 {
    state.tills.tills[till]?.session.flatMap { state.tills.sessions[$0]?.sums[.cash] } ?? 0
  }

  private mutating func tillOpening(_ state: DeskState) -> LegalCommand? {
    guard state.tills.openSessions(at: here).count < 2 else { return nil }
    let clinic = here
    let known = find(in: state.tills.tills) { $0.clinic == clinic && $0.session == nil }
    let isNew = known == nil || dice.chance(10)
    let open = OpenTill.with {
      $0.till = isNew ? nil : known?.id
      let kept = isNew ? nil : known?.record.held
      // Mostly it is what is counted on.
      $0.float =
        kept.map { dollars(max(0, dice.chance(70) ? $0 : $0 + 1)) } ?? cents(5_000...30_000)
      if dice.chance(30) { $0.brought = cents(0...10_000) }
    }
    return LegalCommand(open, .cashier)
  }

  private mutating func cashMove(_ state: DeskState) -> LegalCommand? {
    guard let till = openTill(state, at: here) else { return nil }
    let held = held(in: till, state)
    var move = MoveTillCash()
    move.till = till
    if dice.chance(20) {
      move.direction = .into
      move.type = .float
      move.amount = cents(1_000...20_000)
      return LegalCommand(move, .cashier)
    }
    guard held > 0 else { return nil }
    move.direction = .out
    move.amount = dollars(part(of: held))
    let others = state.tills.openSessions(at: here).compactMap { state.tills.sessions[$0]?.till }
    if let to = others.first(where: { $0 != till }), dice.chance(40) {
      move.type = .handover
      move.toTill = to
    } else if dice.chance(40) {
      move.type = .petty
      move.account = ["6120", "6110", "5010"][dice.below(3)]
      move.document = word("slip ")
      move.taxCode = dice.chance(50) ? Self.standardTax : nil
    } else {
      move.type = dice.chance(60) ? .bank : .float
    }
    return LegalCommand(move, .cashier)
  }

  /// Mostly what should be there, now and then a little more or less.
  private mutating func tillClosing(_ state: DeskState) -> LegalCommand? {
    guard let till = openTill(state, at: here),
      let session = state.tills.tills[till]?.session.flatMap({ state.tills.sessions[$0] })
    else { return nil }
    return LegalCommand(closing(till, session, state), .cashier)
  }

  mutating func closing(
    _ till: TillID, _ session: TillSessionRecord, _ state: DeskState
  ) -> CloseTill {
    var close = CloseTill()
    close.till = till
    var cash = max(0, session.sums[.cash])
    if dice.chance(30) { cash = max(0, cash + Int64(dice.from(-500...500))) }
    close.counts = [CountedMethod(.cash, dollars(cash))]
    let card = session.sums[.card]
    if card >= 0, dice.chance(50) {
      close.counts.append(CountedMethod(.card, dollars(card)))
    }
    if dice.chance(50) { close.left = dollars(min(cash, 10_000)) }
    return close
  }
}
