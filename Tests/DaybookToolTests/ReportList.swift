import Daybook
import DaybookTool
import Testing

/// What `daybook reports` tells, for tests that are about every report.
struct ReportList {
  /// A row of the reference.
  struct Row {
    var command: String
    var report: String
    var part: String
    var name: String
    var kind: String
    var when: String
    var about: String
  }

  var rows: [Row]

  /// The plainest ways to ask each command: `accounts statement P1`.
  var plain: [[String]] {
    rows.filter { $0.part == "form" }.map { row in
      (row.command + " " + row.name).split(separator: " ").map(String.init)
    }.filter { words in !words.contains { $0.hasPrefix("--") && $0 != "--since" } }
  }

  /// The commands, in their order.
  var commands: [String] {
    var commands: [String] = []
    for row in rows where commands.last != row.command { commands.append(row.command) }
    return commands
  }

  /// Whether a command takes the argument.
  func takes(_ command: String, _ name: String) -> Bool {
    rows.contains { row in
      row.command == command && ["option", "flag", "positional"].contains(row.part)
        && row.name.split(separator: " ").contains { $0 == name }
    }
  }

  /// The reference, made once for all tests.
  static func all() async throws -> ReportList { try await made.value }

  private static let made = Task {
    let run = try await Bench().run("reports", "--format", "json")
    try #require(run.status == .done, "\(run.said)")
    guard case .list(let rows)? = try EnteredValue(json: run.answer)["rows"] else {
      throw NoRows()
    }
    return ReportList(rows: rows.map(Row.init))
  }

  private struct NoRows: Error {}
}

extension ReportList.Row {
  fileprivate init(_ row: EnteredValue) {
    func text(_ name: String) -> String {
      if case .text(let text)? = row[name] { text } else { "" }
    }
    self.init(
      command: text("command"), report: text("report"), part: text("part"), name: text("name"),
      kind: text("kind"), when: text("when"), about: text("about"))
  }
}
