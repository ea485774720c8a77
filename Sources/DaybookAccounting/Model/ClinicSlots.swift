import DaybookBytes
import DaybookEvents
import DaybookValues

/// The clinics by a small index, in the order in which the books met them.
struct ClinicSlots: Sendable {
  /// A clinic met for the first time.
  struct Row: HistoryRow {
    var position: Position
    var number: UInt64

    func append(to writer: inout ByteWriter) {
      writer.appendLittleEndian(position.number)
      writer.appendLittleEndian(number)
    }
  }

  private(set) var rows = History<Row>(chunkRows: 4096)
  /// Currency and limit of each, as they stand now.
  private(set) var currencies: [Currency] = []
  private(set) var writeOffLimits: [Int64?] = []
  private var indexes: [UInt64: UInt32] = [:]
  private var lastNumber = UInt64.max
  private var lastIndex: UInt32 = 0

  var count: Int { currencies.count }

  /// The index of a clinic; a new one when it is met for the first time.
  mutating func index(of number: UInt64, at position: Position) -> UInt32 {
    if number == lastNumber { return lastIndex }
    let index = indexes[number] ?? add(number, at: position)
    lastNumber = number
    lastIndex = index
    return index
  }

  private mutating func add(_ number: UInt64, at position: Position) -> UInt32 {
    let index = UInt32(count)
    indexes[number] = index
    rows.append(Row(position: position, number: number))
    currencies.append(.unspecified)
    writeOffLimits.append(nil)
    return index
  }

  /// The index of a clinic that was met; nil for any other.
  func find(_ number: UInt64) -> UInt32? { indexes[number] }

  /// The number of the clinic with this index.
  func number(_ index: UInt32) -> UInt64 { rows[Int(index)].number }

  mutating func define(_ index: UInt32, currency: Currency, writeOffLimit: Int64?) {
    currencies[Int(index)] = currency
    writeOffLimits[Int(index)] = writeOffLimit
  }
}

/// What the books know of a clinic.
struct ClinicFacts: RegisteredFacts {
  var name: String
  var currency: Currency
  var writeOffLimit: Int64?

  func append(to writer: inout ByteWriter) {
    writer.appendText(name)
    writer.appendLittleEndian(currency.rawValue)
    writer.appendLittleEndian(writeOffLimit ?? -1)
  }
}

/// What the books know of a patient or a party: names are none of their business.
struct PartyFacts: RegisteredFacts {
  var kind: PartyListing.Kind
  var termsDays: UInt32 = 0

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(UInt32(kind.number))
    writer.appendLittleEndian(termsDays)
  }
}

/// What the books know of a service.
struct ServiceFacts: RegisteredFacts {
  var code: String
  var name: String
  var type: UInt32

  func append(to writer: inout ByteWriter) {
    writer.appendText(code)
    writer.appendText(name)
    writer.appendLittleEndian(type)
  }
}
