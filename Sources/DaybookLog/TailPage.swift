import DaybookBytes
import DaybookValues
import DaybookWorld

/// The page `log/tail`: up to where the log is durable, for all processes to see.
///
/// Source: Format, section "Watermark".
struct TailPage: Sendable {
  private let words: any MappedWords

  // 89 44 42 54 41 49 4c 0a
  private static let magic: UInt64 = 0x0a4c_4941_5442_4489
  private static let positionBits: UInt64 = 48

  private enum Word {
    static let magic = 0
    static let watermark = 1
    static let logIDLow = 2
    static let logIDHigh = 3
    static let bootFirst = 4
    static let bootLast = 5
    static let identitySum = 6
    static let writer = 7
    static let segmentNumber = 8
    static let segmentFirst = 9
    static let offset = 10
    static let hintsSum = 11
    static let durability = 12
    static let used = 13
  }

  /// Where the log ended at the last sync, and who wrote it; only ever a hint.
  struct Hints: Hashable, Sendable {
    var writer: UInt64 = 0
    var segmentNumber: UInt64 = 0
    var segmentFirst: UInt64 = 0
    var offset: UInt64 = 0
  }

  /// Maps the page at `path`; nil when there is none.
  ///
  /// - Throws: `.damaged` when it is not the page of a log.
  init?(_ path: String, in files: any FileSystem, writable: Bool) throws(LogError) {
    guard files.exists(path) else { return nil }
    do throws(FileError) {
      words = try files.mapWords(path, writable: writable)
    } catch {
      if error.kind == .tooShort { throw TailPage.damaged("it is shorter than a page", at: 0) }
      throw LogError(error, segment: LogDirectory.tailName)
    }
    guard words.load(Word.magic) == TailPage.magic else {
      throw TailPage.damaged("it does not begin like a watermark page", at: 0)
    }
    for word in Word.used..<MappedPage.words where words.load(word) != 0 {
      throw TailPage.damaged("unused bytes are not zero", at: UInt64(word) * 8)
    }
  }

  /// Writes a new page, of an unknown boot, durably.
  ///
  /// - Parameter watermark: What is durable already; nothing in a new log.
  static func create(
    _ path: String, logID: LogID, watermark: Position = .start, in files: any FileSystem
  ) throws(FileError) {
    var page = ByteWriter(capacity: MappedPage.bytes)
    page.appendLittleEndian(magic)
    page.appendLittleEndian(watermarkWord(watermark, logID))
    page.appendLittleEndian(logID.low)
    page.appendLittleEndian(logID.high)
    page.append([UInt8](repeating: 0, count: 16))
    page.appendLittleEndian(UInt64(sum([logID.low, logID.high, 0, 0])))
    page.append([UInt8](repeating: 0, count: 32))
    page.appendLittleEndian(UInt64(sum([0, 0, 0, 0])))
    page.append([UInt8](repeating: 0, count: MappedPage.bytes - page.count))
    try files.replaceFile(path, with: page.bytes.span)
  }

  /// The id of the log that the page belongs to.
  var logID: LogID {
    LogID(low: words.load(Word.logIDLow), high: words.load(Word.logIDHigh))
  }

  /// The start of the machine in which the log was last opened for writing; unknown when the hint
  /// is not whole.
  var boot: BootID {
    let identity = [
      words.load(Word.logIDLow), words.load(Word.logIDHigh), words.load(Word.bootFirst),
      words.load(Word.bootLast),
    ]
    guard words.load(Word.identitySum) == UInt64(TailPage.sum(identity)) else { return BootID() }
    // On disk the bytes stand in the order in which the kernel prints them.
    return BootID(high: identity[2].byteSwapped, low: identity[3].byteSwapped)
  }

  func setBoot(_ boot: BootID) {
    let bytes = [boot.high.byteSwapped, boot.low.byteSwapped]
    words.store(bytes[0], at: Word.bootFirst)
    words.store(bytes[1], at: Word.bootLast)
    let identity = [words.load(Word.logIDLow), words.load(Word.logIDHigh)] + bytes
    words.store(UInt64(TailPage.sum(identity)), at: Word.identitySum)
  }

