import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

// What payers are asked for, and what they answer.
extension BusinessLife {
  mutating func planClaims() {
    if day.weekday == .friday {
      plan(at: LifeCalendar.at(15, 30)) { life, state in life.claim(state) }
    }
    if day.weekday == .tuesday {
      for payer in practice.payers.indices {
        plan(at: LifeCalendar.at(12, 0) + payer * 1200) { life, state in
          life.answer(payer, state)
        }
      }
    }
  }

  /// A claim for each patient with charges that a payer owes.
  private mutating func claim(_ state: DeskState) -> [Deed] {
    var batches: [(patient: PatientID, debtor: Debtor, charges: [ChargeID])] = []
    for id in practice.unclaimed {
      guard let charge = state.billing.charges[id], !charge.isReversed, charge.claim == nil,
        let share = Self.payerShare(charge)
      else { continue }
      let place = batches.firstIndex {
        $0.patient == charge.patient && $0.debtor == share.debtor
      }
      if let place {
        batches[place].charges.append(id)
      } else {
        batches.append((charge.patient, share.debtor, [id]))
      }
    }
    practice.unclaimed = []
    return batches.compactMap { batch in
      guard case .payer(let payer, let priority) = batch.debtor else { return nil }
      return claim(batch.charges, of: batch.patient, payer, priority, replaces: nil)
    }
  }

  private func claim(
    _ charges: [ChargeID], of patient: PatientID, _ payer: PartyID,
    _ priority: CoveragePriority, replaces: ClaimID?
  ) -> Deed? {
    guard let place = practice.payers.firstIndex(of: payer) else { return nil }
    let submit = SubmitClaim.with {
      $0.payer = payer
      $0.priority = priority
      $0.charges = Few(charges.map { ClaimRequest($0) })
      $0.replaces = replaces
    }
    let name = practice.personas[Int(patient.number) - 1].name
    return Deed(
      bookkeeper, .accountant, submit,
      "claims \(charges.count == 1 ? "a charge" : "\(charges.count) charges") of \(name) "
        + "from \(LifePractice.payerNames[place])"
        + (replaces.map { ", in place of \($0)" } ?? "")
    ) { life, state in
      let claim = ClaimID(UInt64(state.claims.claims.count))
      let due = life.day.advanced(by: life.dice.from(10...26))
      life.practice.claims.append(
        LifePractice.ClaimOut(claim: claim, payer: place, due: due))
    }
  }

  // MARK: - Answers

  /// A payer answers what is due, and sends one sum for all of it.
  private mutating func answer(_ payer: Int, _ state: DeskState) -> [Deed] {
    let today = day
    let due = practice.claims.filter { $0.payer == payer && $0.due <= today }
    practice.claims.removeAll { $0.payer == payer && $0.due <= today }
    guard !due.isEmpty else { return [] }
    practice.remittances += 1
    let reference = "R\(day.year)-\(practice.remittances)"
    var deeds: [Deed] = []
    var paid: [RemittedCharge] = []
    for out in due {
      guard let claim = state.claims.claims[out.claim], claim.isLive else { continue }
      switch dice.below(100) {
      case ..<4: deeds.append(reject(out.claim, claim, reference))
      case ..<11: deeds.append(deny(out.claim, claim, reference, state))
      default: deeds.append(allow(out.claim, claim, reference, &paid, state))
      }
    }
    let lines = paid
    plan(after: 600) { life, state in life.remit(payer, lines, reference, state) }
    return deeds
  }

  private func answer(
    _ claim: ClaimID, _ outcome: ClaimOutcome, _ lines: [AdjudicatedLine], _ reference: String,
    _ text: String, noted: Deed.Note? = nil
  ) -> Deed {
    let adjudicate = AdjudicateClaim.with {
      $0.claim = claim
      $0.outcome = outcome
      $0.lines = Few(lines)
      $0.remittance = reference
    }
    return Deed(
      bookkeeper, .accountant, adjudicate, "notes that \(claim) is \(text)", noted: noted)
  }

  private func reject(_ id: ClaimID, _ claim: ClaimRecord, _ reference: String) -> Deed {
    answer(id, .rejected, [], reference, "rejected: the policy's number is wrong") { life, _ in
      life.plan(on: life.day.advanced(by: 1), at: LifeCalendar.at(12, 25)) { life, _ in
        let deed = life.claim(
          Array(claim.charges), of: claim.patient, claim.payer, claim.priority, replaces: id)
        return deed.map { [$0] } ?? []
      }
    }
  }

  private mutating func deny(
    _ id: ClaimID, _ claim: ClaimRecord, _ reference: String, _ state: DeskState
  ) -> Deed {
    let isLate = dice.chance(40)
    let lines = claim.charges.compactMap { charge -> AdjudicatedLine? in
      guard let billed = Self.billed(charge, on: id, state) else { return nil }
      return AdjudicatedLine.with {
        $0.charge = charge
        $0.billed = Self.amount(billed)
        $0.other = Self.amount(billed)
        $0.codes = [isLate ? "CO-29" : "CO-50"]
      }
    }
    return answer(
      id, .denied, lines, reference, isLate ? "denied, sent too late" : "denied, not needed")
  }

