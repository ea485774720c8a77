/// Reads a short text byte by byte, and knows where it stands when something is wrong.
struct TextReader {
  let subject: String
  let text: String
  private var index: String.Index
  /// UTF-8 bytes read so far.
  private(set) var offset = 0

  init(_ text: String, subject: String) throws(ValueError) {
    self.subject = subject
    self.text = text
    self.index = text.utf8.startIndex
    guard !text.isEmpty else { throw fault(.empty) }
  }

  /// The next byte, or nil at the end.
  var next: UInt8? {
    index == text.utf8.endIndex ? nil : text.utf8[index]
  }

  /// The next byte as a decimal digit, or nil if it is none.
  var nextDigit: UInt8? {
    guard let next, next >= UInt8(ascii: "0"), next <= UInt8(ascii: "9") else { return nil }
    return next - UInt8(ascii: "0")
  }

  mutating func advance() {
    index = text.utf8.index(after: index)
    offset += 1
  }

  mutating func takeIfPresent(_ byte: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: byte) else { return false }
    advance()
    return true
  }

  mutating func take(_ byte: Unicode.Scalar) throws(ValueError) {
    guard takeIfPresent(byte) else { throw fault(.malformed) }
  }

  /// Reads exactly `digits` digits, whose number must lie in `range`.
  mutating func number(digits: Int, in range: ClosedRange<Int>) throws(ValueError) -> Int {
    let start = offset
    var number = 0
    for _ in 0..<digits {
      guard let digit = nextDigit else { throw fault(.malformed) }
      number = number * 10 + Int(digit)
      advance()
    }
    guard range.contains(number) else { throw fault(.outOfRange, at: start) }
    return number
  }

  /// Reads a whole number as it is printed: no sign, no leading zeros.
  mutating func wholeNumber() throws(ValueError) -> UInt64 {
    guard let first = nextDigit else { throw fault(.malformed) }
    advance()
    var number = UInt64(first)
    while let digit = nextDigit {
      guard first != 0 else { throw fault(.malformed, at: offset - 1) }
      let (tenfold, tooLarge) = number.multipliedReportingOverflow(by: 10)
      let (sum, stillTooLarge) = tenfold.addingReportingOverflow(UInt64(digit))
      guard !tooLarge, !stillTooLarge else { throw fault(.overflow) }
      number = sum
      advance()
    }
    return number
  }

  func finish() throws(ValueError) {
    guard next == nil else { throw fault(.malformed) }
  }

  func fault(_ kind: ValueError.Kind, at place: Int? = nil) -> ValueError {
    ValueError(kind, subject: subject, text: text, offset: place ?? offset)
  }
}
