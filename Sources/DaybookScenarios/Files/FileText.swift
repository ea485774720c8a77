/// A text file in the form that other programs write, line by line.
struct FileText {
  private(set) var text = ""
  /// How many rows were appended.
  private(set) var rowCount = 0

  /// Appends a row of comma separated fields, quoted where they must be.
  mutating func append(_ fields: [String]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { text += "," }
      if field.utf8.contains(where: { [0x0a, 0x0d, 0x22, 0x2c].contains($0) }) {
        text += "\""
        for character in field { text += character == "\"" ? "\"\"" : String(character) }
        text += "\""
      } else {
        text += field
      }
    }
    text += "\n"
    rowCount += 1
  }

  /// Ten-thousandths as a decimal number without zeros at its end: `6.95`, `1250`, `0.001`.
  static func decimal(_ tenThousandths: Int64) -> String {
    let sign = tenThousandths < 0 ? "-" : ""
    let (whole, part) = tenThousandths.magnitude.quotientAndRemainder(dividingBy: 10_000)
    if part == 0 { return "\(sign)\(whole)" }
    var digits = String(String(part + 10_000).dropFirst())
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(sign)\(whole).\(digits)"
  }

  /// Minutes since midnight as `07:45:00`.
  static func time(minute: Int, second: Int = 0) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minute / 60)):\(two(minute % 60)):\(two(second))"
  }
}
