import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// The terms on which somebody was hired, without the name, which stays in the log.
struct Employment: Sendable {
  var position = Position.start
  var staff = StaffID()
  var positions: [String] = []
  var clinics: [ClinicID] = []
  var contract = ContractType.unspecified
  var start = Day()
}

extension Employment: HistoryRow {
  static var blank: Employment { Employment() }

  init(reading reader: inout ByteReader) throws(WireError) {
    position = try Position(reading: &reader)
    staff = try StaffID(reading: &reader)
    positions = try [String](reading: &reader)
    clinics = try [ClinicID](reading: &reader)
    let offset = reader.offset
    let number = try UInt32(reading: &reader)
    guard let contract = ContractType(rawValue: number) else {
      throw WireError(.unknownCase(UInt64(number)), at: offset)
    }
    self.contract = contract
    start = try Day(reading: &reader)
  }

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(position.number)
    writer.appendLittleEndian(staff.number)
    writer.appendVarint(UInt64(positions.count))
    for text in positions {
      writer.appendVarint(UInt64(text.utf8.count))
      writer.append(utf8: text)
    }
    writer.appendVarint(UInt64(clinics.count))
    for clinic in clinics { writer.appendLittleEndian(clinic.number) }
    writer.appendLittleEndian(contract.rawValue)
    writer.appendLittleEndian(UInt32(bitPattern: start.daysSince1970))
  }
}
