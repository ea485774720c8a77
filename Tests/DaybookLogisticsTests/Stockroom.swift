import DaybookClinicEvents
import DaybookEvents
import DaybookLogistics
import DaybookReporting
import DaybookTesting
import DaybookValues

/// Two clinics with gloves (not tracked) and stents (by lot), and what happens to them.
struct Stockroom {
  var feed: Feed<LogisticsModel>
  private var receipts: UInt64 = 0

  static let gloves = ItemID(1)
  static let stent = ItemID(2)

  init(_ model: LogisticsModel = LogisticsModel()) throws {
    feed = Feed(model)
    for number in UInt64(1)...2 {
      try feed.append(
        ClinicDefined.with {
          $0.clinic = ClinicID(number)
          $0.name = "Sol"
          $0.currency = .eur
        }, to: number, at: "2026-01-01T00:00:00Z", clinic: number, reference: "clinic-\(number)")
      try feed.append(
        PatientRegistered.with {
          $0.patient = PatientID(number)
          $0.person.givenName = "Nobody Shall Read This"
        }, to: number, at: "2026-01-01T00:00:00Z", clinic: 0, reference: "patient-\(number)")
    }
    try feed.append(
      StaffHired.with { $0.staff = StaffID(3) }, to: 3, at: "2026-01-01T00:00:00Z",
      reference: "provider-3")
    try define(Self.gloves, "G-1", "Gloves")
    try define(Self.stent, "A-7", "Stent", lotTracked: true)
  }

  mutating func define(
    _ item: ItemID, _ code: String, _ name: String, lotTracked: Bool = false,
    at time: String = "2026-01-01T00:00:00Z"
  ) throws {
    try feed.append(
      ItemDefined.with {
        $0.item = item
        $0.code = code
        $0.name = name
        $0.baseUnit = "piece"
        $0.lotTracked = lotTracked
      }, to: item.number, at: time, clinic: 0, reference: "item-\(item.number)")
  }

  mutating func receive(
    _ item: ItemID, _ quantity: String, lot: String = "", expiry: String? = nil,
    cents: Int64 = 0, at time: String, clinic: UInt64 = 1, opening: Bool = false
  ) throws {
    receipts += 1
    let line = try ReceiptLine.with { (line) throws in
      line.item = item
      line.lot = lot
      line.quantity = try Quantity(parsing: quantity)
      line.value = Amount(minorUnits: cents)
      if let expiry { line.expiry = try day(expiry) }
    }
    let number = receipts
    try feed.append(
      GoodsReceived.with {
        $0.receipt = ReceiptID(number)
        $0.clinic = ClinicID(clinic)
        $0.lines = [line]
        $0.opening = opening
      }, to: number, at: time, clinic: clinic)
  }

  mutating func issue(
    _ item: ItemID, _ lines: [(lot: String, quantity: String, cents: Int64)], short: String? = nil,
    purpose: IssuePurpose = .treatment, on encounter: EncounterLine? = nil,
    patient: UInt64? = nil, at time: String, clinic: UInt64 = 1
  ) throws {
    let issued = try StockIssued.with { (issued) throws in
      issued.clinic = ClinicID(clinic)
      issued.item = item
      issued.purpose = purpose
      issued.encounterLine = encounter
      issued.patient = patient.map { PatientID($0) }
      if let short { issued.short = try Quantity(parsing: short) }
      for line in lines {
        issued.lines.append(
          IssueLine(
            lot: line.lot, quantity: try Quantity(parsing: line.quantity),
            value: Amount(minorUnits: line.cents)))
      }
    }
    try feed.append(issued, to: item.number * 10 + clinic, at: time, clinic: clinic)
  }

  mutating func start(
    _ encounter: UInt64, patient: UInt64, at start: String, clinic: UInt64 = 1
  ) throws {
    let began = try time(start)
    try feed.append(
      EncounterStarted.with {
        $0.encounter = EncounterID(encounter)
        $0.visit = VisitID(encounter + 70)
        $0.patient = PatientID(patient)
        $0.practitioner = StaffID(3)
        $0.start = began
      }, to: encounter, at: start, clinic: clinic, visit: encounter + 70)
  }

  mutating func treat(
    _ encounter: UInt64, line: UInt32, by staff: UInt64 = 3,
    devices: [(lot: String, serial: String)] = [], at time: String, clinic: UInt64 = 1
  ) throws {
    try feed.append(
      TreatmentPerformed.with {
        $0.encounter = EncounterID(encounter)
        $0.line = line
        $0.practitioner = StaffID(staff)
        for device in devices {
          $0.devices.append(
            Device.with {
              $0.item = Self.stent
              $0.lot = device.lot
              $0.serial = device.serial
            })
        }
      }, to: encounter, at: time, clinic: clinic, visit: encounter + 70)
  }

  private func query(_ ask: (inout StockQuery) throws -> Void) throws -> StockQuery {
    var query = StockQuery()
    query.book = "Sol"
    try ask(&query)
    return query
  }

  func onHand(_ ask: (inout StockQuery) throws -> Void = { _ in }) throws -> Report {
    try StockOnHandReport.report(from: feed.model, asOf: feed.position, try query(ask))
  }

  func movements(_ ask: (inout StockQuery) throws -> Void = { _ in }) throws -> Report {
    try StockMovementsReport.report(from: feed.model, asOf: feed.position, try query(ask))
  }

  func recall(_ ask: (inout StockQuery) throws -> Void = { _ in }) throws -> Report {
    try StockRecallReport.report(from: feed.model, asOf: feed.position, try query(ask))
  }
}

extension Report {
  /// The cells of each row under `names`, as CSV has them, with a space between.
  func rows(_ names: String...) -> [String] {
    let indices = names.compactMap { name in columns.firstIndex { $0.name == name } }
    precondition(indices.count == names.count, "a column of \(names) is missing")
    var picked = Report(
      name: name, title: title, book: book, knownAt: knownAt, columns: indices.map { columns[$0] })
    for row in rows { picked.append(indices.map { row[$0] }) }
    return render(picked, as: .csv).split(separator: "\r\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).joined(separator: " ")
    }
  }
}

func day(_ text: String) throws -> Day { try Day(parsing: text) }
func time(_ text: String) throws -> Instant { try Instant(parsing: text) }
