package import DaybookBytes
package import DaybookClinicEvents
import DaybookClinicRules
package import DaybookEvents
package import DaybookValues

/// What the Desk knows of a treatment plan.
package struct PlanRecord: Sendable {
  package var patient = PatientID()
  package var validTo: Day?
  package var lines: Few<PlanLineRecord> = []
}

/// A line of a treatment plan.
package struct PlanLineRecord: Hashable, Sendable {
  package var service = ServiceID()
  package var units: UInt32 = 0
  /// Units that were not performed yet.
  package var unitsLeft: UInt32 = 0
  /// Minor units, of all units.
  package var price: Int64 = 0
}

/// What the Desk knows of a package.
package struct PackageRecord: Sendable {
  package var patient = PatientID()
  package var sharers: Few<PatientID> = []
  package var covers: Few<ServiceID> = []
  package var clinic = ClinicID()
  package var sessions: UInt32 = 0
  package var used: UInt32 = 0
  /// Minor units without tax.
  package var price: Int64 = 0
  /// What of the price the used sessions have earned.
  package var earned: Int64 = 0
  package var expires: Day?
  /// The rule of its tax; its sessions are taxed income then.
  package var taxCode: TaxCodeID?
  /// The charge that sold it; nil where it was sold before the books began.
  package var charge: ChargeID?
  /// Whether its sessions may be used.
  package var isLive = true

  /// Sessions that are not used.
  package var sessionsLeft: UInt32 { sessions &- min(used, sessions) }

  /// What is not earned.
  package var rest: Int64 { price &- earned }
}

/// Treatment plans, and sessions that were paid in advance.
package struct PackageState: Sendable {
  package internal(set) var plans = Dense<PlanKind, PlanRecord>()
  package internal(set) var packages = Dense<PackageKind, PackageRecord>()

  /// What a plan asks for so many more units of a line: running shares, so that the last takes the
  /// remainder. Nil where it has no such line, or not so many units left.
  package func price(of line: PlanLine, units: UInt32) -> Int64? {
    guard let plan = plans[line.plan], line.line > 0, Int(line.line) <= plan.lines.count else {
      return nil
    }
    let planned = plan.lines[Int(line.line) - 1]
    guard units <= planned.unitsLeft, planned.units > 0 else { return nil }
    let done = planned.units - planned.unitsLeft
    let before = try? PackageShare.earned(of: planned.price, used: done, of: planned.units)
    let after = try? PackageShare.earned(of: planned.price, used: done + units, of: planned.units)
    guard let before, let after else { return nil }
    return after - before
  }

  mutating func accept(_ event: TreatmentPlanAccepted) throws(WireError) {
    let lines = event.lines.map {
      PlanLineRecord(
        service: $0.service, units: $0.units, unitsLeft: $0.units, price: $0.price.minorUnits)
    }
    let record = PlanRecord(
      patient: event.patient, validTo: event.validTo, lines: Few(lines))
    try plans.append(record, as: event.plan)
  }

  mutating func sell(_ event: PackageSold, _ header: RecordHeader) throws(WireError) {
    let record = PackageRecord(
      patient: event.patient, sharers: event.sharers, covers: event.covers,
      clinic: ClinicID(header.clinic), sessions: event.sessions,
      price: event.price.minorUnits, expires: event.expires)
    try packages.append(record, as: event.package)
  }

  /// A treatment fulfils a line of a plan.
  mutating func perform(_ event: TreatmentPerformed) throws(WireError) {
    guard let line = event.planLine else { return }
    try fulfil(line, by: event.units) { left, units in left &- min(left, units) }
  }

  mutating func fulfil(
    _ line: PlanLine, by units: UInt32, _ change: (UInt32, UInt32) -> UInt32
  ) throws(WireError) {
    try plans.update(line.plan) { (plan) throws(WireError) in
      guard line.line > 0, line.line <= UInt32(plan.lines.count) else {
        throw WireError(.outOfRange, at: 0, field: "planLine")
      }
      let index = Int(line.line) - 1
      plan.lines[index].unitsLeft = change(plan.lines[index].unitsLeft, units)
    }
  }

  /// A charge sells a package, or uses sessions of one.
  mutating func charge(_ event: ChargePosted) throws(WireError) {
    guard let id = event.package else { return }
    try packages.update(id) { (package) throws(WireError) in
      guard let recognised = event.recognised else {
        package.charge = event.charge
        package.taxCode = event.taxCode
        return
      }
      let (used, tooLarge) = package.used.addingReportingOverflow(event.units)
      guard !tooLarge else { throw WireError(.outOfRange, at: 0, field: "units") }
      package.used = used
      try package.earned.increase(by: recognised.minorUnits, "recognised")
    }
  }

  mutating func cancel(_ event: PackageCancelled) throws(WireError) {
    try packages.update(event.package) { $0.isLive = false }
  }
}

extension PackageState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("plans", &plans)
    try parts.visit("packages", &packages)
  }
}
