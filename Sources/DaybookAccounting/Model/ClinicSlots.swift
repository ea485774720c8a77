import DaybookBytes
import DaybookClinicRules
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

    static var blank: Row { Row(position: .blank, number: 0) }

    init(position: Position, number: UInt64) {
      self.position = position
      self.number = number
    }

    init(reading reader: inout ByteReader) throws(WireError) {
      position = try Position(reading: &reader)
      number = try UInt64(reading: &reader)
    }
  }

  private(set) var rows = History<Row>(chunkRows: 4096)
  /// Currency and limit of each, as they stand now.
  private(set) var currencies: [Currency] = []
  private(set) var writeOffLimits: [Int64?] = []
  private var indexes = DenseIndex()
  private var lastNumber = UInt64.max
  private var lastIndex: UInt16 = 0

  /// How many clinics one book may have.
  static let countMax = UInt16(BookLimits.clinics)

  var count: Int { currencies.count }

  /// The index of a clinic; a new one when it is met for the first time.
  ///
  /// - Throws: `.tooManyClinics` beyond 65,535 of them, so that the last index stands for none.
  mutating func index(of number: UInt64, at position: Position) throws(PostingError) -> UInt16 {
    if number == lastNumber { return lastIndex }
    let index: UInt16
    if let known = indexes.place(of: number), known < count {
      index = UInt16(clamping: known)
    } else {
      index = try add(number, at: position)
    }
    lastNumber = number
    lastIndex = index
    return index
  }

  private mutating func add(
    _ number: UInt64, at position: Position
  ) throws(PostingError) -> UInt16 {
    guard let index = UInt16(exactly: count), index < Self.countMax else {
      throw PostingError(.tooManyClinics, at: position)
    }
    indexes[number] = Int(index)
    rows.append(Row(position: position, number: number))
    currencies.append(.unspecified)
    writeOffLimits.append(nil)
    return index
  }

  /// The index of a clinic that was met; nil for any other.
  func find(_ number: UInt64) -> UInt16? {
    guard let known = indexes[number], known < count else { return nil }
    return UInt16(clamping: known)
  }

  /// The number of the clinic with this index.
  func number(_ index: UInt16) -> UInt64 { rows[Int(index)].number }

  mutating func define(_ index: UInt16, currency: Currency, writeOffLimit: Int64?) {
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

extension ClinicSlots: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("rows", &rows)
    try parts.visit("currencies", &currencies)
    try parts.visit("writeOffLimits", &writeOffLimits)
    try parts.visit("indexes", &indexes)
    // The rows are not read for it: a trial balance needs none of them.
    guard currencies.count == rows.count, writeOffLimits.count == rows.count
    else { throw WireError(.outOfRange, at: 0, field: "slots") }
  }
}

extension ClinicFacts {
  static var blank: ClinicFacts {
    ClinicFacts(name: "", currency: .unspecified, writeOffLimit: nil)
  }

  init(reading reader: inout ByteReader) throws(WireError) {
    name = try String(reading: &reader)
    currency = try Currency(reading: &reader)
    writeOffLimit = try Int64?(reading: &reader)
  }

  func store(to writer: inout ByteWriter) {
    name.store(to: &writer)
    currency.store(to: &writer)
    writeOffLimit.store(to: &writer)
  }
}

extension PartyFacts {
  static var blank: PartyFacts { PartyFacts(kind: .other) }

  init(reading reader: inout ByteReader) throws(WireError) {
    let offset = reader.offset
    let number = try UInt32(reading: &reader)
    guard let kind = PartyListing.Kind(number: Int(number)) else {
      throw WireError(.unknownCase(UInt64(number)), at: offset)
    }
    self.kind = kind
    termsDays = try UInt32(reading: &reader)
  }

  func store(to writer: inout ByteWriter) { append(to: &writer) }
}

extension ServiceFacts {
  static var blank: ServiceFacts { ServiceFacts(code: "", name: "", type: 0) }

  init(reading reader: inout ByteReader) throws(WireError) {
    code = try String(reading: &reader)
    name = try String(reading: &reader)
    type = try UInt32(reading: &reader)
  }

  func store(to writer: inout ByteWriter) {
    code.store(to: &writer)
    name.store(to: &writer)
    type.store(to: &writer)
  }
}
