import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// What is under way: needed to take in the next event, never to answer for an earlier position.

/// What was booked with a practitioner.
struct Booking: Sendable {
  var practitioner: UInt64
  var milliseconds: Int64
}

/// An encounter that began and did not end.
struct OpenEncounter: Sendable {
  var start: Instant
  var practitioner: UInt64
  var day: Day
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

extension Booking: StoredValue {
  static var blank: Booking { Booking(practitioner: 0, milliseconds: 0) }

  init(reading reader: inout ByteReader) throws(WireError) {
    practitioner = try UInt64(reading: &reader)
    milliseconds = try Int64(reading: &reader)
  }

  func store(to writer: inout ByteWriter) {
    practitioner.store(to: &writer)
    milliseconds.store(to: &writer)
  }
}

extension OpenEncounter: StoredValue {
  static var blank: OpenEncounter {
    OpenEncounter(start: .blank, practitioner: 0, day: .blank, booked: nil)
  }

  init(reading reader: inout ByteReader) throws(WireError) {
    start = try Instant(reading: &reader)
    practitioner = try UInt64(reading: &reader)
    day = try Day(reading: &reader)
    booked = try Int64?(reading: &reader)
  }

  func store(to writer: inout ByteWriter) {
    start.store(to: &writer)
    practitioner.store(to: &writer)
    day.store(to: &writer)
    booked.store(to: &writer)
  }
}

extension Zone: StoredValue {
  static var blank: Zone { Zone(ClinicDefined()) }

  init(reading reader: inout ByteReader) throws(WireError) {
    starts = try [Int64](reading: &reader)
    offsets = try [UTCOffset](reading: &reader)
    guard starts.count == offsets.count else {
      throw WireError(.outOfRange, at: reader.offset, field: "zones")
    }
  }

  func store(to writer: inout ByteWriter) {
    starts.store(to: &writer)
    offsets.store(to: &writer)
  }
}
