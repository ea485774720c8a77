import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// When a receivable is due that says so itself.
struct DueFacts: RegisteredFacts {
  /// The day, since 1970.
  var day: Int32 = 0

  func append(to writer: inout ByteWriter) { writer.appendLittleEndian(day) }
}

extension DueFacts: StoredRecord {
  static var blank: DueFacts { DueFacts() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&day)
  }
}

// What was open when the books began is due when it was due in the books before, not on the day on
// which these began.
extension AccountingModel {
  mutating func noteDues(_ posted: JournalPosted, _ header: RecordHeader) {
    for line in posted.lines {
      guard let charge = line.charge, let due = line.due else { continue }
      dues.note(charge.number, at: header.position, DueFacts(day: due.daysSince1970))
    }
  }

  /// The day on which a charge that was open when the books began is due; nil for all others.
  func openingDue(ofCharge charge: UInt32, at position: Position) -> Int32? {
    charge == 0 ? nil : dues.find(UInt64(charge), at: position)?.facts.day
  }
}
