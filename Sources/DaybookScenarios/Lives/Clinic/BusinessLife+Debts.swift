import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

// Debts that nobody pays, and what was put right afterwards.
extension BusinessLife {
  /// What is open for more than two months is given up; what was given up is now and then paid.
  mutating func giveUpDebts(_ state: DeskState) -> [Deed] {
    var deeds: [Deed] = []
    let old = day.advanced(by: -60)
    for persona in practice.personas.indices where !practice.personas[persona].isGone {
      let patient = Self.patient(persona)
      for id in state.billing.openCharges(of: patient) {
        guard let charge = state.billing.charges[id], charge.effective.day < old,
          charge.claim == nil
        else { continue }
        let owed = charge.owed(by: .patient(patient))
        deeds.append(giveUp(id, persona, owed))
      }
    }
    if let lost = practice.lost.first, deeds.isEmpty || dice.chance(60) {
      practice.lost.removeFirst()
      deeds += recover(lost, state)
    }
    return deeds
  }

  private mutating func giveUp(_ id: ChargeID, _ persona: Int, _ owed: Int64) -> Deed {
    let isSmall = owed <= 1_500
    if !isSmall { practice.lost.append(id) }
    let approver = approver
    let adjust = PostAdjustment.with {
      $0.charge = id
      $0.debtor = .patient(Self.patient(persona))
      $0.type = isSmall ? .writeOff : .badDebt
      $0.amount = Self.amount(owed)
      $0.approver = approver
    }
    return Deed(
      bookkeeper, .accountant, adjust,
      "gives up \(Self.money(owed)) that \(practice.personas[persona].name) owes for \(id)")
  }

  private mutating func recover(_ id: ChargeID, _ state: DeskState) -> [Deed] {
    guard let charge = state.billing.charges[id], charge.badDebt > 0 else { return [] }
    let persona = Int(charge.patient.number) - 1
    let amount = charge.badDebt
    let recover = PostAdjustment.with {
      $0.charge = id
      $0.debtor = .patient(charge.patient)
      $0.type = .recovery
      $0.amount = Self.amount(amount)
    }
    return [
      Deed(
        bookkeeper, .accountant, recover,
        "hears that \(practice.personas[persona].name) pays \(Self.money(amount)) after all"
      ) { life, _ in
        life.plan(after: 60) { life, _ in
          [
            life.payment(
              persona, amount, [ChargeAmount(id, Self.amount(amount))],
              .transfer(BankTender()), "by transfer")
          ]
        }
      }
    ]
  }

  /// An invoice asked for too much: a part is taken off, and given back if it was paid.
  mutating func rectifyOne(_ state: DeskState) -> [Deed] {
    for id in practice.invoices.reversed() {
      guard let invoice = state.invoices.invoices[id], !invoice.isRectifying,
        let line = invoice.lines.first,
        let charge = line.charge.flatMap({ state.billing.charges[$0] }),
        line.net + line.tax - line.rectifiedNet - line.rectifiedTax >= 1_000,
        charge.owed(by: .patient(charge.patient)) == 0, charge.claim == nil
      else { continue }
      practice.invoices.removeAll { $0 == id }
      let persona = Int(charge.patient.number) - 1
      let approver = approver
      let rectify = RectifyInvoice.with {
        $0.invoice = id
        $0.lines = [RectifiedShare(1, Self.amount(500))]
        $0.reason = "asked for too much"
        $0.approver = approver
      }
      return [
        Deed(
          bookkeeper, .accountant, rectify,
          "takes 5.00 off invoice \(id) of \(practice.personas[persona].name)"
        ) { life, _ in
          life.plan(after: 120) { life, state in life.giveBack(persona, 500, state) }
        }
      ]
    }
    return []
  }

  /// A payment was put on the wrong charge, it seems; it was right after all.
  mutating func layOutAnew(_ state: DeskState) -> [Deed] {
    guard let last = practice.lastPayment,
      let payment = state.billing.payments[last.payment], payment.unapplied == 0,
      let charge = state.billing.charges[last.charge], charge.claim == nil,
      charge.owed == 0, payment.effective.day.monthOf == day.monthOf,
      charge.effective.day.monthOf == day.monthOf
    else { return [] }
    practice.lastPayment = nil
    let release = ReleaseAllocation.with {
      $0.payment = last.payment
      $0.charge = last.charge
      $0.reason = "to be looked at"
    }
    return [
      Deed(
        hand(.cashier), .cashier, release,
        "takes \(last.payment) off charge \(last.charge), to look at it"
      ) { life, _ in
        life.plan(after: 180) { life, state in life.layOut(last.payment, last.charge, state) }
      }
    ]
  }

  private func layOut(
    _ payment: PaymentID, _ charge: ChargeID, _ state: DeskState
  ) -> [Deed] {
    let left = state.billing.payments[payment]?.unapplied ?? 0
    let owed = state.billing.charges[charge]?.owed ?? 0
    let amount = min(left, owed)
    guard amount > 0 else { return [] }
    let allocate = AllocatePayment.with {
      $0.payment = payment
      $0.allocations = [ChargeAmount(charge, Self.amount(amount))]
    }
    return [
      Deed(
        hand(.cashier), .cashier, allocate, "puts \(payment) on charge \(charge) again")
    ]
  }
}
