import Daybook
import DaybookTesting
import DaybookTool
import Testing

/// Two months as somebody types them: `Fixtures/golden/two-months/actions.txt`.
enum GoldenActions {
  /// A book in which they have been lived through, and the last position of November.
  static func live() async throws -> (bench: Bench, november: Position) {
    var bench = try Bench()
    bench.actor = "D1"
    var november = Position.start
    let text = try Golden.text(of: "two-months/actions.txt")
    for (index, line) in text.split(separator: "\n").map(String.init).enumerated() {
      if let time = line.dropping("= ") {
        bench.world.clock = StoppedClock(at: try Moment(parsing: time).instant)
      } else if line.hasPrefix("# ===") {
        let info = await bench.run("log", "info", "--format", "csv")
        november = Position(try #require(UInt64(info.rows[0][0])))
      } else if let typed = line.dropping("$ daybook ") {
        let run = await bench.type(typed)
        #expect(run.status == .done, "line \(index): \(line)\n\(run.said)")
      } else if line.hasPrefix("{") {
        let file = try bench.write(line + "\n", to: "action.jsonl")
        let run = await bench.run("record", "--json", file)
        #expect(run.status == .done, "line \(index): \(line)\n\(run.answer)\(run.said)")
      }
    }
    return (bench, november)
  }
}

/// What a person worked out: `Fixtures/golden/two-months/journal.txt`.
struct HandWrittenBooks {
  /// One line of an entry.
  struct Line: Hashable, Comparable {
    var clinic: String
    var account: String
    var party: String
    /// Minor units; a debit is above zero.
    var amount: Int64

    static func < (left: Line, right: Line) -> Bool {
      (left.clinic, left.account, left.party, left.amount)
        < (right.clinic, right.account, right.party, right.amount)
    }
  }

  /// An entry: its lines are ordered, since no bookkeeper minds which comes first.
  struct Entry: Hashable {
    var date: String
    /// The event and the document: `PaymentReceived M5`.
    var what: String
    var lines: [Line] = []
  }

  /// Figures under a heading: cells, the first of which names the row.
  struct Section {
    var title: String
    var rows: [[String]] = []

    /// The day that the heading names.
    var day: String {
      title.split(separator: " ").first { $0.count == 10 && $0.contains("-") }.map(String.init)
        ?? ""
    }
  }

  private(set) var entries: [Entry] = []
  private(set) var sections: [Section] = []

  init() throws {
    let text = try Golden.text(of: "two-months/journal.txt")
    var hasFigures = false
    for line in text.split(separator: "\n") {
      if line.hasPrefix("## ") {
        hasFigures = hasFigures || line.hasPrefix("## Trial balance")
        sections.append(Section(title: String(line.dropFirst(3))))
        continue
      }
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(Self.trimmed)
      guard cells.count > 1 else { continue }
      if hasFigures {
        sections[sections.count - 1].rows.append(cells)
      } else if line.first?.isNumber == true {
        entries.append(Entry(date: cells[0], what: cells[1]))
      } else if cells.count == 4, line.hasPrefix("  "), !entries.isEmpty {
        let words = cells[0].split(separator: " ").map(String.init)
        entries[entries.count - 1].lines.append(
          Line(
            clinic: words.count > 1 ? words[0] : "L1", account: words[words.count - 1],
            party: cells[2 - 1], amount: Self.minor(cells[2]) - Self.minor(cells[3])))
      }
    }
    for index in entries.indices { entries[index].lines.sort() }
  }

  /// The sections whose heading begins so.
  func sections(_ title: String) -> [Section] { sections.filter { $0.title.hasPrefix(title) } }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  /// The minor units of an amount; nothing for a blank.
  static func minor(_ text: String) -> Int64 {
    Int64(text.filter { $0 != "," && $0 != "." }) ?? 0
  }
}

extension ToolRun {
  /// The rows of a CSV answer by the names of its columns; fields may be quoted.
  var table: [[String: String]] {
    let lines = answer.split(separator: "\r\n").map(Self.fields)
    guard let names = lines.first else { return [] }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(names, $0)) }
  }

  private static func fields(_ line: Substring) -> [String] {
    var fields = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      default: fields[fields.count - 1].append(character)
      }
    }
    return fields
  }
}
