/// The one text form of every scaled integer: ASCII minus, digits, point, decimals; no grouping.
enum DecimalText {
  /// Reads `[-]digits[.decimals]` with at most `scale` decimals, as an integer of 10^-scale.
  ///
  /// Leading zeros and fewer decimals are accepted, `+`, spaces, grouping and exponents are not.
  static func read(_ reader: inout TextReader, scale: Int) throws(ValueError) -> Int64 {
    let isNegative = reader.takeIfPresent("-")
    // Counted downwards, since Int64.min has no positive counterpart.
    var value: Int64 = 0
    var decimals = 0
    guard reader.nextDigit != nil else { throw reader.fault(.malformed) }
    while let digit = reader.nextDigit {
      value = try appending(digit, to: value, reader)
      reader.advance()
    }
    if reader.takeIfPresent(".") {
      guard reader.nextDigit != nil else { throw reader.fault(.malformed) }
      while let digit = reader.nextDigit {
        guard decimals < scale else { throw reader.fault(.tooPrecise) }
        value = try appending(digit, to: value, reader)
        decimals += 1
        reader.advance()
      }
    }
    while decimals < scale {
      value = try appending(0, to: value, reader)
      decimals += 1
    }
    guard !isNegative else { return value }
    let (positive, tooLarge) = Int64(0).subtractingReportingOverflow(value)
    guard !tooLarge else { throw reader.fault(.overflow) }
    return positive
  }

  /// Reads the whole of `text` as one number.
  static func parse(_ text: String, subject: String, scale: Int) throws(ValueError) -> Int64 {
    var reader = try TextReader(text, subject: subject)
    let value = try read(&reader, scale: scale)
    try reader.finish()
    return value
  }

  private static func appending(
    _ digit: UInt8, to value: Int64, _ reader: TextReader
  ) throws(ValueError) -> Int64 {
    let (tenfold, tooLarge) = value.multipliedReportingOverflow(by: 10)
    let (result, stillTooLarge) = tenfold.subtractingReportingOverflow(Int64(digit))
    guard !tooLarge, !stillTooLarge else { throw reader.fault(.overflow) }
    return result
  }

  /// Prints `value` x 10^-scale with all its decimals.
  static func print(_ value: Int64, scale: Int) -> String {
    var text = NumberText()
    if value < 0 { text.append("-") }
    text.append(value.magnitude, digits: scale + 1)
    if scale > 0 { text.insert(".", beforeLast: scale) }
    return text.text
  }

  /// Prints `value` x 10^-scale without the zeros at the end that say nothing.
  static func printShortest(_ value: Int64, scale: Int) -> String {
    var value = value
    var scale = scale
    while scale > 0, value % 10 == 0 {
      value /= 10
      scale -= 1
    }
    return print(value, scale: scale)
  }
}
