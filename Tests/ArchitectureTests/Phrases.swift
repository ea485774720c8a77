/// A few adjacent words that a rule looks for: `Task.sleep`, `try!`, `print(`.
///
/// A phrase matches tokens that follow each other without a space, so that `try!` is found and
/// `try !flag` is not. A phrase that begins with a word and ends with a parenthesis is a call of a
/// free function or an initializer: a method of that name and its declaration do not match, nor does
/// a bare call where the target declares a function, or the file a variable, of that name.
struct Phrase {
  let text: String
  let words: [String]
  private let isFreeCall: Bool
  /// For calls that are harmless with an argument of this label, as `shuffled(using:)` is.
  private let unlessLabel: String?

  init(_ text: String, unlessLabel: String? = nil) {
    self.text = text
    self.unlessLabel = unlessLabel
    let tokens = Lexer.tokens(of: text)
    words = tokens.map(\.text)
    isFreeCall = tokens.first?.kind == .word && words.last == "("
  }

  private static let modules: Set<String> = ["Swift", "Foundation", "Glibc", "Musl", "Darwin"]

  func matches(_ code: [Token], at index: Int, declared: Set<String>) -> Bool {
    guard code[index].text == words[0], index + words.count <= code.count else { return false }
    for (ahead, word) in words.enumerated().dropFirst() {
      let token = code[index + ahead]
      guard token.text == word, token.start == code[index + ahead - 1].end else { return false }
    }
    if isFreeCall, index > 0 {
      let before = code[index - 1].text
      let isQualified =
        before == "." && index > 1 && Phrase.modules.contains(code[index - 2].text)
      if before == "." && !isQualified { return false }
      if !isQualified, declared.contains(words[0]) { return false }
    }
    if let unlessLabel { return !hasLabel(unlessLabel, code, from: index + words.count) }
    return true
  }

  /// Whether the call whose arguments begin at `start` has an argument with this label.
  private func hasLabel(_ label: String, _ code: [Token], from start: Int) -> Bool {
    var depth = 1
    var index = start
    while index < code.count, depth > 0 {
      switch code[index].text {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      case label where depth == 1 && index + 1 < code.count && code[index + 1].text == ":":
        return true
      default: break
      }
      index += 1
    }
    return false
  }
}

/// Phrases that only some targets may use.
struct Ban {
  /// By their first word: most words of a source begin none.
  private let phrases: [String: [Phrase]]
  /// The targets that may.
  private let allowed: Set<String>
  private let why: String

  init(phrases: [Phrase], allowed: Set<String>, why: String) {
    self.phrases = Dictionary(grouping: phrases, by: { $0.words[0] })
    self.allowed = allowed
    self.why = why
  }

  /// - Parameter declared: The names that the file's target declares itself and may call.
  func violations(in file: SourceFile, declared: Set<String>) -> [Violation] {
    if allowed.contains(file.target) { return [] }
    let code = file.code
    var found: [Violation] = []
    for index in code.indices {
      for phrase in phrases[code[index].text] ?? []
      where phrase.matches(code, at: index, declared: declared) {
        found.append(
          Violation(
            path: file.path, line: code[index].line,
            message: "`\(phrase.text)` may not stand in \(file.target): \(why)"))
      }
    }
    return found
  }
}
