package import DaybookBytes
package import DaybookClinicEvents
package import DaybookEvents
package import DaybookValues

/// Whether rooms, chairs, devices and sterilisers may be used, and what the sterilisers ran.
///
/// There are few of them, so each is an entry of a dictionary.
package struct EquipmentState: Sendable {
  /// Whether it may be used, from when on, of each that was ever serviced.
  private var fitness: [ResourceID: Versions<Bool>] = [:]
  /// The last run of each steriliser.
  private var lastCycles: [ResourceID: UInt64] = [:]
  /// Which run of which steriliser each cycle is.
  private var cycles = Dense<CycleKind, CycleRecord>()

  /// Whether `resource` may be used at `time`, by what is known of it.
  ///
  /// A resource that nobody has ever found unfit is fit; so is one before it was first serviced.
  ///
  /// - Complexity: O(log n) of its servicings.
  package func isFit(_ resource: ResourceID, at time: Instant) -> Bool {
    guard let versions = fitness[resource], time >= versions.first else { return true }
    return versions.at(time)
  }

  /// The number of the last run of a steriliser; 0 where it never ran.
  package func lastCycle(of steriliser: ResourceID) -> UInt64 { lastCycles[steriliser] ?? 0 }

  mutating func service(_ event: EquipmentServiced, _ header: RecordHeader) {
    let isFit = event.result == .fit
    let from = header.effective.instant
    fitness[event.resource, default: Versions(true, from: from)].add(isFit, from: from)
  }

  mutating func sterilise(_ event: SterilisationRecorded) throws(WireError) {
    try cycles.append(
      CycleRecord(steriliser: event.steriliser, number: event.number), as: event.cycle)
    lastCycles[event.steriliser] = event.number
  }
}

/// A run of a steriliser.
package struct CycleRecord: Sendable {
  package var steriliser = ResourceID()
  package var number: UInt64 = 0
}

extension EquipmentState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("fitness", &fitness)
    try parts.visit("lastCycles", &lastCycles)
    try parts.visit("cycles", &cycles)
  }
}

extension CycleRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&steriliser)
    try fields.visit(&number)
  }
}
