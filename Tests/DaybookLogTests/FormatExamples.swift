import Testing

/// The examples of `Format.md`: each block marked `hex`, by its name.
struct FormatExamples {
  private let blocks: [String: [UInt8]]
  let text: String

  init(_ text: String) throws {
    self.text = text
    var blocks: [String: [UInt8]] = [:]
    var name: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```hex ") {
        name = String(line.dropFirst(7))
      } else if line.hasPrefix("```") {
        name = nil
      } else if let name {
        blocks[name, default: []] += try FormatExamples.bytes(line)
      }
    }
    self.blocks = blocks
  }

  func bytes(_ name: String) throws -> [UInt8] { try #require(blocks[name], "no block \(name)") }

  /// Reads `0a 0b`, `00*3980` and, behind `#`, a remark.
  private static func bytes(_ line: Substring) throws -> [UInt8] {
    let content = line.prefix { $0 != "#" }
    return try content.split(separator: " ").flatMap { word -> [UInt8] in
      let parts = word.split(separator: "*")
      let byte = try #require(UInt8(parts[0], radix: 16), "\(word) is no byte")
      return [UInt8](repeating: byte, count: parts.count > 1 ? try #require(Int(parts[1])) : 1)
    }
  }
}
