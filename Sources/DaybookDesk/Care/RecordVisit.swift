public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// A whole encounter of the past, in one action: booked, arrived, seen, charged, ended, if it has.
///
/// For imports alone. Answers with `AppointmentBooked`, `PatientCheckedIn`, `EncounterStarted`, for
/// each line `TreatmentPerformed`, `ChargePosted` and the `StockIssued` of its devices, then the
/// `StockIssued` of what else was used, then `EncounterCompleted` where its end is known. The charges begin in the order
/// of the lines. Nothing is split by coverage and no recipe applies: history says it all.
public struct RecordVisit: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// Who was seen.
  public var patient = PatientID()
  /// Who saw the patient.
  public var practitioner = StaffID()
  /// When the encounter began; booking and arrival take the same time.
  public var start = Instant()
  /// When it ended, at or after its start; nil where it had not ended when it was told of.
  public var end: Instant?
  /// How it ended.
  public var outcome = EncounterOutcome.unspecified
  /// What was done, whatever its date.
  public var lines: Few<RecordedTreatment> = []
  /// What was used beside the lines' devices.
  public var uses: Few<RecordedUse> = []

  /// No visit: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "patient", &patient)
    try fields.visit(2, "practitioner", &practitioner)
    try fields.visit(3, "start", &start)
    try fields.visit(4, "end", &end)
    try fields.visit(5, "outcome", &outcome)
    try fields.visit(6, "lines", &lines)
    try fields.visit(7, "uses", &uses)
    try fields.currency()
  }
}

/// A treatment of the past, with its charge.
public struct RecordedTreatment: Payload, Hashable {
  /// When it was done; nil for the encounter's start.
  public var at: Instant?
  /// The clinic that charges it; nil for that of the visit.
  public var clinic: ClinicID?
  /// What was done.
  public var service = ServiceID()
  /// How many times, at least once.
  public var units: UInt32 = 1
  /// Who did it; nil for the encounter's practitioner.
  public var practitioner: StaffID?
  /// The price of all units before discount.
  public var listPrice = Amount.zero
  /// What was taken off, at most the price.
  public var discount = Amount.zero
  /// Why that price.
  public var priceReason = PriceReason.imported
  /// Who owed the charge at first; nil for the patient.
  public var responsible: Debtor?
  /// Codes of the diagnoses that it was done for.
  public var diagnoses: Few<String> = []
  /// What was put into or onto the patient: one of each leaves the stock.
  public var devices: Few<Device> = []

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "at", &at)
    try fields.visit(2, "clinic", &clinic)
    try fields.visit(3, "service", &service)
    try fields.visit(4, "units", &units)
    try fields.visit(5, "practitioner", &practitioner)
    try fields.visit(6, "listPrice", &listPrice)
    try fields.visit(7, "discount", &discount)
    try fields.visit(8, "priceReason", &priceReason)
    try fields.visit(9, "responsible", &responsible)
    try fields.visit(10, "diagnoses", &diagnoses)
    try fields.visit(11, "devices", &devices)
  }
}

/// What was used of an item in an encounter of the past.
public struct RecordedUse: Payload, Hashable {
  /// When; nil for the encounter's start.
  public var at: Instant?
  /// The line that used it, from 1 in the order of `lines`; 0 for the encounter as a whole.
  public var line: UInt32 = 0
  /// The item.
  public var item = ItemID()
  /// How much, in the item's base unit.
  public var quantity = Quantity.zero
  /// The lot; empty takes the one that expires first.
  public var lot = ""

  /// Nothing: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "at", &at)
    try fields.visit(2, "line", &line)
    try fields.visit(3, "item", &item)
    try fields.visit(4, "quantity", &quantity)
    try fields.visit(5, "lot", &lot)
  }
}
