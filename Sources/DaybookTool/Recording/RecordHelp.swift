#if Tool
  import Daybook

  /// What `record --list` and `record ACTION --help` say, from the commands' own descriptions.
  enum RecordHelp {
    /// One line an action.
    static func list(_ actions: [RecordAction]) -> String {
      let width = actions.map(\.word.count).max() ?? 0
      let lines = actions.map { action in
        "  " + action.word.padded(to: width) + "  " + action.about + "\n"
      }
      return "ACTIONS of `daybook record`; `daybook record ACTION --help` explains one:\n"
        + lines.joined()
    }

    /// All of one action: its words, its lines and its fields.
    static func text(of action: RecordAction) throws -> String {
      let fields = try action.fields()
      var text = "\(action.about)\n\nUSAGE: daybook record \(action.word)"
      for word in action.words { text += " " + usage(of: word, fields) }
      text += " [--field value ...]\n"
      if let lines = action.lines {
        text +=
          lines.list.isEmpty
          ? "\nA line is WHAT QTY\(price(lines)) [key=value ...]\(filled(lines)); several give the "
            + "action of each, all or none.\n"
          : "\nLINES: --line 'WHAT QTY\(price(lines)) [key=value ...]', repeated, or --lines "
            + "FILE.csv\(filled(lines))\n"
        text += table(lines.names.map { ("\($0.key)=...", path($0.value)) })
      }
      if !action.flags.isEmpty {
        text += "\nSHORT:\n" + table(action.flags.map { ("--" + $0.key, "--" + path($0.value)) })
      }
      text += "\nFIELDS (flags, or members of a line of JSON):\n"
      for line in lines(of: fields, indent: "  ", prefix: "--") { text += line + "\n" }
      return text + "\n" + common
    }

    private static func price(_ lines: RecordLines) -> String {
      lines.price == nil && lines.value == nil ? "" : " [@PRICE]"
    }

    private static func filled(_ lines: RecordLines) -> String {
      let price = lines.price.map { path($0) } ?? lines.value.map { path($0) + ", times QTY" }
      return "; WHAT fills \(path(lines.what))\(lines.otherwise.map { " or \(path($0))" } ?? ""), "
        + "QTY \(path(lines.quantity))" + (price.map { ", PRICE of one \($0)" } ?? "")
    }

    /// Names, and what they stand for, in columns, by name.
    private static func table(_ rows: [(name: String, meaning: String)]) -> String {
      let width = rows.map(\.name.count).max() ?? 0
      return rows.sorted { $0.name < $1.name }
        .map { "  \($0.name.padded(to: width))  \($0.meaning)\n" }.joined()
    }

    /// A path of fields as a flag has it.
    private static func path(_ path: String) -> String {
      path.split(separator: ".").map { EnteredName.flag(String($0)) }.joined(separator: ".")
    }

    private static func usage(of word: RecordWord, _ fields: [PayloadField]) -> String {
      switch word {
      case .field(let path):
        mayBeLeftOut(path, fields) ? "[\(upper(path))]" : upper(path)
      case .rest(let path): "[\(upper(path)) ...]"
      case .range(let from, let to): "\(upper(from))..\(upper(to))"
      case .line: "'WHAT QTY'"
      }
    }

    private static func mayBeLeftOut(_ path: String, _ fields: [PayloadField]) -> Bool {
      var members = fields
      for name in path.split(separator: ".") {
        guard let field = members.first(where: { $0.name == name }) else { return false }
        if field.isOptional || !field.standing.isEmpty { return true }
        members = field.members
      }
      return false
    }

    private static func upper(_ path: String) -> String {
      EnteredName.flag(String(path.split(separator: ".").last ?? "")).uppercased()
    }

    private static func lines(
      of fields: [PayloadField], indent: String, prefix: String
    ) -> [String] {
      let width = fields.map { EnteredName.flag($0.name).count }.max() ?? 0
      return fields.flatMap { field in
        let name = prefix + EnteredName.flag(field.name).padded(to: width)
        return ["\(indent)\(name)  \(words(of: field))"]
          + lines(of: field.members, indent: indent + "    ", prefix: "")
      }
    }

    private static func words(of field: PayloadField) -> String {
      let alternatives = field.members.filter(\.isAlternative)
      var words =
        field.members.isEmpty
        ? field.form.words
        : alternatives.count == field.members.count ? "one of" : "with"
      if !field.form.choices.isEmpty {
        words += " " + field.form.choices.joined(separator: ", ")
      }
      if field.isList { words = "list: " + words }
      if field.isOptional { words += " (optional)" }
      if !field.standing.isEmpty { words += " (\(field.standing) unless said)" }
      return words
    }

    /// What every action takes.
    static let common = """
      OPTIONS of every action:
        --as STAFF[:ROLE]   who acts; else $DAYBOOK_ACTOR, else the only member of staff
        --clinic CLINIC     where; else the home clinic of who acts
        --at TIME           when it took effect; now unless said
        --ref TEXT          a reference that makes a repeat the same action
        --expect VERSION    only if the stream of what is named first holds so many events
        --dry-run           shows the events that would be appended, and appends nothing
        --book DIR --wait SECONDS --accept-clock --durability ... --format text|json

      Wherever an identifier is asked, P17, ref:TEXT or a unique part of a name is taken. Times are \
      the clinic's: '2026-03-02 09:30', 09:30, 'tomorrow 09:30'. A repeated flag makes a list. One of \
      several is found by what is given, or named before it: --to patient=P17, transfer=REFERENCE.

      """

    /// What `record --help` says.
    static let overview = """
      OVERVIEW: One action through the Desk.

      USAGE: daybook record ACTION [SUBJECT ...] [--field value ...]
             daybook record --json FILE|- [--atomic]     one action a line, one result a line
             daybook record --list                       all actions
             daybook record ACTION --help                the fields, units and words of one

      A line of JSON names its action and its fields: \
      {"action":"pay","from":"P17","amount":"60.00","method":"card","ref":"slip-4"}. Each line is a \
      decision of its own; --atomic makes them one, all or none.
      It prints what was made and what it meant. Exit 1 if an action was refused, 2 if it was not \
      understood, 4 if another writer has the book.


      """
  }

  extension String {
    func padded(to width: Int) -> String {
      self + String(repeating: " ", count: max(0, width - count))
    }
  }
#endif