  /// The last durable position.
  ///
  /// - Throws: `.damaged` when the word's own check does not fit.
  func watermark(of logID: LogID) throws(LogError) -> Position {
    let word = words.load(Word.watermark)
    let position = Position(word & LogLimits.positionMax)
    guard self.logID == logID else {
      throw TailPage.damaged("it belongs to another log, \(self.logID)", at: 16)
    }
    guard TailPage.watermarkWord(position, logID) == word else {
      throw TailPage.damaged("the watermark's check is wrong", at: 8)
    }
    return position
  }

  func setWatermark(_ position: Position, of logID: LogID) {
    words.store(TailPage.watermarkWord(position, logID), at: Word.watermark)
  }

  /// The hints; nil when they are not whole.
  var hints: Hints? {
    let hints = Hints(
      writer: words.load(Word.writer), segmentNumber: words.load(Word.segmentNumber),
      segmentFirst: words.load(Word.segmentFirst), offset: words.load(Word.offset))
    return words.load(Word.hintsSum) == UInt64(TailPage.sum(hints)) ? hints : nil
  }

  func setHints(_ hints: Hints) {
    words.store(hints.writer, at: Word.writer)
    words.store(hints.segmentNumber, at: Word.segmentNumber)
    words.store(hints.segmentFirst, at: Word.segmentFirst)
    words.store(hints.offset, at: Word.offset)
    words.store(UInt64(TailPage.sum(hints)), at: Word.hintsSum)
  }

  /// All that an opening for writing, or a sync, changes.
  struct Mark: Hashable, Sendable {
    var boot: BootID
    var watermark: UInt64
    var hints: Hints?
  }

  /// What the page says now, to see later whether anybody has written.
  var mark: Mark { Mark(boot: boot, watermark: words.load(Word.watermark), hints: hints) }

  /// What the answers of the writer promise, or of the last one; nil when it does not say so.
  var durability: Durability? {
    let word = words.load(Word.durability)
    let value = word & 0xffff_ffff
    guard value != 0, word == TailPage.durabilityWord(value, logID) else { return nil }
    switch value & 3 {
    case 1 where value == 1: return .synced
    case 2: return .grouped(milliseconds: Int(value >> 2))
    case 3 where value == 3: return Durability.none
    default: return nil
    }
  }

  func setDurability(_ durability: Durability) {
    let value: UInt64 =
      switch durability {
      case .synced: 1
      case .grouped(let milliseconds):
        2 | UInt64(min(max(milliseconds, 0), Durability.millisecondsMax)) << 2
      case .none: 3
      }
    words.store(TailPage.durabilityWord(value, logID), at: Word.durability)
  }

  private static func durabilityWord(_ value: UInt64, _ logID: LogID) -> UInt64 {
    value | UInt64(sum([logID.low, logID.high, value])) << 32
  }

  /// What of the page is not as it must be, besides the watermark: a place and half a sentence.
  var faultyHint: (offset: UInt64, detail: String)? {
    let identity = (Word.logIDLow...Word.bootLast).map { words.load($0) }
    if words.load(Word.identitySum) != UInt64(TailPage.sum(identity)) {
      return (16, "the checksum of log id and boot id is wrong")
    }
    if words.load(Word.durability) != 0, durability == nil {
      return (UInt64(Word.durability * 8), "the checksum of the writer's durability is wrong")
    }
    return hints == nil ? (UInt64(Word.writer * 8), "the checksum of the hints is wrong") : nil
  }

  static func watermarkWord(_ position: Position, _ logID: LogID) -> UInt64 {
    var check = CRC32C()
    check.update(littleEndian: logID.low)
    check.update(littleEndian: logID.high)
    check.update(littleEndian: position.number)
    return position.number | UInt64(check.folded) << positionBits
  }

  private static func sum(_ words: [UInt64]) -> UInt32 {
    var sum = CRC32C()
    for word in words { sum.update(littleEndian: word) }
    return sum.value
  }

  private static func sum(_ hints: Hints) -> UInt32 {
    var sum = CRC32C()
    sum.update(littleEndian: hints.writer)
    sum.update(littleEndian: hints.segmentNumber)
    sum.update(littleEndian: hints.segmentFirst)
    sum.update(littleEndian: hints.offset)
    return sum.value
  }

  private static func damaged(_ detail: String, at offset: UInt64) -> LogError {
    LogError(.damaged, segment: LogDirectory.tailName, offset: offset, detail: detail)
  }
}
