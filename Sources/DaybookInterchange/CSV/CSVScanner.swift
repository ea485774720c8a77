import DaybookBytes

/// The state machine under `CSVReader`: takes bytes as they come and holds one unquoted row.
struct CSVScanner: ~Copyable {
  /// What stopped the scan, on which line and in which field of the row.
  struct Fault: Error {
    var kind: CSVError.Kind
    var line: Int
    var field: Int
  }

  private enum State {
    /// Nothing of the field was read.
    case fieldStart
    /// Inside a field without quotes.
    case plain
    /// Inside quotes.
    case quoted
    /// Behind a quote inside quotes: it closes the field, or it is the first of two.
    case quoteInQuotes
    /// Behind a carriage return outside quotes: only a line feed may follow.
    case carriageReturn
  }

  /// The line that the row begins on, from 1.
  private(set) var line = 1
  /// The first field of the row that holds a byte of zero.
  private(set) var nulField: Int?
  /// Whether the file ended before the row's line did.
  private(set) var hasNoLineEnd = false
  private var state = State.fieldStart
  /// The bytes of the row's fields, one behind another.
  private var bytes = ByteWriter(capacity: 1_024)
  /// Where each field ends in `bytes`.
  private var ends: [Int] = []
  /// The line that is being read.
  private var currentLine = 1
  /// The line that the field's opening quote stands on.
  private var quoteLine = 1
  /// Whether anything of the row was seen: a line without bytes is no row.
  private var isBegun = false
  /// How much of a byte order mark was seen at the beginning of the file; nil once past it.
  private var markSeen: Int? = 0

  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

  /// How many fields the row has.
  var fieldCount: Int { ends.count }

  /// How many bytes a field has.
  func fieldSize(_ index: Int) -> Int { ends[index] - (index == 0 ? 0 : ends[index - 1]) }

  /// Lends the bytes of a field.
  func withField<Result, Failure: Error>(
    _ index: Int, _ body: (ByteReader) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let start = index == 0 ? 0 : ends[index - 1]
    return try bytes.withReader(in: start..<ends[index], body)
  }

  /// Forgets the row that was read.
  mutating func beginRow() {
    bytes.removeAll()
    ends.removeAll(keepingCapacity: true)
    state = .fieldStart
    isBegun = false
    nulField = nil
    line = currentLine
  }

  /// Takes bytes from `start` until a row is whole or they end.
  ///
  /// - Returns: The index behind the last byte taken, and whether the row is whole.
  mutating func scan(
    _ input: Span<UInt8>, from start: Int, limits: CSVLimits
  ) throws(Fault) -> (Int, Bool) {
    var index = start
    while index < input.count, let seen = markSeen {
      if input[index] == CSVScanner.byteOrderMark[seen] {
        markSeen = seen == 2 ? nil : seen + 1
        index += 1
      } else {
        // What looked like a mark was text.
        markSeen = nil
        if seen > 0 { isBegun = true }
        for byte in CSVScanner.byteOrderMark.prefix(seen) { bytes.append(byte) }
        if seen > 0 { state = .plain }
      }
    }
    while index < input.count {
      let byte = input[index]
      index += 1
      switch state {
      case .plain, .fieldStart:
        switch byte {
        case CSVScanner.comma: try endField(limits)
        case CSVScanner.lineFeed:
          if try endLine(limits) { return (index, true) }
        case CSVScanner.carriageReturn: state = .carriageReturn
        case CSVScanner.quote where state == .fieldStart:
          state = .quoted
          isBegun = true
          quoteLine = currentLine
        default:
          state = .plain
          isBegun = true
          try append(byte, limits)
        }
      case .quoted:
        if byte == CSVScanner.quote {
          state = .quoteInQuotes
        } else {
          if byte == CSVScanner.lineFeed { currentLine += 1 }
          try append(byte, limits)
        }
      case .quoteInQuotes:
        switch byte {
        case CSVScanner.quote:
          state = .quoted
          try append(byte, limits)
        case CSVScanner.comma: try endField(limits)
        case CSVScanner.lineFeed:
          if try endLine(limits) { return (index, true) }
        case CSVScanner.carriageReturn: state = .carriageReturn
        default: throw fault(.textAfterQuote)
        }
      case .carriageReturn:
        guard byte == CSVScanner.lineFeed else { throw fault(.strayCarriageReturn) }
        if try endLine(limits) { return (index, true) }
      }
    }
    return (index, false)
  }

  /// Ends the last row of a file that has no line break behind it.
  ///
  /// - Returns: False when no row was begun.
  mutating func finish() throws(Fault) -> Bool {
    switch state {
    case .quoted: throw Fault(kind: .unterminatedQuote, line: quoteLine, field: ends.count)
    case .carriageReturn: throw fault(.strayCarriageReturn)
    default: break
    }
    if let seen = markSeen, seen > 0 {
      // The file is one or two bytes of a mark.
      for byte in CSVScanner.byteOrderMark.prefix(seen) { bytes.append(byte) }
      markSeen = nil
      isBegun = true
    }
    guard isBegun else { return false }
    ends.append(bytes.count)
    isBegun = false
    hasNoLineEnd = true
    return true
  }

  private mutating func append(_ byte: UInt8, _ limits: CSVLimits) throws(Fault) {
    guard bytes.count - (ends.last ?? 0) < limits.fieldBytesMax else {
      throw Fault(
        kind: .fieldTooLong(limit: limits.fieldBytesMax),
        line: state == .quoted ? quoteLine : currentLine, field: ends.count)
    }
    if byte == 0, nulField == nil { nulField = ends.count }
    bytes.append(byte)
  }

  private mutating func endField(_ limits: CSVLimits) throws(Fault) {
    guard ends.count < limits.fieldCountMax else {
      throw fault(.tooManyFields(limit: limits.fieldCountMax))
    }
    ends.append(bytes.count)
    state = .fieldStart
    isBegun = true
  }

  /// Ends a line outside quotes; false when it had no bytes, and the row is still to come.
  private mutating func endLine(_ limits: CSVLimits) throws(Fault) -> Bool {
    currentLine += 1
    guard isBegun else {
      line = currentLine
      state = .fieldStart
      return false
    }
    try endField(limits)
    return true
  }

  private func fault(_ kind: CSVError.Kind) -> Fault {
    Fault(kind: kind, line: currentLine, field: ends.count)
  }
}
