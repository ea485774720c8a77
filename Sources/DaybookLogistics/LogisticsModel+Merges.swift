import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// Two patients were found to be one: from its position on, both go under who stays.
struct MergeRow: HistoryRow {
  var position: Position
  var from: PatientID
  var into: PatientID

  static var blank: MergeRow {
    MergeRow(position: .blank, from: PatientID(), into: PatientID())
  }

  init(position: Position, from: PatientID, into: PatientID) {
    self.position = position
    self.from = from
    self.into = into
  }

  init(reading reader: inout ByteReader) throws(WireError) {
    position = try Position(reading: &reader)
    from = try PatientID(reading: &reader)
    into = try PatientID(reading: &reader)
  }

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(position.number)
    writer.appendLittleEndian(from.number)
    writer.appendLittleEndian(into.number)
  }
}

extension LogisticsModel {
  mutating func merge(_ merged: PatientsMerged, _ header: RecordHeader) {
    merges.append(MergeRow(position: header.position, from: merged.from, into: merged.into))
  }
}

/// Who patients are, as a report knows them: a letter goes to who stays of those who were merged.
struct MergedPatients {
  // Only asked for a patient, never iterated.
  private var into: [PatientID: PatientID] = [:]

  init(_ scope: Scope) {
    for row in scope.model.merges.rows(through: scope.known) { into[row.from] = row.into }
  }

  /// Who `patient` goes as: themselves, unless they were merged.
  func current(_ patient: PatientID) -> PatientID {
    var patient = patient
    // No log of ours merges in a circle; a foreign one shall not hold us up.
    for _ in 0..<into.count {
      guard let next = into[patient] else { break }
      patient = next
    }
    return patient
  }
}
