/// What Package.swift declares, read from its text.
///
/// It knows the shapes that this package's manifest uses: `library("Name", [...])`,
/// `tests("Name", [...])` and `.target(name: "Name", dependencies: [...])` with its sisters.
struct Manifest {
  struct Target: Equatable {
    var name: String
    var dependencies: [String]
    var line: Int
    var isTest: Bool
  }

  var targets: [Target] = []

  private static let calls: Set<String> = [
    "library", "tests", "target", "executableTarget", "testTarget", "systemLibrary",
  ]

  init(text: String) {
    let tokens = Lexer.tokens(of: text).filter { $0.kind != .comment }
    for index in tokens.indices
    where Manifest.calls.contains(tokens[index].text) && tokens[index].kind == .word {
      if let target = Manifest.target(in: tokens, at: index) { targets.append(target) }
    }
  }

  private static func target(in tokens: [Token], at call: Int) -> Target? {
    // `.library(name: "Daybook", targets: [...])` is a product.
    let isMember = call > 0 && tokens[call - 1].text == "."
    if isMember == ["library", "tests"].contains(tokens[call].text) { return nil }
    var index = call + 1
    guard index < tokens.count, tokens[index].text == "(" else { return nil }
    index += 1
    if isMember {
      guard index + 1 < tokens.count, tokens[index].text == "name" else { return nil }
      index += 2
    }
    guard index < tokens.count, tokens[index].kind == .string else { return nil }
    let name = tokens[index].text
    let isTest = ["tests", "testTarget"].contains(tokens[call].text)
    var target = Target(name: name, dependencies: [], line: tokens[call].line, isTest: isTest)
    index += 1
    if index < tokens.count, tokens[index].text == "," { index += 1 }
    if isMember {
      guard index + 1 < tokens.count, tokens[index].text == "dependencies" else { return target }
      index += 2
    }
    guard index < tokens.count, tokens[index].text == "[" else { return target }
    target.dependencies = dependencies(in: tokens, from: index + 1)
    return target
  }

  /// The strings of an array; of `.product(name: "X", package: ...)` only its name.
  private static func dependencies(in tokens: [Token], from start: Int) -> [String] {
    var names: [String] = []
    var brackets = 1
    var parentheses = 0
    var index = start
    while index < tokens.count, brackets > 0 {
      let token = tokens[index]
      if token.kind == .mark {
        switch token.text {
        case "[": brackets += 1
        case "]": brackets -= 1
        case "(": parentheses += 1
        case ")": parentheses -= 1
        default: break
        }
      } else if token.kind == .string {
        let isName = tokens[index - 1].text == ":" && tokens[index - 2].text == "name"
        if parentheses == 0 || (parentheses == 1 && isName) { names.append(token.text) }
      }
      index += 1
    }
    return names
  }

  /// The module of a target: `daybook_simulate` of `daybook-simulate`.
  private static func module(_ target: String) -> String {
    String(target.map { $0 == "-" ? "_" : $0 })
  }

  /// Targets without the prefix, and declared arrows that break a floor.
  func violations() -> [Violation] {
    targets.filter { !$0.isTest }.flatMap { target in
      var messages: [String] = []
      if !["Daybook", "CDaybook", "daybook-"].contains(where: target.name.hasPrefix) {
        messages.append("target \(target.name) lacks the prefix Daybook")
      }
      messages += target.dependencies.compactMap { Floors.objection(to: $0, in: target.name) }
      return messages.map { Violation(path: "Package.swift", line: target.line, message: $0) }
    }
  }

  /// Dependencies that no file uses, and imports of targets that are not declared.
  func violations(against files: [SourceFile]) -> [Violation] {
    let byTarget = Dictionary(grouping: files, by: \.target)
    let known = Set((targets.map(\.name) + targets.flatMap(\.dependencies)).map(Self.module))
    return targets.flatMap { target in
      let files = byTarget[target.name, default: []]
      let imported = Set(files.flatMap { $0.imports.map(\.module) })
      let declared = Set(target.dependencies.map(Self.module))
      let unused = target.dependencies.filter { !imported.contains(Self.module($0)) }.map {
        Violation(
          path: "Package.swift", line: target.line,
          message: "\(target.name) declares \($0) and imports it nowhere")
      }
      let undeclared = files.flatMap { file in
        file.imports.filter {
          known.contains($0.module) && !declared.contains($0.module)
            && $0.module != Self.module(target.name)
        }.map {
          Violation(
            path: file.path, line: $0.line,
            message: "\(target.name) imports \($0.module), which Package.swift does not declare")
        }
      }
      return unused + undeclared
    }
  }
}