  private mutating func allow(
    _ id: ClaimID, _ claim: ClaimRecord, _ reference: String, _ paid: inout [RemittedCharge],
    _ state: DeskState
  ) -> Deed {
    var lines: [AdjudicatedLine] = []
    var sum: Int64 = 0
    for charge in claim.charges {
      guard let billed = Self.billed(charge, on: id, state) else { continue }
      let contractual = dice.chance(45) ? billed * 8 / 100 : 0
      let patientDue = dice.chance(10) ? min(500, billed - contractual) : 0
      let amount = billed - contractual - patientDue
      sum += amount
      lines.append(
        AdjudicatedLine.with {
          $0.charge = charge
          $0.billed = Self.amount(billed)
          $0.paid = Self.amount(amount)
          $0.contractual = Self.amount(contractual)
          $0.patientDue = Self.amount(patientDue)
          if contractual > 0 { $0.codes.append("CO-45") }
          if patientDue > 0 { $0.codes.append("PR-1") }
        })
      if amount > 0 { paid.append(RemittedCharge(id, charge, Self.amount(amount))) }
    }
    let persona = Int(claim.patient.number) - 1
    let fallsToPatient = lines.contains { !$0.patientDue.isZero }
    return answer(
      id, .adjudicated, lines, reference, "answered: \(Self.money(sum)) to come"
    ) { life, _ in
      if fallsToPatient { life.planLatePayment(persona) }
    }
  }

  private static func billed(
    _ charge: ChargeID, on claim: ClaimID, _ state: DeskState
  ) -> Int64? {
    guard let claimed = state.billing.charges[charge]?.claim, claimed.claim == claim else {
      return nil
    }
    return claimed.billed
  }

  // MARK: - Remittances

  private mutating func remit(
    _ payer: Int, _ lines: [RemittedCharge], _ reference: String, _ state: DeskState
  ) -> [Deed] {
    var lines = lines
    let sum = lines.reduce(0) { $0 + $1.paid.minorUnits }
    guard sum > 0 else { return [] }
    let back = dice.chance(30) ? takeBack(payer, atMost: sum, state) : nil
    practice.paid += lines
    if practice.paid.count > 60 { practice.paid.removeFirst(practice.paid.count - 60) }
    if let back {
      lines.append(RemittedCharge(back.claim, back.charge, Self.amount(-back.paid.minorUnits)))
    }
    let total = sum - (back?.paid.minorUnits ?? 0)
    let receive = ReceiveRemittance.with {
      $0.payer = practice.payers[payer]
      $0.reference = reference
      $0.lines = Few(lines)
      $0.total = Self.amount(total)
    }
    return [
      Deed(
        bookkeeper, .accountant, receive,
        "receives \(Self.money(total)) from \(LifePractice.payerNames[payer])"
          + (back.map { ", \(Self.money($0.paid.minorUnits)) taken back" } ?? "")
      ) { life, state in
        if total > 0 { life.noteBankPayment(state) }
        guard let back else { return }
        life.plan(after: 300) { life, state in life.settle(back, state) }
      }
    ]
  }

  /// Something that the payer wants back of what it paid before.
  private mutating func takeBack(
    _ payer: Int, atMost sum: Int64, _ state: DeskState
  ) -> RemittedCharge? {
    let able = practice.paid.indices.filter { index in
      let line = practice.paid[index]
      guard let claim = state.claims.claims[line.claim], claim.payer == practice.payers[payer],
        let charge = state.billing.charges[line.charge]
      else { return false }
      let debtor = Debtor.payer(claim.payer, claim.priority)
      return line.paid.minorUnits < sum && charge.paid(by: debtor) >= line.paid.minorUnits
    }
    guard !able.isEmpty else { return nil }
    return practice.paid.remove(at: pick(able))
  }

  /// What was taken back is the patient's, or nobody's.
  private mutating func settle(_ back: RemittedCharge, _ state: DeskState) -> [Deed] {
    guard let charge = state.billing.charges[back.charge],
      let share = Self.payerShare(charge), share.owed >= back.paid.minorUnits
    else { return [] }
    let persona = Int(charge.patient.number) - 1
    let money = Self.money(back.paid.minorUnits)
    if dice.chance(50) {
      let transfer = TransferResponsibility.with {
        $0.charge = back.charge
        $0.from = share.debtor
        $0.to = .patient(charge.patient)
        $0.amount = back.paid
        $0.reason = .notCovered
      }
      return [
        Deed(
          bookkeeper, .accountant, transfer,
          "asks \(practice.personas[persona].name) for \(money), which is not covered"
        ) { life, _ in life.planLatePayment(persona) }
      ]
    }
    let approver = approver
    let adjust = PostAdjustment.with {
      $0.charge = back.charge
      $0.debtor = share.debtor
      $0.type = .denied
      $0.amount = back.paid
      $0.reasonCode = "CO-97"
      $0.approver = approver
    }
    return [Deed(bookkeeper, .accountant, adjust, "takes \(money) off, which nobody is to pay")]
  }
}
