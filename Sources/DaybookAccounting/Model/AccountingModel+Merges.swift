import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// Under whom a party goes on: a `PartyKey`.
struct MergeFacts: RegisteredFacts {
  var into: UInt32 = 0

  func append(to writer: inout ByteWriter) { writer.appendLittleEndian(into) }
}

extension MergeFacts: StoredRecord {
  static var blank: MergeFacts { MergeFacts() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&into)
  }
}

// Two patients who are one: no entry changes, and from the merge's position on every report shows
// both under the one who stays, for all days.
extension AccountingModel {
  mutating func merge(_ merged: PatientsMerged, _ header: RecordHeader) throws {
    guard let from = PartyKey(merged.from), let into = PartyKey(merged.into),
      current(into.rawValue, at: header.position) != from.rawValue
    else { throw tooLarge(header) }
    merges.note(
      UInt64(from.rawValue), at: header.position, MergeFacts(into: into.rawValue))
  }

  /// Whether anybody was merged into another at `position`.
  func hasMerges(at position: Position) -> Bool { merges.rows.count(through: position) > 0 }

  /// Under whom a party goes on at `position`: itself, unless it was merged.
  func current(_ party: UInt32, at position: Position) -> UInt32 {
    var party = party
    while let next = merges.find(UInt64(party), at: position)?.facts.into { party = next }
    return party
  }

  /// The same posting under who its party is at `position`.
  func current(_ row: Posting, at position: Position) -> Posting {
    var row = row
    row.party = current(row.party, at: position)
    return row
  }

  /// Who a patient is at `position`.
  func current(_ patient: PatientID, at position: Position) -> PatientID {
    guard let key = PartyKey(patient) else { return patient }
    return PartyKey(rawValue: current(key.rawValue, at: position)).patient ?? patient
  }
}
