package import DaybookBytes
package import DaybookClinicEvents
package import DaybookEvents
package import DaybookValues

/// A payer covers a patient from a day to a day.
package struct CoverageRecord: Sendable {
  package var payer = PartyID()
  package var priority: CoveragePriority = .blank
  package var from = Day()
  package var to: Day?
  package var copay: Copay?

  /// Whether it holds on `day`; both its ends do.
  package func covers(_ day: Day) -> Bool {
    guard from <= day else { return false }
    return to.map { day <= $0 } ?? true
  }

  /// Whether both hold on some day.
  package func overlaps(from otherFrom: Day, to otherTo: Day?) -> Bool {
    if let to, to < otherFrom { return false }
    if let otherTo, otherTo < from { return false }
    return true
  }
}

/// What the Desk knows of a patient.
package struct PatientRecord: Sendable {
  package var person: UInt64 = 0
  package var coverage: [CoverageRecord] = []
}

/// Patients and who covers them.
package struct PatientState: Sendable {
  package private(set) var patients = Dense<PatientKind, PatientRecord>()

  /// The payers of a patient on `day`, by priority.
  package func payers(of patient: PatientID, on day: Day) -> Few<Debtor> {
    let covering = patients[patient]?.coverage.filter { $0.covers(day) } ?? []
    let ordered = covering.sorted { $0.priority.rawValue < $1.priority.rawValue }
    return Few(ordered.map { .payer($0.payer, $0.priority) })
  }

  /// The coverage of a patient by `payer` on `day`; nil where there is none.
  package func coverage(
    of patient: PatientID, by payer: PartyID, on day: Day
  ) -> CoverageRecord? {
    patients[patient]?.coverage.first { $0.payer == payer && $0.covers(day) }
  }

  // MARK: - Events

  mutating func register(_ event: PatientRegistered) throws(WireError) {
    try patients.append(PatientRecord(person: event.person.person), as: event.patient)
  }

  mutating func set(_ event: CoverageSet) throws(WireError) {
    let record = CoverageRecord(
      payer: event.payer, priority: event.priority, from: event.from, to: event.to,
      copay: event.copay)
    try patients.update(event.patient) { $0.coverage.append(record) }
  }
}

extension PatientState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("patients", &patients)
  }
}
