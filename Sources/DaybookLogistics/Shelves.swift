import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// A lot of an item; the empty text for items that are not tracked by lot.
struct Lot: Hashable, Sendable {
  var item: ItemID
  var text: String

  /// Texts are compared without the blanks around them: labels are read by hand and by machine.
  init(item: ItemID, text: String) {
    self.item = item
    self.text = text.trimmed
  }
}

extension String {
  /// The text without the blanks around it.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}

/// The stock of one lot at one clinic: what a quantity on hand is of.
struct Shelf: Hashable, Sendable {
  var clinic: ClinicID
  /// An index of the lots.
  var lot: Int
}

/// Things numbered in the order in which the log first names them.
struct Numbering<Thing: Hashable & Named>: Sendable {
  private struct Row: HistoryRow {
    var position: Position
    var thing: Thing

    func append(to writer: inout ByteWriter) {
      writer.appendLittleEndian(position.number)
      thing.append(to: &writer)
    }

    static var blank: Row { Row(position: .blank, thing: .blank) }

    init(position: Position, thing: Thing) {
      self.position = position
      self.thing = thing
    }

    init(reading reader: inout ByteReader) throws(WireError) {
      position = try Position(reading: &reader)
      thing = try Thing(reading: &reader)
    }
  }

  private var rows = History<Row>()
  private var numbers: [Thing: Int] = [:]
  // Of one from a checkpoint, made when the first thing is to be numbered: no report needs it.
  private var isIndexed = true

  /// The number of `thing`, given now if it is new.
  mutating func number(of thing: Thing, at position: Position) -> Int {
    if !isIndexed { index() }
    if let number = numbers[thing] { return number }
    numbers[thing] = rows.count
    rows.append(Row(position: position, thing: thing))
    return rows.count - 1
  }

  private mutating func index() {
    for (number, row) in rows.enumerated() { numbers[row.thing] = number }
    isIndexed = true
  }

  subscript(number: Int) -> Thing { rows[number].thing }

  /// How many there are.
  var count: Int { rows.count }

  func digest(through position: Position) -> SHA256Hash { rows.digest(through: position) }
}

extension Numbering: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("rows", &rows)
    if parts.isReading { isIndexed = false }
  }
}

/// What a digest can be made of.
protocol Named: StoredValue {
  func append(to writer: inout ByteWriter)
}

extension Named {
  func store(to writer: inout ByteWriter) { append(to: &writer) }
}

extension Lot: Named {
  static var blank: Lot { Lot(item: .blank, text: "") }

  init(reading reader: inout ByteReader) throws(WireError) {
    self.init(item: try ItemID(reading: &reader), text: try String(reading: &reader))
  }

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(item.number)
    appendText(text, to: &writer)
  }
}

extension Shelf: Named {
  static var blank: Shelf { Shelf(clinic: .blank, lot: 0) }

  init(reading reader: inout ByteReader) throws(WireError) {
    self.init(clinic: try ClinicID(reading: &reader), lot: try Int(reading: &reader))
  }

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(clinic.number)
    writer.appendLittleEndian(lot)
  }
}

/// A definition of an item, from its day on.
struct ItemVersion: Sendable {
  var occasion: Occasion
  var item = ItemID()
  var code = ""
  var name = ""
  var baseUnit = ""
}

extension ItemVersion: HistoryRow {
  var position: Position { occasion.position }

  static var blank: ItemVersion { ItemVersion(occasion: .blank) }

  init(reading reader: inout ByteReader) throws(WireError) {
    occasion = try Occasion(reading: &reader)
    item = try ItemID(reading: &reader)
    code = try String(reading: &reader)
    name = try String(reading: &reader)
    baseUnit = try String(reading: &reader)
  }

  func append(to writer: inout ByteWriter) {
    occasion.store(to: &writer)
    writer.appendLittleEndian(item.number)
    for text in [code, name, baseUnit] { appendText(text, to: &writer) }
  }
}

/// A definition of a clinic, as far as stock needs it.
struct ClinicVersion: Sendable {
  var position: Position
  var clinic: ClinicID
  var currency: Currency
}

extension ClinicVersion: HistoryRow {
  static var blank: ClinicVersion {
    ClinicVersion(position: .blank, clinic: .blank, currency: .unspecified)
  }

  init(reading reader: inout ByteReader) throws(WireError) {
    position = try Position(reading: &reader)
    clinic = try ClinicID(reading: &reader)
    currency = try Currency(reading: &reader)
  }

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(position.number)
    writer.appendLittleEndian(clinic.number)
    writer.appendLittleEndian(currency.rawValue)
  }
}
