public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Somebody works for the clinic, on these terms.
///
/// Plan, on the staff member's stream: a contract, which may begin in the future.
public struct StaffHired: EventPayload, Hashable {
  /// The member of staff.
  public var staff = StaffID()
  /// Name and contacts.
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
  /// Days of paid leave a year, in thousandths of a day.
  public var leaveDays = Quantity.zero
  /// The first day.
  public var start = Day()
  /// What an hour beyond the agreed week is paid on top of the rate.
  public var overtimePremium = Rate.zero

  /// Nobody: to be filled in.
  public init() {}

  public static var tag: HumanResourcesTag { .staffHired }
  public static var nature: Nature { .plan }
  public static var streamKind: StreamKind { .staff }
  public static var areas: Areas { [.accounting, .humanResources] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "staff", &staff)
    try fields.visit(2, "person", &person)
    try fields.visit(3, "positions", &positions)
    try fields.visit(4, "clinics", &clinics)
    try fields.visit(5, "contract", &contract)
    try fields.visit(6, "weekSeconds", &weekSeconds)
    try fields.visit(7, "payBasis", &payBasis)
    try fields.visit(8, "payRate", &payRate)
    try fields.visit(9, "leaveDays", &leaveDays)
    try fields.visit(10, "start", &start)
    try fields.visit(11, "overtimePremium", &overtimePremium)
  }
}

/// What sort of contract somebody works under.
public enum ContractType: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// Employed, on the payroll.
  case employee = 1
  /// Independent, sends invoices.
  case contractor = 2
  /// Owns the clinic.
  case owner = 3

  /// Not said.
  public init() { self = .unspecified }
}

/// What a rate of pay is for.
public enum PayBasis: UInt32, WireEnum {
  /// No pay by time: commission, invoices, or nothing.
  case unspecified = 0
  /// An hour.
  case hour = 1
  /// A month.
  case month = 2

  /// No pay by time.
  public init() { self = .unspecified }
}
