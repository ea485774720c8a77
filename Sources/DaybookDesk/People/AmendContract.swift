public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Changes the terms on which somebody works, from a day on.
///
/// Answers with `ContractAmended`, which carries all terms as they stand then. No payroll that is
/// approved may reach the first day of the new terms.
public struct AmendContract: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The member of staff.
  public var staff = StaffID()
  /// The first day of the new terms.
  public var from = Day()
  /// What the person does: positions, specialities.
  public var positions: Few<String> = []
  /// Where the person works; the first is the home clinic.
  public var clinics: Few<ClinicID> = []
  /// What sort of contract it is.
  public var contract = ContractType.unspecified
  /// Agreed working time of a week, in seconds.
  public var weekSeconds: UInt32 = 0
  /// What the rate of pay is for.
  public var payBasis = PayBasis.unspecified
  /// The rate of pay, for an hour or a month.
  public var payRate = UnitPrice()
  /// Days of paid leave a year.
  public var leaveDays = Quantity.zero
  /// What an hour beyond the agreed week is paid on top of the rate.
  public var overtimePremium = Rate.zero
  /// Why.
  public var reason = ""

  /// No terms: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "staff", &staff)
    try fields.visit(2, "from", &from)
    try fields.visit(3, "positions", &positions)
    try fields.visit(4, "clinics", &clinics)
    try fields.visit(5, "contract", &contract)
    try fields.visit(6, "weekSeconds", &weekSeconds)
    try fields.visit(7, "payBasis", &payBasis)
    try fields.visit(8, "payRate", &payRate)
    try fields.visit(9, "leaveDays", &leaveDays)
    try fields.visit(10, "overtimePremium", &overtimePremium)
    try fields.visit(11, "reason", &reason)
  }
}

extension AmendContract {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.admin, .payroll])
    let member = review.known(staff, in: state.people.members, "staff")
    let amended = ContractAmended.with {
      $0.staff = staff
      $0.from = from
      $0.positions = positions
      $0.clinics = clinics
      $0.contract = contract
      $0.weekSeconds = weekSeconds
      $0.payBasis = payBasis
      $0.payRate = payRate
      $0.leaveDays = leaveDays
      $0.overtimePremium = overtimePremium
      $0.reason = review.staffNote(reason, member)
    }
    let terms = ContractTerms(amended)
    review.requireTerms(terms, state)
    review.requireInRange(from, "from")
    if let member, from.isInRange {
      if !member.engagement.covers(from) {
        review.refuse(PeopleRefusal.notEngaged(staff, from), "from")
      }
      let before = member.engagement.terms(on: from).clinics
      for clinic in before + clinics.filter({ !before.contains($0) }) {
        review.requireOpenPayroll(at: clinic, from: from, to: nil, state, "from")
      }
    }
    if reason.trimmed.isEmpty { review.question(PeopleReason.missing, "reason") }
    try review.conclude(into: &decision)

    try decision.append(amended, to: staff.number, effective: review.start(of: from))
  }
}

/// A change of what was agreed needs a reason.
public enum PeopleReason: RefusalCase, Hashable {
  /// No reason is given.
  case missing

  /// The stable code.
  public var code: RefusalCode { .reasonRequired }

  /// What is wrong and what to do about it.
  public var message: String { "it changes what was recorded; say why" }
}

extension Review {
  /// Terms that a contract may have.
  mutating func requireTerms(_ terms: ContractTerms, _ state: DeskState) {
    if terms.clinics.isEmpty { refuse(DeskRefusal.missing("a clinic"), "clinics") }
    for clinic in terms.clinics {
      requireKnown(clinic, in: state.administration.clinics, "clinics")
    }
    if Set(terms.clinics).count != terms.clinics.count {
      refuse(DeskRefusal.namedTwice("clinic"), "clinics")
    }
    if terms.contract == .unspecified { refuse(DeskRefusal.missing("a contract"), "contract") }
    if terms.weekSeconds > 7 * 86_400 {
      refuse(
        DeskRefusal.outOfRange("\(terms.weekSeconds) s", "at most the time of a week"),
        "weekSeconds")
    }
    if terms.payRate.isNegative {
      refuse(DeskRefusal.outOfRange("\(terms.payRate)", "a rate of pay from 0"), "payRate")
    }
    if terms.leaveDays.isNegative {
      refuse(DeskRefusal.outOfRange("\(terms.leaveDays)", "days of leave from 0"), "leaveDays")
    }
    if terms.overtimePremium < .zero {
      refuse(
        DeskRefusal.outOfRange("\(terms.overtimePremium)", "a premium from 0 %"),
        "overtimePremium")
    }
  }
}
