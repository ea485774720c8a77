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

  init(position: Position, at: Instant, day: Day) {
    self.position = position
    self.at = at
    self.day = day
  }

  /// The order in which quantities are read: by effective time, what was recorded first first.
  static func < (left: Occasion, right: Occasion) -> Bool {
    if left.day != right.day { return left.day < right.day }
    if left.at != right.at { return left.at < right.at }
    return left.position < right.position
  }
}

extension Occasion: StoredRecord {
  static var blank: Occasion { Occasion(position: .blank, at: .blank, day: .blank) }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&at)
    try fields.visit(&day)
  }
}

/// Where in the care of a patient something was used; zeros where it was not.
struct Use: Hashable, Sendable {
  var encounter = EncounterID()
  var line: UInt32 = 0
  var visit = VisitID()
  var patient = PatientID()
  var practitioner = StaffID()
}

extension Use: StoredRecord {
  static var blank: Use { Use() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&encounter)
    try fields.visit(&line)
    try fields.visit(&visit)
    try fields.visit(&patient)
    try fields.visit(&practitioner)
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
    /// It went back to who had sent it.
    case returned
    /// It had been sold, and went back to the shelf.
    case restocked
    /// It left for another clinic.
    case dispatched
    /// It came from another clinic; at the sender, where nothing moves, it is not on its way any more.
    case arrived
    /// It was on its way, and will not arrive.
    case explained(TransferExplanation)
    /// It was found or missed in a count; late where something recorded after the count made it so.
    case counted(late: Bool)
  }

  var occasion: Occasion
  var kind: Kind
  /// Which clinic, item and lot: an index of the model's shelves.
  var shelf: Int
  /// Thousandths that came in; below zero what left.
  var quantity: Int64 = 0
  /// Thousandths that were used beyond what was on hand; below zero what settles that.
  var short: Int64 = 0
  /// Minor units that came in; below zero what left.
  var value: Int64 = 0
  /// The lot's expiry as this movement names it.
  var expiry: Day?
  /// Thousandths that are on their way from here, and their value; below zero what has ended that.
  var transit: Int64 = 0
  var transitValue: Int64 = 0
  /// The receipt, the transfer or the count, by its number.
  var document: UInt64 = 0
  var use = Use()
}

extension Movement: HistoryRow {
  var position: Position { occasion.position }

  static var blank: Movement {
    Movement(occasion: .blank, kind: .received(opening: false), shelf: 0)
  }

  init(reading reader: inout ByteReader) throws(WireError) {
    occasion = try Occasion(reading: &reader)
    kind = try Kind(reading: &reader)
    shelf = try Int(reading: &reader)
    quantity = try Int64(reading: &reader)
    short = try Int64(reading: &reader)
    value = try Int64(reading: &reader)
    expiry = try readDay(from: &reader)
    transit = try Int64(reading: &reader)
    transitValue = try Int64(reading: &reader)
    document = try UInt64(reading: &reader)
    use = try Use(reading: &reader)
  }

  func append(to writer: inout ByteWriter) {
    occasion.store(to: &writer)
    kind.append(to: &writer)
    writer.appendLittleEndian(shelf)
    for number in [quantity, short, value] {
      writer.appendLittleEndian(UInt64(bitPattern: number))
    }
    appendDay(expiry, to: &writer)
    writer.appendLittleEndian(UInt64(bitPattern: transit))
    writer.appendLittleEndian(UInt64(bitPattern: transitValue))
    writer.appendLittleEndian(document)
    use.store(to: &writer)
  }
}

extension Movement.Kind {
  init(reading reader: inout ByteReader) throws(WireError) {
    switch try reader.readByte() {
    case 0: self = .received(opening: false)
    case 1: self = .received(opening: true)
    case 2: self = .issued(try Self.number(from: &reader))
    case 3: self = .returned
    case 4: self = .dispatched
    case 5: self = .arrived
    case 6: self = .explained(try Self.number(from: &reader))
    case 7: self = .counted(late: false)
    case 8: self = .counted(late: true)
    case 9: self = .restocked
    case let other: throw WireError(.unknownCase(UInt64(other)), at: reader.offset - 1)
    }
  }

  private static func number<Value: RawRepresentable<UInt32>>(
    from reader: inout ByteReader
  ) throws(WireError) -> Value {
    let offset = reader.offset
    let number = try UInt32(reading: &reader)
    guard let value = Value(rawValue: number) else {
      throw WireError(.unknownCase(UInt64(number)), at: offset)
    }
    return value
  }

  func append(to writer: inout ByteWriter) {
    switch self {
    case .received(let opening): writer.append(opening ? 1 : 0)
    case .issued(let purpose):
      writer.append(2)
      writer.appendLittleEndian(purpose.rawValue)
    case .returned: writer.append(3)
    case .restocked: writer.append(9)
    case .dispatched: writer.append(4)
    case .arrived: writer.append(5)
    case .explained(let explanation):
      writer.append(6)
      writer.appendLittleEndian(explanation.rawValue)
    case .counted(let late): writer.append(late ? 8 : 7)
    }
  }
}

/// What a lot may be used for, from its time on.
struct LotStanding: Sendable {
  var occasion: Occasion
  /// Which item and lot: an index of the model's lots.
  var lot: Int
  var status: LotStatus
}

extension LotStanding: HistoryRow {
  var position: Position { occasion.position }

  static var blank: LotStanding { LotStanding(occasion: .blank, lot: 0, status: .unspecified) }

  init(reading reader: inout ByteReader) throws(WireError) {
    occasion = try Occasion(reading: &reader)
    lot = try Int(reading: &reader)
    let offset = reader.offset
    let number = try UInt32(reading: &reader)
    guard let status = LotStatus(rawValue: number) else {
      throw WireError(.unknownCase(UInt64(number)), at: offset)
    }
    self.status = status
  }

  func append(to writer: inout ByteWriter) {
    occasion.store(to: &writer)
    writer.appendLittleEndian(lot)
    writer.appendLittleEndian(status.rawValue)
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

  static var blank: DeviceUse { DeviceUse(occasion: .blank, lot: 0) }

  init(reading reader: inout ByteReader) throws(WireError) {
    occasion = try Occasion(reading: &reader)
    clinic = try ClinicID(reading: &reader)
    lot = try Int(reading: &reader)
    serial = try String(reading: &reader)
    expiry = try readDay(from: &reader)
    use = try Use(reading: &reader)
  }

  func append(to writer: inout ByteWriter) {
    occasion.store(to: &writer)
    writer.appendLittleEndian(clinic.number)
    writer.appendLittleEndian(lot)
    appendText(serial, to: &writer)
    appendDay(expiry, to: &writer)
    use.store(to: &writer)
  }
}

/// A day that may be missing.
private func appendDay(_ day: Day?, to writer: inout ByteWriter) {
  writer.append(day == nil ? 0 : 1)
  writer.appendLittleEndian(UInt32(bitPattern: day?.daysSince1970 ?? 0))
}

private func readDay(from reader: inout ByteReader) throws(WireError) -> Day? {
  let isThere = try Bool(reading: &reader)
  let day = try Day(reading: &reader)
  return isThere ? day : nil
}

/// A text behind its length.
func appendText(_ text: String, to writer: inout ByteWriter) {
  writer.appendVarint(UInt64(text.utf8.count))
  writer.append(utf8: text)
}
