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
struct Numbering<Thing: Hashable & Sendable & Named>: Sendable {
  private struct Row: HistoryRow {
    var position: Position
    var thing: Thing

    func append(to writer: inout ByteWriter) {
      writer.appendLittleEndian(position.number)
      thing.append(to: &writer)
    }
  }

  private var rows = History<Row>()
  private var numbers: [Thing: Int] = [:]

  /// The number of `thing`, given now if it is new.
  mutating func number(of thing: Thing, at position: Position) -> Int {
    if let number = numbers[thing] { return number }
    numbers[thing] = rows.count
    rows.append(Row(position: position, thing: thing))
    return rows.count - 1
  }

  subscript(number: Int) -> Thing { rows[number].thing }

  /// How many there are.
  var count: Int { rows.count }

  func digest(through position: Position) -> SHA256Hash { rows.digest(through: position) }
}

/// What a digest can be made of.
protocol Named {
  func append(to writer: inout ByteWriter)
}

extension Lot: Named {
  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(item.number)
    appendText(text, to: &writer)
  }
}

extension Shelf: Named {
  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(clinic.number)
    writer.appendLittleEndian(UInt64(lot))
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

  func append(to writer: inout ByteWriter) {
    occasion.append(to: &writer)
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
  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(position.number)
    writer.appendLittleEndian(clinic.number)
    writer.appendLittleEndian(currency.rawValue)
  }
}
