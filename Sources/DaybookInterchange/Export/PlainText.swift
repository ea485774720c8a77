/// Texts made fit for a place in a journal, where none of the tools can escape all that it reads.
enum PlainText {
  /// A description or comment of hledger and ledger, which have no escapes: on one line, without
  /// the characters that begin a comment or part a payee from a note.
  static func description(_ text: String) -> String {
    line(text) { scalar in
      switch scalar {
      case ";": ","
      case "|": "/"
      default: scalar
      }
    }
  }

  /// The value of a tag of hledger, which ends at a comma, and of ledger, which finds dates in
  /// brackets.
  static func tag(_ text: String) -> String {
    line(text) { scalar in
      switch scalar {
      case ";", ",", "|", ":": "-"
      case "[": "("
      case "]": ")"
      default: scalar
      }
    }
  }

  /// A text of beancount between its quotation marks, on one line.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in line(text, { $0 }).unicodeScalars {
      if scalar == "\"" || scalar == "\\" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }

  /// The text on one line, runs of white space and control characters as one space, none at the ends.
  private static func line(
    _ text: String, _ replace: (Unicode.Scalar) -> Unicode.Scalar
  ) -> String {
    var result = ""
    var isApart = false
    for scalar in text.unicodeScalars {
      if isBlank(scalar) {
        isApart = !result.isEmpty
        continue
      }
      if isApart { result += " " }
      isApart = false
      result.unicodeScalars.append(replace(scalar))
    }
    return result
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: true
    default: false
    }
  }
}
