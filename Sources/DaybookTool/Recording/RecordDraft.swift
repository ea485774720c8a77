#if Tool
  import Daybook

  /// One action on its way to the Desk: what was typed, sorted to the command's fields.
  struct RecordDraft {
    let action: RecordAction
    let session: RecordSession
    /// The command's fields.
    var entered = EnteredValue.empty
    /// Who, where and when, as typed.
    var options = RecordedBy()
    /// Lines as typed, still to be read.
    var lines: [DraftLine] = []
    /// What must happen before it in the same action.
    var before: [ActionStep] = []
    /// Several commands instead of one: the fields of each.
    var each: [EnteredValue] = []
    /// What the command still gets that nobody enters.
    var complete: (@Sendable (any Command) -> any Command)?
    /// Who, where and when, as understood; while it is prepared.
    var envelope = Envelope()
    /// What words mean; while it is prepared.
    var terms: RecordTerms?

    init(_ action: RecordAction, _ session: RecordSession, _ defaults: RecordedBy) {
      self.action = action
      self.session = session
      options = defaults
    }

    /// All that was typed, for what must be looked up before anything is understood.
    var whole: EnteredValue {
      .list([entered] + lines.flatMap { [.text($0.text), .object($0.fields)] })
    }

    /// The text that was entered for a field; nil where none was.
    func text(_ path: String) -> String? {
      if case .text(let text) = value(at: path) { text } else { nil }
    }

    private func value(at path: String) -> EnteredValue? {
      var value: EnteredValue? = entered
      for name in path.split(separator: ".") { value = value?[String(name)] }
      return value
    }

    /// Enters what is known, where it is anything and nothing else was entered.
    mutating func keep(_ known: String, at path: String) {
      if !known.isEmpty, value(at: path) == nil { put(known, at: path) }
    }

    /// Enters a text for a field, beside what is there.
    mutating func put(_ text: String, at path: String) {
      put(.text(text), at: path)
    }

    mutating func put(_ value: EnteredValue, at path: String) {
      entered.put(value, at: path.split(separator: ".").map(String.init))
    }

    /// Takes away what was entered for a field of the command itself.
    mutating func remove(_ name: String) {
      guard case .object(let members) = entered else { return }
      let plain = EnteredName.plain(name)
      entered = .object(members.filter { EnteredName.plain($0.name) != plain })
    }
  }

  extension RecordDraft {
    /// Reads the lines into the fields that they fill.
    mutating func readLines() throws {
      guard let form = action.lines else {
        guard lines.isEmpty else {
          throw ToolFailure.usage("`record \(action.word)` has no lines")
        }
        return
      }
      let finder = session.finder
      let read = try lines.map { line in
        let text = try LineText(line.text, isOfAmounts: !form.isCounted)
        let value = try form.entered(text) { (name) throws(ToolFailure) in
          try finder.find(name, among: [.items]).only(name)
        }
        return value.merging(.object(line.fields))
      }
      lines = []
      if !form.list.isEmpty {
        for line in read { put(line, at: form.list) }
      } else if read.count == 1 {
        entered = entered.merging(read[0])
      } else {
        each = read.map { entered.merging($0) }
      }
    }
  }

  extension EnteredValue {
    /// The members of this object and of the other.
    func merging(_ other: EnteredValue) -> EnteredValue {
      guard case .object(let mine) = self, case .object(let others) = other else { return other }
      return .object(mine + others)
    }
  }

  /// A line as it was typed, with the fields that a file has for it beside.
  struct DraftLine {
    var text: String
    var fields: [EnteredValue.Member] = []
  }

  /// Who acts, where and when: what every action is given beside its fields.
  struct RecordedBy {
    var actor: String?
    var at: String?
    var reference: String?
    var expect: String?
    var clinic: String?

    /// Takes an option of any action.
    ///
    /// - Returns: Whether it is one.
    mutating func take(_ name: String, _ text: String) -> Bool {
      switch name {
      case "as": actor = text
      case "at": at = text
      case "ref": reference = text
      case "expect": expect = text
      case "clinic", "site": clinic = text
      default: return false
      }
      return true
    }

    /// The options as they are named in help.
    static let names = ["as", "at", "ref", "expect", "clinic", "site"]
  }

  extension RecordDraft {
    /// Takes the words that have no name, in the order of the action.
    mutating func take(words: [String]) throws(ToolFailure) {
      var left = words[...]
      for word in action.words {
        guard let text = left.first else { return }
        switch word {
        case .field(let path):
          put(text, at: path)
          left.removeFirst()
        case .rest(let path):
          for text in left { put(text, at: path) }
          left = []
        case .line:
          lines.append(DraftLine(text: text))
          left.removeFirst()
        case .range(let from, let to):
          let parts = text.split(separator: "..", omittingEmptySubsequences: false)
          put(String(parts[0]), at: from)
          put(String(parts[parts.count - 1]), at: to)
          left.removeFirst()
        }
      }
      if let text = left.first {
        throw .usage(
          "\(text.quoted) is one word too many; `daybook record \(action.word) --help` says what "
            + "they mean")
      }
    }

    /// Takes what was given under a name.
    mutating func take(_ name: String, _ value: EnteredValue) throws(ToolFailure) {
      let plain = EnteredName.plain(name)
      if let short = action.flags.first(where: { EnteredName.plain($0.key) == plain }) {
        return put(value, at: short.value)
      }
      if let list = action.lines?.list, !list.isEmpty, EnteredName.plain(list) == plain,
        takeLines(value)
      {
        return
      }
      if case .text(let text) = value, options.take(name.lowercased(), text) { return }
      guard let path = try path(name) else {
        throw .usage(
          "`record \(action.word)` has no \(name.quoted); `daybook record \(action.word) --help` "
            + "lists what it has")
      }
      put(value, at: path)
    }

    /// Lines that are texts among those that are objects.
    private mutating func takeLines(_ value: EnteredValue) -> Bool {
      switch value {
      case .text(let text): lines.append(DraftLine(text: text))
      case .list(let values) where values.contains(where: \.isLine):
        for value in values {
          if case .text(let text) = value { lines.append(DraftLine(text: text)) }
        }
      default: return false
      }
      return true
    }

    /// Where a field of that name stands: in the command, or as the only one so called in its groups.
    private func path(_ name: String) throws(ToolFailure) -> String? {
      let fields: [PayloadField]
      do throws(WireError) {
        fields = try session.fields(of: action)
      } catch {
        throw ToolFailure(.refused, "\(error)")
      }
      let plain = EnteredName.plain(name)
      if fields.contains(where: { $0.isCalled(plain) }) { return name }
      let parts = name.split(separator: ".")
      if parts.count > 1, fields.contains(where: { $0.isCalled(EnteredName.plain("\(parts[0])")) })
      {
        return name
      }
      let nested = fields.flatMap { field in
        field.isList ? [] : field.members.filter { $0.isCalled(plain) }.map { (field, $0) }
      }
      guard nested.count == 1 else { return nil }
      return "\(nested[0].0.name).\(nested[0].1.name)"
    }
  }

  extension PayloadField {
    /// Whether a plain name is this field's, with or without what it counts.
    func isCalled(_ plain: String) -> Bool {
      let own = EnteredName.plain(name)
      return own == plain || own == plain + "seconds"
    }

    /// Whether it is said by being there.
    var isSwitch: Bool { form == Bool.entryForm && !isList }
  }

  extension EnteredValue {
    fileprivate var isLine: Bool { if case .text = self { true } else { false } }
  }
#endif
