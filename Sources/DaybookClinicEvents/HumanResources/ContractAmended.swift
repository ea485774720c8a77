public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// The terms on which somebody works are others from a day on: all of them, as they stand then.
///
/// Plan, on the staff member's stream, effective at the beginning of the day from which they hold.
public struct ContractAmended: EventPayload, Hashable {
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
  /// Days of paid leave a year, in thousandths of a day.
  public var leaveDays = Quantity.zero
  /// What an hour beyond the agreed week is paid on top of the rate.
  public var overtimePremium = Rate.zero
  /// Why.
  public var reason = StaffNote()

  /// No terms: to be filled in.
  public init() {}

  public static var tag: HumanResourcesTag { .contractAmended }
  public static var nature: Nature { .plan }
  public static var streamKind: StreamKind { .staff }
  public static var areas: Areas { [.accounting, .humanResources] }

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
