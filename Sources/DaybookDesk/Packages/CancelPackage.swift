public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// What is left of a package is not to be used any more.
///
/// Answers with `PackageCancelled`. The refund, and on top of it the tax that was due with it, first
/// lowers what the package's charge still owes; the rest is credit of the patient, under a payment of
/// nothing that gives it a number, and is paid back or used like any other credit. What is not
/// refunded is the clinic's, and its tax stays due.
///
/// An invoice that was written for the package goes first: it is rectified by what is given back,
/// which brings price, tax and debt down under a number of its own, and the package is then cancelled
/// with a refund of nothing. Credit notes and packages that were not used stand against each other.
public struct CancelPackage: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The package.
  public var package = PackageID()
  /// How many sessions are left, as whoever cancels it has it; nil where they do not say.
  public var sessionsLeft: UInt32?
  /// What of the rest is not kept, without tax.
  public var refundDue = Amount.zero
  /// Why.
  public var reason = PackageEnd.unspecified

  /// No package: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "package", &package)
    try fields.visit(2, "sessionsLeft", &sessionsLeft)
    try fields.visit(3, "refundDue", &refundDue)
    try fields.visit(4, "reason", &reason)
    try fields.currency()
  }
}

extension CancelPackage {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.cashier, .accountant], needsClinic: true)
    review.requireFact()
    if reason == .unspecified { review.refuse(PackageRefusal.reason, "reason") }
    let refund = review.notNegative(refundDue, "refundDue")
    if reason == .expired, refund > 0 {
      review.refuse(PackageRefusal.expiredRefund, "refundDue")
    }
    let known = review.known(package, in: state.packages.packages, "package")
    if let known { check(known, refund, &review) }
    let charge = known?.charge.flatMap { state.billing.charges[$0] }
    if refund > 0, let id = known?.charge, charge?.isInvoiced == true {
      review.refuse(PackageRefusal.invoiced(package, id), "refundDue")
    }
    try review.conclude(into: &decision)

    guard let known else { return }
    let tax = RunningShare.upTo(refund, of: known.price, sharing: charge?.tax ?? 0)
    var left = refund &+ tax
    var released: [Allocation] = []
    for share in charge?.shares ?? [] where share.owed > 0 && left > 0 {
      let part = min(left, share.owed)
      left -= part
      released.append(
        Allocation(
          known.charge ?? ChargeID(), owedBy: share.debtor, Amount(minorUnits: part)))
    }
    decision.correlation = context.correlation(charge)
    let patient = state.patients.current(known.patient)
    let credit = try left > 0 ? decision.openCredit(of: .patient(patient), review) : nil
    let cancelled = PackageCancelled.with {
      $0.package = package
      $0.patient = known.patient
      $0.sessionsLeft = known.sessionsLeft
      $0.rest = Amount(minorUnits: known.rest)
      $0.refundDue = Amount(minorUnits: refund)
      $0.released = Few(released)
      $0.reason = reason
      $0.credit = credit
      $0.tax = Amount(minorUnits: tax)
    }
    try decision.append(
      cancelled, to: package.number, effective: review.moment(notBefore: charge))
  }

  private func check(_ known: PackageRecord, _ refund: Int64, _ review: inout Review) {
    review.requireHere(known.clinic, "package \(package)", "package")
    if !known.isLive {
      review.refuse(PackageRefusal.cancelled(package), "package")
    } else if known.sessionsLeft == 0 {
      review.refuse(PackageRefusal.exhausted(package, left: 0), "package")
    }
    if let sessionsLeft, sessionsLeft != known.sessionsLeft {
      review.refuse(
        PackageRefusal.sessionsLeft(package, left: known.sessionsLeft), "sessionsLeft")
    }
    if refund > known.rest {
      review.refuse(
        PackageRefusal.aboveRest(package, rest: review.amount(known.rest)), "refundDue")
    }
    if reason == .expired, known.expires.map({ $0 >= review.effective.day }) ?? true {
      review.question(PackageRefusal.notExpired(package), "reason")
    }
  }
}

extension Decision {
  /// Gives a number to credit that comes with no money: a payment of nothing, to be filled by the
  /// event that follows.
  mutating func openCredit(
    of party: Party, deposit: Deposit? = nil, _ review: Review, at clinic: ClinicID? = nil
  ) throws(Refusal) -> PaymentID {
    let payment = PaymentID(nextNumber(PaymentKind.streamKind))
    let received = PaymentReceived.with {
      $0.payment = payment
      $0.from = party
      $0.method = .transfer(BankTender())
      $0.deposit = deposit
    }
    try append(
      received, to: payment.number, expecting: .noStream, effective: review.effective,
      clinic: clinic?.number)
    return payment
  }
}
