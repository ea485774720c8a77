import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
import DaybookValues

extension AdjudicateClaim {
  /// What one line makes of its charge, beyond the money.
  private struct Consequence {
    var charge: ChargeID
    var record: ChargeRecord
    var debtor: Debtor
    var contractual: Int64
    var denied: Int64
    /// The tax in what is denied, should it be a bad debt.
    var relief: Int64
    var toPatient: Int64
    var paid: Int64
    var codes: Few<String>
  }

  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.accountant], needsClinic: true)
    review.requireFact()
    if outcome == .unspecified { review.refuse(DeskRefusal.missing("an outcome"), "outcome") }
    guard let known = review.known(claim, in: state.claims.claims, "claim") else {
      for line in lines where !ClaimLine.isBalanced(line) {
        review.refuse(ClaimRefusal.unbalancedLine(line.charge), "lines")
      }
      try review.conclude(into: &decision)
      return
    }
    if let by = known.replacedBy {
      review.refuse(ClaimRefusal.replaced(claim, by: by), "claim")
    } else if known.isReversed, !known.isAnswered {
      // A no that was on its way when the claim was taken back changes nothing: it is kept.
      if outcome == .rejected {
        review.question(ClaimRefusal.takenBack(claim), "claim")
      } else {
        review.refuse(ClaimRefusal.takenBack(claim), "claim")
      }
    } else if !known.isLive {
      review.refuse(ClaimRefusal.notLive(claim), "claim")
    }
    var answered = lines
    if answered.isEmpty, review.isImport, outcome != .rejected {
      answered = Few(known.charges.compactMap { happened(to: $0, state) })
    }
    checkLines(answered, known, &review)
    let consequences = answered.compactMap { check($0, state, &review) }
    checkPayment(consequences, &review)
    try review.conclude(into: &decision)

    let first = known.charges.first.flatMap { state.billing.charges[$0] }
    decision.correlation = context.correlation(first)
    let adjudicated = ClaimAdjudicated.with {
      $0.claim = claim
      $0.outcome = outcome
      $0.lines = Few(answered.map(Self.plain))
      $0.remittance = remittance
    }
    let index = try decision.append(
      adjudicated, to: claim.number, effective: review.effective)
    if review.isImport { return }
    for consequence in consequences {
      try append(consequence, review, cause: index, into: &decision)
    }
    if let payment {
      try append(payment, of: known.payer, consequences, review, cause: index, into: &decision)
    }
  }

  /// Money that comes with the answer is the bank's, and somebody else's to record for an import.
  private func checkPayment(_ consequences: [Consequence], _ review: inout Review) {
    guard let payment else { return }
    if review.isImport { review.refuse(ClaimRefusal.importedMoney, "payment") }
    if case .cash = payment { review.refuse(BillingRefusal.tillNotOpen, "payment") }
    if !review.isImport, consequences.allSatisfy({ $0.paid == 0 }) {
      review.refuse(DeskRefusal.missing("an amount that was paid"), "lines.paid")
    }
    _ = review.sum(consequences.map(\.paid), "lines.paid")
  }

  private func append(
    _ method: PaymentMethod, of payer: PartyID, _ consequences: [Consequence], _ review: Review,
    cause: Int, into decision: inout Decision
  ) throws(Refusal) {
    let paid = consequences.filter { $0.paid > 0 }
    let payment = PaymentID(decision.nextNumber(PaymentKind.streamKind))
    let received = PaymentReceived.with {
      $0.payment = payment
      $0.from = .payer(payer)
      $0.amount = Amount(minorUnits: paid.reduce(0) { $0 &+ $1.paid })
      $0.allocations = Few(
        paid.map { Allocation($0.charge, owedBy: $0.debtor, Amount(minorUnits: $0.paid)) })
      $0.method = method
      $0.remittance = remittance
    }
    let latest = paid.map { review.moment(notBefore: $0.record) }
      .reduce(review.effective) { $1.instant > $0.instant ? $1 : $0 }
    try decision.append(
      received, to: payment.number, expecting: .noStream, effective: latest,
      otherClinics: Set(paid.map(\.record.clinic.number)).sorted(), cause: .event(cause))
  }

  /// A charge's line by the books: what the payer paid, what its contract took off, what fell to
  /// the patient, and what is left.
  private func happened(to charge: ChargeID, _ state: DeskState) -> AdjudicatedLine? {
    guard let claimed = state.billing.charges[charge]?.claim, claimed.claim == claim else {
      return nil
    }
    return AdjudicatedLine.with {
      $0.charge = charge
      $0.billed = Amount(minorUnits: claimed.billed)
      $0.paid = Amount(minorUnits: claimed.paid)
      $0.contractual = Amount(minorUnits: claimed.contractual)
      $0.patientDue = Amount(minorUnits: claimed.fallsToPatient)
      $0.other = Amount(
        minorUnits: claimed.billed &- claimed.paid &- claimed.contractual
          &- claimed.fallsToPatient)
    }
  }

  /// Every charge of the claim has one line, or none of a rejected claim.
  private func checkLines(
    _ answered: Few<AdjudicatedLine>, _ known: ClaimRecord, _ review: inout Review
  ) {
    let charges = Set(answered.map(\.charge))
    if charges.count != answered.count {
      review.refuse(DeskRefusal.namedTwice("charge"), "lines")
    }
    switch outcome {
    case .rejected:
      if !answered.isEmpty { review.refuse(ClaimRefusal.outcomeLines(outcome), "lines") }
      return
    case .denied:
      if answered.contains(where: { !$0.paid.isZero }) {
        review.question(ClaimRefusal.outcomeLines(outcome), "lines")
      }
    case .adjudicated, .unspecified: break
    }
    for charge in known.charges where !charges.contains(charge) {
      review.question(ClaimRefusal.unanswered(charge), "lines")
    }
  }

  private func check(
    _ line: AdjudicatedLine, _ state: DeskState, _ review: inout Review
  ) -> Consequence? {
    guard let record = state.billing.charges[line.charge], let claimed = record.claim,
      claimed.claim == claim
    else {
      review.refuse(ClaimRefusal.notOnClaim(line.charge, claim), "lines.charge")
      return nil
    }
    let billed = review.notNegative(line.billed, "lines.billed")
    let paid = review.minorUnits(line.paid, "lines.paid") ?? 0
    let contractual = review.minorUnits(line.contractual, "lines.contractual") ?? 0
    let patientDue = review.minorUnits(line.patientDue, "lines.patientDue") ?? 0
    let other = review.minorUnits(line.other, "lines.other") ?? 0
    if !ClaimLine.isBalanced(line) {
      review.refuse(ClaimRefusal.unbalancedLine(line.charge), "lines")
      return nil
    }
    if billed != claimed.billed {
      review.question(
        ClaimRefusal.otherBilled(line.charge, billed: review.amount(claimed.billed)),
        "lines.billed")
    }
    if review.isImport { return nil }
    for (part, field) in [
      (line.paid, "lines.paid"), (line.contractual, "lines.contractual"),
      (line.patientDue, "lines.patientDue"),
    ] where part.isNegative {
      review.refuse(DeskRefusal.negative(part), field)
    }
    let toPatient = max(0, patientDue) - min(max(0, patientDue), claimed.fallsToPatient)
    let allowed = max(0, contractual) - min(max(0, contractual), claimed.contractual)
    let settled = payment == nil ? 0 : max(0, paid)
    let taken = review.sum([allowed, max(0, other), toPatient, settled], "lines")
    let owed = record.owed(by: claimed.debtor)
    if taken > owed, claimed.contractual > max(0, contractual) {
      review.refuse(
        ClaimRefusal.allowedMore(line.charge, allowed: review.amount(claimed.contractual)), "lines")
    } else if taken > owed {
      review.refuse(
        BillingRefusal.aboveOwed(line.charge, owed: review.amount(owed)), "lines")
    }
    return Consequence(
      charge: line.charge, record: record, debtor: claimed.debtor, contractual: allowed,
      denied: max(0, other), relief: relief(of: max(0, other), record, state),
      toPatient: toPatient, paid: settled, codes: line.codes)
  }

  /// The tax that comes back where what the payer denies is lost.
  private func relief(of denied: Int64, _ record: ChargeRecord, _ state: DeskState) -> Int64 {
    let isRelieved = state.administration.clinics[record.clinic]?.badDebtTax == .relieved
    return isRelieved ? record.relief(of: denied) : 0
  }

  /// The line's amounts in the clinic's own currency, which is not named.
  private static func plain(_ line: AdjudicatedLine) -> AdjudicatedLine {
    var line = line
    line.billed = Amount(minorUnits: line.billed.minorUnits)
    line.paid = Amount(minorUnits: line.paid.minorUnits)
    line.contractual = Amount(minorUnits: line.contractual.minorUnits)
    line.patientDue = Amount(minorUnits: line.patientDue.minorUnits)
    line.other = Amount(minorUnits: line.other.minorUnits)
    return line
  }

  private func append(
    _ consequence: Consequence, _ review: Review, cause: Int, into decision: inout Decision
  ) throws(Refusal) {
    let number = consequence.charge.number
    let effective = review.moment(notBefore: consequence.record)
    let clinic = consequence.record.clinic.number
    let codes = consequence.codes
    let other = DenialCode.reason(among: Array(codes))
    for (type, amount, code) in [
      (AdjustmentType.contractual, consequence.contractual, codes.first ?? ""),
      (DenialCode.adjustment(for: other), consequence.denied, other),
    ] where amount > 0 {
      let adjustment = AdjustmentPosted.with {
        $0.charge = consequence.charge
        $0.debtor = consequence.debtor
        $0.type = type
        $0.amount = Amount(minorUnits: amount)
        $0.reasonCode = code
        if type == .badDebt { $0.tax = Amount(minorUnits: consequence.relief) }
      }
      try decision.append(
        adjustment, to: number, effective: effective, clinic: clinic, cause: .event(cause))
    }
    guard consequence.toPatient > 0 else { return }
    let transferred = ResponsibilityTransferred.with {
      $0.charge = consequence.charge
      $0.from = consequence.debtor
      $0.to = .patient(consequence.record.patient)
      $0.amount = Amount(minorUnits: consequence.toPatient)
      $0.reason = .patientDue
    }
    try decision.append(
      transferred, to: number, effective: effective, clinic: clinic, cause: .event(cause))
  }
}
