public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// A payer pays for many claims in one sum, and perhaps takes back what it paid before.
///
/// Answers with `RemittanceReceived`. A line pays at most what the payer owes of its charge, and
/// takes back at most what the payer itself has paid of it, which is then owed again. What the payer
/// wants back beyond the sum it sends it takes from the bank, or it is a balance that its next
/// remittances use up.
public struct ReceiveRemittance: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Who pays.
  public var payer = PartyID()
  /// The payer's reference of the remittance.
  public var reference = ""
  /// The payer's date of it; nil for the day of the action.
  public var date: Day?
  /// What it pays, and takes back, charge by charge.
  public var lines: Few<RemittedCharge> = []
  /// What else makes the total more or less.
  public var providerAdjustments: Few<ProviderAdjustment> = []
  /// What came in, as the bank has it, or below zero what went out; nil where it is not known apart.
  public var total: Amount?

  /// No remittance: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "payer", &payer)
    try fields.visit(2, "reference", &reference)
    try fields.visit(3, "date", &date)
    try fields.visit(4, "lines", &lines)
    try fields.visit(5, "providerAdjustments", &providerAdjustments)
    try fields.visit(6, "total", &total)
    try fields.currency()
  }
}

/// What a remittance says of one charge.
public struct RemittedCharge: Payload, Hashable {
  /// The claim that asked for it.
  public var claim = ClaimID()
  /// The charge.
  public var charge = ChargeID()
  /// What is paid; below zero what is taken back.
  public var paid = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  /// `paid` for `charge` of `claim`.
  public init(_ claim: ClaimID, _ charge: ChargeID, _ paid: Amount) {
    self.claim = claim
    self.charge = charge
    self.paid = paid
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "claim", &claim)
    try fields.visit(2, "charge", &charge)
    try fields.visit(3, "paid", &paid)
  }
}

extension ReceiveRemittance {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.accountant], needsClinic: true)
    review.requireFact()
    review.requirePayer(payer, state, "payer")
    review.requireText(reference, "reference")
    if lines.isEmpty, providerAdjustments.isEmpty {
      review.refuse(DeskRefusal.missing("a line"), "lines")
    }
    if let date, date > review.today {
      review.refuse(DeskRefusal.outOfRange("\(date)", "a day that has come"), "date")
    }
    var open: [ChargeID: OpenCharge] = [:]
    var remitted: [RemittanceLine] = []
    // What is taken back can be paid again by the same remittance.
    for line in lines.filter(\.paid.isNegative) + lines.filter({ !$0.paid.isNegative }) {
      if let checked = check(line, &open, state, &review) { remitted.append(checked) }
    }
    let adjustments = checkAdjustments(state, &review)
    let sum = review.sum(
      lines.map(\.paid.minorUnits) + adjustments.map(\.amount.minorUnits), "lines")
    checkTotal(sum, &review)
    try review.conclude(into: &decision)

    let payment = PaymentID(decision.nextNumber(PaymentKind.streamKind))
    let received = RemittanceReceived.with {
      $0.payment = payment
      $0.payer = payer
      $0.reference = reference.trimmed
      $0.date = date ?? review.effective.day
      $0.lines = Few(remitted)
      $0.providerAdjustments = Few(adjustments)
      $0.total = Amount(minorUnits: sum)
    }
    let latest = open.values.map(\.effective)
      .reduce(review.effective) { $1.instant > $0.instant ? $1 : $0 }
    try decision.append(
      received, to: payment.number, expecting: .noStream, effective: latest,
      otherClinics: Set(open.values.map(\.clinic.number)).sorted())
  }

  /// What of a charge the payer owes and has paid, as the lines go on.
  private struct OpenCharge {
    var owed: Int64
    var paid: Int64
    var effective: Moment
    var clinic: ClinicID
  }

  /// A line of a claim of the payer, within what is owed or was paid.
  private func check(
    _ line: RemittedCharge, _ open: inout [ChargeID: OpenCharge], _ state: DeskState,
    _ review: inout Review
  ) -> RemittanceLine? {
    let charge = review.charge(line.charge, state, "lines.charge")
    guard let claim = review.known(line.claim, in: state.claims.claims, "lines.claim"),
      let charge
    else { return nil }
    if claim.payer != payer {
      review.refuse(ClaimRefusal.otherPayer(line.claim, claim.payer), "lines.claim")
      return nil
    }
    guard claim.charges.contains(line.charge) else {
      review.refuse(ClaimRefusal.notOnClaim(line.charge, line.claim), "lines.charge")
      return nil
    }
    guard let paid = review.minorUnits(line.paid, "lines.paid") else { return nil }
    let debtor = Debtor.payer(payer, claim.priority)
    var now =
      open[line.charge]
      ?? OpenCharge(
        owed: charge.owed(by: debtor),
        paid: state.billing.paid(by: .payer(payer), ofPartOf: debtor, of: charge),
        effective: charge.effective, clinic: charge.clinic)
    if paid > now.owed {
      review.refuse(
        BillingRefusal.aboveOwed(line.charge, owed: review.amount(now.owed)), "lines.paid")
      return nil
    }
    if paid < 0 &- now.paid {
      review.refuse(
        ClaimRefusal.abovePaid(line.charge, paid: review.amount(now.paid)), "lines.paid")
      return nil
    }
    now.owed -= paid
    now.paid += paid
    open[line.charge] = now
    return RemittanceLine.with {
      $0.claim = line.claim
      $0.charge = line.charge
      $0.priority = claim.priority
      $0.paid = Amount(minorUnits: paid)
    }
  }

  private func checkAdjustments(
    _ state: DeskState, _ review: inout Review
  ) -> [ProviderAdjustment] {
    var carried = state.claims.carried(by: payer, at: ClinicID(review.context.clinic))
    var checked: [ProviderAdjustment] = []
    for var adjustment in providerAdjustments {
      if adjustment.type == .unspecified {
        review.refuse(DeskRefusal.missing("a type"), "providerAdjustments.type")
      }
      if let claim = adjustment.claim {
        review.requireKnown(claim, in: state.claims.claims, "providerAdjustments.claim")
      }
      guard let amount = review.minorUnits(adjustment.amount, "providerAdjustments.amount")
      else { continue }
      if amount == 0 {
        review.refuse(
          DeskRefusal.outOfRange("0", "an amount other than 0"), "providerAdjustments.amount")
      }
      if adjustment.type == .balance {
        let (left, tooLarge) = carried.addingReportingOverflow(amount)
        if tooLarge { review.refuse(DeskRefusal.tooLarge("the balance"), "providerAdjustments") }
        if left < 0 {
          review.refuse(
            ClaimRefusal.aboveCarried(payer, carried: review.amount(carried)),
            "providerAdjustments.amount")
        } else {
          carried = left
        }
      }
      adjustment.amount = Amount(minorUnits: amount)
      checked.append(adjustment)
    }
    return checked
  }

  /// The sum is what the bank has; a payer sends nothing or something.
  private func checkTotal(_ sum: Int64, _ review: inout Review) {
    if let total, let stated = review.minorUnits(total, "total"), stated != sum {
      review.refuse(
        ClaimRefusal.total(stated: review.amount(stated), sum: review.amount(sum)), "total")
    }
  }
}
