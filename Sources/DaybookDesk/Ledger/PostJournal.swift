public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
import DaybookValues

/// An entry is made by hand.
///
/// Answers with `JournalPosted`. Debits and credits are equal. Lines may be of several clinics: what
/// crosses them the books bring to zero at each, by pairs on the account between clinics, which
/// nobody names. Accounts that are kept item by item are open to it only with `opening`, with party,
/// document and due date: a receivable becomes a charge of nothing that owes it, a credit or a
/// deposit a payment of nothing that holds it, and what the clinic owes an item that `MakePayment`
/// settles.
public struct PostJournal: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Its lines, at least two.
  public var lines: Few<JournalLine> = []
  /// What it is for.
  public var memo = ""
  /// Whether it is of the balances with which the books begin.
  public var opening = false

  /// No entry: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "lines", &lines)
    try fields.visit(2, "memo", &memo)
    try fields.visit(3, "opening", &opening)
    try fields.currency()
  }
}

extension PostJournal {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.accountant], needsClinic: true)
    review.requireFact()
    review.requireText(memo, "memo")
    if lines.count < 2 { review.refuse(LedgerRefusal.tooFewLines, "lines") }
    var checked: [JournalLine] = []
    for (index, line) in lines.enumerated() {
      checked.append(check(line, index + 1, state, &review))
    }
    checkBalance(checked, &review)
    try review.conclude(into: &decision)

    for index in checked.indices where opening {
      try open(&checked[index], state, review, &decision)
    }
    let entry = JournalID(decision.nextNumber(JournalKind.streamKind))
    let posted = JournalPosted.with {
      $0.entry = entry
      $0.lines = Few(checked)
      $0.memo = memo.trimmed
      $0.opening = opening
    }
    try decision.append(
      posted, to: entry.number, expecting: .noStream, effective: review.effective,
      otherClinics: checked.compactMap { $0.clinic?.number })
  }

  // MARK: - Rules

  private func check(
    _ line: JournalLine, _ number: Int, _ state: DeskState, _ review: inout Review
  ) -> JournalLine {
    var line = line
    let field = "lines[\(number)]."
    let told = review.violations.count
    let debit = review.notNegative(line.debit, field + "debit")
    let credit = review.notNegative(line.credit, field + "credit")
    // Of an amount that was refused nobody knows whether it is nothing.
    if review.violations.count == told, (debit == 0) == (credit == 0) {
      review.refuse(LedgerRefusal.oneSide(line: number), field + "debit")
    }
    line.debit = Amount(minorUnits: debit)
    line.credit = Amount(minorUnits: credit)
    line.account = line.account.trimmed
    line.document = line.document.trimmed
    line.charge = nil
    line.payment = nil
    if let clinic = line.clinic { checkClinic(clinic, field + "clinic", state, &review) }
    if let party = line.party { review.requireCounterparty(party, state, field + "party") }
    review.requireTaxCode(line.taxCode, state, field + "taxCode")
    guard review.requireAccount(line.account, state, field + "account") else { return line }
    switch state.catalogue.use(of: line.account) {
    case .free: break
    case .openItems where opening: checkItem(line, number, field, state, &review)
    case .betweenClinics:
      review.refuse(LedgerRefusal.betweenClinics(line.account), field + "account")
    case .openItems, .closed:
      review.refuse(LedgerRefusal.controlled(line.account), field + "account")
    }
    return line
  }

  /// Another clinic has books in the same currency, and the actor is accountant there too.
  private func checkClinic(
    _ clinic: ClinicID, _ field: String, _ state: DeskState, _ review: inout Review
  ) {
    guard let known = review.known(clinic, in: state.administration.clinics, field),
      clinic.number != review.context.clinic
    else { return }
    if let here = review.clinic?.currency, here != known.currency {
      review.refuse(LedgerRefusal.otherCurrency(clinic), field)
    }
    let actor = review.context.actor.staffNumber.map { StaffID($0) } ?? StaffID()
    if !review.isImport, !state.administration.holds(.accountant, actor, at: clinic) {
      review.refuse(
        DeskRefusal.notPermitted(actor: "\(actor)", role: "accountant", allowed: [.accountant]),
        field)
    }
  }

  /// An open item has a party of the right sort, a document and a due date.
  private func checkItem(
    _ line: JournalLine, _ number: Int, _ field: String, _ state: DeskState,
    _ review: inout Review
  ) {
    if line.document.isEmpty {
      review.refuse(DeskRefusal.missing("a document"), field + "document")
    }
    if line.due == nil { review.refuse(DeskRefusal.missing("a due date"), field + "due") }
    let isDebit = line.debit.isPositive
    let builtIn = state.catalogue.builtInCode(line.account)
    let isReceivable = builtIn == "1200" || builtIn == "1210"
    // Only a supplier's account may stand on its other side: its credit notes.
    if isDebit != isReceivable, builtIn != "2000" {
      review.refuse(LedgerRefusal.otherSide(line: number), field + "debit")
    }
    guard let party = line.party else {
      review.refuse(DeskRefusal.missing("a party"), field + "party")
      return
    }
    if !Self.keeps(builtIn ?? line.account, party, state) {
      review.refuse(
        LedgerRefusal.wrongParty(line: number, account: line.account), field + "party")
    }
    if builtIn == "1210" {
      guard let patient = line.patient else {
        review.refuse(DeskRefusal.missing("for whom the payer owes it"), field + "patient")
        return
      }
      review.patient(patient, state, field + "patient")
    }
  }

  /// Whether the account of that built-in code is kept by parties of that sort.
  private static func keeps(
    _ account: String, _ party: Counterparty, _ state: DeskState
  ) -> Bool {
    let type: PartyType? =
      if case .party(let id) = party { state.administration.parties[id]?.type } else { nil }
    switch (account, party) {
    case ("1200", .patient): return true
    case ("1210", .party): return type == .payer
    case ("2000", .party): return type == .supplier
    case ("2100", .patient), ("2100", .party), ("2150", .patient), ("2150", .party): return true
    case ("2300", .staff), ("2330", .staff): return true
    default: return false
    }
  }

  /// Debits and credits are equal, whichever clinics they are of.
  private func checkBalance(_ lines: [JournalLine], _ review: inout Review) {
    let here = ClinicID(review.context.clinic)
    let clinics = Set(lines.map { $0.clinic ?? here })
    let debits = review.sum(lines.map(\.debit.minorUnits), "lines")
    let credits = review.sum(lines.map(\.credit.minorUnits), "lines")
    if debits != credits {
      review.refuseFigures(
        LedgerRefusal.unbalanced(
          clinics.count > 1 ? nil : clinics.first, debits: review.amount(debits),
          credits: review.amount(credits)), "lines")
    }
  }

  // MARK: - Open items

  /// Gives an open item the number under which it is settled later.
  private func open(
    _ line: inout JournalLine, _ state: DeskState, _ review: Review, _ decision: inout Decision
  ) throws(Refusal) {
    let builtIn = state.catalogue.builtInCode(line.account) ?? line.account
    switch (builtIn, line.party) {
    case ("1200", .patient(let patient)):
      line.charge = try openCharge(patient, .patient(patient), line, review, &decision)
    case ("1210", .party(let payer)):
      line.charge = try openCharge(
        line.patient ?? PatientID(), .payer(payer, .primary), line, review, &decision)
    case ("2100", let party?), ("2150", let party?):
      line.payment = try decision.openCredit(
        of: Self.party(party, state), deposit: builtIn == "2100" ? Deposit() : nil, review,
        at: line.clinic)
    default: break
    }
  }

  private static func party(_ party: Counterparty, _ state: DeskState) -> Party {
    switch party {
    case .patient(let patient): .patient(patient)
    case .party(let id):
      state.administration.parties[id]?.type == .payer ? .payer(id) : .other(id)
    case .staff: .walkIn
    }
  }

  /// A charge of nothing, which the entry then makes owe its line.
  private func openCharge(
    _ patient: PatientID, _ debtor: Debtor, _ line: JournalLine, _ review: Review,
    _ decision: inout Decision
  ) throws(Refusal) -> ChargeID {
    let charge = ChargeID(decision.nextNumber(ChargeKind.streamKind))
    let posted = ChargePosted.with {
      $0.charge = charge
      $0.patient = patient
      $0.responsible = debtor
    }
    try decision.append(
      posted, to: charge.number, expecting: .noStream, effective: review.effective,
      clinic: (line.clinic ?? ClinicID(review.context.clinic)).number)
    return charge
  }
}
