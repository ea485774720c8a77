import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// What happens at one clinic may change another's figures: a charge of there is settled here, a
// session of its package used here, an entry by hand has lines of both. Such an event is held to the
// closed days of each, and outdates what each has added up.
extension DeskState {
  /// Other clinics whose figures the event changed that `reversed` undoes. What else may be undone
  /// changes figures of its own clinic alone.
  func otherClinics(of reversed: Reversed, than clinic: UInt64) -> [UInt64] {
    if let received = try? reversed.original(PaymentReceived.self) {
      return otherClinics(of: received.allocations, than: clinic)
    }
    if let allocated = try? reversed.original(PaymentAllocated.self) {
      return otherClinics(of: [allocated.allocation], than: clinic)
    }
    if let charge = try? reversed.original(ChargePosted.self) {
      return otherClinic(of: charge, than: clinic).map { [$0.number] } ?? []
    }
    if let posted = try? reversed.original(JournalPosted.self) {
      return Set(posted.lines.compactMap { $0.clinic?.number }).sorted().filter { $0 != clinic }
    }
    return []
  }

  /// Other clinics whose charges are settled.
  func otherClinics(of allocations: Few<Allocation>, than clinic: UInt64) -> [UInt64] {
    var others: [UInt64] = []
    for allocation in allocations {
      guard let other = billing.charges[allocation.charge]?.clinic.number, other != clinic,
        !others.contains(other)
      else { continue }
      others.append(other)
    }
    return others
  }

  /// The clinic that deferred what a session of its package earns, where another uses it.
  private func otherClinic(of charge: ChargePosted, than clinic: UInt64) -> ClinicID? {
    let owner = charge.package.flatMap { packages.packages[$0]?.clinic }
    return owner?.number == clinic ? nil : owner
  }

  // MARK: - What outdates a closing's figures

  /// Notes where the last event stands for the clinics whose charges were settled elsewhere.
  mutating func notePeriods(_ header: RecordHeader, of allocations: Few<Allocation>) {
    for allocation in allocations {
      notePeriods(header, PaymentReceived.areas, ofClinicOf: allocation.charge)
    }
  }

  /// The same of a remittance's lines.
  mutating func notePeriods(_ header: RecordHeader, of remitted: RemittanceReceived) {
    for line in remitted.lines {
      notePeriods(header, RemittanceReceived.areas, ofClinicOf: line.charge)
    }
  }

  /// The same for the clinic of a package that was used elsewhere.
  mutating func notePeriods(_ header: RecordHeader, of charge: ChargePosted) {
    guard let clinic = otherClinic(of: charge, than: header.clinic) else { return }
    periods.note(header, ChargePosted.areas, at: clinic)
  }

  /// The same for the clinics of an entry's lines.
  mutating func notePeriods(_ header: RecordHeader, of entry: JournalPosted) {
    for line in entry.lines {
      guard let clinic = line.clinic, clinic.number != header.clinic else { continue }
      periods.note(header, JournalPosted.areas, at: clinic)
    }
  }

  private mutating func notePeriods(
    _ header: RecordHeader, _ areas: Areas, ofClinicOf charge: ChargeID
  ) {
    guard let clinic = billing.charges[charge]?.clinic, clinic.number != header.clinic else {
      return
    }
    periods.note(header, areas, at: clinic)
  }
}
