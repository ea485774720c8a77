import DaybookClinicEvents
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// Where a lot came from, where it is and on whom it was used: `stock recall`.
///
/// A lot has rows of these kinds, in this order: `receipt`, `transfer` (what left for another clinic,
/// arrived from one, or was on its way and will not arrive), `onHand` (one a clinic), `inTransit` (one a
/// sender, where anything is), `patient` (what was issued for a patient, and devices that a treatment
/// names although no stock was issued for them), `restock` (what had been sold and came back to the
/// shelf), `return` (what went back to a supplier), `count` (what was found or missed) and `issue` (what
/// left for any other purpose). A patient who was merged stands as the one who stays: whom a letter
/// reaches. Without a lot and an item, all lots.
public enum StockRecallReport {
  /// The report.
  ///
  /// - Parameters:
  ///   - model: The department's read model.
  ///   - asOf: The position that it stands at.
  ///   - skipped: Records that were skipped on the way there.
  ///   - query: What is asked: a lot, an item or both.
  /// - Throws: `.overflow` where a sum does not fit 64 bits.
  /// - Complexity: O(movements up to the position), and sorting those of the lots.
  public static func report(
    from model: LogisticsModel, asOf: Position, skipped: Int = 0, _ query: StockQuery
  ) throws(ValueError) -> Report {
    let scope = Scope(query, model, asOf: asOf)
    let reversals = Reversals(scope)
    var traces: [Int: Trace] = [:]
    let asked = scope.shelves
    for row in model.movements.rows(through: scope.known)
    where asked[row.shelf] && scope.reaches(row.occasion.day) {
      let shelf = model.shelves[row.shelf]
      if model.lots[shelf.lot].text.isEmpty { continue }
      // What was undone moved nothing, and nobody was treated with it.
      if reversals.concern(row.position) { continue }
      traces[shelf.lot, default: Trace()].add(row, at: shelf.clinic)
    }
    for row in model.deviceUses.rows(through: scope.known)
    where scope.reaches(row.occasion.day) && scope.includes(row.clinic)
      && !reversals.concern(row.position)
    {
      let lot = model.lots[row.lot]
      if lot.text.isEmpty || !scope.includes(lot) { continue }
      traces[row.lot, default: Trace()].devices.append(row)
    }
    var report = Report(
      name: "stock-recall", title: "Recall trace", book: query.book, on: scope.last,
      knownAt: scope.known, columns: columns)
    let expiries = scope.expiries()
    let merged = MergedPatients(scope)
    var entries = 0
    for number in sorted(traces.keys, scope) {
      guard let trace = traces[number] else { continue }
      entries += trace.movements.count + trace.devices.count
      var page = Page(
        scope: scope, merged: merged, lot: model.lots[number], expiry: expiries[number])
      try page.add(trace)
      for row in page.rows { report.append(row) }
    }
    report.footer = scope.footer(entries: entries, skipped: skipped)
    return report
  }

  private static func sorted(_ lots: some Collection<Int>, _ scope: Scope) -> [Int] {
    let keyed = lots.map { number in
      let lot = scope.model.lots[number]
      let (code, item) = scope.order(lot.item)
      return (key: (code, item, lot.text), number: number)
    }
    return keyed.sorted { $0.key < $1.key }.map(\.number)
  }

  private static let columns = [
    Column("item", .identifier), Column("ref", .text), Column("code", .identifier),
    Column("lot", .identifier), Column("expiry", .day), Column("kind", .text),
    Column("date", .day), Column("position", .position), Column("clinic", .identifier),
    Column("clinicRef", .text), Column("quantity", .quantity), Column("purpose", .text),
    Column("reference", .identifier), Column("visit", .identifier),
    Column("patient", .identifier), Column("patientRef", .text),
    Column("practitioner", .identifier), Column("practitionerRef", .text),
    Column("serial", .identifier),
  ]
}

/// All that is known of one lot.
private struct Trace {
  var movements: [(row: Movement, clinic: ClinicID)] = []
  var devices: [DeviceUse] = []

  mutating func add(_ row: Movement, at clinic: ClinicID) { movements.append((row, clinic)) }

  /// Devices by the line that used them; a line of 0 stands for its whole encounter.
  func serials(_ use: Use) -> [String] {
    devices.filter {
      $0.use.encounter == use.encounter && (use.line == 0 || $0.use.line == use.line)
        && !$0.serial.isEmpty
    }.map(\.serial)
  }

  /// Devices for which no issue names their line, nor their encounter as a whole.
  var devicesWithoutIssue: [DeviceUse] {
    var issued: Set<Use> = []
    for (row, _) in movements {
      if case .issued = row.kind, !row.use.encounter.isNone { issued.insert(row.use.place) }
    }
    return devices.filter {
      var whole = $0.use.place
      whole.line = 0
      return !issued.contains($0.use.place) && !issued.contains(whole)
    }
  }
}

