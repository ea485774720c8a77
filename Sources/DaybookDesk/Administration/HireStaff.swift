public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Takes somebody on, on these terms.
///
/// Answers with `StaffHired`. A contract is a plan and may begin in the future.
public struct HireStaff: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Name and contacts; its person is 0 for somebody whom the book does not know yet.
  public var person = StaffPerson()
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
  /// The first day.
  public var start = Day()
  /// What an hour beyond the agreed week is paid on top of the rate.
  public var overtimePremium = Rate.zero

  /// Nobody: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "person", &person)
    try fields.visit(2, "positions", &positions)
    try fields.visit(3, "clinics", &clinics)
    try fields.visit(4, "contract", &contract)
    try fields.visit(5, "weekSeconds", &weekSeconds)
    try fields.visit(6, "payBasis", &payBasis)
    try fields.visit(7, "payRate", &payRate)
    try fields.visit(8, "leaveDays", &leaveDays)
    try fields.visit(9, "start", &start)
    try fields.visit(10, "overtimePremium", &overtimePremium)
  }
}

extension HireStaff {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.admin, .payroll], systemBegins: true)
    review.requireText(person.name, "person.name")
    review.requirePlain(person.sealed, "person.sealed")
    review.requirePerson(person.person, state, "person.person")
    var hired = StaffHired.with {
      $0.person = person
      $0.positions = positions
      $0.clinics = clinics
      $0.contract = contract
      $0.weekSeconds = weekSeconds
      $0.payBasis = payBasis
      $0.payRate = payRate
      $0.leaveDays = leaveDays
      $0.start = start
      $0.overtimePremium = overtimePremium
    }
    review.requireTerms(ContractTerms(hired), state)
    review.requireRoom(
      for: "members of staff in one book", besides: state.administration.staff.count,
      max: BookLimits.staff, instead: "begin another book for the next", "person")
    if !start.isInRange {
      review.refuse(DeskRefusal.outOfRange("\(start)", "a day of the years 1 to 9999"), "start")
    }
    try review.conclude(into: &decision)

    hired.staff = StaffID(decision.nextNumber(StaffKind.streamKind))
    hired.person.person = state.person(person.person)
    try decision.append(
      hired, to: hired.staff.number, expecting: .noStream, effective: review.effective)
  }
}
