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

  /// Whether both are one policy, whose last day or share was set anew.
  package func isSame(as other: CoverageRecord) -> Bool {
    payer == other.payer && priority == other.priority && from == other.from
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
  /// Who the patient goes on as; nil for a patient of their own.
  package var mergedInto: PatientID?
  package var coverage: [CoverageRecord] = []

  /// Whether another coverage of its priority holds on one of its days.
  func hasCoverage(overlapping other: CoverageRecord) -> Bool {
    coverage.contains {
      $0.priority == other.priority && $0.overlaps(from: other.from, to: other.to)
    }
  }
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

  /// Who the patient is now: the one into whom they were merged, however often.
  package func current(_ patient: PatientID) -> PatientID {
    var current = patient
    // A patient is merged into one who is live, and never again: there is an end.
    while let next = patients[current]?.mergedInto { current = next }
    return current
  }

  /// Who a party is now, where it is a patient; any other is itself.
  package func current(_ party: Party) -> Party {
    if case .patient(let patient) = party { .patient(current(patient)) } else { party }
  }

  // MARK: - Events

  mutating func register(_ event: PatientRegistered) throws(WireError) {
    try patients.append(PatientRecord(person: event.person.person), as: event.patient)
  }

  mutating func amend(_ event: PatientAmended) throws(WireError) {
    try patients.update(event.patient) { $0.person = event.person.person }
  }

  /// The coverage of who is merged away goes along where none of the same priority holds then.
  mutating func merge(_ event: PatientsMerged) throws(WireError) {
    let moving = patients[event.from]?.coverage ?? []
    guard current(event.into) != event.from else {
      throw WireError(.outOfRange, at: 0, field: "into")
    }
    try patients.update(event.into) { into in
      for coverage in moving where !into.hasCoverage(overlapping: coverage) {
        into.coverage.append(coverage)
      }
    }
    try patients.update(event.from) {
      $0.mergedInto = event.into
      $0.coverage = []
    }
  }

  mutating func set(_ event: CoverageSet) throws(WireError) {
    let record = CoverageRecord(
      payer: event.payer, priority: event.priority, from: event.from, to: event.to,
      copay: event.copay)
    try patients.update(event.patient) { patient in
      if let index = patient.coverage.firstIndex(where: { $0.isSame(as: record) }) {
        patient.coverage[index] = record
      } else {
        patient.coverage.append(record)
      }
    }
  }
}

extension PatientState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("patients", &patients)
  }
}
