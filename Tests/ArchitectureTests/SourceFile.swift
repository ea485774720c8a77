/// A Swift file as the rules see it: where it stands and what its text says.
struct SourceFile {
  /// Relative to the package, with forward slashes: `Sources/DaybookLog/LogWriter.swift`.
  let path: String
  let tokens: [Token]
  /// The tokens without strings and comments.
  let code: [Token]
  let imports: [Import]

  init(path: String, text: String) {
    self.path = path
    tokens = Lexer.tokens(of: text)
    code = tokens.filter { $0.kind == .word || $0.kind == .mark }
    imports = Import.all(in: tokens)
  }

  /// The target that it belongs to: the folder below `Sources` or `Tests`.
  var target: String {
    let parts = path.split(separator: "/")
    return parts.count > 1 ? String(parts[1]) : ""
  }

  /// The functions that it declares.
  var declaredFunctions: Set<String> { names(after: ["func"]) }

  /// The variables that it declares; one may hold a closure and be called.
  var declaredVariables: Set<String> { names(after: ["let", "var"]) }

  private func names(after keywords: Set<String>) -> Set<String> {
    Set(
      code.indices.dropFirst().filter { keywords.contains(code[$0 - 1].text) }.map { code[$0].text }
    )
  }

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}

/// One import declaration.
struct Import: Equatable {
  var module: String
  var line: Int
  var isExported: Bool

  private static let before: Set<String> = [
    "public", "package", "internal", "fileprivate", "private", "@", "testable", "preconcurrency",
    "_exported", "_implementationOnly", "_spi", "(", ")",
  ]
  private static let kinds: Set<String> = [
    "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
  ]

  /// Finds import declarations, whatever attributes, access or kind they bear.
  static func all(in tokens: [Token]) -> [Import] {
    let code = tokens.filter { $0.kind == .word || $0.kind == .mark }
    var imports: [Import] = []
    for (index, token) in code.enumerated() where token.text == "import" {
      var first = index
      while first > 0, code[first - 1].line == token.line, code[first - 1].text != ";" {
        first -= 1
      }
      let leading = code[first..<index].map(\.text)
      let isSPI = leading.contains("_spi")
      guard isSPI || leading.allSatisfy(before.contains) else { continue }
      var next = index + 1
      if next + 1 < code.count, kinds.contains(code[next].text), code[next + 1].kind == .word {
        next += 1
      }
      guard next < code.count, code[next].kind == .word else { continue }
      imports.append(
        Import(
          module: code[next].text, line: token.line, isExported: leading.contains("_exported")))
    }
    return imports
  }
}

/// What a rule found: printed as `path:line: message`, so that an editor can jump to it.
struct Violation: Equatable, CustomStringConvertible {
  var path: String
  var line: Int
  var message: String

  var description: String { "\(path):\(line): \(message)" }
}
