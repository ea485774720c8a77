import DaybookBytes
import DaybookEvents
import DaybookValues

/// What events say of open items beside their postings: papers that ask for them, and what lines of
/// entries settle. Most events say nothing of it.
struct ItemNotes: Sendable {
  var papers = History<ItemPaper>(chunkRows: 4096)
  var held = History<HeldItem>(chunkRows: 4096)
  var settled = History<SettledItem>(chunkRows: 4096)

  /// Appends the digests of what there was at `position`; nothing where there was nothing.
  func appendDigest(through position: Position, to writer: inout ByteWriter) {
    if papers.count(through: position) > 0 {
      papers.digest(through: position).append(to: &writer)
    }
    if held.count(through: position) > 0 { held.digest(through: position).append(to: &writer) }
    if settled.count(through: position) > 0 {
      settled.digest(through: position).append(to: &writer)
    }
  }
}

extension ItemNotes: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("papers", &papers)
    try parts.visit("held", &held)
    try parts.visit("settled", &settled)
  }
}

/// Which item it is: a thing that is owed for, and by whom or to whom.
struct ItemKey: Hashable, Sendable {
  var ledger = ItemLedger.receivable
  /// The charge, the payment, the supplier's invoice, or whatever else the debt is of.
  var document = DocumentKey()
  /// The line of an entry made by hand, of which each is an item; 0 for all others.
  var line: UInt16 = 0
  /// Who owes it, has it, or is owed it.
  var party: UInt32 = 0
}

/// A paper that asks for what is owed: an invoice, that of a supplier, or whatever proves what was
/// open when the books began.
struct ItemPaper: HistoryRow, Hashable {
  var position = Position.start
  /// The day that it bears, since 1970.
  var date: Int32 = 0
  /// The day on which it is due; the first of several.
  var due: Int32 = 0
  /// Its number, as it is printed on it.
  var number = ""

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(position.number)
    writer.appendLittleEndian(date)
    writer.appendLittleEndian(due)
    writer.appendText(number)
  }

  func store(to writer: inout ByteWriter) {
    position.store(to: &writer)
    date.store(to: &writer)
    due.store(to: &writer)
    number.store(to: &writer)
  }
}

extension ItemPaper {
  static var blank: ItemPaper { ItemPaper() }

  init(reading reader: inout ByteReader) throws(WireError) {
    position = try Position(reading: &reader)
    date = try Int32(reading: &reader)
    due = try Int32(reading: &reader)
    number = try String(reading: &reader)
  }
}

/// From its position on, an item is asked for by a paper.
struct HeldItem: HistoryRow, Hashable {
  var position = Position.start
  /// The effective day, since 1970.
  var day: Int32 = 0
  var key = ItemKey()
  /// The paper's index.
  var paper: UInt32 = 0

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(position.number)
    writer.appendLittleEndian(day)
    writer.appendLittleEndian(UInt32(key.ledger.rawValue))
    writer.appendLittleEndian(key.document.rawValue)
    writer.appendLittleEndian(key.line)
    writer.appendLittleEndian(key.party)
    writer.appendLittleEndian(paper)
  }
}

extension HeldItem {
  static var blank: HeldItem { HeldItem() }

  init(reading reader: inout ByteReader) throws(WireError) {
    position = try Position(reading: &reader)
    day = try Int32(reading: &reader)
    let offset = reader.offset
    let number = try UInt32(reading: &reader)
    guard let ledger = UInt8(exactly: number).flatMap({ ItemLedger(rawValue: $0) }) else {
      throw WireError(.unknownCase(UInt64(number)), at: offset)
    }
    key.ledger = ledger
    key.document = DocumentKey(rawValue: try UInt64(reading: &reader))
    key.line = try UInt16(reading: &reader)
    key.party = try UInt32(reading: &reader)
    paper = try UInt32(reading: &reader)
  }
}

/// A line of an entry changes an item of another thing than the one that its event is about.
struct SettledItem: HistoryRow, Hashable {
  var position = Position.start
  /// The line of the entry.
  var line: UInt16 = 0
  /// The line of the item's entry, where it was made by hand.
  var itemLine: UInt16 = 0
  var document = DocumentKey()

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(position.number)
    writer.appendLittleEndian(line)
    writer.appendLittleEndian(itemLine)
    writer.appendLittleEndian(document.rawValue)
  }
}

extension SettledItem {
  static var blank: SettledItem { SettledItem() }

  init(reading reader: inout ByteReader) throws(WireError) {
    position = try Position(reading: &reader)
    line = try UInt16(reading: &reader)
    itemLine = try UInt16(reading: &reader)
    document = DocumentKey(rawValue: try UInt64(reading: &reader))
  }
}
