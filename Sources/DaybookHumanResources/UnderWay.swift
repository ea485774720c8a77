import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// What is under way: needed to take in the next event, never to answer for an earlier position.

/// What was booked with a practitioner.
struct Booking: Sendable {
  var practitioner: UInt64 = 0
  var milliseconds: Int64 = 0
  /// The civil day at the clinic on which it is to be.
  var day = Day()
  var clinic: UInt64 = 0
}

/// An encounter that began and did not end.
struct OpenEncounter: Sendable {
  var start = Instant()
  var practitioner: UInt64 = 0
  var day = Day()
  /// What was booked for it; nil without an appointment of this practitioner.
  var booked: Int64?
}

/// The offsets of a clinic's civil time, as its definition carries them.
struct Zone: Sendable {
  private var starts: [Int64] = []
  private var offsets: [UTCOffset] = []

  init(_ clinic: ClinicDefined) {
    for transition in clinic.transitions {
      starts.append(transition.at?.milliseconds ?? .min)
      offsets.append(transition.offset)
    }
  }

  /// The offset at `instant`; nil where the clinic names none.
  func offset(at instant: Instant) -> UTCOffset? {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= instant.milliseconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? offsets.first : offsets[low - 1]
  }
}

extension Booking: StoredRecord {
  static var blank: Booking { Booking() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&practitioner)
    try fields.visit(&milliseconds)
    try fields.visit(&day)
    try fields.visit(&clinic)
  }
}

extension OpenEncounter: StoredRecord {
  static var blank: OpenEncounter {
    OpenEncounter(start: .blank, practitioner: 0, day: .blank, booked: nil)
  }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&start)
    try fields.visit(&practitioner)
    try fields.visit(&day)
    try fields.visit(&booked)
  }
}

extension Zone: StoredRecord {
  static var blank: Zone { Zone(ClinicDefined()) }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&starts)
    try fields.visit(&offsets)
  }

  var isSound: Bool { starts.count == offsets.count }
}
