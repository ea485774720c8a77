import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// When and in which record something happened.
struct Occasion: Sendable {
  var position = Position.start
  /// The effective time.
  var at = Instant()
  /// The civil day of it at the clinic.
  var day = Day()

  init(_ header: RecordHeader) {
    position = header.position
    at = header.effective.instant
    day = header.effective.day
  }

  /// The order in which quantities are read: by effective time, what was recorded first first.
  static func < (left: Occasion, right: Occasion) -> Bool {
    if left.day != right.day { return left.day < right.day }
    if left.at != right.at { return left.at < right.at }
    return left.position < right.position
  }

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(position.number)
    writer.appendLittleEndian(UInt64(bitPattern: at.milliseconds))
    writer.appendLittleEndian(UInt32(bitPattern: day.daysSince1970))
  }
}

/// Where in the care of a patient something was used; zeros where it was not.
struct Use: Hashable, Sendable {
  var encounter = EncounterID()
  var line: UInt32 = 0
  var visit = VisitID()
  var patient = PatientID()
  var practitioner = StaffID()

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(encounter.number)
    writer.appendLittleEndian(line)
    writer.appendLittleEndian(visit.number)
    writer.appendLittleEndian(patient.number)
    writer.appendLittleEndian(practitioner.number)
  }
}

/// Some of one lot that came into the stock of a clinic or left it.
struct Movement: Sendable {
  /// What moved it.
  enum Kind: Hashable, Sendable {
    /// It came in, or was there when the books began.
    case received(opening: Bool)
    /// It was taken for a purpose.
    case issued(IssuePurpose)
  }

  var occasion: Occasion
  var kind: Kind
  /// Which clinic, item and lot: an index of the model's shelves.
  var shelf: Int
  /// Thousandths that came in; below zero what left.
  var quantity: Int64 = 0
  /// Thousandths that were used beyond what was on hand.
  var short: Int64 = 0
  /// Minor units that came in; below zero what left.
  var value: Int64 = 0
  /// The lot's expiry as this movement names it.
  var expiry: Day?
  var receipt = ReceiptID()
  var use = Use()
}

extension Movement: HistoryRow {
  var position: Position { occasion.position }

  func append(to writer: inout ByteWriter) {
    occasion.append(to: &writer)
    switch kind {
    case .received(let opening): writer.append(opening ? 1 : 0)
    case .issued(let purpose):
      writer.append(2)
      writer.appendLittleEndian(purpose.rawValue)
    }
    writer.appendLittleEndian(UInt64(shelf))
    for number in [quantity, short, value] {
      writer.appendLittleEndian(UInt64(bitPattern: number))
    }
    appendDay(expiry, to: &writer)
    writer.appendLittleEndian(receipt.number)
    use.append(to: &writer)
  }
}

/// A device of a lot that was put into or onto a patient, as the treatment names it.
struct DeviceUse: Sendable {
  var occasion: Occasion
  var clinic = ClinicID()
  /// Which item and lot: an index of the model's lots.
  var lot: Int
  var serial = ""
  var expiry: Day?
  var use = Use()
}

extension DeviceUse: HistoryRow {
  var position: Position { occasion.position }

  func append(to writer: inout ByteWriter) {
    occasion.append(to: &writer)
    writer.appendLittleEndian(clinic.number)
    writer.appendLittleEndian(UInt64(lot))
    appendText(serial, to: &writer)
    appendDay(expiry, to: &writer)
    use.append(to: &writer)
  }
}

/// A day that may be missing.
private func appendDay(_ day: Day?, to writer: inout ByteWriter) {
  writer.append(day == nil ? 0 : 1)
  writer.appendLittleEndian(UInt32(bitPattern: day?.daysSince1970 ?? 0))
}

/// A text behind its length.
func appendText(_ text: String, to writer: inout ByteWriter) {
  writer.appendVarint(UInt64(text.utf8.count))
  writer.append(utf8: text)
}
