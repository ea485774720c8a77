/// A file that another program might have written.
public struct SampleFile: Hashable, Sendable {
  /// The file's name.
  public var name: String
  /// What stands in it.
  public var text: String

  /// A file.
  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// Rows with commas, as they are written to a file.
struct RowText {
  private(set) var text = ""
  /// How many rows stand below the header.
  private(set) var rows = -1

  /// Adds a row: the header first. Fields with a comma or a quote are quoted.
  mutating func append(_ fields: [String]) {
    text += fields.map { Self.quoted($0) }.joined(separator: ",") + "\n"
    rows += 1
  }

  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { $0 == "," || $0 == "\"" }) else { return field }
    return "\""
      + field.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}

/// A number with leading zeros.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// Seconds since midnight as a clock shows them; beyond midnight, those of the next day.
func clockTime(_ second: Int) -> String {
  let second = second % 86_400
  return "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
}
