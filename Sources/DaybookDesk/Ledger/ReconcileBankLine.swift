public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// A line of a bank statement is explained.
///
/// Answers with `BankLineReconciled`. Each line is explained once, by events that no line has shown
/// before, each whole, and by accounts for the rest: a fee, interest, or 1980 for what nobody knows
/// yet. What an entry made by hand has on the bank account is such an event. A clinic's bank accounts are numbered as they are first used.
public struct ReconcileBankLine: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The bank account: one that was used before, or the next one.
  public var bankAccount = BankAccountID(1)
  /// The line as the statement names it.
  public var line = ""
  /// The bank's date of it; nil for the day of the action.
  public var date: Day?
  /// What came in; below zero what went out.
  public var amount = Amount.zero
  /// What explains it: together the amount.
  public var matches: Few<StatementMatch> = []

  /// No line: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "bankAccount", &bankAccount)
    try fields.visit(2, "line", &line)
    try fields.visit(3, "date", &date)
    try fields.visit(4, "amount", &amount)
    try fields.visit(5, "matches", &matches)
    try fields.currency()
  }
}

/// What explains a part of a bank line.
public struct StatementMatch: Payload, Hashable {
  /// The payment, the event or the account.
  public var with = StatementCounterpart()
  /// What came in by it, below zero what went out; nil for all of an event.
  public var amount: Amount?

  /// Nothing: to be filled in.
  public init() {}

  /// `amount` by `with`.
  public init(_ with: StatementCounterpart, _ amount: Amount? = nil) {
    self.with = with
    self.amount = amount
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "with", &with)
    try fields.visit(2, "amount", &amount)
  }
}

/// With what a part of a bank line is matched, as a person names it.
public enum StatementCounterpart: RequiredGroup, Hashable {
  /// A payment, received or made.
  case payment(PaymentID)
  /// Any event that a statement shows, by its position.
  case position(Position)
  /// An account, by its code.
  case account(String)

  /// No account: to be filled in.
  public init() { self = .account("") }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.alternative(
      1, "payment", &self,
      get: { if case .payment(let payment) = $0 { payment } else { nil } },
      set: { .payment($0) })
    try fields.alternative(
      2, "position", &self,
      get: { if case .position(let position) = $0 { position.number } else { nil } },
      set: { .position(Position($0)) })
    try fields.alternative(
      3, "account", &self,
      get: { if case .account(let code) = $0 { code } else { nil } },
      set: { .account($0) })
    try fields.endAlternatives("with")
  }
}

extension ReconcileBankLine {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.accountant], needsClinic: true)
    review.requireFact()
    checkLine(state, &review)
    guard let amount = review.minorUnits(amount, "amount") else {
      try review.conclude(into: &decision)
      return
    }
    if amount == 0 {
      review.refuse(DeskRefusal.outOfRange("0", "an amount other than 0"), "amount")
    }
    if matches.isEmpty { review.refuse(DeskRefusal.missing("what explains it"), "matches") }
    var found: [BankMatch] = []
    for match in matches {
      if let checked = check(match, state, &review) { found.append(checked) }
    }
    let events = found.compactMap { $0.with.item?.position }
    if Set(events).count != events.count {
      review.refuse(DeskRefusal.namedTwice("event"), "matches")
    }
    let sum = review.sum(found.map(\.amount.minorUnits), "matches")
    let unbooked = review.sum(
      found.compactMap { $0.with.isBooked ? nil : $0.amount.minorUnits }, "matches")
    if sum != amount, found.count == matches.count {
      review.refuseFigures(
        LedgerRefusal.matches(sum: review.amount(sum), amount: review.amount(amount)), "matches")
    }
    try review.conclude(into: &decision)

    let reconciled = BankLineReconciled.with {
      $0.bankAccount = bankAccount
      $0.line = line.trimmed
      $0.date = date ?? review.effective.day
      $0.amount = Amount(minorUnits: amount)
      $0.matches = Few(found)
      $0.unbooked = Amount(minorUnits: unbooked)
    }
    try decision.append(reconciled, to: bankAccount.number, effective: review.effective)
  }

  /// A line of one of the clinic's accounts that is not explained yet.
  private func checkLine(_ state: DeskState, _ review: inout Review) {
    let accounts = state.ledger.bankAccounts
    if let known = accounts[bankAccount] {
      review.requireHere(known.clinic, "bank account \(bankAccount)", "bankAccount")
    } else if bankAccount.number != UInt64(accounts.count) + 1 {
      review.refuse(
        DeskRefusal.unknown(kind: BankAccountKind.name, name: "\(bankAccount)"), "bankAccount")
    }
    review.requireText(line, "line")
    if state.ledger.isReconciled(line.trimmed, of: bankAccount) {
      review.refuse(LedgerRefusal.lineTaken(line.trimmed), "line")
    }
    if let date, !date.isInRange || date > review.today {
      review.refuse(DeskRefusal.outOfRange("\(date)", "a day that has come"), "date")
    }
  }

  private func check(
    _ match: StatementMatch, _ state: DeskState, _ review: inout Review
  ) -> BankMatch? {
    // Nil, too, where it was refused: nobody knows then whether it is the right one.
    let asked = match.amount.flatMap { review.minorUnits($0, "matches.amount") }
    let name: String
    let item: BankItem?
    switch match.with {
    case .account(let code):
      review.requirePostable(code, state, "matches.with")
      if match.amount == nil {
        review.refuse(DeskRefusal.missing("an amount"), "matches.amount")
      }
      if asked == 0 {
        review.refuse(DeskRefusal.outOfRange("0", "an amount other than 0"), "matches.amount")
      }
      return BankMatch(.account(code.trimmed), Amount(minorUnits: asked ?? 0))
    case .payment(let payment):
      name = "\(payment)"
      item = state.ledger.bankItem(of: payment)
    case .position(let position):
      name = "the event at \(position)"
      item = state.ledger.bankItem(at: position.number)
    }
    guard let item else {
      review.refuse(LedgerRefusal.notBanked(name), "matches.with")
      return nil
    }
    review.requireHere(item.clinic, name, "matches.with")
    if item.isMatched { review.refuse(LedgerRefusal.matched(name), "matches.with") }
    if let asked, asked != item.amount {
      review.refuse(
        LedgerRefusal.otherAmount(name, amount: review.amount(item.amount)), "matches.amount")
      return nil
    }
    return BankMatch(BankCounterpart(item), Amount(minorUnits: item.amount))
  }
}
