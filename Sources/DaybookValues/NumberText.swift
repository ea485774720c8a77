/// A text of numbers and the signs between them: dates, times, decimals.
///
/// It is put together byte by byte: a string for each part costs ten times as much, and a log is
/// printed with millions of them.
struct NumberText {
  private var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(32) }

  /// Appends `number` in at least `width` digits, zeros in front.
  mutating func append(_ number: UInt64, digits width: Int) {
    let (tens, ones) = number.quotientAndRemainder(dividingBy: 10)
    if tens > 0 || width > 1 { append(tens, digits: width - 1) }
    bytes.append(0x30 + UInt8(ones))
  }

  /// Appends a sign of ASCII.
  mutating func append(_ sign: Unicode.Scalar) { bytes.append(UInt8(ascii: sign)) }

  /// Puts a sign of ASCII before the last `count` ones.
  mutating func insert(_ sign: Unicode.Scalar, beforeLast count: Int) {
    bytes.insert(UInt8(ascii: sign), at: bytes.count - count)
  }

  /// What was appended.
  var text: String { String(decoding: bytes, as: UTF8.self) }
}
