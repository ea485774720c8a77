#if Tool
  import Daybook

  /// The reference of reports for people to read: a paragraph a command.
  struct ReferenceText {
    private var lines: [String] = []
    private let width: Int

    var text: String { lines.joined(separator: "\n") + "\n" }

    /// - Parameter common: The options that all take; nothing to leave them out.
    init(_ entries: [ReportReference.Entry], common: [CommandArgument], _ width: Int) {
      self.width = max(width, 40)
      for entry in entries { add(entry) }
      if common.isEmpty {
        lines.append("Options of all reports: `daybook reports`.")
      } else {
        lines.append("OPTIONS of all reports")
        add(common, indent: "  ")
        lines.append("")
        lines.append("KINDS of columns, as CSV and JSON have them")
        let kinds = Column.Kind.allCases.map { (name: $0.rawValue, text: $0.words) }
        add(kinds, indent: "  ")
        lines += wrapped(
          "A report with amounts has a column more in CSV and JSON, \(Column.currency.name), "
            + "\(ReferencePage.currencyWhen): \(ReferencePage.currencyAbout). JSON then has what each "
            + "currency comes to under totalsByCurrency.", "")
      }
    }

    private mutating func add(_ entry: ReportReference.Entry) {
      let aliases = entry.aliases.isEmpty ? "" : "  (\(entry.aliases.joined(separator: ", ")))"
      lines.append("daybook \(entry.command)\(aliases)")
      lines += wrapped(entry.about, "  ")
      for report in entry.reports {
        lines.append("")
        let form = entry.forms.first { $0.report.name == report.name }
        let asked = form.map { $0.words.joined(separator: " ") } ?? ""
        lines.append("  \(report.name)" + (asked.isEmpty ? "" : ": " + asked))
        add(report)
      }
      if !entry.arguments.isEmpty {
        lines.append("")
        add(entry.arguments, indent: "  ")
      }
      lines.append("")
    }

    private mutating func add(_ report: DescribedReport) {
      let name = report.parts.map(\.printedName.count).max() ?? 0
      let kind = report.parts.map(\.column.kind.rawValue.count).max() ?? 0
      for part in report.parts {
        let head =
          "    " + part.printedName.padded(to: name) + "  "
          + part.column.kind.rawValue.padded(to: kind) + "  "
        let words = [part.about(in: report.name), part.when].filter { !$0.isEmpty }.joined(
          separator: "; ")
        lines += hanging(head, words)
      }
    }

    private mutating func add(_ arguments: [CommandArgument], indent: String) {
      add(arguments.map { (name: $0.usage, text: $0.about) }, indent: indent)
    }

    private static let nameMax = 24

    private mutating func add(_ rows: [(name: String, text: String)], indent: String) {
      let name = min(Self.nameMax, rows.map(\.name.count).max() ?? 0)
      for row in rows {
        let head = indent + row.name.padded(to: name) + "  "
        if row.name.count <= name {
          lines += hanging(head, row.text)
        } else {
          lines.append(indent + row.name)
          lines += wrapped(row.text, indent + "".padded(to: name + 2))
        }
      }
    }

    /// A text beside its head, on as many lines as it takes.
    private func hanging(_ head: String, _ text: String) -> [String] {
      var lines = wrapped(text, String(repeating: " ", count: head.count))
      if lines.isEmpty { return [head.trimmed] }
      lines[0] = head + lines[0].dropFirst(head.count)
      return lines
    }

    private func wrapped(_ text: String, _ indent: String) -> [String] {
      var lines: [String] = []
      for word in text.split(separator: " ") {
        if let last = lines.last, last.count + 1 + word.count <= width {
          lines[lines.count - 1] = last + " " + word
        } else {
          lines.append(indent + word)
        }
      }
      return lines
    }
  }

  extension String {
    /// Without the spaces at its end.
    fileprivate var trimmed: String {
      var text = self
      while text.last == " " { text.removeLast() }
      return text
    }
  }
#endif
