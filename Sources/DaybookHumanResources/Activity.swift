import DaybookBytes
import DaybookEvents
import DaybookValues

/// What an event did to the time of a practitioner.
struct Activity: Sendable {
  /// Which of the events it was.
  enum Kind: UInt8, Sendable {
    /// An appointment was booked, for its day.
    case booked = 1
    /// An encounter began, on its day.
    case started = 2
    /// An encounter ended; the time counts on the day on which it began.
    case completed = 3
    /// An appointment is not booked for its day any more.
    case unbooked = 4
  }

  var position = Position.start
  var kind = Kind.booked
  var practitioner: UInt64 = 0
  var clinic: UInt64 = 0
  /// The civil day at the clinic on which the time counts.
  var day = Day()
  /// Milliseconds booked, not booked any more, or attended.
  var milliseconds: Int64 = 0
  /// Milliseconds attended beyond what was booked for it.
  var overrun: Int64 = 0
}

extension Activity.Kind: StoredValue {
  static var blank: Activity.Kind { .booked }
}

extension Activity: HistoryRow {
  static var blank: Activity { Activity() }

  init(reading reader: inout ByteReader) throws(WireError) {
    position = try Position(reading: &reader)
    kind = try Kind(reading: &reader)
    practitioner = try UInt64(reading: &reader)
    clinic = try UInt64(reading: &reader)
    day = try Day(reading: &reader)
    milliseconds = try Int64(reading: &reader)
    overrun = try Int64(reading: &reader)
  }

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(position.number)
    writer.append(kind.rawValue)
    writer.appendLittleEndian(practitioner)
    writer.appendLittleEndian(clinic)
    writer.appendLittleEndian(UInt32(bitPattern: day.daysSince1970))
    writer.appendLittleEndian(UInt64(bitPattern: milliseconds))
    writer.appendLittleEndian(UInt64(bitPattern: overrun))
  }
}
