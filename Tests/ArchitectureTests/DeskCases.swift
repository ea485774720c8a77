/// What the Desk can say, and which of it its tests make it say: read from the source.
struct DeskCases {
  /// A case of a refusal's enumeration: `SchedulingRefusal.practitionerBusy`.
  struct Reason: Hashable, Comparable, CustomStringConvertible {
    var type: String
    var name: String

    var description: String { "\(type).\(name)" }

    static func < (a: Self, b: Self) -> Bool { (a.type, a.name) < (b.type, b.name) }
  }

  /// The cases of all refusals, with the code of each.
  private(set) var codes: [Reason: String] = [:]
  /// Every event of the published language.
  private(set) var events: [String] = []
  /// Every stable code.
  private(set) var allCodes: [String] = []
  /// How often a test expects an event.
  private(set) var accepted: [String: Int] = [:]
  /// How often a test expects a reason.
  private(set) var refused: [Reason: Int] = [:]
  /// How often the Desk's own tests say what a command comes to.
  private(set) var deciderCases = 0
  /// How often a test expects a code, by itself or through a reason.
  private(set) var refusedCodes: [String: Int] = [:]

  init(sources: [SourceFile], tests: [SourceFile]) {
    for file in sources { read(file.code, of: file) }
    for file in tests {
      count(file.code)
      if file.target == "DaybookDeskTests" { deciderCases += Self.outcomes(file.code) }
    }
    for (reason, times) in refused { refusedCodes[codes[reason] ?? "", default: 0] += times }
  }

  // MARK: - What there is

  private mutating func read(_ code: [Token], of file: SourceFile) {
    for index in code.indices {
      switch code[index].text {
      case "EventDescription" where file.name == "ClinicEvents.swift":
        if index + 2 < code.count { events.append(code[index + 2].text) }
      case "enum" where index + 3 < code.count && code[index + 2].text == ":":
        let type = code[index + 1].text
        if type == "RefusalCode" { allCodes = Self.caseNames(code, after: index) }
        guard code[index + 3].text == "RefusalCase" else { continue }
        for name in Self.caseNames(code, after: index) {
          codes[Reason(type: type, name: name)] = ""
        }
        readCodes(code, after: index, of: type)
      default: break
      }
    }
  }

  /// The names of the cases that an enumeration declares at its own depth.
  private static func caseNames(_ code: [Token], after start: Int) -> [String] {
    var names: [String] = []
    forEach(code, after: start) { index, depth in
      if depth == 1, code[index].text == "case" { names.append(code[index + 1].text) }
    }
    return names
  }

  /// `case .a, .b: .code` within the first switch of `var code`.
  private mutating func readCodes(_ code: [Token], after start: Int, of type: String) {
    var isInCode = false
    var waiting: [String] = []
    var found: [(String, String)] = []
    Self.forEach(code, after: start) { index, depth in
      let text = code[index].text
      if depth == 1, text == "var" { isInCode = code[index + 1].text == "code" }
      guard isInCode, text == ".", index + 1 < code.count else { return }
      let word = code[index + 1].text
      let isPattern = ["case", ","].contains(code[index - 1].text)
      if isPattern {
        waiting.append(word)
      } else {
        found += waiting.map { ($0, word) }
        waiting = []
      }
    }
    for (name, value) in found { codes[Reason(type: type, name: name)] = value }
  }

  /// Calls `body` for each token of the braces that follow, with its depth in braces.
  private static func forEach(_ code: [Token], after start: Int, _ body: (Int, Int) -> Void) {
    var depth = 0
    for index in code.indices.dropFirst(start) {
      if code[index].text == "{" { depth += 1 }
      if code[index].text == "}" {
        depth -= 1
        if depth == 0 { return }
      }
      if depth > 0, index > 0, index + 1 < code.count { body(index, depth) }
    }
  }

  // MARK: - What is tested

  private mutating func count(_ code: [Token]) {
    let known = Set(events)
    for index in code.indices where index + 2 < code.count {
      let text = code[index].text
      if known.contains(text) { accepted[text, default: 0] += isMade(code, index) ? 1 : 0 }
      let reason = Reason(type: text, name: code[index + 2].text)
      if code[index + 1].text == ".", codes[reason] != nil { refused[reason, default: 0] += 1 }
      if text == "thenRefused" { countBare(code, after: index + 1) }
    }
  }

  private static func outcomes(_ code: [Token]) -> Int {
    let words: Set = ["then", "thenEvents", "thenNothing", "thenRefused", "thenFound"]
    return code.indices.dropFirst().filter {
      words.contains(code[$0].text) && code[$0 - 1].text == "."
    }.count
  }

  /// `X.with`, `X.self` and `X()` say what is to come of a command.
  private func isMade(_ code: [Token], _ index: Int) -> Bool {
    let next = code[index + 1].text
    return next == "(" || next == "." && ["with", "self"].contains(code[index + 2].text)
  }

  /// `thenRefused(.overlap, .notPermitted)`: codes, or the cases of a type that the call infers.
  private mutating func countBare(_ code: [Token], after open: Int) {
    var depth = 0
    for index in code.indices.dropFirst(open) where index + 1 < code.count {
      let text = code[index].text
      if text == "(" { depth += 1 }
      if text == ")" { depth -= 1 }
      if depth == 0 { return }
      if depth == 1, text == ".", ["(", ","].contains(code[index - 1].text) {
        refusedCodes[code[index + 1].text, default: 0] += 1
      }
    }
  }
}
