/// The Swift name of a type without its module and without points.
func schemaName(of type: Any.Type) -> String {
  // The file or function that a type is private to stands between module and name, as an address
  // that is another in every process: `Clinic.(unknown context at $55a1).Visit`.
  // `String(reflecting:)` gives the same, and asks of each type first whether it describes itself: a
  // third of the time that the tool takes to start.
  _typeName(type, qualified: true).split(separator: ".").dropFirst()
    .filter { !$0.hasPrefix("(unknown context at ") }.joined()
}

/// `camelCase` as `SCREAMING_SNAKE_CASE`.
func screamingSnake(_ name: String) -> String { snake(name).uppercased() }

/// `camelCase` as `snake_case`.
func snake(_ name: String) -> String {
  var result: [UInt8] = []
  for byte in name.utf8 {
    let isCapital = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
    if isCapital, !result.isEmpty { result.append(UInt8(ascii: "_")) }
    result.append(isCapital ? byte | 0x20 : byte)
  }
  return String(decoding: result, as: UTF8.self)
}
