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
      for word in action.words { text += " " + usage(of: word, action) }
      text += " [--field value ...]\n"
      if let lines = action.lines {
        text +=
          lines.list.isEmpty
          ? "\nA line is WHAT QTY [key=value ...]\(price(lines)); several give the action of each, "
            + "all or none.\n"
          : "\nLINES: --line 'WHAT QTY\(lines.price == nil ? "" : " [@PRICE]") [key=value ...]', "
            + "repeated, or --lines FILE.csv\(price(lines))\n"
        for name in lines.names.keys.sorted() {
          text += "  \(name)=...  \(lines.names[name] ?? "")\n"
        }
      }
      if !action.flags.isEmpty {
        text += "\nSHORT:\n"
        for name in action.flags.keys.sorted() {
          text += "  --\(name)  \(action.flags[name] ?? "")\n"
        }
      }
      text += "\nFIELDS (flags, or members of a line of JSON):\n"
      for line in lines(of: fields, indent: "  ", prefix: "--") { text += line + "\n" }
      return text + "\n" + common
    }

    private static func price(_ lines: RecordLines) -> String {
      "; WHAT fills \(lines.what)\(lines.otherwise.map { " or \($0)" } ?? ""), QTY \(lines.quantity)"
        + (lines.price.map { ", PRICE \($0)" } ?? "")
    }

    private static func usage(of word: RecordWord, _ action: RecordAction) -> String {
      switch word {
      case .field(let path): upper(path)
      case .rest(let path): "[\(upper(path)) ...]"
      case .range(let from, let to): "\(upper(from))..\(upper(to))"
      case .line: "'WHAT QTY'"
      }
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
      the clinic's: '2026-03-02 09:30', 09:30, 'tomorrow 09:30'. A repeated flag makes a list.

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
