public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// The clinic pays somebody.
///
/// Answers with `PaymentMade`. It settles suppliers' invoices, credit notes with amounts below zero,
/// the pay of a payroll run, what was open when the books began, and accounts that are not kept item
/// by item; a discount for paying early is an account with an amount below zero. All that is settled
/// is what is paid. Cash comes out of an open till, at most what that should hold.
public struct MakePayment: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Who is paid.
  public var to = Counterparty()
  /// How much: above zero.
  public var amount = Amount.zero
  /// How it is paid.
  public var method = PaymentMethod.transfer(BankTender())
  /// What it settles: together the amount.
  public var settles: Few<PaidItem> = []
  /// The till that gives it; nil for the only one that is open here.
  public var till: TillID?
  /// Who approves it, above the clinic's limit.
  public var approver: StaffID?

  /// No payment: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "to", &to)
    try fields.visit(2, "amount", &amount)
    try fields.visit(3, "method", &method)
    try fields.visit(4, "settles", &settles)
    try fields.visit(5, "till", &till)
    try fields.visit(6, "approver", &approver)
    try fields.currency()
  }
}

extension MakePayment {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.accountant, .cashier], needsClinic: true)
    review.requireFact()
    review.requireCounterparty(to, state, "to")
    let amount = review.positive(amount, "amount")
    // A card or a cheque of the clinic is no till's.
    var session: TillSessionID?
    if case .cash = method {
      session = review.session(of: till, for: .cash, state, "method")
      review.requireCash(method.changesHands(amount) ?? .max, in: session, state, "amount")
    }
    if case .voucher = method { review.refuse(PurchasingRefusal.method, "method") }
    let method = review.tender(method, paying: amount, "method")
    if settles.isEmpty { review.refuse(DeskRefusal.missing("what it settles"), "settles") }
    if Set(settles.map(\.item)).count != settles.count {
      review.refuse(DeskRefusal.namedTwice("item"), "settles")
    }
    var settled: [PaidItem] = []
    for paid in settles { settled.append(check(paid, state, &review)) }
    let sum = review.sum(settled.map(\.amount.minorUnits), "settles")
    if sum != amount, !settles.isEmpty {
      review.refuseFigures(
        PurchasingRefusal.settles(sum: review.amount(sum), amount: review.amount(amount)),
        "settles")
    }
    review.requireSecondPerson(
      amount, limit: review.clinic?.limits.payment, approver: approver, state, "approver")
    try review.conclude(into: &decision)

    let payment = PaymentID(decision.nextNumber(PaymentKind.streamKind))
    let made = PaymentMade.with {
      $0.payment = payment
      $0.to = to
      $0.amount = Amount(minorUnits: amount)
      $0.method = method
      $0.tillSession = session
      $0.settles = Few(settled)
      $0.approver = approver
    }
    try decision.append(
      made, to: payment.number, expecting: .noStream, effective: review.effective)
  }

  private func check(
    _ paid: PaidItem, _ state: DeskState, _ review: inout Review
  ) -> PaidItem {
    let given = review.minorUnits(paid.amount, "settles.amount")
    if given == 0 {
      review.refuse(DeskRefusal.outOfRange("0", "an amount other than 0"), "settles.amount")
    }
    let amount = given ?? 0
    var item = paid.item
    switch paid.item {
    case .invoice(let invoice):
      let invoices = state.purchasing.invoices
      if let known = review.known(invoice, in: invoices, "settles.item") {
        review.requireHere(known.clinic, "invoice \(invoice)", "settles.item")
        if to != .party(known.supplier) {
          review.refuse(
            PurchasingRefusal.otherInvoice(invoice, known.supplier), "settles.item")
        }
        check(amount, of: known.open, "\(invoice)", &review)
      }
    case .opening(var opening):
      let name = "line \(opening.line) of \(opening.entry)"
      guard let known = state.ledger.openItem(opening) else {
        review.refuse(DeskRefusal.unknown(kind: "open item", name: name), "settles.item")
        break
      }
      review.requireHere(known.clinic, name, "settles.item")
      if known.party != to { review.refuse(PurchasingRefusal.otherItem(name), "settles.item") }
      check(amount, of: open(known, state, review), name, &review)
      opening.account = known.account
      item = .opening(opening)
    case .payrollLine(let line):
      let name = "\(line.run) for \(line.staff)"
      guard let open = state.purchasing.wage(line), let run = state.purchasing.wageRuns[line.run]
      else {
        review.refuse(DeskRefusal.unknown(kind: "payroll line", name: name), "settles.item")
        break
      }
      review.requireHere(run.clinic, name, "settles.item")
      if to != .staff(line.staff) {
        review.refuse(PurchasingRefusal.otherItem(name), "settles.item")
      }
      check(amount, of: open, name, &review)
    case .account(let code):
      review.requirePostable(code, state, "settles.item")
      // Cash that goes into a till is a till's to take in: its account alone would not tell which.
      if case .cash = method, state.catalogue.builtInCode(code.trimmed) == "1010" {
        review.refuse(TillRefusal.handover, "settles.item")
      }
      item = .account(code.trimmed)
    }
    return PaidItem(item, Amount(minorUnits: amount))
  }

  /// What is open of an item of when the books began. Commission is owed person by person, so that an
  /// invoice may have asked for it in the meantime.
  private func open(_ item: OpenItemRecord, _ state: DeskState, _ review: Review) -> Int64 {
    guard case .staff(let staff) = item.party,
      state.catalogue.builtInCode(item.account) == "2330"
    else { return item.open }
    let left = state.commissionToInvoice(
      of: staff, on: review.effective.day, in: review.clinic?.currency)
    return left.invoiced == 0 ? item.open : min(item.open, max(left.owed, 0))
  }

  /// At most what is open, on its side of zero.
  private func check(
    _ amount: Int64, of open: Int64, _ name: String, _ review: inout Review
  ) {
    if open >= 0 ? amount < 0 || amount > open : amount > 0 || amount < open {
      review.refuse(
        PurchasingRefusal.aboveOpen(name, open: review.amount(open)), "settles.amount")
    }
  }
}