extension Movement {
  fileprivate var isExplained: Bool { if case .explained = kind { true } else { false } }

  fileprivate var isOfTransfer: Bool {
    switch kind {
    case .dispatched, .arrived, .explained: true
    case .received, .issued, .returned, .restocked, .counted: false
    }
  }
}

extension Use {
  /// Encounter and line alone.
  fileprivate var place: Use { Use(encounter: encounter, line: line) }
}

/// The rows of one lot.
private struct Page {
  let scope: Scope
  let merged: MergedPatients
  let lot: Lot
  let expiry: Day?
  var rows: [[Cell]] = []

  init(scope: Scope, merged: MergedPatients, lot: Lot, expiry: Day?) {
    self.scope = scope
    self.merged = merged
    self.lot = lot
    self.expiry = expiry
  }

  mutating func add(_ trace: Trace) throws(ValueError) {
    let sorted = trace.movements.sorted { $0.row.occasion < $1.row.occasion }
    for (row, clinic) in sorted {
      guard case .received = row.kind else { continue }
      append("receipt", row.occasion, clinic, row.quantity, row.purpose, row.reference, Use())
    }
    for (row, clinic) in sorted where row.isOfTransfer && (row.quantity != 0 || row.isExplained) {
      let quantity = row.quantity == 0 ? row.transit : row.quantity
      append(
        "transfer", row.occasion, clinic, try size(quantity), row.purpose, row.reference, Use())
    }
    var balances: [ClinicID: (onHand: MinorSum, inTransit: MinorSum)] = [:]
    for (row, clinic) in sorted {
      balances[clinic, default: (MinorSum(), MinorSum())].onHand.add(row.quantity)
      balances[clinic, default: (MinorSum(), MinorSum())].inTransit.add(row.transit)
    }
    let ordered = balances.sorted { $0.key < $1.key }
    for (clinic, balance) in ordered {
      append("onHand", nil, clinic, try balance.onHand.narrowed(), nil, .empty, Use())
    }
    for (clinic, balance) in ordered {
      let inTransit = try balance.inTransit.narrowed()
      if inTransit != 0 { append("inTransit", nil, clinic, inTransit, nil, .empty, Use()) }
    }
    for (row, clinic) in sorted {
      guard case .issued = row.kind, !row.use.patient.isNone else { continue }
      append(
        "patient", row.occasion, clinic, try out(row), row.purpose, row.reference, row.use,
        serial: trace.serials(row.use).joined(separator: " "))
    }
    for use in trace.devicesWithoutIssue.sorted(by: { $0.occasion < $1.occasion }) {
      append(
        "patient", use.occasion, use.clinic, nil, "device", .identifier(use.use.encounter),
        use.use, serial: use.serial)
    }
    for (row, clinic) in sorted where row.kind == .restocked {
      append("restock", row.occasion, clinic, row.quantity, row.purpose, row.reference, Use())
    }
    for (row, clinic) in sorted where row.kind == .returned {
      append("return", row.occasion, clinic, try out(row), row.purpose, row.reference, Use())
    }
    for (row, clinic) in sorted {
      guard case .counted = row.kind, row.quantity != 0 else { continue }
      append("count", row.occasion, clinic, row.quantity, row.purpose, row.reference, Use())
    }
    for (row, clinic) in sorted {
      guard case .issued = row.kind, row.use.patient.isNone else { continue }
      append(
        "issue", row.occasion, clinic, try out(row), row.purpose, row.reference, row.use)
    }
  }

  private func out(_ row: Movement) throws(ValueError) -> Int64 {
    try Quantity(thousandths: row.quantity).negated().thousandths
  }

  private func size(_ quantity: Int64) throws(ValueError) -> Int64 {
    quantity < 0 ? try Quantity(thousandths: quantity).negated().thousandths : quantity
  }

  private mutating func append(
    _ kind: String, _ occasion: Occasion?, _ clinic: ClinicID, _ quantity: Int64?,
    _ purpose: String?, _ reference: Cell, _ use: Use, serial: String = ""
  ) {
    let patient = merged.current(use.patient)
    rows.append([
      .identifier(lot.item), scope.reference(lot.item), .text(scope.item(lot.item)?.code),
      .text(lot.text), .day(expiry), .text(kind), .day(occasion?.day),
      occasion.map { .position($0.position) } ?? .empty,
      .identifier(clinic), scope.reference(clinic),
      quantity.map { .quantity(Quantity(thousandths: $0)) } ?? .empty, .text(purpose), reference,
      .identifier(use.visit), .identifier(patient), scope.reference(patient),
      .identifier(use.practitioner), scope.reference(use.practitioner),
      serial.isEmpty ? .empty : .text(serial),
    ])
  }
}
