import DaybookBytes
import DaybookEvents
import DaybookValues

/// What the books remember of a charge: what revenue is counted by, and whose debt began when.
struct ChargeRow: HistoryRow, Hashable {
  var position: Position
  /// Minor units: before discount, what was taken off, and the tax on the rest.
  var list: Int64
  var discount: Int64
  var tax: Int64
  var number: UInt32
  /// The effective day of the service.
  var day: Int32
  /// The clinic's index among the clinics.
  var clinic: UInt16
  /// The number of its tax code; 0 for none.
  var taxCode: UInt16 = 0
  var patient: UInt32
  var service: UInt32
  /// 0 where nobody did it.
  var practitioner: UInt32
  var units: UInt32
  /// Who owed it at first: a `PartyKey`.
  var responsible: UInt32

  /// List less discount.
  var net: Int64 { list - discount }

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(position.number)
    writer.appendLittleEndian(list)
    writer.appendLittleEndian(discount)
    writer.appendLittleEndian(tax)
    writer.appendLittleEndian(number)
    writer.appendLittleEndian(day)
    writer.appendLittleEndian(clinic)
    writer.appendLittleEndian(taxCode)
    writer.appendLittleEndian(patient)
    writer.appendLittleEndian(service)
    writer.appendLittleEndian(practitioner)
    writer.appendLittleEndian(units)
    writer.appendLittleEndian(responsible)
  }
}

extension ChargeRow {
  static var blank: ChargeRow {
    ChargeRow(
      position: .blank, list: 0, discount: 0, tax: 0, number: 0, day: 0, clinic: 0, patient: 0,
      service: 0, practitioner: 0, units: 0, responsible: 0)
  }

  init(reading reader: inout ByteReader) throws(WireError) {
    position = try Position(reading: &reader)
    list = try Int64(reading: &reader)
    discount = try Int64(reading: &reader)
    tax = try Int64(reading: &reader)
    number = try UInt32(reading: &reader)
    day = try Int32(reading: &reader)
    clinic = try UInt16(reading: &reader)
    taxCode = try UInt16(reading: &reader)
    patient = try UInt32(reading: &reader)
    service = try UInt32(reading: &reader)
    practitioner = try UInt32(reading: &reader)
    units = try UInt32(reading: &reader)
    responsible = try UInt32(reading: &reader)
  }
}

extension History where Row == ChargeRow {
  /// The charge with this number; nil if it was never posted.
  ///
  /// Inlined, since who asks mostly needs one field of it.
  ///
  /// - Complexity: O(1) where no number was left out before it, else O(log n): numbers ascend.
  @inline(always)
  func row(ofCharge number: UInt32) -> ChargeRow? {
    let guess = Int(number) - 1
    if guess >= 0, guess < count {
      let row = self[guess]
      if row.number == number { return row }
    }
    return search(number)
  }

  private func search(_ number: UInt32) -> ChargeRow? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low].number == number ? self[low] : nil
  }
}

extension History where Row == ChargeRow {
  /// The clinic of the charge with this number; nil if it was never posted.
  ///
  /// For every allocation of a payment: the charge at the place that its number tells is the one.
  mutating func clinic(ofCharge number: UInt32) -> UInt16? {
    if let row = row(at: Int(number) - 1), row.number == number { return row.clinic }
    return row(ofCharge: number)?.clinic
  }
}

/// From a position on, entries were recorded at this instant. Digests do not cover it.
struct RecordedRun: HistoryRow {
  var position: Position
  var milliseconds: Int64

  func append(to writer: inout ByteWriter) {}
}

extension RecordedRun {
  static var blank: RecordedRun { RecordedRun(position: .blank, milliseconds: 0) }

  init(reading reader: inout ByteReader) throws(WireError) {
    position = try Position(reading: &reader)
    milliseconds = try Int64(reading: &reader)
  }

  func store(to writer: inout ByteWriter) {
    position.store(to: &writer)
    milliseconds.store(to: &writer)
  }
}
