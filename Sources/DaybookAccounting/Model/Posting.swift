import DaybookBytes
import DaybookEvents
import DaybookValues

/// One line of an entry as it is kept: 48 bytes.
struct Posting: HistoryRow, Hashable {
  /// Minor units of the clinic's currency; positive is a debit.
  var amount: Int64 = 0
  /// The event that made it.
  var position = Position.start
  /// The thing that the event is about: kind of stream and number.
  var document = DocumentKey()
  /// The effective civil day, since 1970.
  var day: Int32 = 0
  /// Whom it concerns.
  var party: UInt32 = 0
  /// The charge whose debt it changes; 0 where it changes none.
  var charge: UInt32 = 0
  /// The clinic's index among the clinics.
  var clinic: UInt16 = 0
  /// The account's index in the chart.
  var account: UInt16 = 0
  /// The rule's index.
  var rule: UInt16 = 0
  /// The line in its entry, from 1.
  var line: UInt16 = 0
  /// Who recorded it: an index among the actors.
  var actor: UInt16 = 0
  /// The number of the tax code of a base or of its tax; 0 for none.
  var taxCode: UInt16 = 0

  static var blank: Posting { Posting() }

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(amount)
    writer.appendLittleEndian(position.number)
    writer.appendLittleEndian(document.rawValue)
    writer.appendLittleEndian(day)
    writer.appendLittleEndian(party)
    writer.appendLittleEndian(charge)
    writer.appendLittleEndian(clinic)
    writer.appendLittleEndian(account)
    writer.appendLittleEndian(rule)
    writer.appendLittleEndian(line)
    writer.appendLittleEndian(actor)
    writer.appendLittleEndian(taxCode)
  }
}

extension Posting {
  init(reading reader: inout ByteReader) throws(WireError) {
    amount = try Int64(reading: &reader)
    position = try Position(reading: &reader)
    document = DocumentKey(rawValue: try UInt64(reading: &reader))
    day = try Int32(reading: &reader)
    party = try UInt32(reading: &reader)
    charge = try UInt32(reading: &reader)
    clinic = try UInt16(reading: &reader)
    account = try UInt16(reading: &reader)
    rule = try UInt16(reading: &reader)
    line = try UInt16(reading: &reader)
    actor = try UInt16(reading: &reader)
    taxCode = try UInt16(reading: &reader)
  }
}

/// The thing that an entry is about, in 64 bits: sixteen of kind above forty-eight of number.
struct DocumentKey: Hashable, Sendable {
  var rawValue: UInt64

  init(rawValue: UInt64 = 0) { self.rawValue = rawValue }

  /// Nil where the number does not fit.
  init?(_ stream: StreamID) {
    guard stream.number < 1 << 48 else { return nil }
    rawValue = UInt64(stream.kind.number) << 48 | stream.number
  }

  var stream: StreamID {
    StreamID(StreamKind(UInt16(rawValue >> 48)), rawValue & (1 << 48 - 1))
  }
}
