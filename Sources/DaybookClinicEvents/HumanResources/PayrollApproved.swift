public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// What a clinic's people are paid for a stretch of days is settled.
///
/// Fact, on the run's stream, effective on the day to which it is posted, by default the last of the
/// run. Debits wages, commission payable and the employer's share, credits what is withheld and the
/// net pay.
public struct PayrollApproved: EventPayload, Hashable {
  /// The run.
  public var run = PayrollRunID()
  /// Whose payroll it is.
  public var clinic = ClinicID()
  /// The first day.
  public var from = Day()
  /// The last day.
  public var to = Day()
  /// A line for each person who is paid, or has earned a commission.
  public var lines: Few<PayrollLine> = []
  /// The position up to which the lines were worked out; the start where it was not said.
  public var position = Position.start
  /// The digest of what the lines are worked out from: contracts, times, absences, commission.
  public var sourceDigest: [UInt8] = []
  /// Who approved it; nil in an imported history.
  public var approver: StaffID?

  /// No run: to be filled in.
  public init() {}

  public static var tag: HumanResourcesTag { .payrollApproved }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .payrollRun }
  public static var areas: Areas { [.accounting, .humanResources] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "run", &run)
    try fields.visit(2, "clinic", &clinic)
    try fields.visit(3, "from", &from)
    try fields.visit(4, "to", &to)
    try fields.visit(5, "lines", &lines)
    try fields.visit(6, "position", &position)
    try fields.visit(7, "sourceDigest", &sourceDigest)
    try fields.visit(8, "approver", &approver)
    try fields.currency()
  }
}

/// What one person is paid in a run.
public struct PayrollLine: Payload, Hashable {
  /// Who.
  public var staff = StaffID()
  /// Under what sort of contract: a contractor's commission is invoiced, not paid here.
  public var contract = ContractType.unspecified
  /// Time worked at the clinic, in seconds.
  public var seconds: UInt32 = 0
  /// Time beyond the agreed weeks that end in the run, at all clinics, in seconds.
  public var overtimeSeconds: UInt32 = 0
  /// What the pay is put together from, the commission apart.
  public var components: Few<PayrollComponent> = []
  /// Commission earned and not yet settled, up to the run's last day.
  public var commission = Amount.zero
  /// What is paid out: earnings and an employee's commission less what is withheld.
  public var net = Amount.zero

  /// Nobody: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "staff", &staff)
    try fields.visit(2, "contract", &contract)
    try fields.visit(3, "seconds", &seconds)
    try fields.visit(4, "overtimeSeconds", &overtimeSeconds)
    try fields.visit(5, "components", &components)
    try fields.visit(6, "commission", &commission)
    try fields.visit(7, "net", &net)
  }
}

/// A part of somebody's pay.
public struct PayrollComponent: Payload, Hashable {
  /// The code that it is known by on the payslip: `wage`, `tax`.
  public var code = ""
  /// What it does to the pay.
  public var type = ComponentType.unspecified
  /// The clinic whose cost it is.
  public var clinic = ClinicID()
  /// The amount of which it is a part; nothing where it is not.
  public var base = Amount.zero
  /// How much; below zero only for an earning that takes back, such as leave without pay.
  public var amount = Amount.zero
  /// The time that it pays, in seconds; 0 where it pays none.
  public var seconds: UInt32 = 0

  /// Nothing: to be filled in.
  public init() {}

  /// A component of a clinic.
  public init(
    _ code: String, _ type: ComponentType, at clinic: ClinicID, _ amount: Amount,
    base: Amount = .zero, seconds: UInt32 = 0
  ) {
    self.code = code
    self.type = type
    self.clinic = clinic
    self.amount = amount
    self.base = base
    self.seconds = seconds
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "code", &code)
    try fields.visit(2, "type", &type)
    try fields.visit(3, "clinic", &clinic)
    try fields.visit(4, "base", &base)
    try fields.visit(5, "amount", &amount)
    try fields.visit(6, "seconds", &seconds)
  }
}

/// What a part of somebody's pay does to it.
public enum ComponentType: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// Adds to it.
  case earning = 1
  /// Tax withheld for the state.
  case taxWithheld = 2
  /// The employee's share of social security.
  case employeeShare = 3
  /// The employer's share of social security, beside the pay.
  case employerShare = 4
  /// An advance that is taken back.
  case advanceRepaid = 5

  /// Not said.
  public init() { self = .unspecified }
}
