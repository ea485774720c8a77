import Daybook

/// Prints each figure as a line, and keeps them all for `results.json`.
struct Results {
  private(set) var figures: [Figure] = []

  /// Prints `name, median, unit, ratio, against`, separated by tabs.
  mutating func add(_ figure: Figure) throws {
    figures.append(figure)
    let ratio = figure.ratio.map { decimal($0, 3) } ?? ""
    let fields = [
      figure.name, decimal(figure.median, 3), figure.unit, ratio, figure.against,
    ]
    try StandardOutput.write(fields.joined(separator: "\t") + "\n")
  }

  /// Writes all figures, with minimum and maximum, to `path`.
  func write(to path: String, events: Int, world: World) throws {
    var lines: [String] = []
    for figure in figures {
      let ratio = figure.ratio.map { decimal($0, 6) } ?? "null"
      let against = figure.against.isEmpty ? "null" : "\"\(figure.against)\""
      lines.append(
        """
            {"name": "\(figure.name)", "unit": "\(figure.unit)", \
        "median": \(decimal(figure.median, 6)), "minimum": \(decimal(figure.values.min() ?? 0, 6)), \
        "maximum": \(decimal(figure.values.max() ?? 0, 6)), "rounds": \(figure.values.count), \
        "ratio": \(ratio), "against": \(against)}
        """)
    }
    let text = """
      {
        "events": \(events),
        "figures": [
      \(lines.joined(separator: ",\n"))
        ]
      }

      """
    try world.files.replaceFile(path, with: Array(text.utf8).span)
  }
}

/// A number with so many digits behind the point.
func decimal(_ value: Double, _ digits: Int) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let scaled = Int64((value * scale).rounded())
  if digits == 0 { return "\(scaled)" }
  let whole = scaled.magnitude / UInt64(scale)
  let rest = "\(scaled.magnitude % UInt64(scale))"
  let zeros = String(repeating: "0", count: digits - rest.utf8.count)
  return "\(scaled < 0 ? "-" : "")\(whole).\(zeros)\(rest)"
}

/// Tells whoever watches what is going on.
func note(_ text: String) { StandardError.write("compare: \(text)\n") }
