public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A service was done to a patient.
///
/// Fact, on the encounter's stream. Posts nothing itself: in the same action follow the charge and
/// the stock that was used.
public struct TreatmentPerformed: EventPayload, Hashable {
  /// The encounter in which it was done.
  public var encounter = EncounterID()
  /// The line within the encounter, from 1.
  public var line: UInt32 = 0
  /// What was done.
  public var service = ServiceID()
  /// How many times, at least once.
  public var units: UInt32 = 0
  /// Who did it.
  public var practitioner = StaffID()
  /// The code of the place on the body, a tooth or a side; empty where it does not matter.
  public var bodySite = ""
  /// Codes of the diagnoses that it was done for.
  public var diagnoses: Few<String> = []
  /// The price of all units by the list of the day.
  public var listPrice = Amount.zero
  /// What is taken off, at most the list price.
  public var discount = Amount.zero
  /// Why the price is not that of the list of the day; unspecified where it is.
  public var priceReason = PriceReason.unspecified
  /// The rule of its tax, the service's unless decided here; nil where it is not taxed.
  public var taxCode: TaxCodeID?
  /// The line of a treatment plan that it fulfils.
  public var planLine: PlanLine?
  /// The package of which it uses a session for each unit.
  public var package: PackageID?
  /// What was put into or onto the patient, to be traced.
  public var devices: Few<Device> = []
  /// Who approved a discount above the clinic's limit.
  public var approver: StaffID?

  /// No treatment: to be filled in.
  public init() {}

  public static var tag: FrontOfficeTag { .treatmentPerformed }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .encounter }
  public static var areas: Areas { [.accounting, .humanResources, .logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "encounter", &encounter)
    try fields.visit(2, "line", &line)
    try fields.visit(3, "service", &service)
    try fields.visit(4, "units", &units)
    try fields.visit(5, "practitioner", &practitioner)
    try fields.visit(6, "bodySite", &bodySite)
    try fields.visit(7, "diagnoses", &diagnoses)
    try fields.visit(8, "listPrice", &listPrice)
    try fields.visit(9, "discount", &discount)
    try fields.visit(10, "priceReason", &priceReason)
    try fields.visit(11, "taxCode", &taxCode)
    try fields.visit(12, "planLine", &planLine)
    try fields.visit(13, "package", &package)
    try fields.visit(14, "devices", &devices)
    try fields.currency()
    try fields.visit(16, "approver", &approver)
  }
}

/// Why a price is not that of the list of the day.
public enum PriceReason: UInt32, WireEnum {
  /// No reason: the price is the list's.
  case unspecified = 0
  /// As another program had it.
  case imported = 1
  /// Agreed with the patient, in a plan or otherwise.
  case agreed = 2
  /// The price of a payer's contract that is not in the list.
  case contract = 3
  /// Lowered as a courtesy.
  case courtesy = 4
  /// Lowered for a time, for everyone.
  case promotion = 5
  /// Done again for a fault of ours.
  case warranty = 6
  /// The list was wrong.
  case correction = 7

  /// No reason.
  public init() { self = .unspecified }
}

/// A line of a treatment plan.
public struct PlanLine: Payload, Hashable {
  /// The plan.
  public var plan = PlanID()
  /// The line, from 1.
  public var line: UInt32 = 0

  /// No line: to be filled in.
  public init() {}

  /// Line `line` of `plan`.
  public init(_ plan: PlanID, line: UInt32) {
    self.plan = plan
    self.line = line
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "plan", &plan)
    try fields.visit(2, "line", &line)
  }
}

/// A device that was put into or onto a patient, named as its label names it.
public struct Device: Payload, Hashable {
  /// The item.
  public var item = ItemID()
  /// The maker's lot; empty where the label has none.
  public var lot = ""
  /// The maker's serial number; empty where the label has none.
  public var serial = ""
  /// The last day on which it may be used; nil where the label has none.
  public var expiry: Day?

  /// No device: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "lot", &lot)
    try fields.visit(3, "serial", &serial)
    try fields.visit(4, "expiry", &expiry)
  }
}
