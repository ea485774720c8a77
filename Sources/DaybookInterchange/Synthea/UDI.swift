public import DaybookValues

/// What a unique device identification says in GS1 elements: item, dates, lot and serial number.
///
/// Two forms are read: as printed, `(01)09506000134352(17)271231(10)A7(21)42`, and as scanned,
/// without parentheses and with the group separator (byte 29) behind an element of open length.
/// Source: GS1 General Specifications, sections 3 and 7.12 (two-digit years).
public struct UDI: Hashable, Sendable {
  /// (01) the trade item number, 14 digits; empty when it is absent.
  public var item = ""
  /// (10) the lot; empty when it is absent.
  public var lot = ""
  /// (21) the serial number; empty when it is absent.
  public var serial = ""
  /// (11) the day it was made.
  public var made: Day?
  /// (17) the day it expires.
  public var expiry: Day?

  /// Reads an identification; elements other than the five above are skipped.
  ///
  /// - Parameter year: The year that two-digit years are read near to: at most 49 years before it
  ///   and 50 after it.
  /// - Throws: `.empty`; `.malformed` where an element has another form than its kind; `.outOfRange`
  ///   for a month 13; with the place in `text`.
  public init(parsing text: String, asOf year: Int) throws(ValueError) {
    let bytes = Array(text.utf8)
    guard let first = bytes.first else { throw ValueError(.empty, subject: "UDI", text: text) }
    var reader = UDIReader(text: text, bytes: bytes)
    var seen: Set<String> = []
    while reader.index < bytes.count {
      let start = reader.index
      let (kind, value) =
        first == UInt8(ascii: "(") ? try reader.printedElement() : try reader.scannedElement()
      guard seen.insert(kind).inserted else { throw reader.fault(.malformed, at: start) }
      let place = reader.valueStart
      switch kind {
      case "01":
        guard value.utf8.count == 14, value.utf8.allSatisfy(UDIReader.isDigit) else {
          throw reader.fault(.malformed, at: place)
        }
        item = value
      case "10": lot = value
      case "21": serial = value
      case "11": made = try reader.date(value, at: place, asOf: year)
      case "17": expiry = try reader.date(value, at: place, asOf: year)
      default: break
      }
    }
  }
}

/// Walks over the elements of an identification.
private struct UDIReader {
  let text: String
  let bytes: [UInt8]
  /// Where the next element begins.
  var index = 0
  /// Where the value of the last element began.
  var valueStart = 0

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  func fault(_ kind: ValueError.Kind, at offset: Int) -> ValueError {
    ValueError(kind, subject: "UDI", text: text, offset: offset)
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// `(17)271231`: the value ends where the next element opens.
  mutating func printedElement() throws(ValueError) -> (kind: String, value: String) {
    let open = index
    var close = open + 1
    while close < bytes.count, UDIReader.isDigit(bytes[close]) { close += 1 }
    guard bytes[open] == UInt8(ascii: "("), close < bytes.count,
      bytes[close] == UInt8(ascii: ")"), (2...4).contains(close - open - 1)
    else { throw fault(.malformed, at: min(close, bytes.count)) }
    valueStart = close + 1
    index = valueStart
    while index < bytes.count, bytes[index] != UInt8(ascii: "(") { index += 1 }
    guard index > valueStart else { throw fault(.malformed, at: valueStart) }
    return (string(open + 1..<close), string(valueStart..<index))
  }

  /// `17271231`: kinds of fixed length follow each other, others end with a separator.
  mutating func scannedElement() throws(ValueError) -> (kind: String, value: String) {
    guard index + 2 < bytes.count, UDIReader.isDigit(bytes[index]),
      UDIReader.isDigit(bytes[index + 1])
    else { throw fault(.malformed, at: index) }
    let kind = string(index..<index + 2)
    valueStart = index + 2
    let fixed: Int? =
      switch kind {
      case "01", "02": 14
      case "11", "12", "13", "15", "16", "17": 6
      default: nil
      }
    var end = valueStart
    if let fixed {
      end += fixed
      guard end <= bytes.count else { throw fault(.malformed, at: bytes.count) }
      index = end
      if index < bytes.count, bytes[index] == 29 { index += 1 }
    } else {
      while end < bytes.count, bytes[end] != 29 { end += 1 }
      guard end > valueStart else { throw fault(.malformed, at: valueStart) }
      index = min(end + 1, bytes.count)
    }
    return (kind, string(valueStart..<end))
  }

  /// Year, month and day in two digits each; day 00 is the last of the month.
  func date(_ value: String, at offset: Int, asOf year: Int) throws(ValueError) -> Day {
    let digits = value.utf8.map { Int($0) - 0x30 }
    guard digits.count == 6, digits.allSatisfy({ (0...9).contains($0) }) else {
      throw fault(.malformed, at: offset)
    }
    let shortYear = digits[0] * 10 + digits[1]
    let month = digits[2] * 10 + digits[3]
    let day = digits[4] * 10 + digits[5]
    var full = year - year % 100 + shortYear
    if shortYear - year % 100 >= 51 { full -= 100 }
    if shortYear - year % 100 <= -50 { full += 100 }
    guard let found = try? Day(year: full, month: month, day: max(day, 1)) else {
      throw fault(.outOfRange, at: offset)
    }
    return day == 0 ? found.lastOfMonth : found
  }
}
